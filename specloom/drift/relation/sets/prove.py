"""Is a set empty? Shown by following every choice that a value has to a contradiction, in a bounded number of steps.

The quick relation (`contain`) compares keyword by keyword, so that a rewrite in other keywords looks like a change.
This one asks for a value of the one side that is none of the other. Whatever cannot be expressed is left out on the
side that makes the set larger: "empty" is a proof, anything else is no claim.
A question met again deeper in the same value is taken to be answered by "empty": a smallest value holds no smaller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.drift.relation.form import EVERY
from specloom.drift.relation.sets import containers
from specloom.drift.relation.sets.assume import assume
from specloom.drift.relation.sets.deny import deny
from specloom.drift.relation.sets.literal import PLAIN, WHOLE, Lit, State
from specloom.drift.relation.sets.theory import no_number, no_text, no_truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.drift.relation.contain import Same
    from specloom.drift.relation.form import Forms
    from specloom.drift.relation.parts import Node
    from specloom.drift.relation.sets.literal import Step

STEPS: Final = 400
"""Steps spent on one question; past that, the answer is "not proved". Proofs of the cases in tests take up to 275."""
FEW_STEPS: Final = 200
"""Steps spent where the answer only saves a finding that alarms nobody."""
ALL_STEPS: Final = 8_000
"""Steps spent in a whole comparison."""
DEPTH: Final = 25
"""Containers within containers, and choices within choices."""


class Prover:
    """Shows for nodes of two sides that one is inside the other, or that they have nothing in common."""

    def __init__(self, same: Same, *, lines: bool = True) -> None:
        self._same = same
        self._lines = lines
        self._known: dict[frozenset[object], bool] = {}
        self._left = ALL_STEPS
        self._steps = 0
        self._depth = 0

    def inside(self, small: Node, mine: Forms, large: Node, yours: Forms, *, steps: int = STEPS) -> bool:
        """Return True where every value of `small` is proved to be one of `large`."""
        lits = [Lit(holds=True, forms=mine, node=small), Lit(holds=False, forms=yours, node=large)]
        return self._asked(lits, steps)

    def apart(self, one: Node, other: Node, forms: Forms) -> bool:
        """Return True where two schemas of one side are proved to have no value in common."""
        lits = [Lit(holds=True, forms=forms, node=node, told=PLAIN) for node in (one, other)]
        return self._asked(lits, STEPS)

    def _asked(self, lits: Sequence[Lit], steps: int) -> bool:
        before = self._steps = min(steps, self._left)
        answer = self.empty(lits)
        self._left -= before - max(self._steps, 0)
        return answer

    def empty(self, lits: Sequence[Lit]) -> bool:
        """Tell whether no value is as all of `lits` ask."""
        keys = frozenset(lit.key for lit in lits)
        if keys in self._known:
            return self._known[keys]
        if self._depth >= DEPTH or self._steps <= 0:
            return False
        if _contradicting(lits):
            return True
        self._known[keys] = True
        size = len(self._known)
        self._depth += 1
        answer = _null_refused(lits) and all(self._kind(kind, lits) for kind in sorted(_kinds(lits)))
        self._depth -= 1
        if not answer:
            for stale in list(self._known)[size:]:
                if self._known[stale]:
                    del self._known[stale]
            self._known[keys] = False
        return answer

    def lettered(self, lits: Sequence[Lit], *steps: Step) -> bool:
        """Tell whether no text is as all of `lits` ask, and as the steps leave it."""
        state: State | None = State(kind="string", todo=tuple(lits))
        for step in steps:
            state = step(state) if state is not None else None
        return state is None or self._no_way(state)

    def _kind(self, kind: str, lits: Sequence[Lit]) -> bool:
        return self._no_way(State(kind=kind, todo=tuple(lits)))

    def _no_way(self, start: State) -> bool:
        """Follow every choice; forced ones first."""
        state = self._settle(start)
        if state is None:
            return True
        while True:
            self._steps -= 1
            if self._steps <= 0:
                return False
            if not state.clauses and state.later:
                opened = self._opened(state)
                state = self._settle(opened) if opened is not None else None
                if state is None:
                    return True
                continue
            fewest = self._choices(state)
            if fewest is None:
                return self._none(state)
            if not fewest:
                return True
            if len(fewest) > 1:
                return all(self._no_way(choice) for choice in fewest)
            state = fewest[0]

    def _choices(self, state: State) -> list[State] | None:
        """Return where the clause with the fewest ways on leads; None where no clause is left."""
        fewest: list[State] | None = None
        for index, clause in enumerate(state.clauses):
            rest = state.copy()
            rest.clauses = (*state.clauses[:index], *state.clauses[index + 1 :])
            found = []
            for step in clause:
                self._steps -= 1
                after = step(rest)
                after = self._settle(after) if after is not None else None
                if after is not None and not self._missed(rest, after):
                    found.append(after)
            if fewest is None or len(found) < len(fewest):
                fewest = found
            if len(fewest) <= 1:
                break
        return fewest

    def _denied(self, state: State, lit: Lit) -> State | None:
        found = deny(state, lit, self._same)
        self._steps -= len(found.clauses) - len(state.clauses) if found is not None else 0
        return found

    def _missed(self, before: State, after: State) -> bool:
        """Tell whether a step asked for a member that cannot be."""
        asked = {name for name, _ in after.members[len(before.members) :] if name in after.must}
        return any(self.empty(containers.member(after, name)) for name in sorted(asked))

    def _opened(self, state: State) -> State | None:
        """Let the denials of the other side come in, now that everything is known of this one."""
        # What does not travel this way is not there, whoever requires it.
        shown = state.must - state.hidden
        found: State | None = state.but(must=shown, absent=state.absent | state.hidden)
        for lit in state.later:
            found = self._denied(found, lit) if found is not None else None
        return None if found is None else found.but(later=())

    def _settle(self, state: State) -> State | None:
        """Take in what is asked, as far as no choice is needed; None where that is a contradiction."""
        while state.todo:
            self._steps -= 1
            lit, rest = state.todo[0], state.todo[1:]
            new = state.copy()
            new.todo = rest
            if lit.key in state.seen:
                state = new
                continue
            new.seen = state.seen | {lit.key}
            found: State | None
            if not lit.holds and lit.told == WHOLE:
                new.later = (*state.later, lit)
                found = new
            else:
                found = assume(new, lit) if lit.holds else self._denied(new, lit)
            if found is None:
                return None
            state = found
        return None if self._plainly_none(state) else state

    def _plainly_none(self, state: State) -> bool:
        if state.kind == "boolean":
            return no_truth(state)
        if state.kind in {"integer", "fraction"}:
            return no_number(state)
        if state.most is not None and state.least > state.most:
            return True
        if state.kind == "string":
            return no_text(state, lines=self._lines)
        return state.kind == "object" and bool((state.must - state.hidden) & state.absent)

    def _none(self, state: State) -> bool:
        if self._depth >= DEPTH:
            return False
        if state.kind == "array":
            return (state.twice and state.unique) or containers.no_list(state, self)
        if state.kind != "object":
            return False
        left = containers.tightened(state, self)
        return left is None or containers.no_object(left, self)


def _contradicting(lits: Sequence[Lit]) -> bool:
    """Tell whether the same is asked for and ruled out."""
    yes = {(id(lit.forms), *map(id, lit.node)) for lit in lits if lit.holds}
    return any((id(lit.forms), *map(id, lit.node)) in yes for lit in lits if not lit.holds)


def _null_refused(lits: Sequence[Lit]) -> bool:
    return any(lit.holds is not all(map(lit.forms.names.accepts_null, lit.node)) for lit in lits)


def _kinds(lits: Sequence[Lit]) -> frozenset[str]:
    kinds = EVERY
    for lit in lits:
        if lit.holds:
            kinds &= lit.forms.form(lit.node).declared
    return kinds
