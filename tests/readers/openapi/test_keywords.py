"""What each keyword of a schema does to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.schema import Schema
    from specloom.readers import Reading


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("{type: integer, format: int64}", "format", "int64"),
        ("{type: [string, integer]}", "types", ("string", "integer")),
        ("{const: 1}", "const", 1),
        ("{default: null}", "default", None),
        ("{type: string}", "default", ABSENT),
        ("{title: T, description: D}", "description", "D"),
        ("{example: 1, examples: [2, 3]}", "examples", (1, 2, 3)),
        ("{deprecated: true}", "deprecated", True),
        ("{readOnly: true}", "read_only", True),
        ("{writeOnly: true}", "write_only", True),
        ("{x-a: {b: 1}, xml: {name: n}}", "extensions", {"x-a": {"b": 1}}),
        ("{required: [a, b, a]}", "required", ("a", "b")),
        ("true", "boolean", True),
        ("false", "boolean", False),
    ],
)
def test_plain_keywords(schema: Callable[..., Schema], text: str, field: str, expected: object) -> None:
    """Keywords that need no translation arrive as they stand."""
    assert expected == getattr(schema(text), field)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{minimum: 1, maximum: 2.5}", {"minimum": 1, "maximum": 2.5}),
        ("{minimum: 1, exclusiveMinimum: true}", {"minimum": None, "exclusive_minimum": 1}),
        ("{maximum: 1, exclusiveMaximum: true}", {"maximum": None, "exclusive_maximum": 1}),
        ("{minimum: 1, exclusiveMinimum: false}", {"minimum": 1, "exclusive_minimum": None}),
        ("{exclusiveMinimum: true}", {"minimum": None, "exclusive_minimum": None}),
        ("{exclusiveMinimum: 3, exclusiveMaximum: 4}", {"exclusive_minimum": 3, "exclusive_maximum": 4}),
        ("{multipleOf: 0.01}", {"multiple_of": 0.01}),
        ("{minLength: 1.0, maxLength: 2, pattern: '^a$'}", {"min_length": 1, "max_length": 2, "pattern": "^a$"}),
        ("{minItems: 1, maxItems: 2, uniqueItems: true}", {"min_items": 1, "max_items": 2, "unique_items": True}),
        ("{minProperties: 1, maxProperties: 2}", {"min_properties": 1, "max_properties": 2}),
        ("{minimum: '3', maxLength: '4'}", {"minimum": 3, "max_length": 4}),
        ("{maxLength: -1, maxItems: 1.5}", {"max_length": None, "max_items": None}),
    ],
)
def test_limits(schema: Callable[..., Schema], text: str, expected: dict[str, object]) -> None:
    """Bounds are numbers, exclusive ones too, whichever draft they are written in."""
    limits = schema(text).limits

    assert expected == {key: getattr(limits, key) for key in expected}


@pytest.mark.parametrize(
    ("keyword", "field"),
    [
        ("not", "negation"),
        ("if", "if_"),
        ("then", "then"),
        ("else", "else_"),
        ("contains", "contains"),
        ("propertyNames", "property_names"),
        ("unevaluatedItems", "unevaluated_items"),
        ("unevaluatedProperties", "unevaluated_properties"),
        ("contentSchema", "content_schema"),
    ],
)
def test_rare_schemas(schema: Callable[..., Schema], keyword: str, field: str) -> None:
    """Rare keywords that hold a schema hold it in the model, booleans included."""
    assert getattr(schema(f"{{{keyword}: {{type: string}}}}").rare, field).types == ("string",)
    assert getattr(schema(f"{{{keyword}: false}}").rare, field).boolean is False


def test_other_rare_keywords(schema: Callable[..., Schema]) -> None:
    """The rest of 2020-12 is kept with the meaning it has there."""
    rare = schema("""
        prefixItems: [{type: string}, true]
        minContains: 1
        maxContains: 2
        dependentRequired: {a: [b, c]}
        dependentSchemas: {a: {type: object}}
        patternProperties: {'^x': {type: integer}}
        contentEncoding: base64
        contentMediaType: image/png
    """).rare

    assert [("string",), ()] == [item.types for item in rare.prefix_items]
    assert (1, 2) == (rare.min_contains, rare.max_contains)
    assert {"a": ("b", "c")} == rare.dependent_required
    assert ("object",) == rare.dependent_schemas["a"].types
    assert ("integer",) == rare.pattern_properties["^x"].types
    assert ("base64", "image/png") == (rare.content_encoding, rare.content_media_type)


def test_dependencies_of_older_drafts(schema: Callable[..., Schema]) -> None:
    """`dependencies` is split into what 2020-12 made of it."""
    rare = schema("{dependencies: {a: [b], c: d, e: {type: object}}}").rare

    assert {"a": ("b",), "c": ("d",)} == rare.dependent_required
    assert ["e"] == list(rare.dependent_schemas)


def test_additional_properties(schema: Callable[..., Schema]) -> None:
    """A closed object, an open one, a map, and an object that says nothing are told apart."""
    closed, open_, typed, silent = (
        schema(text).additional
        for text in (
            "{additionalProperties: false}",
            "{additionalProperties: true}",
            "{additionalProperties: {type: string}}",
            "{type: object}",
        )
    )

    assert closed is not None
    assert open_ is not None
    assert typed is not None
    assert (False, True, ("string",), None) == (closed.boolean, open_.boolean, typed.types, silent)


def test_items(schema: Callable[..., Schema]) -> None:
    """`items` is a schema; a list of them is a tuple, and a list of one means every item."""
    one, pair, tuple_ = (
        schema(text, "2.0")
        for text in (
            "{type: array, items: [{type: string}]}",
            "{type: array, items: [{type: string}, {type: integer}]}",
            "{type: array, items: [{type: string}, {type: integer}], additionalItems: false}",
        )
    )

    assert one.items is not None
    assert ("string",) == one.items.types
    assert [("string",), ("integer",)] == [item.types for item in pair.rare.prefix_items]
    assert tuple_.items is not None
    assert tuple_.items.boolean is False


@pytest.mark.parametrize(
    ("text", "types", "fmt"),
    [
        ("{type: file}", ("string",), "binary"),
        ("{type: String}", ("string",), None),
        ("{type: int}", ("integer",), None),
        ("{type: datetime}", ("string",), "date-time"),
        ("{type: float}", ("number",), "float"),
        ("{type: any}", (), None),
        ("{type: Frobnicator}", (), None),
        ("{type: [string, 7]}", ("string",), None),
        ("{type: date, format: month}", ("string",), "month"),
    ],
)
def test_types_that_do_not_exist(schema: Callable[..., Schema], text: str, types: tuple[str, ...], fmt: str) -> None:
    """A wrong type name is read as what people mean by it, or as any."""
    read = schema(text)

    assert (types, fmt) == (read.types, read.format)


def test_swagger_files_are_no_mistake(describe: Callable[..., Reading]) -> None:
    """`type: file` is a type of Swagger 2.0, and only there."""
    text = "{key}:\n  It: {{type: file}}"

    assert () == describe(text.format(key="definitions"), "2.0").diagnostics
    components = "components:\n  schemas:\n    It: {type: file}"
    assert ["unknown-type"] == [found.code for found in describe(components).diagnostics]


def test_required_on_a_property(describe: Callable[..., Reading]) -> None:
    """`required: true` on a property makes it required, and is reported there."""
    reading = describe("""
        components:
          schemas:
            It:
              properties:
                a: {type: string, required: true}
                b:
                  type: string
                  required: false
              required: [c]
    """)

    assert {"a", "c"} == set(reading.api.schemas["It"].required)
    assert [("required-on-property", 8)] == [
        (found.code, found.span and found.span.start) for found in reading.diagnostics
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{properties: [a, b]}",
        "{properties: null}",
        "{properties: {a: null, b: text, c: 3}}",
        "{required: a}",
        "{required: {a: true}}",
        "{items: text}",
        "{items: null}",
        "{allOf: {type: string}}",
        "{allOf: text}",
        "{allOf: [null, text, 3]}",
        "{oneOf: []}",
        "{enum: text}",
        "{enum: []}",
        "{additionalProperties: text}",
        "{discriminator: 3}",
        "{discriminator: {mapping: [a]}}",
        "{discriminator: {propertyName: p, mapping: {a: 3, b: gone}}}",
        "{examples: {a: {value: 1}}}",
        "{description: [a], title: {b: c}, format: {}}",
        "{minimum: text, maxLength: [1], pattern: 3, uniqueItems: 'yes'}",
        "{nullable: maybe, deprecated: 'no'}",
        "{$ref: 3}",
        "{$ref: null}",
        "{dependencies: 3, patternProperties: 3, not: 3, contentEncoding: 3}",
        "3",
        "text",
        "[]",
    ],
)
def test_wrong_types_cost_only_themselves(
    describe: Callable[..., Reading], faults: Callable[..., list[str]], text: str
) -> None:
    """Whatever stands in the wrong place, the schema beside it is read, and nothing is raised."""
    reading = describe(f"components:\n  schemas:\n    It: {text}\n    Pet: {{type: object}}")

    assert ("object",) == reading.api.schemas["Pet"].types
    assert "It" in reading.api.schemas
    assert [] == faults(reading)


def test_enum_without_values(describe: Callable[..., Reading]) -> None:
    """An empty `enum` is reported and has no effect, because nobody means that nothing is allowed."""
    reading = describe("components: {schemas: {It: {type: string, enum: []}}}")

    assert reading.api.schemas["It"].enum is None
    assert ["empty-enum"] == [found.code for found in reading.diagnostics]


def test_spans_of_members(schema: Callable[..., Schema]) -> None:
    """A finding about one keyword can point at that keyword."""
    read = schema("""
        type: object
        properties:
          name:
            type: string
            description: |
              two
              lines
            maxLength: 3
    """)
    name: Any = read.properties["name"]

    start = name.span.start
    assert (start, start + 5) == (name.span.start, name.span.end)
    assert (start + 2, start + 4) == (name.span.member("description").start, name.span.member("description").end)
    assert start + 5 == name.span.member("maxLength").start


def test_nesting_is_bounded(describe: Callable[..., Reading]) -> None:
    """A schema inside a schema inside a schema … is read as far as is sensible, and the place is named."""
    inner = "{items: " * 60 + "{}" + "}" * 60
    reading = describe(f"components: {{schemas: {{It: {inner}}}}}")

    assert ["too-deep"] == [found.code for found in reading.diagnostics]


@pytest.mark.parametrize(("begin", "end"), [("{items: ", "}"), ("{allOf: [", "]}"), ("{properties: {a: ", "}}")])
def test_the_deepest_nesting_fits_the_stack(describe: Callable[..., Reading], begin: str, end: str) -> None:
    """What is just not refused is read even from far down Python's stack."""
    text = f"components: {{schemas: {{It: {begin * 39}{{type: string}}{end * 39}}}}}"

    def from_below(frames: int) -> Reading:
        return from_below(frames - 1) if frames else describe(text)

    assert () == from_below(400).diagnostics
