"""Bodies of Swagger 2.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Operation


def test_a_body_parameter(operation: Callable[..., Operation]) -> None:
    """The `body` parameter is the body, once for each media type that is consumed."""
    read = operation(
        """
        consumes: [application/json, application/xml]
        parameters:
        - {name: thing, in: body, required: true, description: D, schema: {type: object}}
        - {name: q, in: query, type: string}
        """,
        "2.0",
    )
    body = read.request_body

    assert body is not None
    assert (["application/json", "application/xml"], True, "D") == (
        [media.media_type for media in body.content],
        body.required,
        body.description,
    )
    assert ["q"] == [parameter.name for parameter in read.parameters]


@pytest.mark.parametrize(
    ("own", "shared", "expected"),
    [
        ("", "", ["application/json"]),
        ("", "consumes: [text/plain]", ["text/plain"]),
        ("consumes: [text/csv]\n", "consumes: [text/plain]", ["text/csv"]),
    ],
)
def test_consumes_is_inherited(operation: Callable[..., Operation], own: str, shared: str, expected: list[str]) -> None:
    """An operation's own `consumes` wins over the description's; JSON is meant where there is neither."""
    text = f"{own}parameters: [{{name: b, in: body, schema: {{type: string}}}}]"
    body = operation(text, "2.0", rest=shared).request_body

    assert body is not None
    assert expected == [media.media_type for media in body.content]


def test_a_form(operation: Callable[..., Operation]) -> None:
    """`formData` parameters become one object, with encodings for its lists."""
    body = operation(
        """
        consumes: [application/x-www-form-urlencoded]
        parameters:
        - {name: a, in: formData, type: string, required: true, description: first}
        - {name: b, in: formData, type: array, items: {type: integer}, collectionFormat: multi}
        - {name: c, in: formData, type: array, items: {type: integer}}
        """,
        "2.0",
    ).request_body

    assert body is not None
    form = body.content[0]
    assert form.schema is not None
    assert (["application/x-www-form-urlencoded"], True) == ([m.media_type for m in body.content], body.required)
    assert (("object",), ("a",)) == (form.schema.types, form.schema.required)
    assert "first" == form.schema.properties["a"].description
    assert {"b": ("form", True), "c": ("form", False)} == {
        name: (encoding.style, encoding.explode) for name, encoding in form.encodings.items()
    }


@pytest.mark.parametrize(
    ("consumes", "expected"),
    [
        ("", ["application/x-www-form-urlencoded"]),
        ("consumes: [application/json]", ["application/x-www-form-urlencoded"]),
        ("consumes: [application/json, multipart/form-data]", ["multipart/form-data"]),
        (
            "consumes: [application/x-www-form-urlencoded, 'multipart/form-data; boundary=x']",
            ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
        ),
    ],
)
def test_forms_have_forms_media_types(operation: Callable[..., Operation], consumes: str, expected: list[str]) -> None:
    """Of what is consumed only the two kinds of form can carry fields; the simpler one is meant where there is none."""
    body = operation(f"{consumes}\nparameters: [{{name: f, in: formData, type: string}}]", "2.0").request_body

    assert body is not None
    assert expected == [media.media_type for media in body.content]


@pytest.mark.parametrize("consumes", ["", "consumes: [application/json]", "consumes: [multipart/form-data]"])
def test_files_travel_as_multipart(operation: Callable[..., Operation], consumes: str) -> None:
    """Only multipart can carry a file, whatever is said about media types."""
    text = f"{consumes}\nparameters: [{{name: f, in: formData, type: file}}]"
    body = operation(text, "2.0").request_body

    assert body is not None
    assert body.content[0].schema is not None
    file = body.content[0].schema.properties["f"]
    assert (["multipart/form-data"], ("string",), "binary") == (
        [media.media_type for media in body.content],
        file.types,
        file.format,
    )
