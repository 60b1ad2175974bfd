"""Whole schemas: roots, operations, what the file as a whole declares, and files that are no schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.errors import UserError
from specloom.model.api import Location, OperationKind
from specloom.model.schema import ABSENT
from specloom.model.source import Source
from specloom.readers.graphql.reader import read_sdl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic

    Read = Callable[[str], tuple[Api, tuple[Diagnostic, ...]]]

SHOP = """
    "The shop's API."
    schema @link(url: "https://specs.example/a") { query: Root mutation: Change }

    directive @cost("How much" weight: Int! = 1) repeatable on FIELD_DEFINITION | OBJECT

    type Root {
      "All pets, oldest first."
      pets(
        first: Int = 20
        "Where to go on"
        after: String @deprecated
        kinds: [Kind!]! = [CAT, DOG]
        id: ID!
      ): [Pet!]! @cost(weight: 5)
      old: Pet @deprecated(reason: "Use pets")
    }

    type Change { rename(id: ID!, name: String): Pet }
    type Subscription { watched: Pet }
    enum Kind { CAT DOG }
    type Pet { name: String }
"""


def test_every_field_of_a_root_is_an_operation(read: Read) -> None:
    """Operations carry the kind of their root, even a renamed one; a `Subscription` the schema leaves out is none."""
    api, diagnostics = read(SHOP)

    assert [op.key for op in api.operations] == ["query pets", "query old", "mutation rename"]
    assert [op.kind for op in api.operations[1:]] == [OperationKind.QUERY, OperationKind.MUTATION]
    assert diagnostics == ()


def test_operation_tells_what_the_sdl_says(read: Read) -> None:
    """Description, deprecation with its reason, directives, type as written and lines reach the operation."""
    api, _ = read(SHOP)
    pets, old, _ = api.operations

    assert pets.description == "All pets, oldest first."
    assert (pets.span.path, pets.span.start, pets.span.end) == ("api/shop.graphql", 9, 15)
    assert pets.extensions == {
        "x-graphql-type": "[Pet!]!",
        "x-graphql-directives": [{"name": "cost", "arguments": {"weight": 5}}],
    }
    assert old.deprecated
    assert old.extensions["x-graphql-deprecation-reason"] == "Use pets"


def test_arguments_are_parameters(read: Read) -> None:
    """An argument is required if it is non-null without default; enum defaults are the names."""
    api, _ = read(SHOP)
    first, after, kinds, pet_id = api.operations[0].parameters

    assert {item.location for item in api.operations[0].parameters} == {Location.ARGUMENT}
    assert (first.name, first.required, first.schema.default, first.schema.nullable) == ("first", False, 20, True)
    assert (after.deprecated, after.description) == (True, "Where to go on")
    assert after.extensions == {"x-graphql-deprecation-reason": "No longer supported"}
    assert (kinds.required, kinds.schema.default, kinds.schema.nullable) == (False, ["CAT", "DOG"], False)
    assert (pet_id.required, pet_id.schema.default, pet_id.span.start) == (True, ABSENT, 14)


def test_answer_is_the_type_of_the_field(read: Read) -> None:
    """The answer's schema is the field's type with its nullability, list items included."""
    api, _ = read(SHOP)
    listed = api.operations[0].responses[0].content[0].schema
    single = api.operations[1].responses[0].content[0].schema

    assert listed is not None
    assert (listed.types, listed.nullable) == (("array",), False)
    assert listed.items is not None
    assert (listed.items.ref, listed.items.nullable) == ("Pet", False)
    assert single is not None
    assert (single.ref, single.nullable) == ("Pet", True)


def test_the_file_as_a_whole(read: Read) -> None:
    """Title, description, roots, directive definitions and directives on the schema are kept."""
    api, _ = read(SHOP)

    assert (api.title, api.description) == ("shop", "The shop's API.")
    assert api.extensions["x-graphql-roots"] == {"query": "Root", "mutation": "Change"}
    assert api.extensions["x-graphql-directives"] == [{"name": "link", "arguments": {"url": "https://specs.example/a"}}]
    assert api.extensions["x-graphql-directive-definitions"] == {
        "cost": {
            "locations": ["FIELD_DEFINITION", "OBJECT"],
            "repeatable": True,
            "arguments": {"weight": {"type": "Int!", "default": 1}},
            "description": None,
            "line": 5,
            "lines": {"weight": 5, "FIELD_DEFINITION": 5, "OBJECT": 5},
        }
    }


def test_roots_are_schemas_only_where_a_field_yields_them(read: Read) -> None:
    """`Query` is a schema as soon as a payload offers it, as Relay's mutations do."""
    alone, _ = read("type Query { a: Int }")
    offered, _ = read("type Query { a: Int } type Mutation { b: Payload } type Payload { query: Query }")

    assert dict(alone.schemas) == {}
    assert sorted(offered.schemas) == ["Payload", "Query"]


def test_a_subgraph_extends_what_it_does_not_define(read: Read) -> None:
    """`extend type Query` without a definition, as in federated schemas, is read like a definition."""
    api, diagnostics = read("extend type Query { pets: [Pet] } type Pet { id: ID } extend type Pet { name: String }")

    assert [op.key for op in api.operations] == ["query pets"]
    assert list(api.schemas["Pet"].properties) == ["id", "name"]
    assert diagnostics == ()


def test_an_extension_may_come_before_what_it_extends(read: Read) -> None:
    """The order of definitions means nothing: the definition's own fields come first."""
    api, diagnostics = read("extend type Pet { b: Int } type Query { a: Pet } type Pet { a: Int }")

    assert list(api.schemas["Pet"].properties) == ["a", "b"]
    assert diagnostics == ()


@pytest.mark.parametrize(
    ("sdl", "line", "words"),
    [
        ("type Query {\n  a: Int\n  b Int\n}", 3, "Expected ':'"),
        ("", 1, "Unexpected <EOF>"),
        ("type Query {\n  a: Int", 2, "<EOF>"),
        ("query { a }", 1, "no type is defined"),
        ("type Query { a(b: Int = " + "[" * 9999 + "]" * 9999 + "): Int }", 1, "deep"),
        ('type Query {\n "\\uD800" a: Int }', 2, "Invalid Unicode"),
    ],
)
def test_what_is_no_schema_is_refused_with_its_line(read: Read, sdl: str, line: int, words: str) -> None:
    """Text that is not SDL, or defines nothing, ends in one message that names the line."""
    with pytest.raises(UserError, match=words) as caught:
        read(sdl)

    assert caught.value.span is not None
    assert (caught.value.span.path, caught.value.span.start) == ("api/shop.graphql", line)


@pytest.mark.parametrize("depth", [*range(10, 400, 13)])
def test_depth_is_refused_or_read_never_a_crash(read: Read, depth: int) -> None:
    """However deep lists and default values go, the outcome is a reading or a message."""
    lists = "type Query { a: " + "[" * depth + "Int" + "]" * depth + " }"
    values = "type Query { a(b: Int = " + "{a:" * depth + "1" + "}" * depth + "): Int }"
    for sdl in (lists, values):
        try:
            api, _ = read(sdl)
        except UserError as error:
            assert "deep" in error.message  # noqa: PT017 - either outcome is right
        else:
            assert len(api.operations) == 1


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "root_fields", "types"), [("swapi", 13, 53), ("linear", 615, 1171), ("buildkite", 108, 512)]
)
def test_real_schemas_are_read_whole(corpus: Path, name: str, root_fields: int, types: int) -> None:
    """Every root field is an operation and every type but unreferenced roots a schema, without a diagnostic."""
    sdl = (corpus / "graphql" / f"{name}.graphql").read_text()
    api, diagnostics = read_sdl(sdl, Source(path=f"{name}.graphql", format="graphql", files=(), digest=""))
    roots = api.extensions["x-graphql-roots"]
    assert isinstance(roots, dict)
    kinds = [schema.extensions["x-graphql-kind"] for schema in api.schemas.values()]
    absent = [root for root in roots.values() if root not in api.schemas]

    assert len(api.operations) == root_fields
    assert len([kind for kind in kinds if kind != "scalar"]) + len(absent) == types
    assert diagnostics == ()
    lines = sdl.splitlines()
    for operation in api.operations:
        assert operation.path in lines[operation.span.start - 1]
