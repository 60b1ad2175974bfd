"""What kinds of value a schema accepts, and which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.readers.openapi.nullability import fold_enum, fold_types

if TYPE_CHECKING:
    from specloom.model.source import Json
    from specloom.readers.openapi.keywords.handler import Handler
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


HANDLERS: Final[dict[str, Handler]] = {
    "type": _type,
    "nullable": _nullable,
    "enum": _enum,
    "const": _const,
    "default": _const,
}
