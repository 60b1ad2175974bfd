"""Schemas inside schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.readers.openapi.discriminators import read_discriminator
from specloom.readers.openapi.nullability import says_only_null
from specloom.readers.openapi.references import reference_in

if TYPE_CHECKING:
    from specloom.model.schema import Schema
    from specloom.model.source import Json
    from specloom.readers.openapi.keywords.handler import Handler
    from specloom.readers.openapi.schema_builder import SchemaBuilder


def _required(builder: SchemaBuilder, key: str, item: Json) -> None:
    if isinstance(item, list):
        builder.required.extend(name for name in item if isinstance(name, str))
        if not all(isinstance(name, str) for name in item):
            builder.wrong(key, "a list of names")
    elif isinstance(item, str):
        builder.wrong(key, "a list of names")
        builder.required.append(item)
    elif not isinstance(item, bool):  # a boolean has been seen by the schema around this property
        builder.wrong(key, "a list of names")


def _properties(builder: SchemaBuilder, key: str, item: Json) -> None:
    members = _schema_map(builder, key, item)
    if not isinstance(item, dict):
        return
    builder.fields["properties"] = members
    for name, inner in item.items():
        if isinstance(inner, dict) and inner.get("required") is True:
            message = f"`required: true` on the property `{name}` means nothing; list it in `required` of the object"
            builder.context.problems.warning("required-on-property", message, builder.document.span(inner))
            builder.required.append(name)


def _schema_map(builder: SchemaBuilder, key: str, item: Json) -> dict[str, Schema]:
    document = builder.document
    if isinstance(item, dict) and len(item) == 1 and reference_in(item):
        target = builder.context.references.follow(item, document, builder.span)
        if target is None:
            return {}
        item, document = target.value, target.document
    if not isinstance(item, dict):
        if item is not None:
            builder.wrong(key, "a mapping of schemas")
        return {}
    found: dict[str, Schema] = {}
    for name, inner in item.items():
        span = builder.span if isinstance(inner, dict) else document.member(item, name)
        found[name] = builder.schemas.read(inner, document, span)
    return found


def _schema_list(builder: SchemaBuilder, key: str, item: Json) -> tuple[Schema, ...]:
    if isinstance(item, dict):
        builder.wrong(key, "a list of schemas")
        item = [item]
    if not isinstance(item, list):
        builder.wrong(key, "a list of schemas")
        return ()
    return tuple(builder.read(key, inner) for inner in item)


def _items(builder: SchemaBuilder, key: str, item: Json) -> None:
    if not isinstance(item, list):
        builder.fields["items"] = builder.read(key, item)
        return
    # JSON Schema's tuples before 2020-12: a schema for each place, and `additionalItems` for the rest. A list of one
    # is written by people who mean the schema of every item.
    builder.warn("items-list", key, "a list of `items` is no longer a schema; write `prefixItems`, or one schema")
    if len(item) == 1:
        builder.fields["items"] = builder.read(key, item[0])
        return
    builder.rare["prefix_items"] = _schema_list(builder, key, item)
    if "additionalItems" in builder.value:
        builder.fields["items"] = builder.read("additionalItems", builder.value["additionalItems"])


def _additional(builder: SchemaBuilder, key: str, item: Json) -> None:
    if isinstance(item, (dict, bool)):
        builder.fields["additional"] = builder.read(key, item)
    elif item is not None:
        builder.wrong(key, "a schema, true or false")


def _discriminator(builder: SchemaBuilder, key: str, item: Json) -> None:
    discriminator = read_discriminator(builder, key, item)
    if discriminator:
        builder.fields["discriminator"] = discriminator


def _all_of(builder: SchemaBuilder, key: str, item: Json) -> None:
    members = _schema_list(builder, key, item)
    if members:
        builder.fields["all_of"] = members


def _union(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        # A member may be null by way of a reference (`NullEnum: {enum: [null]}`); those written here are folded later.
        # So may one that says `nullable` and nothing else: beside others it is written for null, not for anything.
        marks = isinstance(item, list) and not all(_is_mark(inner) for inner in item)
        rest = item
        if isinstance(item, list):
            rest = [inner for inner in item if not (marks and _is_mark(inner)) and not _leads_to_null(builder, inner)]
        if isinstance(item, list) and isinstance(rest, list) and len(rest) < len(item):
            builder.nullable = True
            if not rest:
                builder.fields["types"] = ("null",)
                return
        members = _schema_list(builder, key, rest)
        if members:
            builder.fields[field] = members

    return handle


def _is_mark(item: Json) -> bool:
    """Tell whether a schema says `nullable: true` and nothing else."""
    return (
        isinstance(item, dict) and item.get("nullable") is True and item.keys() <= {"nullable", "title", "description"}
    )


def _leads_to_null(builder: SchemaBuilder, item: Json) -> bool:
    if reference_in(item) is None:
        return False
    target = builder.context.references.follow(item, builder.document, builder.span)
    return target is not None and says_only_null(target.value)


def _field_schema(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        builder.rare[field] = builder.read(key, item)

    return handle


def _rare_map(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        builder.rare[field] = _schema_map(builder, key, item)

    return handle


def _prefix_items(builder: SchemaBuilder, key: str, item: Json) -> None:
    builder.rare["prefix_items"] = _schema_list(builder, key, item)


def _dependencies(builder: SchemaBuilder, key: str, item: Json) -> None:
    """Read drafts 3 to 7's `dependencies` and 2019's `dependentRequired`."""
    if not isinstance(item, dict):
        builder.wrong(key, "a mapping")
        return
    names: dict[str, tuple[str, ...]] = {}
    for name, needed in item.items():
        if isinstance(needed, list):
            names[name] = tuple(str(other) for other in needed)
        elif isinstance(needed, str):
            names[name] = (needed,)
    builder.rare["dependent_required"] = names
    schemas = {name: builder.read(key, needed) for name, needed in item.items() if isinstance(needed, (dict, bool))}
    if schemas:
        builder.rare["dependent_schemas"] = schemas


HANDLERS: Final[dict[str, Handler]] = {
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "items": _items,
    "allOf": _all_of,
    "anyOf": _union("any_of"),
    "oneOf": _union("one_of"),
    "discriminator": _discriminator,
    "prefixItems": _prefix_items,
    "contains": _field_schema("contains"),
    "not": _field_schema("negation"),
    "if": _field_schema("if_"),
    "then": _field_schema("then"),
    "else": _field_schema("else_"),
    "propertyNames": _field_schema("property_names"),
    "unevaluatedItems": _field_schema("unevaluated_items"),
    "unevaluatedProperties": _field_schema("unevaluated_properties"),
    "contentSchema": _field_schema("content_schema"),
    "patternProperties": _rare_map("pattern_properties"),
    "dependentSchemas": _rare_map("dependent_schemas"),
    "dependentRequired": _dependencies,
    "dependencies": _dependencies,
}
