"""Suggested edits of a description: only mechanical ones that were tried."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from specloom import readers
from specloom.model.files import FileTree
from specloom.model.inference import Citation, Inference, Outcome
from specloom.pipeline.adding import ADDING, proposals
from specloom.pipeline.editing import edits

if TYPE_CHECKING:
    Repository = Any  # the one of conftest.py, which tests cannot import

DOCS = b"# Pages\n\nUse the `limit` parameter to set the page size: the default is 20 and the maximum is 100.\n"
HEAD = """openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /pets:
    get:
      parameters:
        - name: limit
          in: query
"""
TAIL = """      responses: {"200": {description: ok}}
"""


def comment(repository: Repository, schema: str, docs: bytes = DOCS) -> Any:  # noqa: ANN401  a review comment
    """Return the comment about the page size where the description is new and the docs are old."""
    repository.files = {"docs/guide.md": docs}
    repository.base = dict(repository.files)
    repository.files["openapi.yaml"] = (HEAD + schema + TAIL).encode()
    made = repository.plan(documentation=True)
    (found,) = (item for item in made.review_comments if "page size" in item.body)
    return found


def test_bounds_between_braces(repository: Repository) -> None:
    """The line is replaced by one that says more."""
    found = comment(repository, "          schema: {type: integer, minimum: 1}\n")
    line = "          schema: {type: integer, minimum: 1, default: 20, maximum: 100}"
    assert f"```suggestion\n{line}\n```" in found.body
    assert ("openapi.yaml", 9, 9) == (found.path, found.line_start, found.line_end)


def test_bounds_on_lines_of_their_own(repository: Repository) -> None:
    """Below what is there, as deep as it; what is declared stays out of it."""
    found = comment(repository, "          schema:\n            type: integer\n            maximum: 100\n")
    assert "```suggestion\n            maximum: 100\n            default: 20\n```" in found.body


@pytest.mark.parametrize(
    "schema",
    [
        "          schema: {type: integer, default: 20, maximum: 100}\n",
        "          schema: {type: integer, default: 20, maximum: 50}\n",
        "          schema: {type: integer, maximum: 50}\n",
        "          schema: {type: string}\n",
        "          schema: {type: [integer, string]}\n",
    ],
)
def test_nothing_is_suggested_where_the_description_says_something(repository: Repository, schema: str) -> None:
    """What is declared already, or otherwise, is never touched."""
    assert "```suggestion" not in comment(repository, schema).body


API: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/pets": {
            "get": {
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}}],
                "responses": {"200": {"description": "ok"}},
            },
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {"201": {"description": "made", "headers": {"Location": {"schema": {"type": "string"}}}}},
            },
        }
    },
    "components": {"schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}}},
}


class Indented(yaml.SafeDumper):
    """Sets lists deeper than the key above them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Never leave a list where its key is."""
        super().increase_indent(flow, False)


STYLES = {
    "yaml": lambda api: yaml.safe_dump(api, sort_keys=False),
    "yaml, four columns": lambda api: yaml.safe_dump(api, sort_keys=False, indent=4),
    "yaml, lists indented": lambda api: yaml.dump(api, Dumper=Indented, sort_keys=False),
    "yaml, leaves in braces": lambda api: yaml.safe_dump(api, sort_keys=False, default_flow_style=None, width=200),
    "yaml, with comments": lambda api: yaml.safe_dump(api, sort_keys=False).replace("paths:", "# the paths\n\npaths:"),
    "json": lambda api: json.dumps(api, indent=2),
    "json, tabs": lambda api: json.dumps(api, indent="\t"),
    "json, one line": json.dumps,
}
FACTS: dict[str, dict[str, Any]] = {
    "auth": {"type": "http", "scheme": "bearer", "in": "header", "name": "Authorization"},
    "oauth_flow": {"flow": "client_credentials", "token_url": "https://shop.dev/token"},
    "base_url": {"url": "https://api.shop.dev/v1"},
    "page_size": {"param": "limit", "default": 20, "max": 100},
    "rate_limit_exceeded": {"status": 429, "retry_after_header": "Retry-After"},
    "rate_limit_headers": {"limit": "X-Limit", "remaining": "X-Left", "reset": "X-Reset"},
    "idempotency": {"in": "header", "name": "Idempotency-Key"},
    "required_header": {"name": "X-Shop"},
    "versioning": {"style": "header", "header": "Shop-Version"},
    "error_format": {"root": "error", "fields": ["code", "message"]},
}


def fact(kind: str) -> Inference:
    """Return a fact of a kind."""
    cited = Citation(file="docs/a.md", line_start=1, line_end=1, quote="x")
    return Inference(
        id="0", fact_kind=kind, value=FACTS[kind], confidence=0.9, citations=(cited,), outcome=Outcome.SUGGEST
    )


def test_every_kind_that_is_added_is_tried_here() -> None:
    """The table of kinds and this test go together."""
    assert set(ADDING) == set(FACTS)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", FACTS)
def test_every_way_to_add_a_fact_declares_it(kind: str, style: str) -> None:
    """Wherever the touched line is: the description is read without complaint, says the fact, and loses nothing."""
    text = STYLES[style](API)
    name = "a.json" if style.startswith("json") else "a.yaml"
    before = readers.read(FileTree({name: text.encode()}), name)
    assert () == before.diagnostics
    tried = 0
    for proposal in proposals(fact(kind), before.api):
        for edit in edits(text, proposal.addition):
            lines = text.split("\n")
            lines[edit.line - 1] = edit.text
            made = "\n".join(lines)
            after = readers.read(FileTree({name: made.encode()}), name)
            assert () == after.diagnostics
            assert proposal.holds(after.api), made
            assert contains(yaml.safe_load(made.replace("\t", " ")), API)
            tried += 1
    assert tried


def test_a_header_that_tells_several_things_is_no_number() -> None:
    """`RateLimit: "hour";r=4;t=9` tells what remains and when that changes."""
    api = readers.read(FileTree({"a.yaml": STYLES["yaml"](API).encode()}), "a.yaml").api
    told = replace(
        fact("rate_limit_headers"), value={"limit": "X-Limit", "remaining": "RateLimit", "reset": "RateLimit"}
    )
    added = next(proposals(told, api)).addition.members
    assert {"X-Limit": "integer", "RateLimit": "string"} == {name: one["schema"]["type"] for name, one in added.items()}


def contains(whole: Any, part: Any) -> bool:  # noqa: ANN401  any JSON
    """Tell whether everything in `part` is in `whole` as well."""
    if isinstance(part, dict):
        return all(key in whole and contains(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return all(any(contains(one, wanted) for one in whole) for wanted in part)
    return bool(whole == part)


@pytest.mark.parametrize("kind", FACTS)
def test_what_is_declared_is_not_suggested_again(kind: str) -> None:
    """After the edit there is nothing left to suggest at that place."""
    text = STYLES["yaml"](API)
    api = readers.read(FileTree({"a.yaml": text.encode()}), "a.yaml").api
    proposal = next(proposals(fact(kind), api))
    edit = next(edits(text, proposal.addition))
    lines = text.split("\n")
    lines[edit.line - 1] = edit.text
    made = "\n".join(lines)
    again = readers.read(FileTree({"a.yaml": made.encode()}), "a.yaml").api
    places = [one.addition.where for one in proposals(fact(kind), again)]
    assert not places or proposal.addition.where not in places
