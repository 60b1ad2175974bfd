"""The pairs of schemas that two APIs hold against each other, each looked at once, and who reaches which."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from specloom.drift.effect import BOTH, Direction, Effect
from specloom.drift.pair import Child, Difference, Lens, Pair
from specloom.drift.parts import Names, Node
from specloom.drift.same import Sameness
from specloom.drift.schemas import arguments, arrays, bounds, members, notes, odd, types, unions, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Api
    from specloom.model.schema import Schema


@dataclass(frozen=True, slots=True)
class Key:
    """A pair by identity, and how it is looked at; `mirrored` means that it stands below a `not`."""

    base: tuple[int, ...]
    head: tuple[int, ...]
    direction: Direction
    textual: bool
    effects: Effect
    mirrored: bool


CORE = (types, values, bounds, members, arrays, odd, arguments)
"""The groups of keywords, in the order in which their findings are told."""


@dataclass(slots=True, kw_only=True)
class Spot:
    """One pair, what differs in it, and the pairs below. `subject` is how it was first reached."""

    key: Key
    subject: str
    found: tuple[Difference, ...] = ()
    below: tuple[Key, ...] = ()


@dataclass(slots=True)
class Graph:
    """Grows as uses are added; every pair is expanded once for each direction that it is reached in."""

    base: Names
    head: Names
    same: Sameness
    spots: dict[Key, Spot] = field(default_factory=dict)
    _lenses: dict[tuple[Direction, bool], Lens] = field(default_factory=dict)
    _done: set[Key] = field(default_factory=set)
    _nodes: dict[Key, tuple[Node, Node]] = field(default_factory=dict)

    @classmethod
    def of(cls, base: Api, head: Api) -> Graph:
        """Return an empty graph over the schemas of two APIs."""
        return cls(Names(base.schemas), Names(head.schemas), Sameness(base.schemas, head.schemas))

    def add(self, child: Child, subject: str, *, direction: Direction, textual: bool) -> Key | None:
        """Take a pair in, with everything below it; None where both sides are word for word the same."""
        start = Key((), (), direction, textual=textual, effects=BOTH, mirrored=False)
        first = self._enter(child, subject, start)
        queue = [first] if first is not None else []
        while queue:
            key = queue.pop()
            if key not in self._done:
                queue += reversed(self._expand(key))
        return first

    def _enter(self, child: Child, subject: str, above: Key) -> Key | None:
        base, head = child.base, child.head
        if len(base) == len(head) and all(self.same(one, other) for one, other in zip(base, head, strict=True)):
            return None
        effects = above.effects & child.effects
        key = Key(
            base=tuple(map(id, base)),
            head=tuple(map(id, head)),
            direction=child.direction or above.direction,
            textual=above.textual and child.direction is None,
            effects=effects.mirrored if child.mirrored else effects,
            mirrored=above.mirrored is not child.mirrored,
        )
        if key not in self.spots:
            self.spots[key] = Spot(key=key, subject=self._subject(child, subject))
            self._nodes[key] = (base, head)
        return key

    def _subject(self, child: Child, subject: str) -> str:
        """Name a component by itself, wherever it is used, and anything else by its place."""
        old, new = self.base.name(child.base), self.head.name(child.head)
        renamed = old is not None and new is not None and old not in self.head.schemas and new not in self.base.schemas
        if old is not None and (old == new or renamed):
            return f"schema {old}"
        home = self.home(child.owner, subject)
        return f"{home} · {child.label}" if child.label else home

    def home(self, owner: Schema | None, subject: str) -> str:
        """Return the component that says something, where it is one of several that hold together; else the place."""
        name = None if owner is None else self.head.name_of.get(id(owner)) or self.base.name_of.get(id(owner))
        return subject if name is None else f"schema {name}"

    def _expand(self, key: Key) -> list[Key]:
        self._done.add(key)
        lens = self._lens(key.direction, textual=key.textual)
        base, head = self._nodes[key]
        spot = self.spots[key]
        effects = key.effects
        if effects is not Effect.NONE:
            effects &= lens.effect(base, head)
        pair = Pair(lens=lens, base=lens.base.form(base), head=lens.head.form(head))
        spot.found = tuple(_surviving(_differences(pair), effects))
        here = replace(key, effects=effects)
        below = (self._enter(child, spot.subject, here) for child in _children(pair))
        spot.below = tuple(dict.fromkeys(one for one in below if one is not None))
        return list(spot.below)

    def _lens(self, direction: Direction, *, textual: bool) -> Lens:
        known = (direction, textual)
        if known not in self._lenses:
            self._lenses[known] = Lens(self.base, self.head, direction, textual=textual)
        return self._lenses[known]

    def reachable(self, roots: list[Key]) -> Iterator[Spot]:
        """Yield every spot from `roots` downwards, once."""
        seen = set(roots)
        queue = list(reversed(list(dict.fromkeys(roots))))
        while queue:
            spot = self.spots[queue.pop()]
            yield spot
            for key in reversed(spot.below):
                if key not in seen:
                    seen.add(key)
                    queue.append(key)


def _differences(pair: Pair) -> Iterator[Difference]:
    if pair.base.unions or pair.head.unions:
        found = unions.matched(pair)
        yield from unions.differences(pair)
        if found is not None and found.whole:
            yield from types.null(pair)
            return
    for group in CORE:
        yield from group.differences(pair)
    yield from notes.differences(pair)


def _children(pair: Pair) -> Iterator[Child]:
    if pair.base.unions or pair.head.unions:
        found = unions.matched(pair)
        yield from unions.children(pair)
        if found is not None and found.whole:
            return
    for group in (members, arrays, odd, arguments):
        yield from group.children(pair)


def _surviving(found: Iterator[Difference], effects: Effect) -> Iterator[Difference]:
    """Drop what the relation of the pair as a whole has proved to make no difference."""
    allowed = effects if effects is Effect.NONE else effects | Effect.UNKNOWN
    for one in found:
        left = one.effect if one.unseen else one.effect & allowed
        if one.lasting or left is not Effect.NONE:
            yield replace(one, effect=left)
