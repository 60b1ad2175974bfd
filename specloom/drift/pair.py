"""Two schemas that stand in the same place, and what is found between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from specloom.drift.effect import Direction, Effect
from specloom.drift.relation.contain import Containment, Same
from specloom.drift.relation.form import Form, Forms
from specloom.drift.relation.sets.prove import FEW_STEPS, STEPS, Prover
from specloom.model.policy import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.drift.relation.parts import Names, Node
    from specloom.drift.schemas.matching import Matched
    from specloom.model.policy import Policy
    from specloom.model.schema import Schema
    from specloom.model.source import Span

Sites: TypeAlias = "tuple[Span | None, Span | None]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One edited keyword. `what` is the rule's id without direction; `values` fill the rule's text.

    `effect` is what the edit does to the accepted set, other things being equal. A `lasting` difference is reported
    even where the sets are equal, because people plan by it (a property was added, a default changed); the effect of
    an `unseen` one is none that sets of values could show (a discriminator's mapping). Where it is `certain`
    that values only come less often, no convention makes it graver. A `strict` one shows only where `oneOf` is read as
    "exactly one", which the quick relation does not. `owner` is the schema that says it, of several
    that hold together.
    """

    what: str
    effect: Effect
    base: Span | None
    head: Span | None
    detail: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    lasting: bool = False
    unseen: bool = False
    strict: bool = False
    certain: bool = False
    direction: Direction | None = None
    label: str = ""
    owner: Schema | None = None
    undecided: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """Two sub-schemas to compare, and how: below a `not` the effect turns round (`mirrored`).

    What is `silent` does not travel this way.

    `sites` are the lines of the references, where the schemas themselves stand elsewhere.
    """

    label: str
    base: Node
    head: Node
    owner: Schema | None = None
    sites: tuple[Span, Span] | None = None
    mirrored: bool = False
    direction: Direction | None = None
    silent: bool = False


class Lens:
    """One direction and one way of writing: the forms of both sides and the two containments between them."""

    def __init__(  # noqa: PLR0913  # two sides and the way they are looked at
        self, base: Names, head: Names, same: Same, *, direction: Direction, textual: bool, policy: Policy = DEFAULT
    ) -> None:
        self.direction = direction
        self.textual = textual
        self.policy = policy
        self.base = Forms(base, direction, textual=textual)
        self.head = Forms(head, direction, textual=textual)
        self._kept = Containment(self.base, self.head, same)
        self._gave = self._kept.mirror
        self._prover = Prover(same)
        self._loose = Prover(same, lines=False)
        self.matches: dict[tuple[int, int], Matched | None] = {}
        """What became of the unions of two forms, by their addresses: the forms live as long as the lens."""

    def effect(self, base: Node, head: Node) -> Effect:
        """Return which effects cannot be ruled out: NONE where the two nodes are proved to be equal."""
        found = Effect.NONE if self._kept.holds(base, head) else Effect.NARROWS
        return found if self._gave.holds(head, base) else found | Effect.WIDENS

    def left(self, base: Node, head: Node, effects: Effect, *, first: Effect) -> Effect:
        """Return those of `effects` that a second, more thorough look cannot rule out; it ends with the `first`.

        Less is spent where that one is ruled out already: then nobody is alarmed in any case.
        """
        steps = STEPS if first in effects else FEW_STEPS
        for effect in (first, first.mirrored):
            if effect in effects:
                if not self._inside(self._prover, base, head, effect, steps):
                    break
                effects &= ~effect
        return effects

    def by_lines(self, base: Node, head: Node, effect: Effect) -> bool:
        """Tell whether nothing but texts with line breaks, for which a dot does not stand, can have that effect."""
        return self._inside(self._loose, base, head, effect, STEPS)

    def _inside(self, prover: Prover, base: Node, head: Node, effect: Effect, steps: int) -> bool:
        if effect is Effect.NARROWS:
            return prover.inside(base, self.base, head, self.head, steps=steps)
        return prover.inside(head, self.head, base, self.base, steps=steps)

    def apart(self, one: Node, other: Node, forms: Forms) -> bool:
        """Tell whether two schemas of one side are proved to have no value in common."""
        return self._prover.apart(one, other, forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The normal forms of both sides, seen through a lens.

    `sites` are the references on either side, where they and not what they lead to have changed.
    """

    lens: Lens
    base: Form
    head: Form
    sites: Sites = (None, None)

    @property
    def shared(self) -> frozenset[str]:
        """The kinds of value that both sides know: only there is a changed bound a finding of its own."""
        return self.base.kinds & self.head.kinds

    @property
    def base_span(self) -> Span:
        """Where the base's node stands."""
        return self.sites[0] or self.base.node[0].span

    @property
    def head_span(self) -> Span:
        """Where the head's node stands: the nearest surviving parent of what was removed."""
        return self.sites[1] or self.head.node[0].span


def at(schema: Schema, *keywords: str) -> Span:
    """Return the lines of the first of `keywords` that stands in `schema`, or those of the schema."""
    known = {name for name, _ in schema.span.members}
    return next((schema.span.member(word) for word in keywords if word in known), schema.span)
