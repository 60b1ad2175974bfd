"""The prover of `relation/sets`, on its own: what it proves, and what it leaves open and why."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from specloom.drift.effect import Direction
from specloom.drift.relation.form import Forms
from specloom.drift.relation.parts import Names
from specloom.drift.relation.same import Sameness
from specloom.drift.relation.sets.prove import STEPS, Prover
from specloom.model.files import FileTree
from specloom.readers import read

Json = Any
AB: Final = {"a": {"type": "string"}, "b": {"type": "integer"}}
OBJECT: Final = {"type": "object", "properties": AB}
A_ASKS_B: Final = {**OBJECT, "if": {"required": ["a"]}, "then": {"required": ["b"]}}
INSIDE: Final[dict[str, tuple[Json, Json]]] = {
    "a pattern and the texts that it matches": (
        {"type": "string", "pattern": "^(on|off)$"},
        {"type": "string", "enum": ["on", "off"]},
    ),
    "a pattern that counts and a length": (
        {"type": "string", "pattern": "^[a-f]{4}$"},
        {"type": "string", "minLength": 4, "maxLength": 4},
    ),
    "what is not refused": ({"type": "string"}, {"not": {"not": {"type": "string"}}}),
    "whole numbers within ranges that meet": (
        {"type": "integer", "minimum": 0, "maximum": 9},
        {"anyOf": [{"type": "integer", "maximum": 4}, {"type": "integer", "minimum": 5}]},
    ),
    "a condition and a dependent requirement": (A_ASKS_B, {**OBJECT, "dependentRequired": {"a": ["b"]}}),
    "a condition that asks for more": ({**A_ASKS_B, "required": ["b"]}, A_ASKS_B),
    "a closed tuple and a short list": (
        {"type": "array", "prefixItems": [{"type": "string"}], "items": False},
        {"type": "array", "prefixItems": [{"type": "string"}], "maxItems": 1},
    ),
    "alternatives that are required by turns": (
        {**OBJECT, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {**OBJECT, "minProperties": 1},
    ),
    "nothing is inside of anything": ({"type": "string", "minLength": 3, "maxLength": 2}, {"type": "integer"}),
}
"""Two sets of which the first is proved to be inside the second."""
OPEN: Final[dict[str, tuple[Json, Json]]] = {
    "a longer text is a witness": ({"type": "string", "pattern": "^[a-f]{4,5}$"}, {"type": "string", "maxLength": 4}),
    "a text with a line break is a witness": ({"type": "string"}, {"type": "string", "pattern": "^.*$"}),
    "5 is a witness between the ranges": (
        {"type": "integer", "minimum": 0, "maximum": 9},
        {"anyOf": [{"type": "integer", "maximum": 4}, {"type": "integer", "minimum": 6}]},
    ),
    "4.5 is a witness where 5 is none": (
        {"type": "number", "minimum": 0, "maximum": 9},
        {"anyOf": [{"type": "integer"}, {"type": "number", "minimum": 5}]},
    ),
    "an object with a alone is a witness": (OBJECT, A_ASKS_B),
    "null is a witness": ({"type": ["string", "null"]}, {"type": "string"}),
    "look-ahead is no automaton, though nothing speaks against it": (
        {"type": "string", "pattern": "^(?=a)ab$"},
        {"type": "string", "enum": ["ab"]},
    ),
}
"""Two sets of which that is not claimed: something is in the first alone, or the proof is beyond the prover."""
APART: Final[dict[str, tuple[Json, Json, bool]]] = {
    "texts and numbers": ({"type": "string"}, {"type": "integer"}, True),
    "another constant": (
        {"type": "object", "required": ["k"], "properties": {"k": {"const": "x"}}},
        {"type": "object", "required": ["k"], "properties": {"k": {"const": "y"}}},
        True,
    ),
    "another constant of a member that may be missing": (
        {"type": "object", "properties": {"k": {"const": "x"}}},
        {"type": "object", "properties": {"k": {"const": "y"}}},
        False,
    ),
    "ranges that share an end": ({"type": "number", "minimum": 5}, {"type": "number", "maximum": 5}, False),
    "ranges of which one leaves out the end": (
        {"type": "number", "exclusiveMinimum": 5},
        {"type": "number", "maximum": 5},
        True,
    ),
}
"""Two sets, and whether they are proved to have nothing in common."""


def _forms(*schemas: Json) -> tuple[Forms, list[Any]]:
    """Return the forms of one description with these schemas, and their nodes."""
    named = {f"S{index}": schema for index, schema in enumerate(schemas)}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": named},
    }
    api = read(FileTree({"api.json": json.dumps(document).encode()}), "api.json").api
    names = Names(api.schemas)
    return Forms(names, Direction.REQUEST, textual=False), [names.node(api.schemas[name]) for name in named]


def _inside(small: Json, large: Json, *, steps: int = STEPS, lines: bool = True) -> bool:
    (mine, (one,)), (yours, (other,)) = _forms(small), _forms(large)
    prover = Prover(Sameness(mine.names.schemas, yours.names.schemas), lines=lines)
    return prover.inside(one, mine, other, yours, steps=steps)


@pytest.mark.parametrize("case", INSIDE)
def test_proved(case: str) -> None:
    """Every choice that a value of the first has ends in a contradiction to being none of the second."""
    assert _inside(*INSIDE[case])


@pytest.mark.parametrize("case", OPEN)
def test_not_proved(case: str) -> None:
    """Where a value is in the first alone, or a keyword is out of reach, nothing is claimed."""
    assert not _inside(*OPEN[case])


@pytest.mark.parametrize("case", APART)
def test_apart(case: str) -> None:
    """Two schemas of one side are proved to be apart exactly where no value is in both."""
    one, other, apart = APART[case]
    forms, nodes = _forms(one, other)
    prover = Prover(Sameness(forms.names.schemas, forms.names.schemas))
    assert apart is prover.apart(*nodes, forms)


def test_the_steps_are_counted() -> None:
    """What is proved in the usual number of steps is not claimed in two."""
    case = INSIDE["whole numbers within ranges that meet"]
    assert (True, False) == (_inside(*case), _inside(*case, steps=2))


def test_line_breaks_can_be_left_out() -> None:
    """A dot stands for every letter where nobody sends line breaks."""
    case = OPEN["a text with a line break is a witness"]
    assert (False, True) == (_inside(*case), _inside(*case, lines=False))


def test_schemas_that_hold_themselves_come_to_an_end() -> None:
    """A question met again within the same value is taken to be answered: the proof is by the smallest value."""
    node = {"type": "object", "properties": {"v": {"type": "integer"}, "next": {"$ref": "#/components/schemas/S0"}}}
    wide = {"type": "object", "properties": {"v": {"type": "number"}, "next": {"$ref": "#/components/schemas/S0"}}}
    assert (True, False) == (_inside(node, wide), _inside(wide, node))
