"""Cut GitHub's own OpenAPI description down to the operations that Specloom uses.

The source is `generated/api.github.com.json` of the npm package `@octokit/openapi` (MIT, see LICENSE beside this file):

    npm pack @octokit/openapi && tar xf octokit-openapi-*.tgz package/generated/api.github.com.json
    python tests/e2e/github_twin/openapi/trim.py package/generated/api.github.com.json

Descriptions and examples go, everything that constrains a request or an answer stays.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

OPERATIONS: Final = frozenset(
    {
        "apps/create-from-manifest",
        "apps/create-installation-access-token",
        "apps/get-authenticated",
        "apps/get-repo-installation",
        "apps/list-installations",
        "apps/list-repos-accessible-to-installation",
        "apps/list-webhook-deliveries",
        "apps/redeliver-webhook-delivery",
        "checks/create",
        "checks/get",
        "checks/list-annotations",
        "checks/list-for-ref",
        "checks/update",
        "git/create-blob",
        "git/create-commit",
        "git/create-ref",
        "git/create-tree",
        "git/delete-ref",
        "git/get-commit",
        "git/get-ref",
        "git/get-tree",
        "git/update-ref",
        "issues/create-comment",
        "issues/get",
        "issues/get-comment",
        "issues/list-comments",
        "issues/update-comment",
        "pulls/create",
        "pulls/create-reply-for-review-comment",
        "pulls/create-review",
        "pulls/get",
        "pulls/get-review-comment",
        "pulls/list",
        "pulls/list-files",
        "pulls/list-review-comments",
        "pulls/list-reviews",
        "pulls/update",
        "rate-limit/get",
        "reactions/create-for-issue-comment",
        "reactions/create-for-pull-request-review-comment",
        "repos/get",
        "repos/get-collaborator-permission-level",
        "repos/get-content",
    }
)
PROSE: Final = frozenset(
    {"description", "summary", "example", "examples", "externalDocs", "x-octokit", "x-github", "tags"}
)
METHODS: Final = ("get", "put", "post", "patch", "delete")


def without_prose(node: Any, *, names: bool = False) -> Any:  # noqa: ANN401  # any JSON
    """Copy `node` without what only people read; where `names` holds, keys are names of properties and all stay."""
    if isinstance(node, list):
        return [without_prose(item) for item in node]
    if not isinstance(node, dict):
        return node
    titles = [part.get("title") for part in node.get("allOf", ())] if not names else []
    if titles == ["Simple User", "Enterprise"]:  # no account is both, and GitHub answers with either
        node = {"anyOf" if key == "allOf" else key: value for key, value in node.items()}
    return {
        key: without_prose(value, names=key == "properties" and not names)
        for key, value in node.items()
        if names or key not in PROSE
    }


def references(node: Any) -> set[str]:  # noqa: ANN401  # any JSON
    """Return every local `$ref` below `node`."""
    if isinstance(node, list):
        return set().union(*(references(item) for item in node))
    if not isinstance(node, dict):
        return set()
    own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
    return own.union(*(references(value) for value in node.values()))


def trim(document: dict[str, Any]) -> dict[str, Any]:
    """Return a description with only `OPERATIONS` and the components that they reach."""
    paths: dict[str, dict[str, Any]] = {}
    for path, item in document["paths"].items():
        kept = {m: without_prose(item[m]) for m in METHODS if m in item and item[m]["operationId"] in OPERATIONS}
        if kept:
            paths[path] = kept
    components: dict[str, dict[str, Any]] = {}
    todo = references(paths)
    while todo:
        _, _, kind, name = todo.pop().split("/")
        if name in components.setdefault(kind, {}):
            continue
        components[kind][name] = without_prose(document["components"][kind][name])
        todo |= references(components[kind][name])
    ordered = {kind: dict(sorted(components[kind].items())) for kind in sorted(components)}
    return {"openapi": document["openapi"], "info": document["info"], "paths": paths, "components": ordered}


def main(source: Path) -> None:
    """Write `github.json` beside this file."""
    trimmed = trim(json.loads(source.read_text()))
    found = {op["operationId"] for item in trimmed["paths"].values() for op in item.values()}
    if missing := sorted(OPERATIONS - found):
        sys.exit(f"not in {source}: {', '.join(missing)}")
    target = Path(__file__).with_name("github.json")
    target.write_text(json.dumps(trimmed, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
