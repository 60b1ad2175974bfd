"""Texts, flags, bounds and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.readers.documents.scalars import plain
from specloom.readers.openapi.references import reference_in

if TYPE_CHECKING:
    from specloom.model.source import Json
    from specloom.readers.openapi.keywords.handler import Handler
    from specloom.readers.openapi.schema_builder import SchemaBuilder


def _text(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        if reference := reference_in(item):
            item = builder.context.references.text(reference, builder.document, builder.span)
        if isinstance(item, (int, float)) and not isinstance(item, bool):
            item = str(item)
        if isinstance(item, str):
            builder.fields[field] = item
        elif item is not None:
            builder.wrong(key, "a text")

    return handle


def _rare_text(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        if isinstance(item, str):
            builder.rare[field] = item
        else:
            builder.wrong(key, "a text")

    return handle


def _flag(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        if not isinstance(item, bool):
            builder.wrong(key, "true or false")
        if item is True or item == "true":
            builder.fields[field] = True

    return handle


def _number(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        if isinstance(item, bool) and field.startswith("exclusive"):
            builder.limits[field] = item
        elif (number := _as_number(builder, key, item)) is not None:
            builder.limits[field] = number

    return handle


def _count(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        number = _as_number(builder, key, item)
        if number is None:
            return
        if number < 0 or number != int(number):
            builder.wrong(key, "a whole number, zero or more")
            return
        target = builder.rare if field.endswith("_contains") else builder.limits
        target[field] = int(number)

    return handle


def _as_number(builder: SchemaBuilder, key: str, item: Json) -> float | None:
    if isinstance(item, (int, float)) and not isinstance(item, bool):
        return item
    if item is None:
        return None
    builder.wrong(key, "a number")
    meant = plain(item) if isinstance(item, str) else None
    return meant if isinstance(meant, (int, float)) and not isinstance(meant, bool) else None


def _pattern(builder: SchemaBuilder, key: str, item: Json) -> None:
    if isinstance(item, str):
        builder.limits["pattern"] = item
    elif item is not None:
        builder.wrong(key, "a text")


def _unique(builder: SchemaBuilder, key: str, item: Json) -> None:
    if not isinstance(item, bool):
        builder.wrong(key, "true or false")
    elif item:
        builder.limits["unique_items"] = True


def _example(builder: SchemaBuilder, _key: str, item: Json) -> None:
    builder.fields["examples"] = (item, *builder.fields.get("examples", ()))


def _examples(builder: SchemaBuilder, key: str, item: Json) -> None:
    if isinstance(item, dict):
        builder.wrong(key, "a list")
        item = [inner["value"] if isinstance(inner, dict) and "value" in inner else inner for inner in item.values()]
    values = item if isinstance(item, list) else [item]
    builder.fields["examples"] = (*builder.fields.get("examples", ()), *values)


HANDLERS: Final[dict[str, Handler]] = {
    "format": _text("format"),
    "title": _text("title"),
    "description": _text("description"),
    "example": _example,
    "examples": _examples,
    "deprecated": _flag("deprecated"),
    "readOnly": _flag("read_only"),
    "writeOnly": _flag("write_only"),
    "minimum": _number("minimum"),
    "maximum": _number("maximum"),
    "exclusiveMinimum": _number("exclusive_minimum"),
    "exclusiveMaximum": _number("exclusive_maximum"),
    "multipleOf": _number("multiple_of"),
    "minLength": _count("min_length"),
    "maxLength": _count("max_length"),
    "minItems": _count("min_items"),
    "maxItems": _count("max_items"),
    "minProperties": _count("min_properties"),
    "maxProperties": _count("max_properties"),
    "minContains": _count("min_contains"),
    "maxContains": _count("max_contains"),
    "pattern": _pattern,
    "uniqueItems": _unique,
    "contentEncoding": _rare_text("content_encoding"),
    "contentMediaType": _rare_text("content_media_type"),
}
