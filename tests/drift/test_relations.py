"""A second grid, of edits and rewrites by the standard's text: its verdicts are labelled by hand and tried with values.

Each line of `relations.jsonl` is two schemas and what the way from one to the other does to the accepted set: `N`
narrows it, `W` widens it, a small letter stands where a convention decides, `E` for nothing. The labels were tried with
an independent validator over sampled values: no value speaks against one, and each `N` and `W` has one that shows it.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from specloom import drift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.model.api import Api

Json = Any
ROWS: Final = [json.loads(line) for line in Path(__file__).with_name("relations.jsonl").read_text("utf-8").splitlines()]
FINE: Final = {"200": {"description": "fine"}}
WAIVED: Final = {
    "null enum": "null beside `null` among the types is read as people mean it",
    "null allOf blocks": "likewise",
    "pattern lookahead": "no automaton: risky, and listed as not evaluated",
    "const array vs tuple": "a constant list is not taken apart",
    "const object vs props": "likewise",
}
"""Edits whose verdict is another, and why."""
TAGGED: Final = {"t": {"const": "one"}}
WRAPS: Final[dict[str, Callable[[Json], Json]]] = {
    "itself": lambda s: s,
    "property": lambda s: {"type": "object", "properties": {"p": s}},
    "items": lambda s: {"type": "array", "items": s},
    "allOf": lambda s: {"allOf": [s, {"description": "more"}]},
    "alternative": lambda s: {
        "oneOf": [
            {"type": "object", "properties": {**TAGGED, "v": s}, "required": ["t", "v"]},
            {"type": "object", "properties": {"t": {"const": "two"}}, "required": ["t"]},
        ]
    },
    "map": lambda s: {"type": "object", "additionalProperties": s},
    "tuple": lambda s: {"type": "array", "prefixItems": [{"type": "boolean"}, s], "minItems": 2},
    "consequence": lambda s: {
        "type": "object",
        "properties": {"k": {"type": "string"}, "v": {}},
        "required": ["k", "v"],
        "if": {"properties": {"k": {"const": "x"}}},
        "then": {"properties": {"v": s}},
    },
}


def _body(schema: Json) -> Json:
    return {"content": {"application/json": {"schema": schema}}}


def _callback(operation: Json) -> Json:
    return {"callbacks": {"on": {"{$request.body#/url}": {"post": operation}}}, "responses": FINE}


PLACES: Final[dict[str, tuple[str, Callable[[Json], Json]]]] = {
    "request": ("request", lambda s: {"requestBody": _body(s), "responses": FINE}),
    "response": ("response", lambda s: {"responses": {"200": {"description": "", **_body(s)}}}),
    "any other response": ("response", lambda s: {"responses": {"default": {"description": "", **_body(s)}}}),
    "callback": ("response", lambda s: _callback({"requestBody": _body(s), "responses": FINE})),
    "answer to a callback": ("request", lambda s: _callback({"responses": {"200": {"description": "", **_body(s)}}})),
    "parameter with content": (
        "request",
        lambda s: {"parameters": [{"name": "q", "in": "query", **_body(s)}], "responses": FINE},
    ),
}


def _document(place: str, wrap: str, schema: Json) -> Json:
    operation = PLACES[place][1](WRAPS[wrap](copy.deepcopy(schema)))
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/t": {"post": operation}}}


def _right(effect: str, convention: str, way: str) -> set[str]:
    """Return the verdicts that the law, and a convention where there is one, leave."""
    letter = "N" if way == "request" else "W"
    if letter in effect:
        return {"breaking", "risky"} if convention == "enum" and way == "response" else {"breaking"}
    if letter.lower() in effect:
        return {"breaking", "risky", "safe"}
    return {"safe", "risky"}


def _wrong(load: Callable[[Json], Api], place: str, wrap: str) -> Iterator[tuple[str, str, str]]:
    for row in ROWS:
        sides = [load(_document(place, wrap, row[side])) for side in ("base", "head")]
        for word, (one, other) in (("there", sides), ("back", sides[::-1])):
            effect = row["effect"] if word == "there" else row["effect"].translate(str.maketrans("NWnw", "WNwn"))
            found = {change.severity for change in drift.compare(one, other).changes}
            verdict = next((level for level in ("breaking", "risky") if level in found), "safe")
            if verdict not in _right(effect, row.get("convention", ""), PLACES[place][0]):
                yield row["edit"], word, verdict


def _cells() -> Iterator[object]:
    for place in PLACES:
        for wrap in WRAPS:
            quick = place in {"request", "response"} and wrap in {"itself", "alternative"}
            yield pytest.param(place, wrap, marks=[] if quick else [pytest.mark.conformance], id=f"{place}, {wrap}")


@pytest.mark.parametrize(("place", "wrap"), list(_cells()))
def test_edits_and_rewrites_have_the_verdict_of_their_label(load: Callable[..., Api], place: str, wrap: str) -> None:
    """Nothing that breaks is passed over, and nothing that means the same alarms."""
    assert [row for row in _wrong(load, place, wrap) if row[0] not in WAIVED] == []


def test_waivers_are_needed(load: Callable[..., Api]) -> None:
    """A waived edit still has another verdict than its label."""
    wrong = {edit for place in ("request", "response") for edit, *_ in _wrong(load, place, "itself")}
    assert set(WAIVED) == wrong & set(WAIVED)
