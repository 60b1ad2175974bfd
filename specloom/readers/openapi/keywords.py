"""One handler for each keyword of a schema; keywords that are not in the table have no effect on the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.readers.documents.scalars import plain
from specloom.readers.openapi.dialect import detect
from specloom.readers.openapi.discriminators import read_discriminator
from specloom.readers.openapi.nullability import fold_enum, fold_types
from specloom.readers.openapi.part import describe, extensions_of
from specloom.readers.openapi.references import reference_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.schema import Schema
    from specloom.model.source import Json
    from specloom.readers.openapi.schema_builder import SchemaBuilder

_TYPES: Final = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
_MEANT: Final[dict[str, tuple[str | None, str | None]]] = {
    "file": ("string", "binary"),
    "binary": ("string", "binary"),
    "date": ("string", "date"),
    "datetime": ("string", "date-time"),
    "date-time": ("string", "date-time"),
    "uuid": ("string", "uuid"),
    "str": ("string", None),
    "text": ("string", None),
    "enum": ("string", None),
    "int": ("integer", None),
    "int32": ("integer", "int32"),
    "int64": ("integer", "int64"),
    "long": ("integer", "int64"),
    "float": ("number", "float"),
    "double": ("number", "double"),
    "decimal": ("number", None),
    "bool": ("boolean", None),
    "list": ("array", None),
    "map": ("object", None),
    "dict": ("object", None),
    "hash": ("object", None),
    "json": (None, None),
    "any": (None, None),
    "mixed": (None, None),
}
"""Type names that no specification knows and people write all the same, with the type and format that they mean."""

Handler: TypeAlias = "Callable[[SchemaBuilder, str, Json], None]"


def read(builder: SchemaBuilder) -> Schema:
    """Return the schema that the keywords of `builder` add up to."""
    said_extensions = False
    for key, item in builder.value.items():
        handler = HANDLERS.get(key)
        if handler:
            handler(builder, key, item)
        elif key.startswith("x-"):
            said_extensions = True
    if said_extensions:
        builder.fields["extensions"] = extensions_of(builder.value)
        builder.nullable = builder.nullable or builder.value.get("x-nullable") is True
    return builder.schema()


def _ref(builder: SchemaBuilder, key: str, item: Json) -> None:
    if not isinstance(item, str):
        builder.wrong(key, "a text")
        return
    if item in ("#", "#/") and (key == "$recursiveRef" or detect(builder.document.root)):
        _self_ref(builder, key)
        return
    references = builder.context.references
    target = references.resolve(item, builder.document, builder.span)
    if target is None:
        return
    if reference_in(target.value):
        final = references.follow(target.value, target.document, target.span)
        if final is None:
            return
        if (
            isinstance(target.value, dict)
            and len(target.value) == 1
            and target.address not in builder.context.names.fixed
        ):
            target = final
    if not isinstance(target.value, (dict, bool)):
        message = f"`{item}` leads to {describe(target.value)}, not to a schema; point it at one"
        builder.context.problems.error("bad-ref", message, builder.span)
        return
    builder.fields["ref"] = builder.context.names.name(target)


def _self_ref(builder: SchemaBuilder, key: str) -> None:
    """Read a reference to the schema around it: JSON Schema's way to recurse, before it had names for that."""
    home = builder.schemas.home
    if home:
        builder.fields["ref"] = home
    else:
        builder.warn("unresolved-ref", key, f"`{key}: #` has no named schema around it; give the schema a name")


def _dynamic_ref(builder: SchemaBuilder, key: str, item: Json) -> None:
    if isinstance(item, str):
        builder.rare["dynamic_ref"] = item
    if "$ref" not in builder.value:
        _ref(builder, key, item)


def _type(builder: SchemaBuilder, key: str, item: Json) -> None:
    if item is None:
        item = "null"  # `type: null` without quotes
    types: list[str] = []
    for name in item if isinstance(item, list) else [item]:
        if isinstance(name, str) and name in _TYPES:
            types.append(name)
        else:
            types.extend(_meant_type(builder, key, name))
    builder.fields["types"], nullable = fold_types(types)
    builder.nullable = builder.nullable or nullable


def _meant_type(builder: SchemaBuilder, key: str, name: Json) -> list[str]:
    lower = name.strip().lower() if isinstance(name, str) else "null" if name is None else ""
    meant, fmt = _MEANT.get(lower, (lower, None))
    if lower not in _TYPES and lower not in _MEANT:
        builder.warn("unknown-type", key, f"`{name}` is no type; it is read as any, so name one of JSON Schema's seven")
        return []
    if not (lower == "file" and builder.context.dialect.is_swagger) and name is not None:
        builder.warn("unknown-type", key, f"`{name}` is no type; it is read as {meant or 'any'}")
    if fmt:
        builder.fields.setdefault("format", fmt)
    return [meant] if meant else []


def _nullable(builder: SchemaBuilder, key: str, item: Json) -> None:
    if not isinstance(item, bool):
        builder.wrong(key, "true or false")
    builder.nullable = builder.nullable or item is True or item == "true"


def _enum(builder: SchemaBuilder, key: str, item: Json) -> None:
    if not isinstance(item, list):
        builder.wrong(key, "a list")
        return
    if not item:
        builder.warn("empty-enum", key, "an empty `enum` allows nothing at all; it is read as if it were not there")
        return
    values, nullable = fold_enum(item)
    builder.nullable = builder.nullable or nullable
    if values:
        builder.fields["enum"] = values
    else:
        builder.fields["types"] = ("null",)


def _const(builder: SchemaBuilder, key: str, item: Json) -> None:
    builder.fields[key] = item


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


def _union(field: str) -> Handler:
    def handle(builder: SchemaBuilder, key: str, item: Json) -> None:
        members = _schema_list(builder, key, item)
        if members:
            builder.fields[field] = members

    return handle


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
    "$ref": _ref,
    "$dynamicRef": _dynamic_ref,
    "$recursiveRef": _dynamic_ref,
    "type": _type,
    "nullable": _nullable,
    "format": _text("format"),
    "enum": _enum,
    "const": _const,
    "default": _const,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "items": _items,
    "allOf": _union("all_of"),
    "anyOf": _union("any_of"),
    "oneOf": _union("one_of"),
    "discriminator": _discriminator,
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
    "contentEncoding": _rare_text("content_encoding"),
    "contentMediaType": _rare_text("content_media_type"),
}
