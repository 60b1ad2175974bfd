"""One question at a time, its steps counted: the kinds of value first, then each kind in a module of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.drift.relation.contain.arrays import arrays
from specloom.drift.relation.contain.objects import objects
from specloom.drift.relation.contain.rest import rest
from specloom.drift.relation.contain.strings import strings
from specloom.drift.relation.facets import bounded, counted, stepped, trivial
from specloom.drift.relation.member import admits

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.drift.relation.form import Form, Forms
    from specloom.drift.relation.parts import Node
    from specloom.model.schema import Schema

Same: TypeAlias = "Callable[[Schema, Schema], bool]"
"""Tells whether a schema of the small side is word for word one of the large side."""

STEPS: Final = 1500
"""Pairs looked at for one question; past that, the answer is "not proved"."""
ALL_STEPS: Final = 120_000
"""Pairs looked at in a whole comparison; past that, each question gets `FEW_STEPS`."""
FEW_STEPS: Final = 60
DEPTH: Final = 60
CASES: Final = 64


class Containment:
    """Answers "is every value of `small` one of `large`?" for nodes of two given sides."""

    def __init__(self, small: Forms, large: Forms, same: Same, *, mirror: Containment | None = None) -> None:
        self.small = small
        self.large = large
        self.same = same
        self._left = ALL_STEPS
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}
        self._steps = STEPS
        self._depth = 0
        self._mirror = mirror

    @property
    def mirror(self) -> Containment:
        """The opposite question, with its own memory."""
        if self._mirror is None:
            self._mirror = Containment(self.large, self.small, lambda one, other: self.same(other, one), mirror=self)
        return self._mirror

    def holds(self, small: Node, large: Node) -> bool:
        """Return True where it is proved."""
        if len(small) == len(large) and all(self.same(one, other) for one, other in zip(small, large, strict=True)):
            return True
        if self._depth == 0:
            self._left -= STEPS - self._steps
            self._steps = STEPS if self._left > 0 else FEW_STEPS
        pair = (tuple(map(id, small)), tuple(map(id, large)))
        if pair in self._known:
            return self._known[pair]
        if self._steps <= 0 or self._depth >= DEPTH:
            return False
        self._steps -= 1
        self._known[pair] = True
        size = len(self._known)
        self._depth += 1
        try:
            answer = self._forms(self.small.form(small), self.large.form(large))
        finally:
            self._depth -= 1
        if not answer:
            # What was learnt meanwhile may rest on the assumption that has just failed.
            for stale in list(self._known)[size:]:
                if self._known[stale]:
                    del self._known[stale]
            self._known[pair] = False
        return answer

    def _forms(self, small: Form, large: Form) -> bool:
        if self._depth >= DEPTH:
            return False
        self._depth += 1
        try:
            return self._sets(small, large)
        finally:
            self._depth -= 1

    def _sets(self, small: Form, large: Form) -> bool:
        if small.never or (small.null and not large.null) or not small.kinds:
            return not small.null or large.null
        if small.values is not None:
            return all(admits(self.large, large, value) for value in small.values.values())
        if small.unions:
            return self._cases(small, large)
        if large.unions and len(small.kinds) > 1:
            parts = (replace(small, kinds=frozenset({one})) for one in sorted(small.kinds))
            return all(self._forms(part, large) for part in parts)
        return (
            small.kinds <= large.kinds
            and self._facets(small, large)
            and all(self._some(small, union.members) for union in large.unions)
        )

    def _cases(self, small: Form, large: Form) -> bool:
        """Each alternative on its own must fit."""
        union, *_ = small.unions
        return len(union.members) <= CASES and all(
            self._spend() and self._forms(case, large) for case in self.small.cases(small, union)
        )

    def _some(self, small: Form, members: tuple[Schema, ...]) -> bool:
        if len(members) > CASES:
            return False
        nodes = [self.large.names.node(member) for member in members]
        own = {self.small.names.name_of.get(id(part)) for part in small.parts} - {None}
        nodes.sort(key=lambda node: self.large.names.name(node) not in own)
        plain = replace(small, null=False) if small.null else small
        return any(self._spend() and self._fits(plain, node) for node in nodes)

    def _fits(self, small: Form, node: Node) -> bool:
        if self.small.form(small.node) is small:
            return self.holds(small.node, node)  # a whole node, about which the answer is kept
        return self._forms(small, self.large.form(node))

    def _spend(self) -> bool:
        self._steps -= 1
        return self._steps > 0

    def _facets(self, small: Form, large: Form) -> bool:
        if large.values is not None:
            every = counted(small)
            return every is not None and all(admits(self.large, large, value) for value in every)
        if not bounded(small, large):
            return False
        return (
            stepped(small, large)
            and strings(self, small, large)
            and ("array" not in small.kinds or arrays(self, small, large))
            and ("object" not in small.kinds or objects(self, small, large))
            and rest(self, small, large)
        )

    def optional(self, small: Node | None, large: Node | None) -> bool:
        """Compare two nodes of which None, or an empty one, accepts anything."""
        if not large:
            return True
        if not small:
            return trivial(self.large.form(large))
        return self.holds(small, large)

    def maybe(self, own: Schema | None, wanted: Schema | None) -> bool:
        """Compare two schemas of which the wanted one may be missing."""
        if own is None or wanted is None:
            return wanted is None
        return self.holds(self.small.names.node(own), self.large.names.node(wanted))
