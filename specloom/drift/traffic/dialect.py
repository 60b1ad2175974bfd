"""Schemas of the model as JSON Schema 2020-12 documents that know where each part came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from specloom.drift.effect import Direction
from specloom.model.schema import ABSENT, Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NULLABLE: Final = "x-nullable"
"""Our keyword: null is accepted whatever the others say."""

_LIMITS: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusive_minimum": "exclusiveMinimum",
    "exclusive_maximum": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
    "min_items": "minItems",
    "max_items": "maxItems",
    "min_properties": "minProperties",
    "max_properties": "maxProperties",
}
_RARE: Final = {
    "contains": "contains",
    "negation": "not",
    "if_": "if",
    "then": "then",
    "else_": "else",
    "property_names": "propertyNames",
}
Document: TypeAlias = "dict[str, Any]"
_NEVER: Final[Document] = {"not": {}}


@dataclass(frozen=True, slots=True)
class Origin:
    """The schema that a document was made of, and what people call its place."""

    schema: Schema
    subject: str


@dataclass(slots=True)
class Documents:
    """Makes documents as they are needed, each named schema once; messages travel one `direction`."""

    schemas: Mapping[str, Schema]
    direction: Direction
    _named: dict[str, Document] = field(default_factory=dict)
    _used: dict[tuple[int, str], Document] = field(default_factory=dict)
    _origins: dict[int, Origin] = field(default_factory=dict)

    def named(self, name: str) -> Document:
        """Return the document of a named schema; one that is not there accepts everything."""
        if name not in self._named:
            schema = self.schemas.get(name)
            self._named[name] = self._make(schema, f"schema {name}") if schema else {}
        return self._named[name]

    def at(self, schema: Schema, subject: str) -> Document:
        """Return the document of the schema that stands at a place, the same one every time."""
        mark = (id(schema), subject)
        if mark not in self._used:
            self._used[mark] = self._make(schema, subject)
        return self._used[mark]

    def origin(self, document: object) -> Origin | None:
        """Return what a (part of a) document was made of."""
        return self._origins.get(id(document))

    def _make(self, schema: Schema, subject: str) -> Document:
        made: Document = {}
        self._origins[id(made)] = Origin(schema, subject)
        if schema.boolean is not None:
            made |= {} if schema.boolean else _NEVER
            return made
        if schema.nullable:
            made[NULLABLE] = True
        if schema.ref is not None:
            made["$ref"] = schema.ref
        if schema.types:
            made["type"] = list(schema.types)
        if schema.format is not None:
            made["format"] = schema.format
        if schema.enum is not None:
            made["enum"] = list(schema.enum)
        if schema.const is not ABSENT:
            made["const"] = schema.const
        self._limit(made, schema)
        self._object(made, schema, subject)
        self._array(made, schema, subject)
        self._rare(made, schema, subject)
        for word, group in (("allOf", schema.all_of), ("anyOf", schema.any_of), ("oneOf", schema.one_of)):
            if group:
                made[word] = self._each(group, subject)
        return made

    def _limit(self, made: Document, schema: Schema) -> None:
        for name, word in _LIMITS.items():
            value = getattr(schema.limits, name)
            if value is not None:
                made[word] = value
        if schema.limits.unique_items:
            made["uniqueItems"] = True

    def _object(self, made: Document, schema: Schema, subject: str) -> None:
        inner = {name: self._make(one, f"{subject} · property {name}") for name, one in schema.properties.items()}
        if inner:
            made["properties"] = inner
        if needed := [name for name in schema.required if self._travels(schema.properties.get(name))]:
            made["required"] = needed
        if patterns := schema.rare.pattern_properties:
            made["patternProperties"] = {
                pattern: self._make(one, f"{subject} · properties like {pattern}") for pattern, one in patterns.items()
            }
        if schema.additional is not None:
            closed = schema.additional.boolean is False
            more = False if closed else self._make(schema.additional, f"{subject} · additional properties")
            made["additionalProperties"] = more

    def _travels(self, schema: Schema | None) -> bool:
        """Tell whether a property goes this way at all; a mark may stand behind a reference."""
        seen: set[str] = set()
        while schema is not None:
            if schema.read_only if self.direction is Direction.REQUEST else schema.write_only:
                return False
            if schema.ref is None or schema.ref in seen:
                break
            seen.add(schema.ref)
            schema = self.schemas.get(schema.ref)
        return True

    def _array(self, made: Document, schema: Schema, subject: str) -> None:
        if schema.rare.prefix_items:
            made["prefixItems"] = [
                self._make(one, f"{subject} · item {index + 1}") for index, one in enumerate(schema.rare.prefix_items)
            ]
        if schema.items is not None:
            made["items"] = self._make(schema.items, f"{subject} · items")

    def _rare(self, made: Document, schema: Schema, subject: str) -> None:
        rare = schema.rare
        for name, word in _RARE.items():
            inner = getattr(rare, name)
            if inner is not None:
                made[word] = self._make(inner, subject)
        if rare.contains is not None:
            made |= {"minContains": 1 if rare.min_contains is None else rare.min_contains}
            made |= {"maxContains": rare.max_contains} if rare.max_contains is not None else {}
        if rare.dependent_required:
            made["dependentRequired"] = {name: list(needed) for name, needed in rare.dependent_required.items()}
        if rare.dependent_schemas:
            made["dependentSchemas"] = {name: self._make(one, subject) for name, one in rare.dependent_schemas.items()}

    def _each(self, group: Iterable[Schema], subject: str) -> list[Document]:
        return [self._make(one, subject) for one in group]
