"""Parameters: where they go, how they are written, and that they agree with the path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Operation
    from specloom.readers import Reading


@pytest.mark.parametrize(
    ("text", "style", "explode"),
    [
        ("{name: p, in: query, schema: {}}", "form", True),
        ("{name: p, in: query, explode: false, schema: {}}", "form", False),
        ("{name: p, in: query, style: deepObject, schema: {}}", "deepObject", False),
        ("{name: p, in: query, style: pipeDelimited, schema: {}}", "pipeDelimited", False),
        ("{name: p, in: header, schema: {}}", "simple", False),
        ("{name: p, in: cookie, schema: {}}", "form", True),
        ("{name: p, in: path, schema: {}}", "simple", False),
        ("{name: p, in: path, style: matrix, explode: true, schema: {}}", "matrix", True),
        ("{name: p, in: query, style: fancy, schema: {}}", "form", True),
    ],
)
def test_styles_have_the_standards_defaults(
    operation: Callable[..., Operation], *, text: str, style: str, explode: bool
) -> None:
    """Style and explode are always filled in."""
    parameter = operation(f"parameters: [{text}]", path="/a/{p}" if "in: path" in text else "/a").parameters[0]

    assert (style, explode) == (parameter.style, parameter.explode)


@pytest.mark.parametrize(
    ("text", "style", "explode"),
    [
        ("{name: p, in: query, type: array, items: {type: string}}", "form", False),
        ("{name: p, in: query, type: array, collectionFormat: csv}", "form", False),
        ("{name: p, in: query, type: array, collectionFormat: multi}", "form", True),
        ("{name: p, in: query, type: array, collectionFormat: ssv}", "spaceDelimited", False),
        ("{name: p, in: query, type: array, collectionFormat: tsv}", "tabDelimited", False),
        ("{name: p, in: query, type: array, collectionFormat: pipes}", "pipeDelimited", False),
        ("{name: p, in: header, type: array}", "simple", False),
        ("{name: p, in: query, type: string}", "form", True),
    ],
)
def test_collection_formats(operation: Callable[..., Operation], *, text: str, style: str, explode: bool) -> None:
    """Swagger's collection formats are said in OpenAPI 3's words."""
    parameter = operation(f"parameters: [{text}]", "2.0").parameters[0]

    assert (style, explode) == (parameter.style, parameter.explode)


def test_swagger_schemas_are_written_into_the_parameter(operation: Callable[..., Operation]) -> None:
    """Type, format, enum and bounds of a Swagger parameter become its schema; the rest stays the parameter's."""
    text = "{name: p, in: query, type: integer, format: int32, minimum: 1, default: 5, description: D, required: true}"
    parameter = operation(f"parameters: [{text}]", "2.0").parameters[0]
    schema = parameter.schema

    assert (("integer",), "int32", 1, 5) == (schema.types, schema.format, schema.limits.minimum, schema.default)
    assert ("D", None, True) == (parameter.description, schema.description, parameter.required)


def test_everything_about_a_parameter(operation: Callable[..., Operation]) -> None:
    """Flags, examples and extensions arrive."""
    parameter = operation("""
        parameters:
        - name: p
          in: query
          allowReserved: true
          allowEmptyValue: true
          deprecated: true
          examples: {a: {value: 1, summary: one}, b: {externalValue: 'https://e.com/b'}, c: 3}
          x-a: b
          content: {application/json: {schema: {type: object}}}
    """).parameters[0]

    assert (True, True, True) == (parameter.allow_reserved, parameter.allow_empty_value, parameter.deprecated)
    assert ("application/json", ("object",)) == (parameter.media_type, parameter.schema.types)
    assert [("a", 1, "one", None), ("b", None, None, "https://e.com/b"), ("c", 3, None, None)] == [
        (example.name, example.value, example.summary, example.external) for example in parameter.examples
    ]
    assert {"x-a": "b"} == parameter.extensions


def test_the_operation_overrides_the_path(describe: Callable[..., Reading]) -> None:
    """Parameters of the path item hold unless the operation has one of the same name in the same place."""
    reading = describe("""
        paths:
          /a:
            parameters:
            - {name: x, in: query, description: of the path, schema: {}}
            - {name: y, in: query, schema: {}}
            get:
              parameters:
              - {name: x, in: query, description: of the operation, schema: {}}
              - {name: x, in: header, schema: {}}
    """)
    found = [(item.name, item.location, item.description) for item in reading.api.operations[0].parameters]

    assert [("x", "query", "of the operation"), ("y", "query", None), ("x", "header", None)] == found


def test_undeclared_path_parameters_are_made_up(describe: Callable[..., Reading]) -> None:
    """What stands in the template can be sent, declared or not."""
    reading = describe("paths: {'/a/{b}/c/{d}': {get: {}}}")
    parameters = reading.api.operations[0].parameters

    assert [("b", True, ("string",)), ("d", True, ("string",))] == [
        (item.name, item.required, item.schema.types) for item in parameters
    ]
    assert ["undeclared-parameter"] * 2 == [found.code for found in reading.diagnostics]


def test_path_parameters_spelt_differently_are_matched(describe: Callable[..., Reading]) -> None:
    """A path parameter that differs from the template in case and punctuation is taken for it."""
    reading = describe(
        "paths: {'/a/{userId}': {get: {parameters: [{name: user_id, in: path, schema: {type: integer}}]}}}"
    )

    assert [("userId", ("integer",))] == [
        (item.name, item.schema.types) for item in reading.api.operations[0].parameters
    ]


def test_path_parameters_without_a_place_are_left_out(describe: Callable[..., Reading]) -> None:
    """A path parameter that the path has no place for cannot be sent, and is reported; it is kept apart."""
    reading = describe("paths: {/a: {get: {parameters: [{name: id, in: path, schema: {}}]}}}")

    assert () == reading.api.operations[0].parameters
    assert ["id"] == [item.name for item in reading.api.operations[0].strays]
    assert ["unused-parameter"] == [found.code for found in reading.diagnostics]


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("{name: id, schema: {}}", "path"),
        ("{name: q, schema: {}}", "query"),
        ("{name: q, in: Query, schema: {}}", "query"),
        ("{name: q, in: nowhere, schema: {}}", "query"),
        ("{name: q, in: querystring, content: {}}", "querystring"),
    ],
)
def test_places(describe: Callable[..., Reading], text: str, location: str) -> None:
    """A missing or odd `in` is guessed from the path."""
    reading = describe(f"paths: {{'/a/{{id}}': {{get: {{parameters: [{text}]}}}}}}")

    assert location == reading.api.operations[0].parameters[0].location


@pytest.mark.parametrize(
    "text",
    ["null", "text", "[null]", "[3]", "[text]", "[{}]", "[{in: query}]", "{name: p}", "[{$ref: '#/gone'}]", "[[]]"],
)
def test_wrong_parameters_cost_only_themselves(describe: Callable[..., Reading], text: str) -> None:
    """The operation is there whatever its parameters are."""
    reading = describe(f"paths: {{/a: {{get: {{parameters: {text}, operationId: a}}}}}}")

    assert ["a"] == [operation.operation_id for operation in reading.api.operations]
    assert (text in ("null", "[null]")) == (reading.diagnostics == ())


def test_shared_parameters_are_shared(describe: Callable[..., Reading]) -> None:
    """A parameter that many operations refer to is read once; each knows where it refers to it."""
    reading = describe("""
        paths:
          /a: {get: {parameters: [{$ref: '#/components/parameters/P'}]}}
          /b: {get: {parameters: [{$ref: '#/components/parameters/P'}]}}
        components: {parameters: {P: {name: p, in: query, schema: {}}}}
    """)
    first, second = reading.api.operations

    assert first.parameters[0].schema is second.parameters[0].schema
    assert [5, 6] == [item.parameters[0].site.span.start for item in (first, second) if item.parameters[0].site]


@pytest.mark.parametrize("said", ["", ", required: false", ", required: true"])
def test_path_parameters_are_always_required(operation: Callable[..., Operation], said: str) -> None:
    """A path cannot be written without its parameters, whatever is said."""
    parameter = operation(f"parameters: [{{name: p, in: path{said}, schema: {{}}}}]", path="/a/{p}").parameters[0]

    assert parameter.required


def test_other_parameters_are_required_when_they_say_so(operation: Callable[..., Operation]) -> None:
    """Optional is what a parameter is unless it says otherwise."""
    text = "[{name: a, in: query, schema: {}}, {name: b, in: query, required: true, schema: {}}]"

    assert [False, True] == [parameter.required for parameter in operation(f"parameters: {text}").parameters]
