"""Which member of a value tells the variants of a union apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generators.lang.shapes import Shapes
    from specloom.model.schema import Discriminator, Schema
    from specloom.model.source import Json


@dataclass(frozen=True, slots=True)
class Variant:
    """The value of the tag that stands for the member of the union with this index."""

    value: Json
    member: int


def tag_of(union: Schema, members: tuple[Schema, ...], shapes: Shapes) -> tuple[str | None, tuple[Variant, ...]]:
    """Return the name of the tag and its values, or None where nothing tells all members apart.

    What the description declares comes first (`discriminator`, with or without a mapping); else a member that is
    required in every variant, with constant values that no two variants share.
    """
    if len(members) < 2 or not all(shapes.is_object(member) for member in members):  # noqa: PLR2004 -- a choice
        return None, ()
    if union.discriminator is not None:
        name = union.discriminator.property_name
        found = _declared(union, members, shapes)
        return (name, found) if found else (None, ())
    for name in sorted(shapes.flat(members[0]).required):
        if found := _distinct(name, members, shapes):
            return name, found
    return None, ()


def families(schemas: Mapping[str, Schema], shapes: Shapes) -> dict[str, tuple[str, tuple[tuple[Json, str], ...]]]:
    """Return the schemas that stand for any of their children: name → (tag, ((value of the tag, schema name) …)).

    These are objects with a discriminator that others extend by `allOf` (Swagger 2.0, "Discriminator"; OpenAPI 3.0,
    "Composition and Inheritance"). The parent itself comes last.
    """
    children: dict[str, list[str]] = {}
    for name in sorted(schemas):
        for part in schemas[name].all_of:
            if part.ref is not None and part.ref != name:
                children.setdefault(part.ref, []).append(name)
    found = {}
    for name in sorted(children.keys() & schemas.keys()):
        parent = schemas[name]
        if parent.discriminator is not None and not (parent.one_of or parent.any_of) and shapes.is_object(parent):
            tag = parent.discriminator.property_name
            members = [*_descendants(name, children), name]
            found[name] = (tag, tuple(_tags(parent.discriminator, members, schemas, shapes).items()))
    return found


def _descendants(name: str, children: Mapping[str, list[str]]) -> list[str]:
    found: list[str] = []
    todo = list(children.get(name, ()))
    while todo:
        current = todo.pop(0)
        if current not in found and current != name:
            found.append(current)
            todo.extend(children.get(current, ()))
    return found


def _tags(
    discriminator: Discriminator, members: list[str], schemas: Mapping[str, Schema], shapes: Shapes
) -> dict[Json, str]:
    explicit: dict[str, list[Json]] = {}
    for value, schema in sorted(discriminator.mapping.items()):
        explicit.setdefault(schema, []).append(value)
    tags: dict[Json, str] = {}
    for member in members:
        own = _values(discriminator.property_name, schemas[member], shapes)
        fallback: list[Json] = own if len(own) == 1 else [member]
        for tag in explicit.get(member) or fallback:
            tags.setdefault(tag, member)
    return tags


def _declared(union: Schema, members: tuple[Schema, ...], shapes: Shapes) -> tuple[Variant, ...]:
    if union.discriminator is None:
        return ()
    by_schema: dict[str, list[str]] = {}
    for value, schema in sorted(union.discriminator.mapping.items()):
        by_schema.setdefault(schema, []).append(value)
    found: dict[str, Variant] = {}
    for index, member in enumerate(members):
        values: list[Json] = [*by_schema.get(member.ref or "", ())]
        values = values or _values(union.discriminator.property_name, member, shapes)
        fallback: list[Json] = [member.ref] if member.ref else []
        for tag in values or fallback:
            found.setdefault(str(tag), Variant(tag, index))
    complete = {variant.member for variant in found.values()} == set(range(len(members)))
    return tuple(found.values()) if complete else ()


def _distinct(name: str, members: tuple[Schema, ...], shapes: Shapes) -> tuple[Variant, ...]:
    found: dict[str, Variant] = {}
    for index, member in enumerate(members):
        values = _values(name, member, shapes) if name in shapes.flat(member).required else []
        if not values or any(str(value) in found for value in values):
            return ()
        found.update({str(value): Variant(value, index) for value in values})
    return tuple(found.values())


def _values(name: str, member: Schema, shapes: Shapes) -> list[Json]:
    """Return the values of a constant, or of an enumeration of few, of a member of an object."""
    schema = shapes.properties(shapes.flat(member)).get(name)
    return [value for value in shapes.fixed(schema) if isinstance(value, str | int)] if schema else []
