"""Single types: objects, inputs, interfaces, unions, enums, scalars, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json

    Read = Callable[[str], tuple[Api, tuple[Diagnostic, ...]]]

QUERY = "type Query { a: Int }\n"


def test_objects_are_nullable_by_default(read: Read) -> None:
    """Null is accepted unless `!` forbids it, and a non-null field is required."""
    api, _ = read(QUERY + "type Pet { id: ID! names: [String]! tags: [String!] age: Int size: Float good: Boolean }")
    pet = api.schemas["Pet"]
    names, tags = pet.properties["names"], pet.properties["tags"]

    assert pet.types == ("object",)
    assert pet.required == ("id", "names")
    assert {key: value.nullable for key, value in pet.properties.items()} == {
        "id": False,
        "names": False,
        "tags": True,
        "age": True,
        "size": True,
        "good": True,
    }
    assert names.items is not None
    assert tags.items is not None
    assert (names.items.nullable, tags.items.nullable) == (True, False)
    assert [(item.types, item.format) for item in pet.properties.values()] == [
        (("string",), "id"),
        (("array",), None),
        (("array",), None),
        (("integer",), "int32"),
        (("number",), "double"),
        (("boolean",), None),
    ]


def test_fields_of_types_take_arguments(read: Read) -> None:
    """Arguments of fields below the roots are kept with their lines and defaults."""
    api, _ = read(QUERY + "type Pet {\n friends(\n first: Int = 3, after: ID!): [Pet]\n}")
    first, after = api.schemas["Pet"].properties["friends"].rare.arguments

    assert (first.name, first.schema.default, first.required, first.span.start) == ("first", 3, False, 4)
    assert (after.name, after.schema.default, after.required) == ("after", ABSENT, True)


def test_inputs_forbid_what_they_do_not_name(read: Read) -> None:
    """An input is closed; a non-null field with a default may be left out, but is never null."""
    api, _ = read(QUERY + "input New { name: String! kind: Int! = 1 note: String = null }")
    new = api.schemas["New"]

    assert new.required == ("name",)
    assert new.additional is not None
    assert new.additional.boolean is False
    assert (new.properties["kind"].default, new.properties["kind"].nullable) == (1, False)
    assert (new.properties["note"].default, new.properties["note"].nullable) == (None, True)


def test_one_of_inputs_take_exactly_one_field(read: Read) -> None:
    """`@oneOf` becomes a count of members."""
    api, _ = read(QUERY + "input By @oneOf { id: ID name: String }")

    assert (api.schemas["By"].limits.min_properties, api.schemas["By"].limits.max_properties) == (1, 1)


def test_interfaces_and_unions_are_told_apart_by_type_name(read: Read) -> None:
    """A union is one of its members, an interface any of the objects that implement it, by `__typename`."""
    api, _ = read(
        QUERY
        + """
        interface Node { id: ID! }
        interface Named implements Node { id: ID! name: String }
        type Pet implements Node & Named { id: ID! name: String }
        type Shop implements Node { id: ID! }
        union Found = Pet
        extend union Found = Shop | Pet
        """
    )
    node, found = api.schemas["Node"], api.schemas["Found"]

    assert [member.ref for member in node.any_of] == ["Pet", "Shop"]
    assert [member.ref for member in api.schemas["Named"].any_of] == ["Pet"]
    assert [member.ref for member in found.one_of] == ["Pet", "Shop"]
    assert found.discriminator is not None
    assert found.discriminator.property_name == "__typename"
    assert api.schemas["Pet"].extensions["x-graphql-interfaces"] == ["Node", "Named"]


def test_enum_values_keep_what_is_said_about_them(read: Read) -> None:
    """Values are strings; descriptions, deprecations and directives of single values are kept by name."""
    api, _ = read(
        QUERY + 'enum Kind {\n "Purrs" CAT\n DOG @deprecated(reason: "Too loud") @x(a: [1.5, "b", {c: E}])\n EEL }'
    )
    kind = api.schemas["Kind"]

    assert kind.enum == ("CAT", "DOG", "EEL")
    assert kind.span.member("enum", 1).start == 4
    assert kind.extensions["x-graphql-values"] == {
        "CAT": {"description": "Purrs"},
        "DOG": {
            "x-graphql-deprecation-reason": "Too loud",
            "x-graphql-directives": [{"name": "x", "arguments": {"a": [1.5, "b", {"c": "E"}]}}],
        },
    }


def test_scalars_take_any_value(read: Read) -> None:
    """A custom scalar constrains nothing; common names give a format, `@specifiedBy` is kept."""
    api, _ = read(
        QUERY + 'scalar JSON scalar DateTime @specifiedBy(url: "https://scalars.example/dt") type A { j: JSON! }'
    )

    assert (api.schemas["JSON"].types, api.schemas["JSON"].format) == ((), None)
    assert api.schemas["DateTime"].format == "date-time"
    assert api.schemas["DateTime"].extensions == {
        "x-graphql-kind": "scalar",
        "x-graphql-specified-by": "https://scalars.example/dt",
    }
    assert api.schemas["A"].properties["j"].ref == "JSON"


@pytest.mark.parametrize(
    ("sdl", "code", "line"),
    [
        ("type A { b: Missing }", "unknown-type", 2),
        ("union U = Missing", "unknown-type", 2),
        ("type A implements Missing { b: Int }", "unknown-type", 2),
        ("schema { query: Query mutation: Missing }", "unknown-type", 2),
        ("type A { b: Int }\ntype A { c: Int }", "duplicate-type", 3),
        ("type A { b: Int\n b: String }", "duplicate-name", 3),
        ("type A { b(c: Int,\n c: Int): String }", "duplicate-name", 3),
        ("enum E { A\n A }", "duplicate-name", 3),
        ("type A { b: Int }\nextend enum A { B }", "conflicting-kinds", 3),
        ("directive @a on FIELD\ndirective @a on ENUM", "duplicate-directive", 3),
        ("type A", "empty-type", 2),
        ("enum A", "empty-type", 2),
        ("input A", "empty-type", 2),
        ("union A", "empty-type", 2),
        ("{ a }", "not-a-definition", 2),
        ("schema { query: Query }\nextend schema { query: Query }", "duplicate-root", 3),
    ],
)
def test_a_broken_part_costs_that_part(read: Read, sdl: str, code: str, line: int) -> None:
    """What is undefined, doubled or empty is one diagnostic with its line, and the rest is delivered."""
    api, diagnostics = read(QUERY + sdl)

    assert {code} == {item.code for item in diagnostics}
    assert {line} == {item.span.start for item in diagnostics if item.span}
    assert [op.key for op in api.operations] == ["query a"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("9" * 300, int("9" * 300)),
        ("9" * 9999, "9" * 9999),
        ("1e999", "1e999"),
        ("-1.5e3", -1500.0),
        ('"""\n  block\n  text\n"""', "block\ntext"),
        ("$", None),
    ],
)
def test_literals_become_json(read: Read, written: str, value: Json) -> None:
    """Numbers that JSON cannot hold, or that take long to read, stay text."""
    if written == "$":
        written = "null"
    api, _ = read(f"type Query {{ a(b: Int = {written}): Int }}")

    assert api.operations[0].parameters[0].schema.default == value
