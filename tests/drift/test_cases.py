"""The literate cases: each `*.md` here shows two texts and, there and back, what is found between them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from specloom import drift
from specloom.drift.rules import ALL, live
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Api

HERE: Final = Path(__file__).parent
WAIVED: Final = {
    "operation-removed-after-sunset": "needs a day to compare with: test_policy.py",
    "operation-removed-before-sunset": "likewise",
    "sunset-missing": "needs a policy: test_policy.py",
    "sunset-too-soon": "likewise",
    "parameter-removed-before-sunset": "likewise",
    "callback-parameter-removed-before-sunset": "likewise",
    "version-not-bumped": "likewise",
    "major-version-not-bumped": "likewise",
    "version-decreased": "likewise",
}
"""Rules without a literate case, and where they are tested instead."""
_CASE: Final = re.compile(
    r"^## (?P<title>.+?)\n\nAt: (?P<at>\w+)\n\n```\w+\n(?P<base>.*?)\n```\n\n```\w+\n(?P<head>.*?)\n```\n\n"
    r"(?P<found>(?:- [^\n]+\n)+)",
    re.MULTILINE | re.DOTALL,
)


def load(document: object) -> Api:
    """Read a description from a dict, or from the text of a GraphQL schema."""
    if isinstance(document, str):
        return read(FileTree({"api.graphql": document.encode()}), "api.graphql").api
    return read(FileTree({"api.json": json.dumps(document, indent=1).encode()}), "api.json").api


def _around(operation: object, **more: object) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/things": {"post": operation}},
        **more,
    }


def _components(text: str) -> tuple[object, dict[str, Any]]:
    """Return a schema and the components that it brings along after a line `---`."""
    parts = list(yaml.safe_load_all(text))
    return parts[0], {"schemas": parts[1] if len(parts) > 1 else {}}


def _schema(text: str, way: str) -> dict[str, Any]:
    schema, components = _components(text)
    body = {"content": {"application/json": {"schema": schema}}}
    fine: dict[str, Any] = {"200": {"description": ""}}
    if way == "request":
        return _around({"requestBody": body, "responses": fine}, components=components)
    return _around({"responses": {"200": {"description": "", **body}}}, components=components)


def described(at: str, base: str, head: str) -> dict[str, tuple[object, object]]:
    """Return the descriptions to compare for a case, by the words that its findings start with."""
    if at == "schema":
        return {way: (_schema(base, way), _schema(head, way)) for way in ("request", "response")}
    if at == "graphql":
        return {"graphql": (base, head)}
    one, other = yaml.safe_load(base), yaml.safe_load(head)
    if at == "api":
        return {"api": (_around({"responses": {}}) | one, _around({"responses": {}}) | other)}
    if at == "operation":
        calls = [
            {"callbacks": {"on": {"{$request.body#/url}": {"post": item}}}, "responses": {}} for item in (one, other)
        ]
        return {"operation": (_around(one), _around(other)), "callback": (_around(calls[0]), _around(calls[1]))}
    raise ValueError(at)


def _cases() -> Iterator[object]:
    for path in sorted(HERE.glob("*.md")):
        for found in _CASE.finditer(path.read_text("utf-8")):
            yield pytest.param(found.groupdict(), id=f"{path.stem}: {found['title']}")


@pytest.mark.parametrize("case", list(_cases()))
def test_what_the_case_says_is_found(case: dict[str, str]) -> None:
    """Exactly the findings that the case lists, there and back, in its order."""
    told = dict(line.removeprefix("- ").split(": ", 1) for line in case["found"].splitlines())
    got = {}
    for where, (one, other) in described(case["at"], case["base"], case["head"]).items():
        for word, (base, head) in (("there", (one, other)), ("back", (other, one))):
            changes = drift.compare(load(base), load(head)).changes
            got[f"{where}, {word}"] = ", ".join(f"`{item.rule}` {item.severity}" for item in changes) or "nothing"
    assert told == got


def test_every_rule_has_a_case() -> None:
    """No row of the table without a case that shows it, save those waived with a reason."""
    shown = {rule for path in HERE.glob("*.md") for rule in re.findall(r"`([a-z][\w-]+)`", path.read_text("utf-8"))}
    real = {rule.id for rule in live.RULES}  # met by exchanges, in traffic/
    assert {rule.id for rule in ALL} - shown - real == set(WAIVED)
