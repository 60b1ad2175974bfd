"""Four ways to say "or null" come out as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.schema import Schema
    from specloom.readers import Reading


@pytest.mark.parametrize(
    ("version", "text"),
    [
        ("2.0", "{type: string, x-nullable: true}"),
        ("3.0", "{type: string, nullable: true}"),
        ("3.0", "{type: string, x-nullable: true}"),
        ("3.1", "{type: [string, 'null']}"),
        ("3.1", "{type: [string, null]}"),
        ("3.1", "{type: string, nullable: true}"),
    ],
)
def test_every_dialect_folds_into_one(schema: Callable[..., Schema], version: str, text: str) -> None:
    """A nullable text is a text with `nullable`, however the description says so."""
    read = schema(text, version)

    assert (("string",), True) == (read.types, read.nullable)


@pytest.mark.parametrize(
    ("text", "enum"),
    [
        ("{type: [string, 'null'], enum: [a, b, null]}", ("a", "b")),
        ("{enum: [a, null]}", ("a",)),
        ("{type: string, nullable: true, enum: [a]}", ("a",)),
    ],
)
def test_null_leaves_an_enum(schema: Callable[..., Schema], text: str, enum: tuple[str, ...]) -> None:
    """Null in an enum, or beside one, is said by `nullable` alone."""
    read = schema(text)

    assert (enum, True) == (read.enum, read.nullable)


@pytest.mark.parametrize("key", ["oneOf", "anyOf"])
@pytest.mark.parametrize("null", ["{type: 'null'}", "{type: null}", "{enum: [null]}", "{const: null}"])
def test_null_leaves_a_union(schema: Callable[..., Schema], key: str, null: str) -> None:
    """A member of a union that is null alone becomes `nullable` of the union."""
    read = schema(f"{{{key}: [{{$ref: '#/components/schemas/Pet'}}, {null}]}}")
    members = read.one_of or read.any_of

    assert (["Pet"], True) == ([member.ref for member in members], read.nullable)


@pytest.mark.parametrize("text", ["{type: 'null'}", "{const: null}", "{enum: [null]}", "{anyOf: [{type: 'null'}]}"])
def test_null_alone_is_a_schema_of_its_own(schema: Callable[..., Schema], text: str) -> None:
    """The schema of null and nothing else has the one type `null`."""
    assert ("null",) == schema(text).types


@pytest.mark.parametrize("text", ["{nullable: true}", "{description: any, nullable: true}", "{}"])
def test_what_accepts_anything_is_not_nullable(schema: Callable[..., Schema], text: str) -> None:
    """`nullable` stays false where nothing constrains the value anyway."""
    assert not schema(text, "3.0").nullable


def test_a_nullable_reference_stays_a_reference(schema: Callable[..., Schema]) -> None:
    """`nullable` beside `$ref` or `allOf` of 3.0 means what people mean by it."""
    direct = schema("{$ref: '#/components/schemas/Pet', nullable: true}", "3.0")
    wrapped = schema("{allOf: [{$ref: '#/components/schemas/Pet'}], nullable: true}", "3.0")

    assert ("Pet", True) == (direct.ref, direct.nullable)
    assert (["Pet"], True) == ([member.ref for member in wrapped.all_of], wrapped.nullable)


def test_a_union_with_a_nullable_member_keeps_it(schema: Callable[..., Schema]) -> None:
    """Only members that are nothing but null are folded away."""
    read = schema("{oneOf: [{type: [string, 'null']}, {type: integer}]}")

    assert [True, False] == [member.nullable for member in read.one_of]
    assert not read.nullable


@pytest.mark.parametrize(
    "null", ["{enum: [null]}", "{type: 'null'}", "{const: null}", "{$ref: '#/components/schemas/N2'}"]
)
def test_null_by_reference_leaves_a_union(describe: Callable[..., Reading], null: str) -> None:
    """A member that refers to a schema of null alone is null all the same."""
    reading = describe(f"""
        components:
          schemas:
            N: {null}
            N2: {{type: 'null'}}
            It: {{oneOf: [{{type: string}}, {{$ref: '#/components/schemas/N'}}]}}
            All: {{anyOf: [{{$ref: '#/components/schemas/N'}}]}}
            No: {{allOf: [{{$ref: '#/components/schemas/N'}}]}}
    """)
    schemas = reading.api.schemas

    assert (1, True) == (len(schemas["It"].one_of), schemas["It"].nullable)
    assert ("null",) == schemas["All"].types
    assert ["N"] == [member.ref for member in schemas["No"].all_of]


def test_a_member_that_only_says_nullable_is_null(schema: Callable[..., Schema]) -> None:
    """Beside others it is written for null; alone it accepts anything, as it says."""
    read = schema("{anyOf: [{$ref: '#/components/schemas/Pet'}, {nullable: true}]}", "3.0")
    assert (["Pet"], True) == ([member.ref for member in read.any_of], read.nullable)
    assert not schema("{anyOf: [{nullable: true}]}", "3.0").nullable
