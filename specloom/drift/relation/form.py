"""A conjunction of schemas in normal form: which kinds of value, and for each kind which bounds, with their origin."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Direction
from specloom.drift.relation.formats import meaningful
from specloom.drift.relation.limits import Bound, bounds, step
from specloom.drift.relation.objects import Objects, free, object_side, settled
from specloom.drift.relation.parts import is_interface, only_unions
from specloom.drift.relation.patterns import universal
from specloom.drift.relation.values import key, kind
from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from specloom.drift.relation.parts import Names, Node
    from specloom.model.schema import Discriminator, Rare, Schema
    from specloom.model.source import Json

KINDS: Final[dict[str, frozenset[str]]] = {
    "boolean": frozenset({"boolean"}),
    "integer": frozenset({"integer"}),
    "number": frozenset({"integer", "fraction"}),
    "string": frozenset({"string"}),
    "array": frozenset({"array"}),
    "object": frozenset({"object"}),
    "file": frozenset({"string"}),
    "null": frozenset(),
}
EVERY: Final = frozenset({"boolean", "integer", "fraction", "string", "array", "object"})
WRITTEN: Final = frozenset({"boolean", "integer", "fraction"})
"""Kinds that a plain text can carry where everything travels as text."""


@dataclass(frozen=True, slots=True)
class Union:
    """A group of alternatives: `anyOf` or `oneOf` of one schema."""

    keyword: str
    members: tuple[Schema, ...]
    origin: Schema


@dataclass(slots=True, kw_only=True)
class Form:
    """What a node accepts. `kinds` leaves null out: `null` says it, whatever else holds.

    `values` (key → value) is None unless an enum or const makes the set finite; null is never among them. `inside` are
    the schemas that say what a text holds (`contentSchema`).
    """

    node: Node
    parts: tuple[Schema, ...]
    null: bool
    kinds: frozenset[str]
    declared: frozenset[str]
    values: dict[str, Json] | None
    bounds: dict[str, Bound]
    multiples: dict[str, Schema]
    step: Fraction | None
    patterns: dict[str, Schema]
    formats: dict[str, Schema]
    unique: Schema | None
    unions: tuple[Union, ...]
    negations: tuple[tuple[Schema, Schema], ...]
    conditions: tuple[Schema, ...]
    prefix: tuple[Node, ...]
    items: Node | None
    contains: tuple[Schema, ...]
    objects: Objects
    dynamic: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    content: dict[str, str] = field(default_factory=dict)
    inside: tuple[Schema, ...] = ()

    @property
    def never(self) -> bool:
        """Nothing is accepted, not even null."""
        return not self.null and not self.kinds

    @property
    def anything(self) -> bool:
        """No type, enum or union says anything."""
        return self.declared == EVERY and self.values is None and not self.unions

    @property
    def discriminator(self) -> tuple[Discriminator, Schema] | None:
        """The first discriminator with its schema."""
        return next(((part.discriminator, part) for part in self.parts if part.discriminator), None)


class Forms:
    """Makes and keeps the forms of one `Api`, in one direction and in one way of writing."""

    def __init__(self, names: Names, direction: Direction, *, textual: bool) -> None:
        self.names = names
        self.direction = direction
        self.textual = textual
        self._made: dict[int | tuple[int, ...], Form] = {}
        self._kept: list[Node] = []

    def form(self, node: Node) -> Form:
        """Return the normal form of `node`."""
        ids = id(node[0]) if len(node) == 1 else tuple(map(id, node))
        if ids not in self._made:
            null = all(self.names.accepts_null(schema) for schema in node)
            self._made[ids] = self._make(node, self.names.flat(node), null=null)
            self._kept.append(node)
        return self._made[ids]

    def cases(self, form: Form, union: Union) -> Iterator[Form]:
        """Yield `form` with each alternative of one of its unions chosen in turn; null is left out."""
        alone = _alone(form, union)
        for member in union.members:
            node = self.names.node(member)
            if alone:
                whole = self.form(node)
                yield replace(whole, null=False) if whole.null else whole
            else:
                parts = {id(part): part for part in (*form.parts, *self.names.flat(node))}
                parts[id(union.origin)] = self.names.without_unions(union.origin)
                yield self._make(form.node, tuple(parts.values()), null=False)

    def key(self, value: Json) -> str:
        """Return the identity of a value; where everything travels as text, `1` and `"1"` are one."""
        return value if self.textual and isinstance(value, str) else key(value)

    def _make(self, node: Node, parts: tuple[Schema, ...], *, null: bool) -> Form:
        declared, parts = _kinds(parts), settled(parts, node, self.names)
        values = self._values(parts, declared)
        limits, multiple = bounds(parts, declared), step(parts, declared)
        formats = {name: part for part in parts if (name := meaningful(part.format, declared))}
        patterns = {text: part for part in parts if (text := part.limits.pattern) is not None and not universal(text)}
        kinds = declared if values is None else frozenset(map(kind, values.values()))
        if multiple is not None and multiple.denominator == 1:
            kinds -= {"fraction"}
        texts = {"min_length", "max_length"} & set(limits)
        if self.textual and values is None and "string" in kinds and not (patterns or formats or texts):
            kinds |= WRITTEN
        return Form(
            node=node,
            parts=parts,
            null=null,
            kinds=kinds,
            declared=declared,
            values=values,
            bounds=limits,
            multiples={key(part.limits.multiple_of): part for part in parts if part.limits.multiple_of is not None},
            step=multiple,
            patterns=patterns,
            formats=formats,
            unique=next((part for part in parts if part.limits.unique_items), None),
            unions=tuple(_unions(parts)),
            negations=tuple((part.rare.negation, part) for part in parts if part.rare.negation is not None),
            conditions=tuple(part for part in parts if _telling(part)),
            prefix=self._prefix(parts),
            items=self._conjunction(part.items for part in parts),
            contains=tuple(part for part in parts if _counting(part)),
            objects=object_side(parts, self.names, hidden=self.hides),
            dynamic=tuple(part.rare.dynamic_ref for part in parts if part.rare.dynamic_ref is not None),
            lost=tuple(part.rare.lost_ref for part in parts if part.rare.lost_ref is not None),
            content=_content(parts),
            inside=tuple(part for part in parts if part.rare.content_schema is not None),
        )

    def _values(self, parts: tuple[Schema, ...], kinds: frozenset[str]) -> dict[str, Json] | None:
        found: dict[str, Json] | None = None
        for part in parts:
            own: list[Json] | None = None if part.enum is None else list(part.enum)
            if part.const is not ABSENT:
                own = [part.const]
            if own is None:
                continue
            named: dict[str, Json] = {self.key(value): value for value in own if value is not None}
            found = named if found is None else {name: value for name, value in found.items() if name in named}
        if found is None or self.textual:
            return found
        return {name: value for name, value in found.items() if kind(value) in kinds}

    def _conjunction(self, schemas: Iterable[Schema | None]) -> Node | None:
        found = tuple(part for schema in schemas if schema is not None for part in self.names.node(schema))
        return tuple({id(schema): schema for schema in found}.values()) or None

    def _prefix(self, parts: tuple[Schema, ...]) -> tuple[Node, ...]:
        """Position by position; a part without a word about a position speaks through its `items`."""
        length = max((len(part.rare.prefix_items) for part in parts), default=0)
        nodes = []
        for index in range(length):
            found = [
                part.rare.prefix_items[index] if index < len(part.rare.prefix_items) else part.items for part in parts
            ]
            nodes.append(self._conjunction(found) or ())
        return tuple(nodes)

    def hides(self, node: Node) -> bool:
        """Tell whether a member does not travel this way (`readOnly` in requests, `writeOnly` in responses)."""
        request = self.direction is Direction.REQUEST
        for part in self.names.flat(node):  # noqa: SIM110  # asked of every property: a generator would cost more than the look
            if part.read_only if request else part.write_only:
                return True
        return False


def _kinds(parts: tuple[Schema, ...]) -> frozenset[str]:
    kinds = EVERY
    for part in parts:
        if part.boolean is False:
            return frozenset()
        if part.types:
            kinds &= frozenset().union(*(KINDS.get(name, EVERY) for name in part.types))
        elif part.properties:
            kinds &= KINDS["object"]
    return kinds


def _telling(part: Schema) -> bool:
    """Tell whether a condition has a consequence."""
    outcomes = (part.rare.then, part.rare.else_)
    return part.rare.if_ is not None and not all(schema is None or free(schema) for schema in outcomes)


def _counting(part: Schema) -> bool:
    """Tell whether `contains` asks for anything; a `minContains` of 0 on its own does not."""
    return part.rare.contains is not None and (part.rare.min_contains != 0 or part.rare.max_contains is not None)


def at_least(rare: Rare) -> int:
    """Return how many items must match `contains`."""
    return 1 if rare.min_contains is None else rare.min_contains


def _unions(parts: tuple[Schema, ...]) -> Iterable[Union]:
    for part in parts:
        for keyword, members in (("anyOf", part.any_of), ("oneOf", part.one_of)):
            if len(members) > 1 or (members and is_interface(part)):
                yield Union(keyword, members, part)


def _alone(form: Form, union: Union) -> bool:
    """Tell whether a form is its one union, and nothing beside it."""
    return form.unions == (union,) and not is_interface(union.origin) and all(map(only_unions, form.parts))


def _content(parts: tuple[Schema, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        if part.rare.content_encoding is not None:
            found["contentEncoding"] = part.rare.content_encoding
        if part.rare.content_media_type is not None:
            found["contentMediaType"] = part.rare.content_media_type
    return found
