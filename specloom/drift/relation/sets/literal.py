"""What is asked of one value, and what is known of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from specloom.drift.relation.form import Forms
    from specloom.drift.relation.parts import Node
    from specloom.model.schema import Schema
    from specloom.model.source import Json

WHOLE = 2
"""A schema as the law reads it: members that an open object does not describe count as absent."""
PART = 1
"""A schema that holds beside others for the same value: what it describes adds to theirs."""
PLAIN = 0
"""A schema below a `not` or in a condition, where only the standard's reading makes sense."""


@dataclass(frozen=True, slots=True)
class Lit:
    """Asks that a value is one of `node`, or, where it does not hold, none of it."""

    holds: bool
    forms: Forms
    node: Node
    told: int = WHOLE

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for equal questions, as long as the schemas live."""
        return (self.holds, self.told, id(self.forms), *map(id, self.node))

    def turned(self) -> Lit:
        """Return the opposite question."""
        return Lit(holds=not self.holds, forms=self.forms, node=self.node, told=PLAIN)

    def inner(self, node: Node) -> Lit:
        """Return the same question about a part of the value."""
        return Lit(holds=self.holds, forms=self.forms, node=node, told=WHOLE if self.told else PLAIN)


@dataclass(frozen=True, slots=True)
class Tally:
    """So many items, from position `start` on, fit `lit`."""

    lit: Lit
    start: int
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Rest:
    """What members must be that neither `names` nor `patterns` speak of."""

    names: frozenset[str]
    patterns: tuple[str, ...]
    lit: Lit


@dataclass(frozen=True, slots=True)
class Other:
    """Some member, of those that neither `names` nor `patterns` speak of, is as `value` and `label` ask."""

    names: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    like: str | None = None
    value: Lit | None = None
    label: Lit | None = None


Edge: TypeAlias = "tuple[Fraction, bool]"
"""A number and whether it is excluded itself."""


@dataclass(kw_only=True)
class State:
    """Everything known about a value of one kind. Copied before it is changed; what it holds never changes.

    `taken` are the schemas of which the value is one. It has no slots, since a dictionary is copied at once.
    """

    kind: str
    todo: tuple[Lit, ...] = ()
    later: tuple[Lit, ...] = ()
    clauses: tuple[tuple[Step, ...], ...] = ()
    seen: frozenset[object] = frozenset()
    taken: tuple[Schema, ...] = ()
    allowed: Mapping[str, Json] | None = None
    excluded: Mapping[str, Json] = field(default_factory=dict)
    least: int = 0
    most: int | None = None
    low: Edge | None = None
    high: Edge | None = None
    steps: tuple[Fraction, ...] = ()
    off: tuple[Fraction, ...] = ()
    like: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    unmarked: frozenset[str] = frozenset()
    places: tuple[tuple[int, Lit], ...] = ()
    rest: tuple[tuple[int, Lit], ...] = ()
    tallies: tuple[Tally, ...] = ()
    unique: bool = False
    twice: bool = False
    must: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    told: bool = False
    members: tuple[tuple[str, Lit], ...] = ()
    patterns: tuple[tuple[str, Lit], ...] = ()
    others: tuple[Rest, ...] = ()
    labels: tuple[Lit, ...] = ()
    some: tuple[Other, ...] = ()

    def copy(self) -> State:
        """Return a copy, made without a look at the fields: a proof takes thousands."""
        new: State = object.__new__(State)
        new.__dict__.update(self.__dict__)
        return new

    def but(self, **changed: object) -> State:
        """Return a copy with some fields changed."""
        new = self.copy()
        new.__dict__.update(changed)
        return new


Step: TypeAlias = "Callable[[State], State | None]"
"""One way on from a state; None where it leads nowhere."""
