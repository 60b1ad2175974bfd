"""Discriminators: which property tells the members of a union apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model.schema import Discriminator

if TYPE_CHECKING:
    from specloom.model.source import Json
    from specloom.readers.openapi.schema_builder import SchemaBuilder


def read_discriminator(builder: SchemaBuilder, key: str, item: Json) -> Discriminator | None:
    """Return the discriminator at `key`: an object since 3.0, the property's name alone in Swagger 2.0."""
    if isinstance(item, str):
        return Discriminator(property_name=item)
    name = item.get("propertyName") if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(name, str):
        builder.wrong(key, "a mapping with `propertyName`")
        return None
    mapping = item.get("mapping")
    if mapping is not None and not isinstance(mapping, dict):
        builder.wrong(key, "a mapping whose `mapping` is one too")
    if not isinstance(mapping, dict):
        return Discriminator(property_name=name)
    found = {value: _schema_name(builder, key, target) for value, target in mapping.items()}
    return Discriminator(property_name=name, mapping={value: target for value, target in found.items() if target})


def _schema_name(builder: SchemaBuilder, key: str, written: Json) -> str | None:
    """Return the name of the schema that a mapping leads to; the standard allows a component's name or a reference."""
    names = builder.context.names
    if not isinstance(written, str):
        builder.wrong(key, "a mapping to names or references")
        return None
    if written in names.components:
        return written
    target = builder.context.references.resolve(written, builder.document, builder.span.member(key))
    return names.name(target) if target and isinstance(target.value, dict) else None
