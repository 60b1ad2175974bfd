"""Request bodies and media types since OpenAPI 3.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Operation


def test_a_body_in_many_ways(operation: Callable[..., Operation]) -> None:
    """Every media type is kept, in order, with schema, examples and extensions."""
    body = operation("""
        requestBody:
          required: true
          description: What is sent.
          x-name: thing
          content:
            application/json: {schema: {type: object}, example: {a: 1}}
            application/x-www-form-urlencoded: {schema: {type: object}}
            text/*: {}
            application/octet-stream:
    """).request_body

    assert body is not None
    assert (True, "What is sent.", {"x-name": "thing"}) == (body.required, body.description, body.extensions)
    assert ["application/json", "application/x-www-form-urlencoded", "text/*", "application/octet-stream"] == [
        media.media_type for media in body.content
    ]
    assert [("", {"a": 1})] == [(example.name, example.value) for example in body.content[0].examples]
    assert [True, True, False, False] == [media.schema is not None for media in body.content]


def test_parts_of_a_multipart_body(operation: Callable[..., Operation]) -> None:
    """Encodings keep their content type, style and headers."""
    body = operation("""
        requestBody:
          content:
            multipart/form-data:
              schema: {type: object, properties: {file: {type: string, format: binary}}}
              encoding:
                file:
                  contentType: image/png, image/jpeg
                  headers: {X-Size: {schema: {type: integer}, required: true}}
                tags: {style: spaceDelimited, explode: false, allowReserved: true}
    """).request_body

    assert body is not None
    file, tags = body.content[0].encodings["file"], body.content[0].encodings["tags"]
    assert ("image/png, image/jpeg", None, None) == (file.content_type, file.style, file.explode)
    assert [("X-Size", True)] == [(header.name, header.required) for header in file.headers]
    assert ("spaceDelimited", False, True) == (tags.style, tags.explode, tags.allow_reserved)


@pytest.mark.parametrize(
    ("media", "types"),
    [
        ("text/event-stream: {itemSchema: {type: object}}", ("object",)),
        ("text/event-stream: {schema: {type: object}}", ("object",)),
        ("'text/event-stream; charset=utf-8': {schema: {type: object}}", ("object",)),
        ("application/x-ndjson: {schema: {type: array, items: {type: integer}}}", ("integer",)),
        ("application/jsonl: {schema: {type: string}, itemSchema: {type: object}}", ("object",)),
        ("application/json: {schema: {type: array, items: {type: integer}}}", None),
        ("text/event-stream: {}", None),
    ],
)
def test_streams_know_their_items(
    operation: Callable[..., Operation], media: str, types: tuple[str, ...] | None
) -> None:
    """A stream has the schema of one item, whichever version's way it is written in."""
    content = operation(f"responses: {{'200': {{description: fine, content: {{{media}}}}}}}").responses[0].content
    item = content[0].item_schema

    assert types == (item.types if item else None)


@pytest.mark.parametrize(
    "text", ["null", "text", "[]", "{}", "{content: text}", "{content: {a/b: text}}", "{content: []}"]
)
def test_wrong_bodies_cost_only_themselves(operation: Callable[..., Operation], text: str) -> None:
    """The operation is there whatever its body is."""
    assert "POST /things" == operation(f"requestBody: {text}").key
