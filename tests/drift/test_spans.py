"""One edit somewhere in a real description: something is found, and it is shown on the lines of the edit."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from specloom import drift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from specloom.model.api import Api
    from specloom.model.source import Span

Json = Any
NEAR: Final = 2
FILES: Final = ("redocly-museum-v31/openapi.yaml", "swagger-petstore-v3/openapi.yaml", "oai-uber-v2/uber.json")
OTHER: Final = {"string": "boolean", "integer": "string", "number": "boolean", "boolean": "string"}
VALUES: Final = {"example", "examples", "default", "enum", "x-examples"}


def _mappings(node: Json, path: tuple[Json, ...] = ()) -> Iterator[tuple[tuple[Json, ...], dict[str, Json]]]:
    """Yield every mapping with its path, values that only look like schemas left out."""
    if isinstance(node, dict):
        yield path, node
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        if key not in VALUES:
            yield from _mappings(value, (*path, key))


def _edits(document: Json, dice: random.Random) -> dict[str, list[tuple[tuple[Json, ...], Callable[[Json], Json]]]]:
    """Return what can be edited: kind of edit → places with what to do there."""
    found: dict[str, list[tuple[tuple[Json, ...], Callable[[Json], Json]]]] = {}
    for path, node in _mappings(document):
        if path[:1] not in {("paths",), ("components",), ("definitions",)} or path[-1:] == ("properties",):
            continue
        properties = node.get("properties")
        if isinstance(properties, dict) and len(properties) > 1:
            name = dice.choice(sorted(properties))
            found.setdefault("-property", []).append((path, lambda n, name=name: n["properties"].pop(name)))
            found.setdefault("+property", []).append((path, lambda n: n["properties"].update(zz={"type": "string"})))
        if node.get("type") in OTHER and not {"enum", "in", "items"} & node.keys():
            found.setdefault("type", []).append((path, lambda n: n.update(type=OTHER[n["type"]])))
        if isinstance(node.get("enum"), list) and len(node["enum"]) > 1:
            found.setdefault("-value", []).append((path, lambda n: n["enum"].pop()))
        if node.get("in") in {"query", "header"} and isinstance(path[-1], int):
            found.setdefault("+required", []).append((path, lambda n: n.update(required=not n.get("required", False))))
        if "responses" in node and len(path) == 3:  # paths, a path, a method
            status = dice.choice(sorted(node["responses"]))
            found.setdefault("-status", []).append((path, lambda n, status=status: n["responses"].pop(status)))
            found.setdefault("+status", []).append(
                (path, lambda n: n["responses"].update({"418": {"description": ""}}))
            )
    return found


def _written(document: Json, form: str) -> str:
    return json.dumps(document, indent=2) if form == "json" else yaml.safe_dump(document, sort_keys=False)


def _touched(base: str, head: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the lines that differ, first and last, on both sides."""
    one, other = base.splitlines(), head.splitlines()
    least = min(len(one), len(other))
    start = next((i for i in range(least) if one[i] != other[i]), least)
    rest = next((i for i in range(least - start) if one[-1 - i] != other[-1 - i]), least - start)
    return (start + 1, len(one) - rest), (start + 1, len(other) - rest)


def _near(span: Span | None, lines: tuple[int, int]) -> bool:
    return span is not None and span.start - NEAR <= lines[1] and lines[0] <= span.end + NEAR


@pytest.mark.corpus
@pytest.mark.parametrize("form", ["json", "yaml"])
@pytest.mark.parametrize("name", FILES)
def test_an_edit_is_found_on_its_lines(load: Callable[..., Api], corpus: Path, name: str, form: str) -> None:
    """What was added is shown in the head, what was removed in the base, what changed on both sides."""
    dice = random.Random(name)  # noqa: S311  # places to edit, not secrets
    document = json.loads(json.dumps(yaml.safe_load((corpus / "openapi" / name).read_text("utf-8")), default=str))
    base = _written(document, form)
    old = load(base, f"api.{form}")
    for kind, places in sorted(_edits(document, dice).items()):
        for path, edit in dice.sample(places, min(3, len(places))):
            changed = copy.deepcopy(document)
            node = changed
            for key in path:
                node = node[key]
            edit(node)
            head = _written(changed, form)
            before, after = _touched(base, head)
            changes = drift.compare(old, load(head, f"api.{form}")).changes
            shown = [
                change
                for change in changes
                if (kind[0] == "+" or _near(change.base, before)) and (kind[0] == "-" or _near(change.head, after))
            ]
            assert shown, (kind, path, [(change.rule, change.subject) for change in changes])


TEXT: Final = """\
openapi: 3.0.3
info: {title: t, version: '1'}
servers:
- url: https://{region}.example
  variables:
    region:
      default: eu
      enum:
      - eu
      - us
      - ap
security:
- key: []
- oauth:
  - read
  - write
  - admin
paths:
  /things/{id}:
    parameters:
    - $ref: '#/components/parameters/id'
    - $ref: '#/components/parameters/page'
    - $ref: '#/components/parameters/size'
    get:
      operationId: things
      tags:
      - one
      - two
      - three
      responses:
        '200':
          description: fine
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
        '404': {$ref: '#/components/responses/missing'}
        '409': {$ref: '#/components/responses/missing'}
components:
  parameters:
    id: {name: id, in: path, required: true, schema: {type: string}}
    page: {name: page, in: query, schema: {type: integer}}
    size: {name: size, in: query, schema: {type: integer}}
    other: {name: other, in: query, schema: {type: integer}}
  responses:
    missing: {description: ''}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://auth.example/token
          scopes:
            read: ''
            write: ''
            admin: ''
  schemas:
    Thing:
      type: object
      required:
      - name
      - kind
      - size
      properties:
        name: {type: string}
        kind:
          type: string
          enum:
          - small
          - middle
          - large
        size: {type: integer}
        made:
          allOf:
          - $ref: '#/components/schemas/Made'
          - $ref: '#/components/schemas/Sold'
        owner:
          oneOf:
          - $ref: '#/components/schemas/Person'
          - $ref: '#/components/schemas/Company'
          - type: boolean
    Made: {type: object, properties: {at: {type: string}}}
    Sold: {type: object, properties: {to: {type: string}}}
    Person: {type: object, required: [born], properties: {born: {type: string}}}
    Company: {type: object, required: [vat], properties: {vat: {type: string}}}
"""
GONE: Final = {
    "      - us": "server-variable-value-removed",
    "  - write": "scopes-relaxed",
    "    - $ref: '#/components/parameters/page'": "parameter-removed",
    "      - two": "operation-tag-removed",
    "        '404': {$ref: '#/components/responses/missing'}": "error-status-removed",
    "            write: ''": "oauth-scope-removed",
    "      - kind": "response-property-became-optional",
    "          - middle": "response-enum-value-removed",
    "          - $ref: '#/components/schemas/Sold'": "response-property-removed",
    "          - $ref: '#/components/schemas/Company'": "response-union-member-removed",
}
"""Lines that are taken out, with what is found."""
OTHER_LINES: Final = {
    "    - $ref: '#/components/parameters/page'": ("page", "other", "parameter-removed"),
    "              schema: {$ref: '#/components/schemas/Thing'}": (
        "Thing",
        "Made",
        "response-required-property-removed",
    ),
    "          - $ref: '#/components/schemas/Made'": ("Made", "Person", "response-property-removed"),
    "  /things/{id}:": ("/{id}", "/{id}/all", "operation-moved"),
    "    page: {name: page, in: query, schema: {type: integer}}": ("name: page", "name: side", "parameter-removed"),
    "          tokenUrl: https://auth.example/token": ("token", "oauth/token", "oauth-url-changed"),
}
"""Lines that are edited: what stands there, what comes in its place, what is found."""


@pytest.mark.parametrize(("line", "rule"), GONE.items(), ids=list(GONE.values()))
def test_an_item_has_lines_of_its_own(load: Callable[..., Api], line: str, rule: str) -> None:
    """What was taken out of a list, or of a component's uses, is shown where it stood; added, where it stands."""
    number = TEXT.splitlines().index(line) + 1
    shorter = TEXT.replace(f"{line}\n", "", 1)
    base, head = load(TEXT, "api.yaml"), load(shorter, "api.yaml")
    found = [change.base for change in drift.compare(base, head).changes if change.rule == rule]
    back = [change.head for change in drift.compare(head, base).changes]
    assert {number} == {span.start for span in found if span is not None}
    assert not back or {number} == {span.start for span in back if span is not None}


@pytest.mark.parametrize(("line", "edit"), OTHER_LINES.items(), ids=[edit[2] for edit in OTHER_LINES.values()])
def test_a_reference_is_shown_where_it_was_edited(
    load: Callable[..., Api], line: str, edit: tuple[str, str, str]
) -> None:
    """At the reference where that was edited, and in the component where the component was."""
    old, new, rule = edit
    number = TEXT.splitlines().index(line) + 1
    head = TEXT.replace(line, line.replace(old, new, 1), 1)
    changes = drift.compare(load(TEXT, "api.yaml"), load(head, "api.yaml")).changes
    assert rule in {change.rule for change in changes}
    sides = [change.head if change.rule.endswith("-added") else change.base for change in changes]
    assert {number} == {span.start for span in sides if span is not None}


SHARED: Final = """\
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /a:
    get:
      security: &who
      - key: []
      - word: [read, write]
      responses:
        '200':
          description: ''
          content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}
  /b:
    get:
      security: *who
      responses:
        '200':
          description: ''
          content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}, word: {type: http, scheme: basic}}
  schemas:
    Cat:
      oneOf: &kinds
      - type: string
      - type: boolean
      - type: "null"
    Dog: {oneOf: *kinds}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [("      - word: [read, write]\n", ""), ("[read, write]", "[read]"), ("      - type: boolean\n", "")],
    ids=["requirement", "scope", "alternative"],
)
def test_what_an_anchor_shares_is_told_once(load: Callable[..., Api], old: str, new: str) -> None:
    """However many operations or components take it from there."""
    number = SHARED[: SHARED.index(old)].count("\n") + 1
    base, head = load(SHARED, "api.yaml"), load(SHARED.replace(old, new, 1), "api.yaml")
    assert [number] == [change.base.start for change in drift.compare(base, head).changes if change.base]
    assert [number] == [change.head.start for change in drift.compare(head, base).changes if change.head]
