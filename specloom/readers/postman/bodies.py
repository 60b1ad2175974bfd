"""Request bodies of merged requests → media types, schemas from how the bodies are filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import Encoding, Example, MediaType, RequestBody
from specloom.model.schema import Schema
from specloom.readers.examples import infer
from specloom.readers.postman.fields import as_list, as_object, as_text
from specloom.readers.postman.parameters import gather
from specloom.readers.postman.requests import WITHOUT_BODY
from specloom.readers.postman.values import filled, parse_json, schema_of_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.model.source import Json, Span
    from specloom.readers.postman.fields import Notebook, Pair
    from specloom.readers.postman.parameters import Filled
    from specloom.readers.postman.requests import Request

LANGUAGES: Final[Mapping[str, str]] = {
    "json": "application/json",
    "xml": "application/xml",
    "html": "text/html",
    "javascript": "application/javascript",
    "text": "text/plain",
}
"""What Postman calls the language of a raw body, or of a saved answer, as a media type."""

MEDIA_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+*-]{1,127}")
"""A media type without parameters (RFC 6838, section 4.2)."""

BINARY: Final = "application/octet-stream"
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
JSON: Final = "application/json"


@dataclass(slots=True)
class Content:
    """What all merged bodies of one media type show."""

    media_type: str
    span: Span
    samples: list[Json] = field(default_factory=list)
    forms: list[list[Pair]] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    schema: Schema | None = None

    def media(self) -> MediaType:
        """Return the media type with the schema that the samples suggest."""
        schema, encodings = self.schema, dict[str, Encoding]()
        if self.forms:
            schema, encodings = _form(self)
        elif self.samples:
            schema = infer(self.samples, self.span)
        return MediaType(
            media_type=self.media_type,
            span=self.span,
            schema=schema,
            encodings=encodings,
            examples=tuple(self.examples),
        )


@dataclass(slots=True)
class Contents:
    """The media types of one operation's requests, or of one of its answers."""

    notebook: Notebook
    found: dict[str, Content] = field(default_factory=dict)

    def of(self, media_type: str, span: Span) -> Content:
        """Return the content of `media_type`, which starts empty."""
        return self.found.setdefault(media_type, Content(media_type, span))

    def add_text(self, text: str, media_type: str, name: str, span: Span) -> None:
        """Add a raw body or answer of `media_type`."""
        content = self.of(media_type, span)
        if not is_json(media_type):
            content.examples.append(Example(name=name, value=text))
            content.schema = Schema(span=span, types=("string",)) if media_type.startswith("text/") else None
            return
        try:
            value = parse_json(text)
        except ValueError:
            message = f"the body of {name} is no JSON, so it tells nothing about its shape; correct it there"
            self.notebook.note("postman-unreadable-body", message, span)
            content.examples.append(Example(name=name, value=text))
        else:
            content.samples.append(filled(value))
            content.examples.append(Example(name=name, value=value))

    def media_types(self) -> tuple[MediaType, ...]:
        """Return all of them, in order of first appearance."""
        return tuple(content.media() for content in self.found.values())


def request_body(requests: Sequence[Request], notebook: Notebook) -> RequestBody | None:
    """Return what `requests`, which share method and path, send; None where none of them sends anything."""
    sending = [request for request in requests if request.body]
    if not sending:
        return None
    contents = Contents(notebook)
    for request in sending:
        _add(request, contents)
    always = len(sending) == len(requests) and not any(request.body.get("disabled") is True for request in sending)
    return RequestBody(
        content=contents.media_types(),
        span=notebook.document.span(sending[0].body),
        required=always and requests[0].method not in WITHOUT_BODY,
    )


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON (RFC 6839: or has the suffix)."""
    return media_type == JSON or media_type.endswith("+json")


def named_type(headers: Sequence[Pair], default: str, header: str = "content-type") -> str:
    """Return the media type that an enabled Content-Type (or other) header names, without its parameters."""
    for pair in headers:
        media_type = pair.value.partition(";")[0].strip().lower()
        if pair.key.lower() == header and not pair.disabled and MEDIA_TYPE.fullmatch(media_type):
            return media_type
    return default


def sniffed(text: str) -> str:
    """Return the media type that a body plainly has."""
    start = text.lstrip()[:1]
    if start == "<":
        return LANGUAGES["xml"]
    return JSON if start in {"{", "["} else LANGUAGES["text"]


def _add(request: Request, contents: Contents) -> None:
    body = request.body
    span = contents.notebook.document.span(body)
    match body.get("mode"):
        case "urlencoded":
            form = contents.notebook.pairs(body.get("urlencoded"), span.member("urlencoded"))
            contents.of(FORM, span).forms.append(form)
        case "formdata":
            form = contents.notebook.pairs(body.get("formdata"), span.member("formdata"))
            contents.of(MULTIPART, span).forms.append(form)
        case "file":
            content = contents.of(named_type(request.headers, BINARY), span)
            content.schema = Schema(span=span, types=("string",), format="binary")
        case "graphql":
            _add_query(request, as_object(body.get("graphql")), contents.of(JSON, span))
        case "raw":
            text = as_text(body.get("raw"))
            options = as_object(as_object(body.get("options")).get("raw"))
            language = LANGUAGES.get(as_text(options.get("language")), sniffed(text))
            contents.add_text(text, named_type(request.headers, language), request.name, span)
        case mode:
            message = f"the body of {request.name} has the unknown mode {mode!r}, so its shape is not read"
            contents.notebook.warn("postman-unknown-body", message, span)
            contents.of(named_type(request.headers, BINARY), span)


def _add_query(request: Request, written: dict[str, Json], content: Content) -> None:
    """Add a GraphQL document with its variables, which Postman keeps as JSON text."""
    variables = written.get("variables")
    try:
        given = parse_json(variables) if isinstance(variables, str) and variables.strip() else variables
    except ValueError:
        given = None
    query = as_text(written.get("query"))
    samples = [given] if isinstance(given, dict) else []
    content.schema = Schema(
        span=content.span,
        types=("object",),
        properties={
            "query": Schema(span=content.span, types=("string",), default=query),
            "variables": replace(infer(samples, content.span), types=("object",)),
            "operationName": Schema(span=content.span, types=("string",)),
        },
        required=("query",),
    )
    value: dict[str, Json] = {"query": query, "variables": given}
    content.examples.append(Example(name=request.name, value=value))


def _form(content: Content) -> tuple[Schema, dict[str, Encoding]]:
    """Return the schema of forms, and the content types that single parts of a multipart form have."""
    fields = gather(content.forms)
    raws = {pair.key: pair.raw for form in content.forms for pair in form}
    properties = {item.name: _field(item, raws[item.name]) for item in fields}
    encodings = {
        name: Encoding(content_type=as_text(raw["contentType"])) for name, raw in raws.items() if raw.get("contentType")
    }
    required = tuple(item.name for item in fields if item.required)
    schema = Schema(span=content.span, types=("object",), properties=properties, required=required)
    return schema, encodings


def _field(field: Filled, raw: Mapping[str, Json]) -> Schema:
    if raw.get("type") == "file":
        schema = Schema(span=field.span, types=("string",), format="binary")
        several = field.repeated or len(as_list(raw.get("src"))) > 1
    else:
        schema = schema_of_texts(field.samples, field.span)
        several = field.repeated
    if several:
        schema = Schema(span=field.span, types=("array",), items=schema)
    return replace(schema, description=field.description)
