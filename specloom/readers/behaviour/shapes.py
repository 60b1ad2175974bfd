"""The members of a JSON body, seen through references and `allOf`, within bounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.readers.behaviour.by_name import ByName
from specloom.readers.behaviour.roles import BESIDES, ENVELOPES, ITEMS, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.facts import PropertyPath
    from specloom.model.schema import Schema
    from specloom.readers.behaviour.exchange import Asked

MOST_STEPS: Final = 40
"""References and compositions followed to see one body's members; real ones take fewer than ten."""

DEEPEST: Final = 4
"""Names in a path to a paging field: `meta`, `pagination`, `cursors`, `after` is the deepest in real descriptions."""

MOST_FIELDS: Final = 400
"""Fields of one body that are looked at."""

_LIST: Final = "[]"
"""The name under which every field that holds a list is found; no field is called so."""


@dataclass(frozen=True, slots=True)
class Field:
    """A member of a body, and the names that lead there."""

    path: PropertyPath
    schema: Schema

    @property
    def name(self) -> str:
        """The last name of the path; empty for the body itself."""
        return self.path[-1] if self.path else ""

    @property
    def plain(self) -> str:
        """The name in lower case with `_` between words."""
        return plain(self.name)

    @property
    def outer(self) -> str:
        """The same of the last two names together."""
        return plain("_".join(self.path[-2:]))


@dataclass(slots=True)
class Shapes:
    """Looks into the schemas of one `Api`, which must outlive it: what a schema shows is kept by its identity."""

    schemas: Mapping[str, Schema]
    _members: dict[int, Mapping[str, Schema]] = field(default_factory=dict)
    _types: dict[int, frozenset[str]] = field(default_factory=dict)
    _fields: dict[int, ByName[Field]] = field(default_factory=dict)
    _only_lists: dict[int, Field | None] = field(default_factory=dict)
    bodies: dict[int, ByName[Asked]] = field(default_factory=dict)
    """What can be asked with in the body of this schema, once somebody has looked."""

    def meant(self, schema: Schema) -> Schema:
        """Return what a reference with nothing beside it refers to, so that what is found is kept once for all."""
        for _ in range(MOST_STEPS):
            beside = (schema.types, schema.properties, schema.items, schema.all_of, schema.any_of, schema.one_of)
            if schema.ref is None or any(beside) or schema.ref not in self.schemas:
                break
            schema = self.schemas[schema.ref]
        return schema

    def parts(self, schema: Schema) -> list[Schema]:
        """Return `schema` with all that holds beside it: what it refers to, and what it is all of.

        A union of which only one member is possible counts as that member.
        """
        found: list[Schema] = []
        seen: set[str] = set()
        pending = [schema]
        while pending and len(found) < MOST_STEPS:
            part = pending.pop()
            found.append(part)
            if part.ref is not None and part.ref not in seen and part.ref in self.schemas:
                seen.add(part.ref)
                pending.append(self.schemas[part.ref])
            pending.extend(part.all_of)
            pending.extend(union[0] for union in (part.any_of, part.one_of) if len(union) == 1)
        return found

    def members(self, schema: Schema) -> Mapping[str, Schema]:
        """Return the declared properties of an object, inherited ones included."""
        schema = self.meant(schema)
        if id(schema) not in self._members:
            found: dict[str, Schema] = {}
            for part in self.parts(schema):
                for name, member in part.properties.items():
                    found.setdefault(name, member)
            self._members[id(schema)] = found
        return self._members[id(schema)]

    def types(self, schema: Schema) -> frozenset[str]:
        """Return the JSON types that a value may have; empty where nothing is said."""
        schema = self.meant(schema)
        if id(schema) not in self._types:
            parts = self.parts(schema)
            inner = [_said(self.parts(member)) for part in parts for member in (*part.any_of, *part.one_of)]
            self._types[id(schema)] = _said(parts) or (frozenset().union(*inner) if all(inner) else frozenset())
        return self._types[id(schema)]

    def items(self, schema: Schema) -> Schema | None:
        """Return the schema of the items if the value is an array, `schema` itself where none is given; else None."""
        found = next((part.items for part in self.parts(schema) if part.items is not None), None)
        return found or (schema if self.types(schema) == {"array"} else None)

    def at(self, schema: Schema, path: PropertyPath) -> Schema | None:
        """Return the schema of what `path` leads to, None where the body declares no such member."""
        found: Schema | None = schema
        for name in path:
            found = self.members(found).get(name) if found is not None else None
        return found

    def fields(self, schema: Schema) -> ByName[Field]:
        """Return the members of a body and of the envelopes in it, by their names and their extensions' names."""
        schema = self.meant(schema)
        if id(schema) not in self._fields:
            self._fields[id(schema)] = ByName(self._levels(schema), self._names)
        return self._fields[id(schema)]

    def only_list(self, schema: Schema) -> Field | None:
        """Return the one list in a body that its name and content make the likely one; None where there is no one."""
        schema = self.meant(schema)
        if id(schema) not in self._only_lists:
            lists = self.fields(schema).of([_LIST])
            choices = (
                [item for item in lists if item.plain not in BESIDES],
                [item for item in lists if item.plain in ITEMS],
                [item for item in lists if item.plain == "nodes"],
                [item for item in lists if item.plain not in BESIDES and self._holds_objects(item)],
            )
            self._only_lists[id(schema)] = next((choice[0] for choice in choices if len(choice) == 1), None)
        return self._only_lists[id(schema)]

    def _holds_objects(self, item: Field) -> bool:
        inner = self.items(item.schema)
        return inner is not None and bool(self.members(inner))

    def _names(self, item: Field) -> set[str]:
        lists = [_LIST] if self.items(item.schema) is not None else []
        return {item.plain, item.outer, *item.schema.extensions, *lists}

    def _levels(self, schema: Schema) -> list[Field]:
        found: list[Field] = []
        level = [Field((), schema)]
        while level and len(found) < MOST_FIELDS:
            members = (
                Field((*outer.path, name), member)
                for outer in level
                for name, member in self.members(outer.schema).items()
            )
            inner = list(islice(members, MOST_FIELDS - len(found)))
            found.extend(inner)
            level = [item for item in self._objects(inner) if len(item.path) < DEEPEST]
        return found

    def _objects(self, fields: list[Field]) -> list[Field]:
        """Return those of one level to look into: envelopes by name, else the only object where there is no list."""
        lists = [item for item in fields if self.items(item.schema) is not None]
        objects = [item for item in fields if self.items(item.schema) is None and self.members(item.schema)]
        named = [item for item in objects if item.plain in ENVELOPES]
        return named or (objects if len(objects) == 1 and not lists else [])


def _said(parts: list[Schema]) -> frozenset[str]:
    said = [frozenset(part.types) for part in parts if part.types]
    return frozenset.intersection(*said) if said else frozenset()
