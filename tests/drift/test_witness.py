"""No value speaks against a verdict: what is said to be contained is, for every value that we can think of.

Schemas are made at random, values are drawn from one side and tried on both with an independent validator. Values
hold members that their schema describes and no others, as the law reads it.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final

import jsonschema
import pytest

from specloom.drift.effect import Direction, Effect
from specloom.drift.pair import Lens
from specloom.drift.relation.parts import Names
from specloom.drift.relation.same import Sameness

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api

Json = Any
TEXTS: Final = ["", "a", "b", "ab", "abc", "A1", "12", "x" * 6]
NUMBERS: Final = [-3, -1, 0, 1, 2, 3, 4, 6, 7, 12, 1.5, 2.5]


def _schema(dice: random.Random, depth: int) -> Json:
    """Draw a schema: every keyword now and then, never too many at once."""
    makers = [_text, _number, _listed, _fixed]
    if depth:
        makers += [_list, _object, _object, _any, _all, _nullable]
    return dice.choice(makers)(dice, depth)


def _text(dice: random.Random, _depth: int) -> Json:
    found: Json = {"type": "string"}
    if dice.random() < 0.4:
        found["minLength"] = dice.randint(0, 3)
    if dice.random() < 0.4:
        found["maxLength"] = dice.randint(1, 6)
    if dice.random() < 0.2:
        found["pattern"] = dice.choice(["^[a-z]*$", "^[a-b]+$", "a", "^[A-Z0-9]*$", "^.{0,3}$"])
    return found


def _number(dice: random.Random, _depth: int) -> Json:
    found: Json = {"type": dice.choice(["integer", "number"])}
    for word, low, high in (("minimum", -3, 3), ("exclusiveMinimum", -3, 3), ("maximum", 1, 7), ("multipleOf", 1, 4)):
        if dice.random() < 0.25:
            found[word] = dice.randint(low, high)
    if dice.random() < 0.15:
        found["allOf"] = [{"multipleOf": dice.choice([0.5, 1, 2, 3])}]
    return found


def _listed(dice: random.Random, _depth: int) -> Json:
    pool = [*TEXTS[:5], 0, 1, 2, True]
    return {"enum": dice.sample(pool, dice.randint(1, 4))}


def _fixed(dice: random.Random, _depth: int) -> Json:
    return {"const": dice.choice(["a", 1, False])}


def _list(dice: random.Random, depth: int) -> Json:
    found: Json = {"type": "array", "items": _schema(dice, depth - 1)}
    for word, high in (("minItems", 2), ("maxItems", 3)):
        if dice.random() < 0.3:
            found[word] = dice.randint(1, high)
    if dice.random() < 0.2:
        found["uniqueItems"] = True
    if dice.random() < 0.2:
        found["prefixItems"] = [_schema(dice, depth - 1)]
    if dice.random() < 0.25:
        found["contains"] = {"type": "string", "maxLength": dice.randint(1, 4)}
        found |= dice.choice([{}, {"minContains": 0}, {"minContains": 2}, {"maxContains": 1}])
    return found


def _object(dice: random.Random, depth: int) -> Json:
    names = dice.sample(["a", "b", "c"], dice.randint(1, 3))
    found: Json = {"type": "object", "properties": {name: _schema(dice, depth - 1) for name in names}}
    if dice.random() < 0.5:
        found["required"] = dice.sample(names, 1)
    if dice.random() < 0.4:
        found["additionalProperties"] = dice.choice([False, _schema(dice, depth - 1)])
    if dice.random() < 0.15:
        found["minProperties"] = dice.randint(1, 2)
    if dice.random() < 0.15:
        found["not"] = {"type": "object", "required": [dice.choice(names)]}
    if dice.random() < 0.5:
        found |= dice.choice(_ODD)
    return found


_ODD: Final[list[Json]] = [
    {"patternProperties": {"^[ab]$": {"type": "string"}}},
    {"patternProperties": {".*": {"const": 1}}},
    {"propertyNames": {"enum": ["a", "b"]}},
    {"dependentRequired": {"a": ["b"]}},
    {"dependentSchemas": {"a": {"required": ["b"]}}},
    {"dependentSchemas": {"a": {"minProperties": 2}}},
    {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
    {"if": {"required": ["a"]}, "else": {}},
    {"unevaluatedProperties": False},
    {"unevaluatedProperties": {"type": "string"}},
    {"maxProperties": 2},
    {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
    {"allOf": [{"properties": {"c": {"type": "string"}}, "unevaluatedProperties": False}]},
    {"allOf": [{"properties": {"c": False}}]},
]
"""Rules about members that hold beside any others."""


def _any(dice: random.Random, depth: int) -> Json:
    return {"anyOf": [_schema(dice, depth - 1) for _ in range(dice.randint(2, 3))]}


def _all(dice: random.Random, depth: int) -> Json:
    return {"allOf": [_schema(dice, depth - 1) for _ in range(2)]}


def _nullable(dice: random.Random, depth: int) -> Json:
    return {"anyOf": [_schema(dice, depth - 1), {"type": "null"}]}


def _edited(dice: random.Random, schema: Json) -> Json:
    """Change one thing somewhere, so that many pairs are related."""
    schema = {**schema}
    word = dice.choice(sorted(schema))
    inner = schema[word]
    if isinstance(inner, dict) and "type" not in inner and word == "properties":
        name = dice.choice(sorted(inner))
        schema[word] = {**inner, name: _edited(dice, inner[name])}
    elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
        index = dice.randrange(len(inner))
        schema[word] = [_edited(dice, one) if i == index else one for i, one in enumerate(inner)]
    elif word in {"items", "additionalProperties"} and isinstance(inner, dict):
        schema[word] = _edited(dice, inner)
    elif isinstance(inner, int) and not isinstance(inner, bool):
        schema[word] = max(1, inner + dice.choice([-1, 1])) if word == "multipleOf" else inner + dice.choice([-1, 1])
        if word.startswith(("min", "max")) and word not in {"minimum", "maximum"}:
            schema[word] = max(0, schema[word])
    elif word not in {"type", "const", "enum", "anyOf", "allOf"}:
        del schema[word]
    else:
        return _schema(dice, 1)
    return schema


def _value(dice: random.Random, schema: Json, depth: int = 4) -> Json:
    """Draw a value that has a fair chance to fit; members are those that the schema describes."""
    if depth == 0 or schema is True:
        return dice.choice(TEXTS + NUMBERS)
    if "enum" in schema or "const" in schema:
        return dice.choice(schema.get("enum") or [schema["const"]])
    if "anyOf" in schema:
        return _value(dice, dice.choice(schema["anyOf"]), depth)
    if "allOf" in schema:
        parts = [_value(dice, one, depth) for one in schema["allOf"]]
        if all(isinstance(part, dict) for part in parts):
            return {name: value for part in parts for name, value in part.items()}
        return dice.choice(parts)
    return _typed(dice, schema, depth)


def _typed(dice: random.Random, schema: Json, depth: int) -> Json:
    kind = schema.get("type")
    if kind == "null":
        return None
    if kind == "string":
        return dice.choice(TEXTS)
    if kind == "array":
        return [_value(dice, schema.get("items", {}), depth - 1) for _ in range(dice.randint(0, 3))]
    if kind == "object":
        found = {
            name: _value(dice, inner, depth - 1)
            for name, inner in schema["properties"].items()
            if name in schema.get("required", []) or dice.random() < 0.6
        }
        for inner in schema.get("patternProperties", {}).values():
            found |= {dice.choice("abc"): _value(dice, inner, depth - 1)} if dice.random() < 0.4 else {}
        more = schema.get("additionalProperties") or schema.get("unevaluatedProperties")
        if isinstance(more, dict) and dice.random() < 0.4:
            found[dice.choice(["a", "b", "c", "d"])] = _value(dice, more, depth - 1)
        return found
    return dice.choice(NUMBERS)


def _lens(load: Callable[..., Api], base: Json, head: Json) -> tuple[Lens, Api]:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Base": base, "Head": head}},
    }
    api = load(document)
    names = Names(api.schemas)
    return Lens(names, names, Sameness({}, {}), direction=Direction.REQUEST, textual=False), api


@pytest.mark.parametrize("seed", range(40))
def test_no_value_speaks_against_containment(load: Callable[..., Api], seed: int) -> None:
    """Where it is proved that nothing is lost, every value of the one side fits the other."""
    dice = random.Random(seed)  # noqa: S311  # schemas, not secrets
    for _ in range(12):
        base = _schema(dice, 2)
        head = _edited(dice, base) if dice.random() < 0.8 else _schema(dice, 2)
        lens, api = _lens(load, base, head)
        effect = lens.effect(lens.base.names.node(api.schemas["Base"]), lens.head.names.node(api.schemas["Head"]))
        for lost, small, large in ((Effect.NARROWS, base, head), (Effect.WIDENS, head, base)):
            if lost in effect:
                continue
            one, other = jsonschema.Draft202012Validator(small), jsonschema.Draft202012Validator(large)
            values = [value for value in (_value(dice, small) for _ in range(60)) if one.is_valid(value)]
            assert [value for value in values if not other.is_valid(value)] == [], (small, large)


def test_related_pairs_are_found_related(load: Callable[..., Api]) -> None:
    """The proof is no excuse to prove nothing: of pairs that no value tells apart, most are proved to be related."""
    dice = random.Random(7)  # noqa: S311  # likewise
    proved = 0
    for _ in range(150):
        base = _schema(dice, 2)
        lens, api = _lens(load, base, {"allOf": [base, {"description": "the same"}]})
        effect = lens.effect(lens.base.names.node(api.schemas["Base"]), lens.head.names.node(api.schemas["Head"]))
        proved += effect is Effect.NONE
    assert proved >= 145


_AB: Final[Json] = {"type": "object", "properties": {"b": {"const": False}}, "anyOf": [{"required": ["a"]}, {}]}
_A: Final[Json] = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}
_IF: Final[Json] = {
    "properties": {"a": {}},
    "unevaluatedProperties": False,
    "if": {"required": ["z"]},
    "then": {"required": ["a"]},
}


@pytest.mark.parametrize(
    ("small", "large", "value"),
    [
        (
            {
                "type": "object",
                "properties": {},
                "patternProperties": {"^c": {"const": 1}},
                "additionalProperties": False,
            },
            {"type": "object", "properties": {"c": {"type": "boolean"}}},
            {"c": 1},
        ),
        ({"type": "object", "additionalProperties": {"const": "a"}}, {"properties": {"c": False}}, {"c": "a"}),
        (
            {"allOf": [_AB, _A]},
            {"allOf": [{**_AB, "unevaluatedProperties": {"type": "integer"}}, _A]},
            {"a": "abc"},
        ),
        (
            {"type": "object", **_IF, "patternProperties": {"^b$": {}}},
            {"type": "object", **_IF},
            {"b": 1},
        ),
        (
            {"type": "object", "properties": {"a": {}}, "unevaluatedProperties": {"type": "string"}},
            {
                "type": "object",
                "properties": {"a": {}},
                "unevaluatedProperties": {"type": "string"},
                "patternProperties": {"^b$": {"type": "integer"}},
            },
            {"b": "x"},
        ),
        ({"enum": [1]}, {"enum": [True]}, 1),
    ],
    ids=[
        "like a pattern",
        "not to be there",
        "seen by another only",
        "described by a pattern only",
        "another than the rest",
        "one and true",
    ],
)
def test_what_a_value_disproves_is_not_claimed(load: Callable[..., Api], small: Json, large: Json, value: Json) -> None:
    """Where a value of the one side is none of the other, something is lost."""
    one, other = jsonschema.Draft202012Validator(small), jsonschema.Draft202012Validator(large)
    assert (one.is_valid(value), other.is_valid(value)) == (True, False)
    lens, api = _lens(load, small, large)
    found = lens.effect(lens.base.names.node(api.schemas["Base"]), lens.head.names.node(api.schemas["Head"]))
    assert Effect.NARROWS in found
