"""Schemas as conjunctions: references followed, `allOf` flattened, so that moving text about changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.drift.relation.same import SAYING
from specloom.model.schema import ABSENT, NO_LIMITS, NO_RARE, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping

BESIDE: Final[dict[str, object]] = {
    "any_of": (),
    "one_of": (),
    "all_of": (),
    "ref": None,
    "nullable": False,
    "default": ABSENT,
    "discriminator": None,
    "deprecated": False,
    "read_only": False,
    "write_only": False,
    "extensions": {},
}
"""What may stand beside a union that is told by its members alone."""

Node: TypeAlias = tuple[Schema, ...]
"""Schemas that must all hold. Identity is that of the objects, which the `Api` keeps alive."""


class Names:
    """The named schemas of one `Api`, and what was derived from them."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self.schemas = schemas
        self.name_of = {id(schemas[name]): name for name in reversed(list(schemas))}
        self._flat: dict[int | tuple[int, ...], tuple[Schema, ...]] = {}
        self._without: dict[int, Schema] = {}
        self._nodes: dict[int, tuple[Schema, Node]] = {}

    def node(self, schema: Schema) -> Node:
        """Return the schema as a node, with a reference that says nothing of its own replaced by its target."""
        known = self._nodes.get(id(schema))
        if known is None:
            # The schema is kept as well: an address is one schema's for as long as that lives.
            known = self._nodes[id(schema)] = schema, self._followed(schema)
        return known[1]

    def _followed(self, schema: Schema) -> Node:
        seen: set[str] = set()
        while schema.ref is not None and schema.ref not in seen and says_nothing(schema):
            seen.add(schema.ref)
            target = self.schemas.get(schema.ref)
            if target is None:
                break
            schema = target
        return (schema,)

    def name(self, node: Node) -> str | None:
        """Return the component's name where the node is exactly one component."""
        return self.name_of.get(id(node[0])) if len(node) == 1 else None

    def flat(self, node: Node) -> tuple[Schema, ...]:
        """Return every schema of the conjunction: the node's own, then those behind `$ref`, `allOf` and lone unions."""
        key = id(node[0]) if len(node) == 1 else tuple(map(id, node))
        known = self._flat.get(key)
        if known is None:
            known = self._flat[key] = self._flatten(node)
        return known

    def _flatten(self, node: Node) -> tuple[Schema, ...]:
        found: dict[int, Schema] = {}
        queue = list(reversed(node))
        while queue:
            schema = queue.pop()
            if id(schema) in found:
                continue
            found[id(schema)] = schema
            inner = [*schema.all_of]
            if schema.ref is not None and schema.ref in self.schemas:
                inner.insert(0, self.schemas[schema.ref])
            # A union of one is that one; `nullable` beside it is looked after by `accepts_null`.
            inner += [
                group[0] for group in (schema.any_of, schema.one_of) if len(group) == 1 and not is_interface(schema)
            ]
            queue.extend(reversed(inner))
        return tuple(found.values())

    def whole(self, schema: Schema) -> tuple[Schema, ...]:
        """Return what a schema is made of; nothing for one from which unions were taken away."""
        return () if any(schema is one for one in self._without.values()) else self.flat((schema,))

    def without_unions(self, schema: Schema) -> Schema:
        """Return `schema` with its unions taken away; the same object for the same schema, every time."""
        if not schema.any_of and not schema.one_of:
            return schema
        if id(schema) not in self._without:
            self._without[id(schema)] = replace(schema, any_of=(), one_of=(), all_of=(), ref=None)
        return self._without[id(schema)]

    def accepts_null(self, schema: Schema, seen: frozenset[int] = frozenset()) -> bool:
        """Tell whether null is a value of `schema` (unions are read as "any of")."""
        if schema.boolean is not None:
            return schema.boolean
        if schema.nullable or id(schema) in seen:
            return True
        if not _own_null(schema):
            return False
        seen |= {id(schema)}
        target = self.schemas.get(schema.ref) if schema.ref else None
        everyone = (*schema.all_of, *((target,) if target else ()))
        if not all(self.accepts_null(inner, seen) for inner in everyone) or self._rules_null_out(schema, seen):
            return False
        unions = [group for group in (schema.any_of, schema.one_of) if group]
        return all(any(self.accepts_null(inner, seen) for inner in group) for group in unions)

    def _rules_null_out(self, schema: Schema, seen: frozenset[int]) -> bool:
        """Tell whether a `not` or a condition takes null out."""
        rare = schema.rare
        if rare.negation is not None and self.accepts_null(rare.negation, seen):
            return True
        outcome = None
        if rare.if_ is not None:
            outcome = rare.then if self.accepts_null(rare.if_, seen) else rare.else_
        return outcome is not None and not self.accepts_null(outcome, seen)


def is_interface(schema: Schema) -> bool:
    """Tell whether a schema is an interface of GraphQL, whose alternatives are the types that implement it."""
    return schema.extensions.get("x-graphql-kind") == "interface"


def _own_null(schema: Schema) -> bool:
    """Tell whether the schema's own assertions let null pass."""
    if schema.types and "null" not in schema.types:
        return False
    if schema.enum is not None and None not in schema.enum:
        return False
    if schema.const is not ABSENT and schema.const is not None:
        return False
    return not schema.properties  # a schema that lists properties speaks of objects, even untyped


def says_nothing(schema: Schema) -> bool:
    """Tell whether a schema asserts nothing, a reference apart."""
    return (
        not schema.types
        and not schema.nullable
        and schema.enum is None
        and schema.const is ABSENT
        and schema.default is ABSENT
        and not (schema.properties or schema.required or schema.all_of or schema.any_of or schema.one_of)
        and schema.additional is None
        and schema.items is None
        and schema.format is None
        and (schema.limits is NO_LIMITS or schema.limits == NO_LIMITS)
        and (schema.rare is NO_RARE or schema.rare == NO_RARE)
        and schema.discriminator is None
        and not (schema.deprecated or schema.read_only or schema.write_only)
        and not (schema.extensions and any(word in schema.extensions for word in SAYING))
    )


def only_unions(schema: Schema, *, typed: bool = False) -> bool:
    """Tell whether a schema asserts nothing but its unions and what it refers to; if `typed`, a type beside them."""
    beside = {**BESIDE, "types": ()} if typed else BESIDE
    return says_nothing(replace(schema, **beside))  # type: ignore[arg-type]  # fields with their defaults
