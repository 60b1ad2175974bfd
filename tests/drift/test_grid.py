"""Every edit of a schema at every place: the severity is what the law says, worked out here without the code's help.

An edit is written down once with what it does to the set of values (N narrows, W widens, B both, E neither). The
reverse edit does the opposite. A place says which way its values travel. From these two the severity follows.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

import pytest

from specloom import drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.change import Drift

Json = Any
S: Final = {"type": "string"}
I: Final = {"type": "integer"}  # noqa: E741  # the shortest name for the shortest schema
N: Final = {"type": "number"}
A: Final = {"type": "array", "items": {"type": "string"}}
O: Final = {"type": "object", "properties": {"a": S, "b": I}}  # noqa: E741  # likewise


def _with(schema: Json, **more: Json) -> Json:
    return {**schema, **more}


CAT: Final = {"type": "object", "properties": {"k": {"const": "cat"}, "claws": I}, "required": ["k"]}
DOG: Final = {"type": "object", "properties": {"k": {"const": "dog"}, "bark": S}, "required": ["k"]}
FISH: Final = {"type": "object", "properties": {"k": {"const": "fish"}, "fins": I}, "required": ["k"]}

# name, base, head, effect of base → head
EDITS: Final[list[tuple[str, Json, Json, str]]] = [
    ("type string to integer", S, I, "B"),
    ("type integer to boolean", I, {"type": "boolean"}, "B"),
    ("type integer to number", I, N, "W"),
    ("type one to two", S, {"type": ["string", "boolean"]}, "W"),
    ("type dropped", {"type": "boolean"}, {}, "W"),
    ("string to array", S, A, "B"),
    ("string to object", S, O, "B"),
    ("nullable by type", S, {"type": ["string", "null"]}, "W"),
    ("nullable by anyOf", S, {"anyOf": [S, {"type": "null"}]}, "W"),
    ("enum value added", _with(S, enum=["a", "b"]), _with(S, enum=["a", "b", "c"]), "W-enum"),
    ("enum integer value added", _with(I, enum=[1]), _with(I, enum=[1, 2]), "W-enum"),
    ("enum set", S, _with(S, enum=["a"]), "N"),
    ("enum value swapped", _with(S, enum=["a", "b"]), _with(S, enum=["a", "c"]), "B-enum"),
    ("const set", S, {"const": "a"}, "N"),
    ("const changed", {"const": "a"}, {"const": "b"}, "B"),
    ("const to enum with it", {"const": "a"}, {"enum": ["a", "b"]}, "W-enum"),
    ("const and enum of one", {"const": "a"}, {"enum": ["a"]}, "E"),
    ("enum and oneOf of consts", {"enum": ["a", "b"]}, {"oneOf": [{"const": "a"}, {"const": "b"}]}, "E"),
    ("enum reordered", _with(S, enum=["a", "b"]), _with(S, enum=["b", "a"]), "E"),
    ("minLength set", S, _with(S, minLength=2), "N"),
    ("minLength raised", _with(S, minLength=2), _with(S, minLength=3), "N"),
    ("minLength nought", S, _with(S, minLength=0), "E"),
    ("maxLength set", S, _with(S, maxLength=9), "N"),
    ("maxLength lowered", _with(S, maxLength=9), _with(S, maxLength=8), "N"),
    ("pattern set", S, _with(S, pattern="^a+$"), "N"),
    ("pattern narrowed", _with(S, pattern="^[a-z]+$"), _with(S, pattern="^[a-f]+$"), "N"),
    ("pattern bounded", _with(S, pattern="^[a-z]{1,9}$"), _with(S, pattern="^[a-z]{2,5}$"), "N"),
    ("pattern rewritten", _with(S, pattern="^[0-9]+$"), _with(S, pattern=r"^\d+$"), "E"),
    ("pattern replaced", _with(S, pattern="^a"), _with(S, pattern="^b"), "B"),
    ("format set", S, _with(S, format="uuid"), "N"),
    ("format date to date-time", _with(S, format="date"), _with(S, format="date-time"), "B"),
    ("format uuid to email", _with(S, format="uuid"), _with(S, format="email"), "B"),
    ("format int32 to int64", _with(I, format="int32"), _with(I, format="int64"), "W"),
    ("format float to double", _with(N, format="float"), _with(N, format="double"), "W"),
    ("minimum set", I, _with(I, minimum=1), "N"),
    ("minimum raised", _with(I, minimum=1), _with(I, minimum=2), "N"),
    ("maximum set", I, _with(I, maximum=9), "N"),
    ("maximum lowered", _with(I, maximum=9), _with(I, maximum=8), "N"),
    ("exclusiveMinimum set", N, _with(N, exclusiveMinimum=1), "N"),
    ("exclusiveMaximum lowered", _with(N, exclusiveMaximum=9), _with(N, exclusiveMaximum=8.5), "N"),
    ("minimum made exclusive", _with(N, minimum=1), _with(N, exclusiveMinimum=1), "N"),
    ("integer bound rewritten", _with(I, minimum=1), _with(I, exclusiveMinimum=0), "E"),
    ("multipleOf set", I, _with(I, multipleOf=2), "N"),
    ("multipleOf divided", _with(I, multipleOf=6), _with(I, multipleOf=3), "W"),
    ("multipleOf replaced", _with(I, multipleOf=2), _with(I, multipleOf=3), "B"),
    ("bound beyond the enum", _with(S, enum=["a"]), _with(S, enum=["a"], maxLength=5), "E"),
    ("minItems set", A, _with(A, minItems=1), "N"),
    ("minItems raised", _with(A, minItems=1), _with(A, minItems=2), "N"),
    ("maxItems set", A, _with(A, maxItems=9), "N"),
    ("maxItems lowered", _with(A, maxItems=9), _with(A, maxItems=8), "N"),
    ("uniqueItems set", A, _with(A, uniqueItems=True), "N"),
    ("items typed", {"type": "array"}, A, "N"),
    ("items retyped", A, _with(A, items=I), "B"),
    ("items bounded", A, _with(A, items=_with(S, maxLength=3)), "N"),
    ("tuple position typed", _with(A, items={}), _with(A, items={}, prefixItems=[S]), "N"),
    ("tuple position retyped", {"type": "array", "prefixItems": [S]}, {"type": "array", "prefixItems": [I]}, "B"),
    ("tuple closed", {"type": "array", "prefixItems": [S]}, {"type": "array", "prefixItems": [S], "items": False}, "N"),
    ("contains set", A, _with(A, contains={"const": "x"}), "N"),
    ("contains narrowed", _with(A, contains=S), _with(A, contains=_with(S, maxLength=3)), "N"),
    ("minContains raised", _with(A, contains=S, minContains=1), _with(A, contains=S, minContains=2), "N"),
    ("maxContains set", _with(A, contains=S), _with(A, contains=S, maxContains=3), "N"),
    ("property became required", O, _with(O, required=["a"]), "N"),
    ("property retyped", O, _with(O, properties={"a": I, "b": I}), "B"),
    ("property bounded", O, _with(O, properties={"a": _with(S, maxLength=3), "b": I}), "N"),
    ("optional property added", O, _with(O, properties={"a": S, "b": I, "c": S}), "E-added"),
    ("required property added", O, _with(O, properties={"a": S, "b": I, "c": S}, required=["c"]), "N-added"),
    ("closed", O, _with(O, additionalProperties=False), "N"),
    ("explicitly open", O, _with(O, additionalProperties=True), "E"),
    ("further members typed", O, _with(O, additionalProperties=S), "N"),
    ("map retyped", {"type": "object", "additionalProperties": S}, {"type": "object", "additionalProperties": I}, "B"),
    ("map bounded", {"type": "object", "additionalProperties": N}, {"type": "object", "additionalProperties": I}, "N"),
    (
        "property added to a closed object",
        _with(O, additionalProperties=False),
        _with(O, properties={"a": S, "b": I, "c": S}, additionalProperties=False),
        "W",
    ),
    ("minProperties set", O, _with(O, minProperties=1), "N"),
    ("maxProperties lowered", _with(O, maxProperties=9), _with(O, maxProperties=8), "N"),
    ("propertyNames set", O, _with(O, propertyNames={"pattern": "^[a-z]+$"}), "N"),
    ("patternProperties set", O, _with(O, patternProperties={"^x-": S}), "N"),
    ("dependentRequired set", O, _with(O, dependentRequired={"a": ["b"]}), "N"),
    ("dependentSchemas set", O, _with(O, dependentSchemas={"a": {"required": ["b"]}}), "N"),
    ("unevaluatedProperties closed", O, _with(O, unevaluatedProperties=False), "N"),
    ("not set", S, _with(S, **{"not": {"const": "x"}}), "N"),
    ("not widened", _with(S, **{"not": {"enum": ["x"]}}), _with(S, **{"not": {"enum": ["x", "y"]}}), "N"),
    ("not of another type", S, _with(S, **{"not": {"type": "integer"}}), "E"),
    ("condition set", O, _with(O, **{"if": {"required": ["a"]}, "then": {"required": ["b"]}}), "N"),
    (
        "then narrowed",
        _with(O, **{"if": {"required": ["a"]}, "then": {"minProperties": 2}}),
        _with(O, **{"if": {"required": ["a"]}, "then": {"minProperties": 3}}),
        "N",
    ),
    ("anyOf member added", {"anyOf": [S, I]}, {"anyOf": [S, I, {"type": "boolean"}]}, "W"),
    ("oneOf member added", {"oneOf": [CAT, DOG]}, {"oneOf": [CAT, DOG, FISH]}, "W"),
    ("oneOf member narrowed", {"oneOf": [CAT, DOG]}, {"oneOf": [_with(CAT, required=["k", "claws"]), DOG]}, "N"),
    ("members reordered", {"oneOf": [CAT, DOG]}, {"oneOf": [DOG, CAT]}, "E"),
    ("wrapped in oneOf", CAT, {"oneOf": [CAT, DOG]}, "W"),
    ("wrapped in anyOf with a narrower one", S, {"anyOf": [S, _with(S, maxLength=3)]}, "E"),
    ("oneOf of exclusive members to anyOf", {"oneOf": [CAT, DOG]}, {"anyOf": [CAT, DOG]}, "E"),
    ("allOf of one", O, {"allOf": [O]}, "E"),
    ("oneOf of one", O, {"oneOf": [O]}, "E"),
    ("type list and anyOf", {"type": ["string", "integer"]}, {"anyOf": [S, I]}, "E"),
    ("allOf member added", O, {"allOf": [O, {"type": "object", "required": ["b"]}]}, "N"),
    ("allOf merged", {"allOf": [{"type": "object", "properties": {"a": S}}, {"properties": {"b": I}}]}, O, "E"),
    (
        "bound split over allOf",
        _with(S, minLength=1, maxLength=5),
        {"allOf": [_with(S, minLength=1), {"maxLength": 5}]},
        "E",
    ),
    ("reference", O, {"$ref": "#/components/schemas/Same"}, "E"),
    ("description", O, _with(O, description="new words", title="T", examples=[{}]), "E"),
    ("keys reordered", {"type": "string", "minLength": 1}, {"minLength": 1, "type": "string"}, "E"),
]


WRAPS: Final[dict[str, Callable[[Json], Json]]] = {
    "itself": lambda s: s,
    "property": lambda s: {"type": "object", "properties": {"p": s}},
    "required property": lambda s: {"type": "object", "properties": {"p": s}, "required": ["p"]},
    "deep property": lambda s: {"type": "object", "properties": {"q": {"type": "object", "properties": {"p": s}}}},
    "items": lambda s: {"type": "array", "items": s},
    "allOf": lambda s: {"allOf": [s, {"description": "more"}]},
    "oneOf": lambda s: {
        "type": "object",
        "properties": {
            "u": {"oneOf": [{"type": "object", "properties": {"in": s}, "required": ["in"]}, {"type": "null"}]}
        },
    },
    "anyOf beside others": lambda s: {
        "anyOf": [{"type": "object", "required": ["x"], "properties": {"x": s, "k": {"const": "x"}}}, DOG]
    },
    "additional properties": lambda s: {"type": "object", "additionalProperties": s},
    "component": lambda s: {"$ref": "#/components/schemas/Part", "x-part": s},
    "recursive": lambda s: {"$ref": "#/components/schemas/Tree", "x-tree": s},
}


def _description(operation: Json, schemas: Json, **more: Json) -> Json:
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": schemas},
        **more,
    }


def _body(schema: Json) -> Json:
    return {"content": {"application/json": {"schema": schema}}}


FINE: Final = {"200": {"description": "fine"}}
# place → (which way values travel, what puts a schema there)
PLACES: Final[dict[str, tuple[str, Callable[[Json, Json], Json]]]] = {
    "request body": ("request", lambda s, c: _description({"requestBody": _body(s), "responses": FINE}, c)),
    "response body": (
        "response",
        lambda s, c: _description({"responses": {"200": {"description": "", **_body(s)}}}, c),
    ),
    "error body": ("response", lambda s, c: _description({"responses": {"400": {"description": "", **_body(s)}}}, c)),
    "response header": (
        "response",
        lambda s, c: _description({"responses": {"200": {"description": "", "headers": {"X-A": {"schema": s}}}}}, c),
    ),
    "query": (
        "request",
        lambda s, c: _description({"parameters": [{"name": "q", "in": "query", "schema": s}], "responses": FINE}, c),
    ),
    "header": (
        "request",
        lambda s, c: _description({"parameters": [{"name": "X-Q", "in": "header", "schema": s}], "responses": FINE}, c),
    ),
    "cookie": (
        "request",
        lambda s, c: _description({"parameters": [{"name": "q", "in": "cookie", "schema": s}], "responses": FINE}, c),
    ),
    "content parameter": (
        "request",
        lambda s, c: _description({"parameters": [{"name": "q", "in": "query", **_body(s)}], "responses": FINE}, c),
    ),
    "callback request": (
        "response",
        lambda s, c: _description(
            {
                "callbacks": {"on": {"{$request.body#/url}": {"post": {"requestBody": _body(s), "responses": FINE}}}},
                "responses": FINE,
            },
            c,
        ),
    ),
    "callback response": (
        "request",
        lambda s, c: _description(
            {
                "callbacks": {
                    "on": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "", **_body(s)}}}}}
                },
                "responses": FINE,
            },
            c,
        ),
    ),
    "webhook": (
        "response",
        lambda s, c: _description(
            {"responses": FINE}, c, webhooks={"new": {"post": {"requestBody": _body(s), "responses": FINE}}}
        ),
    ),
}
TEXTUAL: Final = {"query", "header", "cookie", "response header"}
AS_TEXT: Final = {
    # A number is written like a text, so as text these say something else than in JSON.
    "type string to integer": "N",
    "type integer to boolean": "B",
    "type one to two": "E",
    "items retyped": "N",
    "tuple position retyped": "N",
    "property retyped": "N",
    "map retyped": "N",
    "anyOf member added": "E",
    "not of another type": "N",
}


def _put(place: str, wrap: str, schema: Json) -> Json:
    inner = copy.deepcopy(WRAPS[wrap](schema))
    parts: Json = {"Same": O}
    if "x-part" in inner:
        parts["Part"] = inner.pop("x-part")
    if "x-tree" in inner:
        tree = {
            "type": "object",
            "properties": {
                "leaf": inner.pop("x-tree"),
                "kids": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            },
        }
        parts["Tree"] = tree
    return PLACES[place][1](inner, parts)


def _expected(effect: str, way: str, *, reverse: bool) -> str:
    """Apply the law, and the conventions of the table: lists grow, and a property that is gone may be missed."""
    kind, _, convention = effect.partition("-")
    if reverse:
        kind = {"N": "W", "W": "N"}.get(kind, kind)
    if convention == "enum":
        narrows = kind in {"N", "B"}
        widens = kind in {"W", "B"}
        if way == "request":
            return "breaking" if narrows else "safe"
        return "risky" if widens else "safe"
    if convention == "added" and reverse:
        # A request that no longer describes a property narrows; in answers an optional one may be missed.
        return "breaking" if way == "request" or kind == "W" else "risky"
    breaks = {"request": kind in {"N", "B"}, "response": kind in {"W", "B"}}[way]
    return "breaking" if breaks else "none" if kind == "E" and not convention else "safe"


def _cells() -> list[tuple[str, str, str, bool]]:
    cells = []
    for place in PLACES:
        for wrap in WRAPS:
            if place in TEXTUAL | {"content parameter", "error body"} and wrap not in {"itself", "items", "component"}:
                continue
            cells += [(name, place, wrap, reverse) for name, *_ in EDITS for reverse in (False, True)]
    return cells


def _worst(found: Drift) -> str:
    return next(
        (level for level in ("breaking", "risky", "safe") if any(c.severity == level for c in found.changes)), "none"
    )


def verdicts(read: Callable[..., Api], place: str, wrap: str) -> list[tuple[str, bool, str, str]]:
    """Return each edit at one place with what is expected and what was found, there and back."""
    way = PLACES[place][0]
    rows = []
    for name, base, head, effect in EDITS:
        told = AS_TEXT.get(name, effect) if place in TEXTUAL else effect
        if (place, name) == ("query", "string to array") and wrap != "items":
            told = "W"  # each item is a pair of its own, so one value is a list of one
        sides = read(_put(place, wrap, base)), read(_put(place, wrap, head))
        for reverse, (one, other) in ((False, sides), (True, sides[::-1])):
            rows.append((name, reverse, _expected(told, way, reverse=reverse), _worst(drift.compare(one, other))))
    return rows


# These go through every way of nesting; the other places are about how a place is reached, and share them.
DEEP: Final = {"request body", "response body"}
QUICK: Final = {"itself", "property", "component"}


def _params() -> list[object]:
    cells = dict.fromkeys((place, wrap) for _, place, wrap, _ in _cells())
    slow = [pytest.mark.conformance]
    return [
        pytest.param(place, wrap, marks=[] if place in DEEP or wrap in QUICK else slow, id=f"{place}, {wrap}")
        for place, wrap in cells
    ]


@pytest.mark.parametrize(("place", "wrap"), _params())
def test_every_edit_has_the_severity_of_the_law(load: Callable[..., Api], place: str, wrap: str) -> None:
    """The severity of each edit at each place follows from what it does to the set and which way values travel."""
    wrong = [row for row in verdicts(load, place, wrap) if row[2] != row[3]]
    assert wrong == []
