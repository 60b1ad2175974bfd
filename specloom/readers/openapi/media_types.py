"""Media types of bodies: schemas, parts of forms, streams."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import Encoding, Header, MediaType
from specloom.readers.openapi.examples import read_examples

if TYPE_CHECKING:
    from specloom.model.schema import Schema
    from specloom.readers.openapi.part import Part
    from specloom.readers.openapi.schemas import Schemas

_STREAMS: Final = frozenset(
    {
        "text/event-stream",
        "application/jsonl",
        "application/x-jsonl",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/json-seq",
        "application/geo+json-seq",
        "application/x-ndjson",
        "application/ndjson",
        "application/stream+json",
        "application/x-json-stream",
    }
)
"""Media types that carry one value after another."""


_ENCODING: Final = frozenset({"encoding"})


def is_stream(media_type: str) -> bool:
    """Tell whether `media_type`, parameters ignored, is a sequence of values."""
    return media_type.partition(";")[0].strip().lower() in _STREAMS


def item_of(media_type: str, schema: Schema | None) -> Schema | None:
    """Return the schema of each item where a stream was described before `itemSchema` existed.

    Some describe the item, and some a list of items; a list is never what one event carries.
    """
    if schema is None or not is_stream(media_type):
        return None
    return schema.items if schema.types == ("array",) and schema.items else schema


class MediaTypes:
    """Reads `content` and headers of one description."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._headers: dict[tuple[int, str], Header] = {}

    def read(self, part: Part, key: str = "content") -> tuple[MediaType, ...]:
        """Return the media types at `key` of `part`, in order."""
        return tuple(self._media_type(name, inner) for name, inner in part.members(key))

    def headers(self, part: Part) -> tuple[Header, ...]:
        """Return the headers at `part`, those that responses share read once."""
        found: list[Header] = []
        for name, inner in part.members("headers"):
            key = (id(inner.value), name)
            if key not in self._headers:
                self._headers[key] = self._header(name, inner)
            header = self._headers[key]
            found.append(replace(header, site=inner.site) if inner.site else header)
        return tuple(found)

    def _media_type(self, name: str, part: Part) -> MediaType:
        schema = self._schemas.of(part, "schema")
        item_schema = self._schemas.of(part, "itemSchema") or item_of(name, schema)
        return MediaType(
            media_type=name,
            span=part.span_with(_ENCODING),
            schema=schema,
            item_schema=item_schema,
            encodings={field: self._encoding(inner) for field, inner in part.members("encoding")},
            examples=read_examples(part),
            extensions=part.extensions,
            site=part.site,
        )

    def _encoding(self, part: Part) -> Encoding:
        return Encoding(
            content_type=part.text("contentType"),
            style=part.text("style"),
            explode=part.flag("explode"),
            allow_reserved=part.flag("allowReserved") is True,
            headers=self.headers(part),
        )

    def _header(self, name: str, part: Part) -> Header:
        media_type, schema = self._schemas.outside(part)
        return Header(
            name=name,
            schema=schema,
            span=part.span,
            required=part.flag("required") is True,
            media_type=media_type,
            deprecated=part.flag("deprecated") is True,
            description=part.text("description"),
            explode=part.flag("explode") is True,
            extensions=part.extensions,
        )
