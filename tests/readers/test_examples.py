"""Schemas from samples: sound for every sample, cautious beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from specloom.model.source import Span
from specloom.readers.examples import infer

if TYPE_CHECKING:
    from specloom.model.schema import Schema
    from specloom.model.source import Json

SPAN = Span("a.json", 3, 3)

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
keys = st.sampled_from(["a", "b", "12", "2020-01-01", "id"]) | st.text(max_size=3)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4))


def as_json_schema(schema: Schema) -> dict[str, object]:
    """Write the keywords that inference uses as JSON Schema 2020-12."""
    members: dict[str, object] = {}
    if schema.types:
        members["type"] = [*schema.types]
    if schema.properties:
        members["properties"] = {key: as_json_schema(value) for key, value in schema.properties.items()}
    if schema.required:
        members["required"] = [*schema.required]
    if schema.additional:
        members["additionalProperties"] = as_json_schema(schema.additional)
    if schema.items:
        members["items"] = as_json_schema(schema.items)
    if schema.any_of:
        members["anyOf"] = [as_json_schema(member) for member in schema.any_of]
    return {"anyOf": [members, {"type": "null"}]} if schema.nullable else members


@given(st.lists(values, max_size=5))
def test_every_sample_is_valid_under_the_schema(samples: list[Json]) -> None:
    """Whatever the samples are, the schema that they suggest accepts each of them."""
    validator = Draft202012Validator(as_json_schema(infer(samples, SPAN)))

    for sample in samples:
        validator.validate(sample)


@given(st.lists(values, max_size=5).flatmap(lambda samples: st.tuples(st.just(samples), st.permutations(samples))))
def test_the_order_of_samples_does_not_change_what_is_accepted(
    pair: tuple[list[Json], list[Json]],
) -> None:
    """Samples in another order suggest the same required members and the same kinds of value."""
    first, second = (infer(samples, SPAN) for samples in pair)

    assert (set(first.types), set(first.required), first.nullable, first.format) == (
        set(second.types),
        set(second.required),
        second.nullable,
        second.format,
    )


@pytest.mark.parametrize(
    ("samples", "types", "form"),
    [
        (["2024-02-29T10:00:00Z"], ("string",), "date-time"),
        (["2024-02-29"], ("string",), "date"),
        (["2024-02-29", "soon"], ("string",), None),
        (["123e4567-e89b-12d3-a456-426614174000"], ("string",), "uuid"),
        (["https://a.example/x?y=1"], ("string",), "uri"),
        (["{{baseUrl}}/x"], ("string",), None),
        ([1, 2], ("integer",), None),
        ([1, 2.5], ("number",), None),
        ([True, 1], ("boolean", "integer"), None),
        ([None], (), None),
        ([], (), None),
    ],
)
def test_scalars(samples: list[Json], types: tuple[str, ...], form: str | None) -> None:
    """Scalars give types, and a format where every sample plainly has it."""
    schema = infer(samples, SPAN)

    assert (schema.types, schema.format) == (types, form)


def test_one_sample_requires_nothing() -> None:
    """A member is required only when at least two objects were seen and all have it."""
    assert infer([{"a": 1}], SPAN).required == ()
    assert infer([{"a": 1}, {"a": 2, "b": 3}], SPAN).required == ("a",)


def test_items_of_one_array_are_samples_of_one_schema() -> None:
    """Arrays merge their items, over all samples."""
    schema = infer([[{"a": 1}], [{"a": None, "b": "x"}]], SPAN)

    assert schema.items is not None
    assert schema.items.required == ("a",)
    assert (schema.items.properties["a"].types, schema.items.properties["a"].nullable) == (("integer",), True)


def test_keys_that_are_data_make_a_map() -> None:
    """An object whose keys are all numbers, dates or UUIDs is a map."""
    schema = infer([{"12": {"n": 1}, "13": {"n": 2}}], SPAN)

    assert schema.properties == {}
    assert schema.additional is not None
    assert schema.additional.required == ("n",)


def test_objects_beside_other_values_are_members_of_a_union() -> None:
    """Where a place held an object and something else, each kind is a member of its own."""
    schema = infer([{"a": 1}, "x", [1]], SPAN)

    assert [member.types for member in schema.any_of] == [("object",), ("string",), ("array",)]


def test_depth_is_bounded() -> None:
    """Far below, anything goes, and nothing crashes."""
    sample: Json = 1
    for _ in range(500):
        sample = [sample]

    assert infer([sample], SPAN).types == ("array",)
