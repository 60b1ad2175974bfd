"""Values that a schema is likely to accept, few and telling: every listed value, every alternative, every edge."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model.schema import Schema

FORMATS = {
    "date": "2024-01-31",
    "date-time": "2024-01-31T12:00:00Z",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "a@example.com",
    "uri": "https://example.com/a",
    "ipv4": "192.0.2.1",
}
DEEPEST = 8
MANY = 60
"""Values drawn from one schema at most."""


@dataclass
class Sampler:
    """Draws from the schemas of one API; `edges` are numbers and lengths at which another version differs."""

    schemas: Mapping[str, Schema]
    edges: list[float] = field(default_factory=list)

    def values(self, schema: Schema, depth: int = 0) -> Iterator[Any]:
        """Yield values, the plainest first."""
        yield from islice(self._values(schema, depth), MANY if depth == 0 else 6)

    def _values(self, schema: Schema, depth: int) -> Iterator[Any]:
        if schema.const is not ABSENT:
            yield schema.const
        elif schema.enum is not None:
            yield from schema.enum
        elif schema.ref is not None and depth < DEEPEST:
            target = self.schemas.get(schema.ref)
            yield from self.values(target, depth + 1) if target else ()
        elif schema.any_of or schema.one_of:
            for member in (*schema.any_of, *schema.one_of):
                yield from islice(self.values(member, depth + 1), 2 if depth else 3)
        elif schema.all_of:
            yield from self._together(schema, depth)
        else:
            yield from self._typed(schema, depth)
        if schema.nullable:
            yield None

    def _together(self, schema: Schema, depth: int) -> Iterator[Any]:
        """Put the members of `allOf` into one object, each variant of one with the first of the others."""
        parts = [list(self.values(part, depth + 1)) for part in schema.all_of]
        parts.append(list(self._object(schema, depth)))
        firsts = [part[0] for part in parts if part]
        if not all(isinstance(part, dict) for part in firsts):
            yield from firsts
            return
        whole = {name: value for part in firsts for name, value in part.items()}
        yield whole
        yield from (whole | variant for part in parts for variant in part[1:] if isinstance(variant, dict))

    def _typed(self, schema: Schema, depth: int) -> Iterator[Any]:
        makers = {
            "object": lambda: self._object(schema, depth),
            "array": lambda: self._array(schema, depth),
            "string": lambda: self._strings(schema),
            "integer": lambda: self._numbers(schema),
            "number": lambda: self._numbers(schema),
            "boolean": lambda: iter((True, False)),
            "null": lambda: iter((None,)),
        }
        for name in schema.types or (("object",) if schema.properties else ("string", "integer", "boolean", "object")):
            yield from makers[name]()

    def _object(self, schema: Schema, depth: int) -> Iterator[dict[str, Any]]:
        if depth >= DEEPEST:
            yield {}
            return
        known = {
            name: self._first(inner, depth) for name, inner in schema.properties.items() if name in schema.required
        }
        base = {name: value for name, value in known.items() if value is not ABSENT}
        base |= {name: "x" for name in schema.required if name not in schema.properties}
        yield base
        for name, inner in schema.properties.items():
            for value in islice(self.values(inner, depth + 1), 1 if depth else 4):
                yield base | {name: value}

    def _first(self, schema: Schema, depth: int) -> Any:  # noqa: ANN401  a JSON value
        return next(self.values(schema, depth + 1), ABSENT)

    def _array(self, schema: Schema, depth: int) -> Iterator[list[Any]]:
        least = schema.limits.min_items or 0
        inner = list(self.values(schema.items, depth + 1)) if schema.items and depth < DEEPEST else ["x"]
        if not least:
            yield []
        yield from ([item] * max(least, 1) for item in inner[:3])

    def _strings(self, schema: Schema) -> Iterator[str]:
        if schema.format in FORMATS:
            yield FORMATS[schema.format or ""]
        sizes = {1, 3, schema.limits.min_length or 0, schema.limits.max_length or 3}
        sizes |= {int(edge) + step for edge in self.edges for step in (-1, 0, 1)}
        yield from ("a" * size for size in sorted(sizes) if 0 <= size < 10_000)

    def _numbers(self, schema: Schema) -> Iterator[float]:
        limits = schema.limits
        ends = [limits.minimum, limits.maximum, limits.exclusive_minimum, limits.exclusive_maximum, 0, *self.edges]
        found = {end + step for end in ends if end is not None for step in (0, -1, 1)}
        yield from (int(number) if float(number).is_integer() else number for number in sorted(found, key=abs))
