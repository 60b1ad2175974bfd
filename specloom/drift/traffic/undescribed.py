"""Members of real values that no schema names, although the schemas name others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Direction, Effect
from specloom.drift.relation.regex import compiled
from specloom.drift.traffic.observation import Observation, pointer
from specloom.drift.traffic.showing import is_name, sketch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.parts import Names
    from specloom.drift.traffic.dialect import Documents
    from specloom.drift.traffic.validator import Validation
    from specloom.model.schema import Schema
    from specloom.model.source import Json

DEEPEST: Final = 60
Place = tuple["Schema", str]
"""A schema that a value must satisfy, and what people call its place."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Goes through a value with the schemas that speak about each part of it."""

    names: Names
    documents: Documents
    validation: Validation

    def members(self, places: list[Place], value: Json, steps: tuple[str | int, ...] = ()) -> Iterator[Observation]:
        """Yield every member that is not described. Raises `TooMuch`."""
        if len(steps) > DEEPEST or not isinstance(value, dict | list):
            return
        parts = list(self._parts(places, value))
        if isinstance(value, list):
            for index, item in enumerate(value):
                below = [inner for part in parts if (inner := _item(part, index)) is not None]
                if below:
                    yield from self.members(below, item, (*steps, index))
            return
        for name, item in value.items():
            below = [inner for part in parts for inner in _property(part, name)]
            if below:
                yield from self._sent(below, name, (*steps, name), item)
                yield from self.members(below, item, (*steps, name))
            elif _names_its_members(parts):
                yield self._undescribed(parts, name, (*steps, name), item)

    def _parts(self, places: list[Place], value: Json) -> Iterator[Place]:
        """Yield every schema that holds for the value: behind references, in `allOf`, and the alternatives that fit."""
        queue, seen = list(places), set()
        while queue:
            schema, subject = queue.pop(0)
            for part in self.names.flat(self.names.node(schema)):
                if id(part) in seen:
                    continue
                seen.add(id(part))
                name = self.names.name_of.get(id(part))
                here = f"schema {name}" if name else subject
                yield part, here
                for group in (part.any_of, part.one_of):
                    if len(group) > 1:
                        # Where none fits, which one was meant is open: what any of them describes is described.
                        fitting = [one for one in group if self._fits(one, here, value)]
                        queue += [(one, here) for one in fitting or group]
                rare = part.rare
                queue += [(one, here) for one in (rare.then, rare.else_) if one is not None]
                queue += [(one, here) for key, one in rare.dependent_schemas.items() if key in value]  # type: ignore[operator]

    def _fits(self, schema: Schema, subject: str, value: Json) -> bool:
        return self.validation.valid(self.documents.at(schema, subject), value)

    def _undescribed(self, parts: list[Place], name: str, steps: tuple[str | int, ...], value: Json) -> Observation:
        schema, subject = next((part for part in parts if part[0].properties), parts[0])
        label = name if is_name(name) else "*"
        sealed = any(
            part.rare.unevaluated_properties is not None and part.rare.unevaluated_properties.boolean is False
            for part, _ in parts
        )
        return Observation(
            rule=f"live-{self.documents.direction.value}-property-undocumented",
            subject=f"{subject} · property {label}",
            span=schema.span.member("properties"),
            effect=Effect.WIDENS if sealed else Effect.NONE,
            pointer=pointer(steps),
            value=sketch(value),
            values={"name": label},
        )

    def _sent(self, below: list[Place], name: str, steps: tuple[str | int, ...], value: Json) -> Iterator[Observation]:
        if self.documents.direction is Direction.RESPONSE and (
            found := next((place for place in below if place[0].write_only), None)
        ):
            yield Observation(
                rule="live-response-write-only-sent",
                subject=found[1],
                span=found[0].span.member("writeOnly"),
                pointer=pointer(steps),
                value=sketch(value),
                values={"name": name},
            )


def _item(part: Place, index: int) -> Place | None:
    schema, subject = part
    if index < len(schema.rare.prefix_items):
        return schema.rare.prefix_items[index], f"{subject} · item {index + 1}"
    return None if schema.items is None else (schema.items, f"{subject} · items")


def _property(part: Place, name: str) -> Iterator[Place]:
    """Yield what one schema says about a member; an open `additionalProperties` says that it may be anything."""
    schema, subject = part
    named = schema.properties.get(name)
    if named is not None:
        yield named, f"{subject} · property {name}"
    like = [(pattern, one) for pattern, one in schema.rare.pattern_properties.items() if _matches(pattern, name)]
    yield from ((one, f"{subject} · properties like {pattern}") for pattern, one in like)
    if named is None and not like:
        for more in (schema.additional, schema.rare.unevaluated_properties):
            # What a closed schema refuses, the validator has told; here it counts as described.
            if more is not None and (more.boolean is not False or more is schema.additional):
                yield more, f"{subject} · additional properties"


def _names_its_members(parts: list[Place]) -> bool:
    """Tell whether the schemas describe members at all: an object without any is free to hold anything."""
    loose = any(part.rare.dynamic_ref for part, _ in parts)
    return not loose and any(part.properties or part.rare.pattern_properties for part, _ in parts)


def _matches(pattern: str, name: str) -> bool:
    made = compiled(pattern)
    return made is None or made.matches(name[:1000])
