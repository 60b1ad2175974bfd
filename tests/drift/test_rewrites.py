"""Rewrites that mean the same yield nothing; what is done and undone is nothing; every comparison ends."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom import drift
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.model.api import Api
    from specloom.model.change import Drift

PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}


def _at(description: Callable[..., Any], schema: object, **components: object) -> Any:  # noqa: ANN401  # a description
    answer = {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}
    body = {"content": {"application/json": {"schema": schema}}}
    return description(
        operation={"requestBody": body, "responses": answer}, components={"schemas": components} if components else {}
    )


REF = {"$ref": "#/components/schemas/Pet"}
REWRITES: dict[str, tuple[Any, dict[str, Any], Any, dict[str, Any]]] = {
    "inlined component": (REF, {"Pet": PET}, PET, {}),
    "renamed component": (REF, {"Pet": PET}, {"$ref": "#/components/schemas/Animal"}, {"Animal": PET}),
    "component behind a component": (REF, {"Pet": PET}, REF, {"Pet": {"$ref": "#/components/schemas/P"}, "P": PET}),
    "allOf of one": (PET, {}, {"allOf": [PET]}, {}),
    "reference in allOf": (REF, {"Pet": PET}, {"allOf": [REF]}, {"Pet": PET}),
    "anyOf of one": (PET, {}, {"anyOf": [PET]}, {}),
    "hoisted property": (
        PET,
        {},
        {
            "allOf": [
                {"type": "object", "properties": {"age": {"type": "integer"}}},
                {**PET, "properties": {"name": {"type": "string"}}},
            ]
        },
        {},
    ),
    "null by type and by anyOf": (
        {"type": ["string", "null"]},
        {},
        {"anyOf": [{"type": "null"}, {"type": "string"}]},
        {},
    ),
    "unrolled recursion": (
        {"$ref": "#/components/schemas/Tree"},
        {"Tree": {"type": "object", "properties": {"kid": {"$ref": "#/components/schemas/Tree"}}}},
        {"type": "object", "properties": {"kid": {"$ref": "#/components/schemas/Tree"}}},
        {"Tree": {"type": "object", "properties": {"kid": {"$ref": "#/components/schemas/Tree"}}}},
    ),
    "two components for one recursion": (
        {"$ref": "#/components/schemas/A"},
        {"A": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/A"}}}},
        {"$ref": "#/components/schemas/A"},
        {
            "A": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/B"}}},
            "B": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/A"}}},
        },
    ),
}


@pytest.mark.parametrize("name", REWRITES)
def test_a_rewrite_is_nothing(compare: Callable[..., Drift], description: Callable[..., Any], name: str) -> None:
    """What accepts the same is no change, there and back."""
    base, parts, head, others = REWRITES[name]
    one, other = _at(description, base, **parts), _at(description, head, **others)
    assert (compare(one, other).changes, compare(other, one).changes) == ((), ())


def test_the_order_of_keys_is_nothing(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """Maps have no order; neither has `required`."""
    base = _at(description, {**PET, "required": ["name", "age"]})
    head = json.loads(json.dumps(_at(description, {**PET, "required": ["age", "name"]}), sort_keys=True))
    assert compare(base, head).changes == ()


def test_a_field_that_must_be_sent_is_told_once(compare: Callable[..., Drift]) -> None:
    """In Swagger a form must be sent because a field must: no finding of its own."""

    def form(*, required: bool) -> dict[str, Any]:
        field = {"name": "f", "in": "formData", "type": "string", "required": required}
        post = {"consumes": ["multipart/form-data"], "parameters": [field], "responses": {"200": {"description": ""}}}
        return {"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"post": post}}}

    found = compare(form(required=False), form(required=True)).changes
    assert ["request-property-became-required"] == [change.rule for change in found]


def test_swagger_2_and_openapi_3_meet(compare: Callable[..., Drift]) -> None:
    """A faithful conversion of version 2.0 to 3.0 changes nothing."""
    base = {
        "swagger": "2.0",
        "info": {"title": "t", "version": "1"},
        "host": "a.example",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {
            "/pets": {
                "post": {
                    "parameters": [
                        {"name": "tags", "in": "query", "type": "array", "items": {"type": "string"}},
                        {"name": "pet", "in": "body", "required": True, "schema": PET},
                    ],
                    "responses": {"200": {"description": "", "schema": PET}},
                }
            }
        },
    }
    body = {"content": {"application/json": {"schema": PET}}}
    tags = {"name": "tags", "in": "query", "explode": False, "schema": {"type": "array", "items": {"type": "string"}}}
    head = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": {
            "/pets": {
                "post": {
                    "parameters": [tags],
                    "requestBody": {"required": True, **body},
                    "responses": {"200": {"description": "", **body}},
                }
            }
        },
    }
    assert compare(base, head).changes == ()


def test_one_root_cause_is_found_once(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """A component that many operations use is one finding, with all of them."""
    fine = {"200": {"description": "", "content": {"application/json": {"schema": REF}}}}
    paths = {f"/p{number}": {"get": {"responses": fine}} for number in range(30)}
    base = description(paths=paths, components={"schemas": {"Pet": PET}})
    head = copy.deepcopy(base)
    del head["components"]["schemas"]["Pet"]["properties"]["age"]
    (change,) = compare(base, head).changes
    assert ("schema Pet · property age", 30) == (change.subject, len(change.operations))


def test_a_shared_answer_is_found_once(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """A component answer that several operations refer to is one finding as well."""
    paths = {f"/p{n}": {"get": {"responses": {"400": {"$ref": "#/components/responses/Bad"}}}} for n in range(5)}
    bad = {
        "description": "",
        "content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}},
    }
    base = description(paths=paths, components={"responses": {"Bad": bad}})
    head = copy.deepcopy(base)
    head["components"]["responses"]["Bad"]["content"]["application/json"]["schema"]["properties"]["a"]["type"] = (
        "integer"
    )
    assert [len(change.operations) for change in compare(base, head).changes] == [5]


def test_spans_point_at_the_edit(load: Callable[..., Api], description: Callable[..., Any]) -> None:
    """Both sides have lines, within two of the edited one, in JSON too."""
    base = _at(description, PET)
    head = json.loads(json.dumps(base))
    schema = head["paths"]["/things"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema["properties"]["name"]["maxLength"] = 5
    texts = [json.dumps(one, indent=1) for one in (base, head)]
    (change,) = drift.compare(*(load(text) for text in texts)).changes
    edited = max(number for number, line in enumerate(texts[1].splitlines(), 1) if "maxLength" in line)
    assert change.head is not None
    assert change.base is not None
    assert abs(change.head.start - edited) <= 2
    assert change.base.start <= edited <= change.base.end + 2


@pytest.mark.corpus
def test_every_description_equals_itself(corpus: Path) -> None:
    """Reading a file twice and comparing the two finds nothing, whatever the file."""
    for path in (*sorted(corpus.glob("openapi/*/*.[jy]*")), *sorted(corpus.glob("graphql/*.graphql"))):
        if path.stat().st_size > 600_000:
            continue
        tree = FileTree({path.name: path.read_bytes()})
        found = drift.compare(read(tree, path.name).api, read(tree, path.name).api)
        assert (path.name, (), ()) == (path.name, found.changes, found.not_evaluated)


def test_cycles_end(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """Schemas that refer to each other in every way are compared in bounded time."""
    names = [f"S{number}" for number in range(12)]
    every = [{"$ref": f"#/components/schemas/{name}"} for name in names]

    def _parts(extra: int) -> dict[str, Any]:
        return {
            name: {
                "type": "object",
                "properties": {
                    "n": {"type": "string", "maxLength": 5 + extra},
                    "to": {"oneOf": every},
                    "many": {"type": "array", "items": {"anyOf": every}},
                },
                "allOf": [every[(index + 1) % 12]] if index % 3 else [],
            }
            for index, name in enumerate(names)
        }

    base, head = _at(description, every[0], **_parts(0)), _at(description, every[0], **_parts(1))
    assert any(change.severity == "breaking" for change in compare(base, head).changes)


def test_a_default_is_found_once(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """Credentials asked for by default are one change, at the line that asks, with every operation under it."""
    fine = {"responses": {"200": {"description": ""}}}
    schemes = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}
    base = description(paths={f"/p{number}": {"get": fine} for number in range(5)}, components=schemes)
    head = {**base, "security": [{"key": []}]}
    (change,) = compare(base, head).changes
    assert ("security-added", "security", 5) == (change.rule, change.subject, len(change.operations))
    lines = json.dumps(head, indent=1).splitlines()
    assert change.head is not None
    assert '"security"' in lines[change.head.start - 1]


def test_other_credentials_are_told_where_none_are_needed(
    compare: Callable[..., Drift], description: Callable[..., Any]
) -> None:
    """Nobody is refused, but who sent the old key is no longer known by it: risky, at the key, with every operation."""
    key = {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    other = {"key": {"type": "apiKey", "in": "header", "name": "X-Token"}}
    fine = {"responses": {"200": {"description": ""}}}
    paths = {f"/p{number}": {"get": fine} for number in range(3)}
    base, head = (
        description(paths=paths, security=[{"key": []}, {}], components={"securitySchemes": one})
        for one in (key, other)
    )
    (change,) = compare(base, head).changes
    assert ("security-tightened", "risky", 3) == (change.rule, change.severity, len(change.operations))
    assert change.head is not None
    assert "X-Token" in json.dumps(head, indent=1).splitlines()[change.head.start - 1]
