"""The pairs of schemas that two APIs hold against each other, each looked at once, and who reaches which."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.drift.effect import BOTH, BREAKS, Direction, Effect
from specloom.drift.pair import Child, Difference, Lens, Pair
from specloom.drift.placing import Placing
from specloom.drift.relation.facets import trivial
from specloom.drift.relation.parts import Names
from specloom.drift.relation.same import Sameness
from specloom.drift.schemas import arguments, arrays, bounds, members, notes, odd, types, unions, values
from specloom.drift.schemas.matching import by_name, interfaces, matched
from specloom.model.policy import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.drift.pair import Sites
    from specloom.drift.relation.parts import Node
    from specloom.model.api import Api
    from specloom.model.policy import Policy
    from specloom.model.schema import Schema

Group: TypeAlias = "Callable[[Pair], Iterator[Difference]]"
CORE: Final[tuple[Group, ...]] = (
    types.differences,
    values.differences,
    bounds.differences,
    members.differences,
    arrays.differences,
    odd.differences,
    arguments.differences,
)
"""The groups of keywords, in the order in which their findings are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a pair is looked at. `mirrored` means below a `not`; `effects` are those that the pairs above leave open.

    `silent` means that nothing here travels this way (`readOnly` in requests, `writeOnly` in answers).
    """

    direction: Direction
    textual: bool
    effects: Effect = BOTH
    mirrored: bool = False
    silent: bool = False

    @property
    def breaking(self) -> Effect:
        """The effect of a difference found here that breaks callers."""
        effect = BREAKS[self.direction]
        return effect.mirrored if self.mirrored else effect


@dataclass(slots=True, kw_only=True)
class Spot:
    """One pair, what differs in it, and the pairs below by number. `subject` is how it was first reached."""

    base: Node
    head: Node
    way: Way
    subject: str
    sites: Sites = (None, None)
    found: tuple[Difference, ...] = ()
    below: tuple[int, ...] = ()
    done: bool = False


@dataclass(slots=True)
class Graph:
    """Grows as uses are added; every pair is expanded once for each way that it is reached."""

    base: Names
    head: Names
    same: Sameness
    policy: Policy
    spots: list[Spot] = field(default_factory=list)
    _numbers: dict[object, int] = field(default_factory=dict)
    _lenses: dict[tuple[Direction, bool], Lens] = field(default_factory=dict)

    @classmethod
    def of(cls, base: Api, head: Api, policy: Policy = DEFAULT) -> Graph:
        """Return an empty graph over the schemas of two APIs."""
        return cls(Names(base.schemas), Names(head.schemas), Sameness(base.schemas, head.schemas), policy)

    def add(self, child: Child, subject: str, way: Way) -> int | None:
        """Take a pair in, with everything below it; None where both sides are word for word the same."""
        first = self._enter(child, subject, way)
        queue = [first] if first is not None else []
        while queue:
            spot = self.spots[queue.pop()]
            if not spot.done:
                self._expand(spot)
                queue += reversed(spot.below)
        return first

    def _enter(self, child: Child, subject: str, above: Way) -> int | None:
        base, head = child.base, child.head
        if len(base) == len(head) and all(self.same(one, other) for one, other in zip(base, head, strict=True)):
            return None
        # What travels another way (the arguments of a field) or not at all is no part of the set compared above.
        effects = above.effects if child.direction is None and not child.silent else BOTH
        way = Way(
            direction=child.direction or above.direction,
            textual=above.textual and child.direction is None,
            effects=effects.mirrored if child.mirrored else effects,
            mirrored=above.mirrored is not child.mirrored,
            silent=(above.silent or child.silent) and child.direction is None,
        )
        sides = (tuple(map(id, base)), tuple(map(id, head)))
        mark = (*sides, way.direction.value, way.textual, way.effects.value, way.mirrored, way.silent)
        if mark not in self._numbers:
            self._numbers[mark] = len(self.spots)
            spot = Spot(base=base, head=head, way=way, subject=self._subject(child, subject))
            old, new = self.base.name(base), self.head.name(head)
            if spot.subject != f"schema {old}":
                spot.sites = self._sites(child, old, new)
            self.spots.append(spot)
        return self._numbers[mark]

    def _sites(self, child: Child, old: str | None, new: str | None) -> Sites:
        """Return the references to components that live on: they were changed, not what they lead to."""
        base, head = child.sites or (None, None)
        return (
            base if old is not None and old in self.head.schemas else None,
            head if new is not None and new in self.base.schemas else None,
        )

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

    def _expand(self, spot: Spot) -> None:
        spot.done = True
        lens = self._lens(spot.way)
        effects = spot.way.effects
        if effects is not Effect.NONE:
            effects &= lens.effect(spot.base, spot.head)
        pair = Pair(lens=lens, base=lens.base.form(spot.base), head=lens.head.form(spot.head), sites=spot.sites)
        found = list(_surviving(_differences(pair), effects, silent=spot.way.silent))
        if effects is not Effect.NONE and _worth(pair, found):
            effects = lens.left(spot.base, spot.head, effects, first=spot.way.breaking)
            found = list(_surviving(_differences(pair), effects, silent=spot.way.silent))
        if any(one.what.startswith("pattern-") and one.effect & spot.way.breaking for one in found):
            found = _by_lines(lens, spot, found)
        if any(one.strict for one in found):
            exact = lens.left(spot.base, spot.head, BOTH, first=spot.way.breaking)
            found = [one for one in found if not one.strict or one.effect & exact or one.lasting]
        placing = Placing(pair, self.base, self.head)
        spot.found = tuple(placing.placed(one) for one in found)
        # In GraphQL a value says of which type it is, so that another alternative never makes up for a changed one.
        here = replace(spot.way, effects=BOTH if by_name(pair) else effects)
        below = (self._enter(placing.owned(child), spot.subject, here) for child in _children(pair))
        spot.below = tuple(dict.fromkeys(one for one in below if one is not None))

    def _lens(self, way: Way) -> Lens:
        known = (way.direction, way.textual)
        if known not in self._lenses:
            self._lenses[known] = Lens(
                self.base, self.head, self.same, direction=way.direction, textual=way.textual, policy=self.policy
            )
        return self._lenses[known]

    def telling(self) -> bytearray:
        """Mark the spots that lead to a difference: the others need not be walked again."""
        above: list[list[int]] = [[] for _ in self.spots]
        marked = bytearray(len(self.spots))
        queue = [number for number, spot in enumerate(self.spots) if spot.found]
        for number, spot in enumerate(self.spots):
            for lower in spot.below:
                above[lower].append(number)
        while queue:
            number = queue.pop()
            if not marked[number]:
                marked[number] = 1
                queue += above[number]
        return marked

    def reachable(self, roots: list[int], telling: bytearray) -> list[int]:
        """Return every spot that tells something from `roots` downwards, in order, once."""
        seen = bytearray(len(self.spots))
        queue, found = list(reversed(roots)), []
        while queue:
            number = queue.pop()
            if seen[number] or not telling[number]:
                continue
            seen[number] = 1
            found.append(number)
            queue += reversed(self.spots[number].below)
        return found


def _differences(pair: Pair) -> Iterator[Difference]:
    if pair.base.lost != pair.head.lost:
        yield from odd.lost(pair)
        return
    if unions.present(pair):
        found = matched(pair)
        yield from unions.differences(pair)
        if found is not None and found.whole and not interfaces(pair):
            yield from types.null(pair)
            return
    groups = CORE
    if trivial(pair.base) is not trivial(pair.head) and pair.base.declared != pair.head.declared:
        groups = (
            types.differences,
        )  # from anything to something: that, and not each keyword of the something, is the finding
    for group in groups:
        yield from group(pair)
    yield from notes.differences(pair)


def _children(pair: Pair) -> Iterator[Child]:
    if pair.base.lost != pair.head.lost:
        return
    if unions.present(pair):
        found = matched(pair)
        yield from unions.children(pair)
        if found is not None and found.whole and not interfaces(pair):
            return
    for group in (members, arrays, odd, arguments):
        yield from group.children(pair)


def _by_lines(lens: Lens, spot: Spot, found: list[Difference]) -> list[Difference]:
    """Leave it open whether anybody sends line breaks, where nothing else is told apart."""
    breaking = spot.way.breaking
    if not lens.by_lines(spot.base, spot.head, breaking):
        return found
    reason = "only texts with line breaks, for which a dot does not stand, are told apart"
    return [replace(one, effect=Effect.UNKNOWN, undecided=reason) if one.effect & breaking else one for one in found]


def _worth(pair: Pair, found: list[Difference]) -> bool:
    """Tell whether a second look may save callers an alarm: here, or in the alternatives and conditions below."""
    if any(one.effect is not Effect.NONE and not (one.unseen or one.strict) for one in found):
        return True
    forms = (pair.base, pair.head)
    return any(form.negations or form.conditions for form in forms) or unions.rebuilt(pair)


def _surviving(found: Iterator[Difference], effects: Effect, *, silent: bool) -> Iterator[Difference]:
    """Drop what the relation of the pair as a whole has proved to make no difference."""
    allowed = effects if effects is Effect.NONE else effects | Effect.UNKNOWN
    for one in found:
        left = one.effect if one.unseen or one.strict else one.effect & allowed
        if not one.lasting and left is Effect.NONE:
            continue
        # What does not travel this way is worth knowing and breaks nobody.
        yield replace(one, effect=Effect.NONE, certain=True) if silent else replace(one, effect=left)
