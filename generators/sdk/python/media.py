"""Kinds of media types, as far as the client treats them differently."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from specloom.model.api import MediaType
    from specloom.model.schema import Schema


class Kind(Enum):
    """How a body is read or written."""

    JSON = "json"
    MULTIPART = "multipart"
    FORM = "form"
    TEXT = "text"
    BINARY = "binary"
    SSE = "sse"
    JSON_LINES = "jsonl"


_JSON_LINES: Final = frozenset(
    {"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonl", "application/jsonlines"}
    | {"application/x-jsonlines", "application/json-lines", "application/stream+json", "application/x-json-stream"}
    | {"application/json-seq", "application/x-json-lines", "text/x-ndjson"}
)
_TEXT: Final = frozenset(
    {"application/xml", "application/javascript", "application/yaml", "application/x-yaml", "application/graphql"}
    | {"application/jwt", "application/jose", "application/toml", "application/sql", "application/x-pem-file"}
    | {"application/x-www-form-urlencoded"}
)


def essence(media_type: str) -> str:
    """Return a media type in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def answer_kind(media: MediaType) -> Kind:
    """Tell how an answer of this media type is read; where the type says little, its schema decides."""
    name = essence(media.media_type)
    if name == "text/event-stream" or name in _JSON_LINES:
        return Kind.SSE if name == "text/event-stream" else Kind.JSON_LINES
    if _is_json(name):
        return Kind.JSON
    if is_binary(media.schema):
        return Kind.BINARY
    if name.startswith("text/") or name in _TEXT or name.endswith("+xml"):
        return Kind.TEXT
    is_range = name in {"*/*", "application/*"} and media.schema is not None
    return Kind.JSON if is_range or _looks_like_json(media.schema) else Kind.BINARY


def request_kind(media: MediaType) -> Kind:
    """Tell how a request of this media type is written."""
    name = essence(media.media_type)
    if name == "application/x-www-form-urlencoded":
        return Kind.FORM
    if name.startswith("multipart/"):
        return Kind.MULTIPART
    kind = answer_kind(media)
    return Kind.TEXT if kind is Kind.SSE else kind


def is_binary(schema: Schema | None) -> bool:
    """Whether a schema stands for raw bytes."""
    if schema is None:
        return False
    encoded = schema.rare.content_encoding is not None
    raw = schema.rare.content_media_type is not None and not schema.rare.content_media_type.startswith("text/")
    return schema.format == "binary" or "file" in schema.types or (raw and not encoded and schema.types == ("string",))


def _is_json(name: str) -> bool:
    return name in {"application/json", "text/json", "text/x-json"} or name.endswith("+json")


def _looks_like_json(schema: Schema | None) -> bool:
    return schema is not None and bool(
        schema.ref
        or schema.properties
        or schema.all_of
        or schema.any_of
        or schema.one_of
        or "object" in schema.types
        or "array" in schema.types
    )
