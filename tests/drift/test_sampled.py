"""No value speaks against "safe": schemas of every keyword are edited at random, and values are drawn for both.

What `test_witness.py` asks of the relation is asked here of the verdict, whatever led to it: where nothing breaking,
risky or undecided is told of a request, every value of the base that holds described members only is one of the head;
for an answer it is the reverse. `oneOf` is read as `anyOf`, as the law has it, and null stands in alternatives alone.
"""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any, Final

import jsonschema
import pytest

from specloom import drift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.model.api import Api

Json = Any
Dice = random.Random
NAMES: Final = ["a", "b", "c"]
TEXTS: Final = ["", "a", "b", "ab", "ba", "abc", "aab", "A1", "12", "x" * 5, "x" * 7]
NUMBERS: Final = [-4, -3, -1, 0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 12]
PATTERNS: Final = ["^[a-z]*$", "^[ab]+$", "a", "^[A-Z0-9]*$", "^.{0,3}$", "^a", "b$", "^(ab|cd)$", "^[^a]*$"]
LOOSE: Final = {"pattern": "a", "maxLength": 2, "minLength": 2, "const": "ab", "minimum": 2, "multipleOf": 2}


def _some(dice: Dice, odds: float, **words: Json) -> Json:
    return {word: value for word, value in words.items() if dice.random() < odds}


def _text(dice: Dice, _depth: int) -> Json:
    limits = {"minLength": dice.randint(0, 3), "maxLength": dice.randint(0, 6), "pattern": dice.choice(PATTERNS)}
    return {"type": "string", **_some(dice, 0.3, **limits), **_denied(dice)}


def _number(dice: Dice, _depth: int) -> Json:
    low, high = dice.randint(-3, 3), dice.randint(1, 7)
    limits = {"minimum": low, "exclusiveMaximum": high, "maximum": high, "multipleOf": dice.choice([1, 2, 3, 0.5])}
    return {"type": dice.choice(["integer", "number"]), **_some(dice, 0.25, **limits), **_denied(dice)}


def _denied(dice: Dice) -> Json:
    word = dice.choice(sorted(LOOSE))
    return {"not": {word: LOOSE[word]}} if dice.random() < 0.1 else {}


def _listed(dice: Dice, _depth: int) -> Json:
    return {"enum": dice.sample([*TEXTS[:5], 0, 1, 2, True, False, 1.5], dice.randint(1, 4))}


def _plain(dice: Dice, _depth: int) -> Json:
    kinds = dice.sample(["string", "integer", "boolean", "number"], 2)
    return dice.choice([{"type": "boolean"}, {}, {"const": dice.choice(["a", 1, False])}, {"type": kinds}])


def _list(dice: Dice, depth: int) -> Json:
    inner = _schema(dice, depth - 1)
    found = _some(dice, 0.3, minItems=dice.randint(0, 2), maxItems=dice.randint(0, 3), prefixItems=[_text(dice, 0)])
    found |= _some(dice, 0.12, uniqueItems=True, contains=_schema(dice, 0), unevaluatedItems=False)
    if "contains" in found:
        found |= _some(dice, 0.3, minContains=dice.randint(0, 2), maxContains=dice.randint(0, 2))
    return {"type": "array", **_some(dice, 0.8, items=inner), **found}


def _object(dice: Dice, depth: int) -> Json:
    names = dice.sample(NAMES, dice.randint(1, 3))
    found = {"type": "object", "properties": {name: _schema(dice, depth - 1) for name in names}}
    found |= _some(dice, 0.4, required=dice.sample(names, 1), additionalProperties=dice.choice([False, _text(dice, 0)]))
    found |= _some(dice, 0.15, minProperties=dice.randint(0, 2), maxProperties=dice.randint(1, 3))
    return {**found, **(dice.choice(_rules(dice, depth)) if dice.random() < 0.5 else {})}


def _rules(dice: Dice, depth: int) -> list[Json]:
    """Return rules about members that hold beside any others."""
    one, other, inner = dice.choice(NAMES), dice.choice(NAMES), _schema(dice, depth - 1)
    return [
        {"patternProperties": {dice.choice(["^[ab]$", "^a", ".*"]): inner}},
        {"propertyNames": dice.choice([{"enum": ["a", "b"]}, {"pattern": "^[ab]"}, {"const": "a"}])},
        {"dependentRequired": {one: [other]}},
        {"dependentSchemas": {one: {"properties": {other: inner}}}},
        {"not": {"required": sorted({one, other})}},
        {"if": {"required": [one]}, "then": {"required": [other]}},
        {"if": {"properties": {one: {"const": 1}}, "required": [one]}, "then": {"properties": {other: inner}}},
        {"unevaluatedProperties": dice.choice([False, {"type": "string"}])},
        {"anyOf": [{"required": [one]}, {"required": [other]}]},
        {"allOf": [{"properties": {"c": inner}}], "unevaluatedProperties": False},
    ]


def _composed(dice: Dice, depth: int) -> Json:
    word = dice.choice(["anyOf", "oneOf", "allOf"])
    return {word: [_schema(dice, depth - 1) for _ in range(2)]}


def _nullable(dice: Dice, depth: int) -> Json:
    return {"anyOf": [_schema(dice, depth - 1), {"type": "null"}]}


def _schema(dice: Dice, depth: int) -> Json:
    makers = [_text, _number, _listed, _plain]
    makers += [_list, _object, _object, _composed, _nullable] if depth else []
    return dice.choice(makers)(dice, depth)


def _rewritten(dice: Dice, schema: Json) -> Json:
    """Say the same in other words."""
    ways = [{"allOf": [schema]}, {"anyOf": [schema, schema]}, {"anyOf": [schema, False]}]
    if not re.search('"oneOf"|"null"', json.dumps(schema)):
        ways += [{"not": {"not": schema}}, {"allOf": [schema, {"anyOf": [schema, {"const": "q"}]}]}]
    if set(schema) == {"enum"}:
        ways.append({"anyOf": [{"const": value} for value in schema["enum"]]})
    return dice.choice(ways)


def _edited(dice: Dice, schema: Json) -> Json:
    """Change one thing somewhere, or rewrite a part."""
    if not isinstance(schema, dict) or not schema or dice.random() < 0.1:
        return _schema(dice, 1)
    if dice.random() < 0.25:
        return _rewritten(dice, schema)
    word = dice.choice(sorted(schema))
    value = schema[word]
    if word in {"properties", "patternProperties", "dependentSchemas"} and value:
        name = dice.choice(sorted(value))
        value = {**value, name: _edited(dice, value[name])}
    elif word in {"anyOf", "oneOf", "allOf", "prefixItems"}:
        at = dice.randrange(len(value))
        value = [_edited(dice, one) if i == at else one for i, one in enumerate(value)]
    elif word in {"items", "additionalProperties", "then", "contains"}:
        value = _edited(dice, value)
    elif isinstance(value, int) and not isinstance(value, bool) and word != "const":
        value = max(1, value + dice.choice([-1, 1]))
    elif word not in {"type", "if", "minContains", "maxContains"}:
        return {name: one for name, one in schema.items() if name != word}
    return {**schema, word: value}


def _value(dice: Dice, schema: Json, depth: int = 4) -> Json:
    """Draw a value that has a fair chance to fit."""
    if depth == 0 or not isinstance(schema, dict) or dice.random() < 0.1:
        return dice.choice([*TEXTS, *NUMBERS, True, False, None])
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            rest = {name: one for name, one in schema.items() if name != word}
            chosen = schema[word] if word == "allOf" else [dice.choice(schema[word])]
            parts = [_value(dice, one, depth - 1) for one in ([rest] if rest else []) + chosen]
            if all(isinstance(part, dict) for part in parts):
                return {name: one for part in parts for name, one in part.items()}
            return dice.choice(parts)
    if "enum" in schema or "const" in schema:
        return dice.choice(schema.get("enum", [schema.get("const")]))
    return _typed(dice, schema, depth)


def _typed(dice: Dice, schema: Json, depth: int) -> Json:
    kind = schema.get("type", "string")
    kind = dice.choice(kind) if isinstance(kind, list) else kind
    if kind == "array":
        tuple_ = schema.get("prefixItems", [])
        further = dice.choice([schema.get("items", {}), schema.get("contains", {})])
        nodes = [tuple_[i] if i < len(tuple_) else further for i in range(dice.randint(0, 4))]
        return [_value(dice, node, depth - 1) for node in nodes]
    if kind == "object":
        found = {name: _value(dice, one, depth - 1) for name, one in schema.get("properties", {}).items()}
        kept = {name: one for name, one in found.items() if name in schema.get("required", []) or dice.random() < 0.6}
        more = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
        further = {dice.choice([*NAMES, "d"]): _value(dice, one, depth - 1) for one in more if dice.random() < 0.4}
        return {**kept, **further}
    simple = {"string": TEXTS, "boolean": [True, False], "null": [None]}
    return dice.choice(simple.get(kind, NUMBERS))


def _beside(schema: Json) -> Iterator[Json]:
    """Yield every schema that speaks of the same value."""
    if isinstance(schema, dict):
        yield schema
        inner = [one for word in ("allOf", "anyOf", "oneOf") for one in schema.get(word, [])]
        inner += [schema.get("then"), *schema.get("dependentSchemas", {}).values()]
        for one in inner:
            yield from _beside(one)


def _described(value: Json, schemas: list[Json]) -> bool:
    """Tell whether every member of an object is one that the schemas describe."""
    here = [one for schema in schemas for one in _beside(schema)]
    if isinstance(value, list):
        inner = [one for schema in here for one in (schema.get("items"), *schema.get("prefixItems", []))]
        return all(_described(item, inner) for item in value)
    rest = [
        schema[word] for word in ("additionalProperties", "unevaluatedProperties") for schema in here if word in schema
    ]
    for name, item in value.items() if isinstance(value, dict) else ():
        told = [schema["properties"][name] for schema in here if name in schema.get("properties", {})]
        told += [one for s in here for like, one in s.get("patternProperties", {}).items() if re.search(like, name)]
        told = told or [one for one in rest if isinstance(one, dict)]
        if not told or not _described(item, told):
            return False
    return True


def _loose(schema: Json) -> Json:
    if isinstance(schema, list):
        return [_loose(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {word: one if word in {"enum", "const"} else _loose(one) for word, one in schema.items()}
    if "oneOf" in found:
        found["allOf"] = [*found.get("allOf", []), {"anyOf": found.pop("oneOf")}]
    return found


def _witness(dice: Dice, small: Json, large: Json) -> list[Json]:
    one, other = jsonschema.Draft202012Validator(small), jsonschema.Draft202012Validator(_loose(large))
    for schema in (small, large, small) * 40:
        value = _value(dice, schema)
        if one.is_valid(value) and not other.is_valid(value) and _described(value, [small]):
            return [value]
    return []


def _document(schema: Json, way: str) -> Json:
    body = {"content": {"application/json": {"schema": schema}}}
    fine = {"200": {"description": "", **(body if way == "response" else {})}}
    operation = {"responses": fine, **({"requestBody": body} if way == "request" else {})}
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/t": {"post": operation}}}


def _against(load: Callable[..., Api], seed: int, pairs: int) -> list[tuple[Json, ...]]:
    """Return what speaks against a "safe" verdict, of so many pairs."""
    dice = random.Random(seed)  # noqa: S311  # schemas, not secrets
    found = []
    for _ in range(pairs):
        base = _schema(dice, 3)
        head = _edited(dice, base)
        for way, small, large in (("request", base, head), ("response", head, base)):
            result = drift.compare(load(_document(base, way)), load(_document(head, way)))
            calm = {change.severity for change in result.changes} <= {"safe"} and not result.not_evaluated
            if calm and (value := _witness(dice, small, large)):
                found.append((way, base, head, value[0]))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_no_value_speaks_against_a_safe_verdict(load: Callable[..., Api], seed: int) -> None:
    """A sample of the long run below."""
    assert _against(load, seed, 60) == []


@pytest.mark.conformance
@pytest.mark.parametrize("seed", range(100, 140))
def test_no_value_of_very_many_speaks_against_a_safe_verdict(load: Callable[..., Api], seed: int) -> None:
    """Twenty thousand pairs, each as a request and as an answer."""
    assert _against(load, seed, 500) == []
