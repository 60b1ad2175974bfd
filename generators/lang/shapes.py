"""What a schema amounts to once references are followed and `allOf` is merged; the same for every target language."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.model.schema import ABSENT, NO_LIMITS, NO_RARE, Absent, Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specloom.model.source import Json

MAX_DEPTH: Final = 120
"""How many references and `allOf` inside one another are followed; more than that is a loop or an attack."""


def subschemas(schema: Schema) -> Iterator[Schema]:
    """Yield the schemas directly inside `schema` that say something about the shape of its values."""
    yield from schema.properties.values()
    yield from (one for one in (schema.additional, schema.items) if one is not None)
    yield from (*schema.all_of, *schema.any_of, *schema.one_of, *schema.rare.prefix_items)
    yield from schema.rare.pattern_properties.values()


def referenced(schemas: Iterable[Schema]) -> set[str]:
    """Return the names that `schemas` refer to, in themselves or anywhere inside."""
    found: set[str] = set()
    todo = deque(schemas)
    while todo:
        schema = todo.popleft()
        if schema.ref is not None:
            found.add(schema.ref)
        todo.extend(subschemas(schema))
    return found


def reachable(roots: Iterable[Schema], schemas: Mapping[str, Schema]) -> set[str]:
    """Return the names of all named schemas that can be reached from `roots`."""
    found: set[str] = set()
    todo = referenced(roots)
    while todo:
        name = todo.pop()
        if name not in found and name in schemas:
            found.add(name)
            todo |= referenced([schemas[name]]) - found
    return found


def is_structural(schema: Schema) -> bool:
    """Whether `schema` restricts values by more than limits: false for one that only describes."""
    return schema.ref is not None or bool(schema.all_of) or _restricts(schema)


def _restricts(schema: Schema) -> bool:
    """Whether there is a telling keyword besides `ref` and `all_of`."""
    return bool(
        schema.types
        or schema.properties
        or schema.required
        or schema.boolean is False
        or schema.enum is not None
        or schema.const is not ABSENT
        or schema.items is not None
        or schema.additional is not None
        or (schema.any_of or schema.one_of)
        or schema.rare.prefix_items
    )


def only_part(schema: Schema) -> Schema | None:
    """Return the one schema that `schema` stands for, where there is nothing beside it but annotations.

    That is `schema` itself if it is a mere reference, or the only telling part of an `allOf`.
    """
    if schema.ref is None and not schema.all_of:
        return None
    if _restricts(schema) or (schema.ref is not None and schema.all_of):
        return None
    if schema.ref is not None:
        return schema
    parts = [part for part in schema.all_of if is_structural(part)]
    return parts[0] if len(parts) == 1 else None


class Shapes:
    """Flat views of the schemas of one API."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self.schemas = schemas
        self._flat: dict[int, tuple[Schema, Schema]] = {}
        self._pairs: dict[tuple[int, int], Schema] = {}
        self._named: dict[str, Schema] = {}
        self._open: set[str] = set()

    def flat(self, schema: Schema) -> Schema:
        """Return `schema` without `ref` and `all_of`: everything that they say is merged into it.

        Missing references and loops count as "anything goes".
        """
        known = self._flat.get(id(schema))
        if known is None:
            known = self._flat[id(schema)] = (schema, self._merged(schema, 0))  # keeps the key alive
        return known[1]

    def _of_name(self, name: str, depth: int) -> Schema | None:
        """Return the flat view of a named schema, once and for all; None on the way through itself."""
        if name not in self._named:
            if name in self._open or name not in self.schemas:
                return None
            self._open.add(name)
            self._named[name] = self._merged(self.schemas[name], depth)
            self._open.discard(name)
        return self._named[name]

    def _merged(self, schema: Schema, depth: int) -> Schema:
        if schema.ref is None and not schema.all_of:
            return schema
        own = replace(schema, ref=None, all_of=())
        if depth > MAX_DEPTH:
            return own
        parts = [self._merged(part, depth + 1) for part in schema.all_of]
        if schema.ref is not None and (named := self._of_name(schema.ref, depth + 1)) is not None:
            parts.insert(0, named)
        merged = own
        for part in parts:
            merged = self._both(merged, part)
        only_parts = bool(parts) and not is_structural(own)
        nullable = schema.nullable or (only_parts and all(part.nullable for part in parts))
        return replace(merged, nullable=nullable)

    def _both(self, first: Schema, second: Schema) -> Schema:
        """Return a schema that says what both say; where they contradict each other, `first` wins."""
        return replace(
            first,
            types=_types(first.types, second.types),
            format=first.format or second.format,
            enum=_enum(first.enum, second.enum),
            const=second.const if first.const is ABSENT else first.const,
            properties=self._properties(first.properties, second.properties),
            required=tuple(dict.fromkeys((*first.required, *second.required))),
            additional=first.additional or second.additional,
            items=self._one(first.items, second.items),
            any_of=(*first.any_of, *second.any_of),
            one_of=(*first.one_of, *second.one_of),
            discriminator=first.discriminator or second.discriminator,
            limits=second.limits if first.limits == NO_LIMITS else first.limits,
            rare=second.rare if first.rare == NO_RARE else first.rare,
            title=first.title or second.title,
            description=first.description or second.description,
            deprecated=first.deprecated or second.deprecated,
            read_only=first.read_only or second.read_only,
            write_only=first.write_only or second.write_only,
        )

    def _one(self, first: Schema | None, second: Schema | None) -> Schema | None:
        """Return a schema for what both say; the same one for the same two, so that merging comes to an end."""
        if first is None or second is None or first is second or (first.ref is not None and first.ref == second.ref):
            return second if first is None else first
        pair = (id(first), id(second))
        if pair not in self._pairs:
            self._pairs[pair] = Schema(span=first.span, all_of=(first, second))
        return self._pairs[pair]

    def _properties(self, first: Mapping[str, Schema], second: Mapping[str, Schema]) -> Mapping[str, Schema]:
        if not first or not second:
            return first or second
        merged = dict(second)
        for name, schema in first.items():
            both = self._one(schema, second.get(name))
            merged[name] = schema if both is None else both
        return merged

    def is_object(self, schema: Schema) -> bool:
        """Whether every value (apart from null) is an object whose members are known, at least in part."""
        flat = self.flat(schema)
        return bool(self.properties(flat)) and flat.types in ((), ("object",)) and flat.enum is None

    def properties(self, flat: Schema) -> Mapping[str, Schema]:
        """Return the members of an object, those of the variants of a union beside it included."""
        if not flat.properties:
            return {}
        if not flat.one_of and not flat.any_of:
            return flat.properties
        found: dict[str, list[Schema]] = {}
        for variant in (*flat.one_of, *flat.any_of):
            for name, schema in self.flat(variant).properties.items():
                found.setdefault(name, []).append(schema)
        extra = {name: _either(given) for name, given in found.items() if name not in flat.properties}
        return {**flat.properties, **extra}

    def fixed(self, schema: Schema) -> tuple[Json, ...]:
        """Return the values of a constant or an enumeration; empty where there is neither."""
        flat = self.flat(schema)
        if not isinstance(flat.const, Absent):
            return (flat.const,)
        return flat.enum or ()


def _either(schemas: list[Schema]) -> Schema:
    unlike = [schema for index, schema in enumerate(schemas) if schema not in schemas[:index]]
    return unlike[0] if len(unlike) == 1 else Schema(span=unlike[0].span, any_of=tuple(unlike))


def _types(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    if not first or not second:
        return first or second
    return tuple(one for one in first if one in second) or first


def _enum(first: tuple[Json, ...] | None, second: tuple[Json, ...] | None) -> tuple[Json, ...] | None:
    if first is None or second is None:
        return second if first is None else first
    return tuple(value for value in first if value in second) or first
