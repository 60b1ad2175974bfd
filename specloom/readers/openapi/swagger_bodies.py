"""Bodies of Swagger 2.0: a `body` parameter, or `formData` parameters, and lists of media types beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.api import Encoding, Location, MediaType, RequestBody
from specloom.model.schema import Schema
from specloom.readers.openapi.media_types import item_of
from specloom.readers.openapi.styles import read_collection_format

if TYPE_CHECKING:
    from specloom.readers.openapi.part import Part
    from specloom.readers.openapi.schemas import Schemas

_JSON: Final = "application/json"
_MULTIPART: Final = "multipart/form-data"
_URLENCODED: Final = "application/x-www-form-urlencoded"


def media_types_of(operation: Part, root: Part, key: str) -> list[str]:
    """Return `consumes` or `produces` of the operation, else of the description, without repeats."""
    named = operation.texts(key) if operation.value.get(key) is not None else root.texts(key)
    return list(dict.fromkeys(named))


def read_swagger_body(operation: Part, root: Part, parts: list[Part], schemas: Schemas) -> RequestBody | None:
    """Return the body that the `body` and `formData` parameters among `parts` describe, or None."""
    consumes = media_types_of(operation, root, "consumes")
    whole = next((part for part in parts if (part.text("in") or "").strip().lower() == "body"), None)
    if whole is not None:
        return _whole_body(whole, consumes, schemas)
    return _form(parts, consumes, schemas, operation) if parts else None


def _whole_body(part: Part, consumes: list[str], schemas: Schemas) -> RequestBody:
    schema = schemas.of(part, "schema") or schemas.inline(part)
    content = tuple(
        MediaType(media_type=name, span=part.span, schema=schema, item_schema=item_of(name, schema))
        for name in consumes or [_JSON]
    )
    return RequestBody(
        content=content,
        span=part.span,
        required=part.flag("required") is True,
        description=part.text("description"),
        extensions=part.extensions,
    )


def _form(parts: list[Part], consumes: list[str], schemas: Schemas, operation: Part) -> RequestBody:
    properties: dict[str, Schema] = {}
    encodings: dict[str, Encoding] = {}
    required: list[str] = []
    for part in parts:
        name = part.text("name") or ""
        schema = properties[name] = schemas.inline(part, keep_text=True)
        if part.flag("required"):
            required.append(name)
        if "array" in schema.types:
            style, explode = read_collection_format(part, Location.QUERY, is_array=True)
            encodings[name] = Encoding(style=style, explode=explode)
    span = operation.at("parameters")
    schema = Schema(span=span, types=("object",), properties=properties, required=tuple(required))
    has_file = any((part.text("type") or "").lower() == "file" for part in parts)
    content = tuple(
        MediaType(media_type=name, span=span, schema=schema, encodings=encodings)
        for name in _form_types(consumes, has_file=has_file)
    )
    return RequestBody(content=content, span=span, required=bool(required))


def _form_types(consumes: list[str], *, has_file: bool) -> list[str]:
    """Return the media types of a form; only multipart carries files (Swagger 2.0, "Parameter Object")."""
    forms = [name for name in consumes if name.partition(";")[0].strip().lower() in (_MULTIPART, _URLENCODED)]
    if has_file:
        return [name for name in forms if name.lower().startswith(_MULTIPART)] or [_MULTIPART]
    return forms or [_URLENCODED]
