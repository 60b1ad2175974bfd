"""From schemas to Python types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generators.lang.python import types as t
from generators.lang.python.planning import Planner
from generators.lang.python.plans import AliasPlan, ModelPlan
from generators.lang.python.reserved import RESERVED_FIELDS
from specloom.model.files import FileTree
from specloom.model.schema import Schema
from specloom.model.source import Span
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]

CAT = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "cat"}}}
DOG = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["dog"]}, "age": {"type": "integer"}}}
OTHERS = {"Cat": CAT, "Dog": DOG, "Name": {"type": "string"}, "Nothing": {"type": "null"}}


def _planner(schemas: Mapping[str, Any], *, sent: set[str] | None = None) -> Planner:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    api = read(FileTree({"a.json": json.dumps(document).encode()}), "a.json").api
    return Planner(api.schemas, sent=sent or set(), read=set())


def _type(schema: Json | bool) -> str:  # noqa: FBT001 -- `true` is a schema
    plan = _planner({**OTHERS, "X": schema}).plan_of_schema("X")
    assert isinstance(plan, AliasPlan)
    return t.written(plan.type)


def _fields(schema: Json, *, sent: bool = False, **others: Any) -> dict[str, str]:  # noqa: ANN401 -- schemas
    plan = _planner({**OTHERS, **others, "X": schema}, sent={"X"} if sent else None).plan_of_schema("X")
    assert isinstance(plan, ModelPlan)
    return {field.name: t.written(field.type) + ("" if field.required else "?") for field in plan.fields}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "str"),
        ({"type": "integer"}, "int"),
        ({"type": "number"}, "float"),
        ({"type": "boolean"}, "bool"),
        ({"type": "string", "format": "date-time"}, "dt.datetime"),
        ({"type": "string", "format": "date"}, "dt.date"),
        ({"type": "string", "format": "uuid"}, "str"),
        ({"type": ["string", "integer"]}, "str | int"),
        ({"type": ["string", "null"]}, "str | None"),
        ({}, "Any"),
        (True, "Any"),
        ({"type": "object"}, "dict[str, Any]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict[str, int]"),
        ({"type": "object", "additionalProperties": _ref("Cat")}, "dict[str, Cat]"),
        ({"type": "array"}, "list[Any]"),
        ({"type": "array", "items": _ref("Cat")}, "list[Cat]"),
        ({"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False}, "tuple[str, int]"),
        ({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, "list[str | int]"),
        ({"enum": ["a", "b"]}, "Literal['a', 'b'] | str"),
        ({"type": "string", "enum": ["ASC", "asc"]}, "Literal['ASC', 'asc'] | str"),
        ({"enum": [1, 2]}, "Literal[1, 2] | int"),
        ({"enum": ["a", 1, None]}, "Literal['a', 1] | str | int | None"),
        ({"enum": ["a", 1.5, {}]}, "Any"),
        ({"enum": [1.5, "a"]}, "Literal['a'] | float | str"),
        ({"enum": [True, False]}, "bool"),
        ({"type": "string", "enum": []}, "str"),
        ({"const": "x"}, "Literal['x']"),
        ({"const": 1.5}, "float"),
        (_ref("Name"), "Name"),
        ({"allOf": [_ref("Name")], "description": "said again"}, "Name"),
        ({"allOf": [_ref("Name"), {"description": "only words"}]}, "Name"),
        ({"allOf": [{"type": "string"}, {"enum": ["a"]}]}, "Literal['a'] | str"),
        ({"oneOf": [_ref("Name"), {"type": "integer"}]}, "Name | int"),
        ({"anyOf": [_ref("Name"), {"type": "null"}]}, "Name | None"),
        ({"anyOf": [_ref("Nothing"), _ref("Name")]}, "Name | None"),
        ({"oneOf": [{}, {"type": "integer"}]}, "Any"),
        (_ref("Gone"), "Any"),
        (
            {"oneOf": [_ref("Cat"), _ref("Dog")]},
            "Annotated[Cat | Dog | Unknown, Discriminated('kind', {'cat': Cat, 'dog': Dog})]",
        ),
        (
            {
                "oneOf": [_ref("Cat"), _ref("Dog")],
                "discriminator": {"propertyName": "sort", "mapping": {"c": "Cat", "d": "Dog"}},
            },
            "Annotated[Cat | Dog | Unknown, Discriminated('sort', {'c': Cat, 'd': Dog})]",
        ),
    ],
)
def test_a_schema_has_the_type_that_a_reader_expects(schema: Json, expected: str) -> None:
    """Enumerations are open, null is `None`, references keep their names, unions know their tag."""
    assert expected == _type(schema)


def test_members_are_required_optional_or_nullable() -> None:
    """A member that may be missing is not required, one that may be null says so."""
    schema = {
        "required": ["a", "b"],
        "properties": {"c": {"type": "string"}, "a": {"type": "string"}, "b": {"type": ["string", "null"]}},
    }
    assert {"a": "str", "b": "str | None", "c": "str?"} == _fields(schema)


def test_a_single_value_that_is_required_is_constant() -> None:
    """3.0 has no `const`; an enumeration of one stands for it."""
    assert {"kind": "Literal['dog']", "age": "int?"} == _fields(DOG)


def test_all_of_is_merged_and_a_contradiction_goes_to_the_last_word() -> None:
    """Members of all parts are there; the part that says more about one wins."""
    parts = [
        {"required": ["a"], "properties": {"a": {"type": "string"}}},
        _ref("Dog"),
        {"properties": {"a": {"type": "integer"}}},
    ]
    assert {"a": "str", "kind": "Literal['dog']", "age": "int?"} == _fields({"allOf": parts})


def test_a_union_beside_members_adds_them_as_optional() -> None:
    """`oneOf` that only says which members go together does not hide the members."""
    schema = {"properties": {"a": {"type": "string"}}, "oneOf": [{"required": ["a"]}, _ref("Dog")]}
    assert {"a": "str?", "age": "int?", "kind": "Literal['dog'] | str?"} == _fields(schema)


def test_members_that_read_alike_stay_apart() -> None:
    """Two names on the wire, two identifiers; the exact one is kept."""
    schema = {
        "properties": {
            "petName": {},
            "pet_name": {},
            "pet-name": {},
            "json": {},
            "class": {},
            "_id": {},
            "id": {},
            "1st": {},
        }
    }
    assert {"pet_name", "pet_name_2", "pet_name_3", "json_", "class_", "id", "id_2", "field_1st"} == set(
        _fields(schema)
    )


def test_what_only_the_server_writes_need_not_be_sent() -> None:
    """A read-only member is required in answers, not in a model that requests use."""
    schema = {"required": ["id"], "properties": {"id": {"type": "string", "readOnly": True}}}
    assert {"id": "str"} == _fields(schema)
    assert {"id": "str?"} == _fields(schema, sent=True)


def test_inline_objects_never_take_the_name_of_a_declared_schema() -> None:
    """`X.owner` would be `XOwner`, which is taken."""
    inner = {"type": "object", "properties": {"a": {"type": "string"}}}
    assert {"owner": "XOwner2?"} == _fields({"properties": {"owner": inner}}, XOwner=inner)


def test_a_parent_with_a_discriminator_stands_for_its_children() -> None:
    """A reference to it means any of them; the class of its own is still there."""
    pet = {
        "type": "object",
        "required": ["kind"],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Lion"}},
        "properties": {"kind": {"type": "string"}},
    }
    lion = {"allOf": [_ref("Pet"), {"properties": {"mane": {"type": "boolean"}}}]}
    cub = {"allOf": [_ref("Lion"), {"properties": {"age": {"type": "integer"}}}]}
    planner = _planner({"Pet": pet, "Lion": lion, "Cub": cub, "X": {"properties": {"pet": _ref("Pet")}}})
    holder, alias = planner.plan_of_schema("X"), planner.plan_of_schema("Pet")
    assert isinstance(holder, ModelPlan)
    assert isinstance(alias, AliasPlan)
    assert t.written(holder.fields[0].type) == "AnyPet"
    expected = "Annotated[Lion | Cub | Pet | Unknown, Discriminated('kind', {'cat': Lion, 'Cub': Cub, 'Pet': Pet})]"
    assert expected == t.written(alias.type)


def test_schemas_that_refer_to_each_other_are_planned() -> None:
    """Models point at each other; aliases that need themselves are marked."""
    planner = _planner(
        {
            "A": {"properties": {"b": _ref("B")}},
            "B": {"properties": {"a": _ref("A"), "tree": _ref("Tree")}},
            "Tree": {"anyOf": [{"type": "string"}, {"type": "array", "items": _ref("Tree")}]},
        }
    )
    tree = planner.plan_of_schema("Tree")
    assert isinstance(tree, AliasPlan)
    assert tree.recursive
    assert t.written(tree.type) == "str | list[Tree]"


def test_a_schema_that_is_only_itself_costs_that_schema() -> None:
    """A circle of references means nothing: any value, and a diagnostic that names it."""
    refs = {name: Schema(span=Span("a", 1, 1), ref=name) for name in "ABC"}
    schemas = {
        "A": refs["B"],
        "B": refs["A"],
        "C": Schema(span=Span("a", 1, 1), one_of=(refs["C"], Schema(span=Span("a", 2, 2), types=("string",)))),
    }
    planner = Planner(schemas, sent=set(), read=set())
    plans = [planner.plan_of_schema(name) for name in "ABC"]
    assert [t.written(plan.type) for plan in plans if isinstance(plan, AliasPlan)] == ["Any", "A", "str"]
    assert {"circular-schema"} == {note.code for note in planner.diagnostics}


def test_deep_nesting_ends_in_any_and_a_diagnostic() -> None:
    """A thousand levels neither overflow nor take a thousand classes."""
    schema: Json = {"type": "string"}
    for _ in range(40):
        schema = {"type": "object", "properties": {"a": schema}}
    planner = _planner({"X": schema})
    assert {"too-deep"} == {note.code for note in planner.diagnostics}


def test_no_field_can_hide_an_attribute_of_the_base_class() -> None:
    """Every public attribute of pydantic's base and of ours is reserved."""
    from pydantic import BaseModel

    assert {name for name in dir(BaseModel) if not name.startswith("_")} <= RESERVED_FIELDS


def test_merging_what_refers_to_itself_comes_to_an_end() -> None:
    """Two members that extend their own schema are two classes, not two to the power of the depth."""
    side = {
        "allOf": [
            _ref("Node"),
            {"required": ["left"], "properties": {"left": {"type": "object", "properties": {"a": {}}}}},
        ]
    }
    planner = _planner({"Node": {"properties": {"left": side, "right": side, "third": side}}})
    assert len(planner.plans) < 20


def test_a_ladder_of_all_of_is_climbed_once() -> None:
    """Thirty schemas that each extend the next one twice are merged in no time."""
    steps: Json = {
        f"S{step}": {"allOf": [_ref(f"S{step + 1}"), _ref(f"S{step + 1}"), {"required": ["a"]}]} for step in range(30)
    }
    planner = _planner({**steps, "S30": {"properties": {"a": {"type": "string"}}}})
    plan = planner.plan_of_schema("S0")
    assert isinstance(plan, ModelPlan)
    assert ["a"] == [field.name for field in plan.fields]
