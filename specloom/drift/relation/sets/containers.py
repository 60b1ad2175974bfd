"""Lists and objects: is any left that all of this holds for? True means that none is, for sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from specloom.drift.relation.patterns import matches, refuses
from specloom.drift.relation.sets import change
from specloom.drift.relation.sets.literal import Lit, Other, State, Step, Tally
from specloom.drift.relation.values import key

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG: Final = 60
"""Positions, or members, that are looked at one by one."""


class Judge(Protocol):
    """Answers for what is inside a container."""

    def empty(self, lits: Sequence[Lit]) -> bool:
        """Tell whether no value is as all of `lits` ask."""
        ...

    def lettered(self, lits: Sequence[Lit], *steps: Step) -> bool:
        """Tell whether no text is as all of `lits` ask, and as the steps leave it."""
        ...


def no_list(state: State, judge: Judge) -> bool:
    """Tell whether no list is left."""
    top = max([0, *(i + 1 for i, _ in state.places), *(start for start, _ in state.rest)])
    top = max(top, *(tally.start for tally in state.tallies), 0)
    if top > LONG or state.least > LONG:
        return False
    most = state.most
    for index in range(top + 1):
        if (most is None or index < most) and judge.empty(_at(state, index)):
            most = index
    for tally in state.tallies:
        if tally.most is not None and all(judge.empty([*_at(state, i), tally.lit.turned()]) for i in range(top + 1)):
            most = tally.most if most is None else min(most, tally.most)
    if state.unique and (few := _few(_at(state, top))) is not None:
        most = top + few if most is None else min(most, top + few)
    if most is not None and state.least > most:
        return True
    return any(_miscounted(state, tally, judge, top=top, most=most) for tally in state.tallies)


def _at(state: State, index: int) -> list[Lit]:
    """Return what the item at a position must be."""
    lits = [lit for i, lit in state.places if i == index]
    lits += [lit for start, lit in state.rest if start <= index]
    banned = [one.lit.turned() for one in state.tallies if one.most == 0 and one.start <= index]
    return lits + banned


def _few(lits: list[Lit]) -> int | None:
    """Return how many different values there can be at most; None where that is not plain."""
    forms = [lit.forms.form(lit.node) for lit in lits if lit.holds]
    found = [len(form.values) + form.null for form in forms if form.values is not None]
    found += [2 + form.null for form in forms if form.declared == {"boolean"}]
    return min(found, default=None)


def _miscounted(state: State, tally: Tally, judge: Judge, *, top: int, most: int | None) -> bool:
    if tally.least:
        fitting = [not judge.empty([*_at(state, i), tally.lit]) for i in range(top + 1)]
        endless = fitting[top] and most is None
        count = sum(fitting[tally.start : top]) + (max((most or 0) - max(top, tally.start), 0) if fitting[top] else 0)
        if not endless and count < tally.least:
            return True
    if tally.most is not None:
        spots = range(tally.start, state.least)
        forced = sum(judge.empty([*_at(state, min(i, top)), tally.lit.turned()]) for i in spots)
        if forced > tally.most:
            return True
        wider = [one for one in state.tallies if one.least > tally.most and one.start >= tally.start]
        return any(judge.empty([one.lit, tally.lit.turned()]) for one in wider)
    return False


def tightened(state: State, judge: Judge) -> State | None:
    """Return what follows for the members of an object; None where no object is left."""
    if len(state.named) > LONG * 5 or (state.must - state.hidden) & state.absent:
        return None if (state.must - state.hidden) & state.absent else state
    new = state.copy()
    names = sorted(_spelt(state))
    gone = {name for name in names if name not in state.absent and _impossible(state, name, judge)}
    new.absent = state.absent | gone
    if (new.must - new.hidden) & new.absent:
        return None
    if not _unnamed_left(state, judge):
        left = [name for name in names if name not in new.absent]
        most = len(left) if new.most is None else min(len(left), new.most)
        new.most = most
        if new.least == len(left):
            new.must = new.must | frozenset(left)
    new.least = max(new.least, len(new.must - new.hidden))
    if new.most is not None and new.least > new.most:
        return None
    if new.most is not None and len(new.must) == new.most:
        new.absent = new.absent | (frozenset(names) - new.must)
    return new


def no_object(state: State, judge: Judge) -> bool:
    """Tell whether no object is left, once `tightened` has nothing more to say."""
    return any(not _found(state, other, judge) for other in state.some)


def _spelt(state: State) -> set[str]:
    """Return every name that something is said about."""
    rests = {name for rest in state.others for name in rest.names}
    return {*state.named, *state.must, *(name for name, _ in state.members), *rests} - state.hidden


def member(state: State, name: str) -> list[Lit]:
    """Return what a member must be."""
    lits = [lit for own, lit in state.members if own == name]
    lits += [lit for pattern, lit in state.patterns if matches(pattern, name)]
    for rest in state.others:
        if name not in rest.names and all(refuses(pattern, name) for pattern in rest.patterns):
            lits.append(rest.lit)
    return lits


def _impossible(state: State, name: str, judge: Judge) -> bool:
    lits = member(state, name)
    if lits and judge.empty(lits):
        return True
    return bool(state.labels) and judge.lettered(state.labels, change.among({key(name): name}))


def _unnamed_left(state: State, judge: Judge) -> bool:
    """Tell whether members may stand there that nothing names."""
    return any(_sort_left(state, pattern, Other(), judge) for pattern in (None, *(text for text, _ in state.patterns)))


def _found(state: State, other: Other, judge: Judge) -> bool:
    """Tell whether such a member may exist."""
    asked = [lit for lit in (other.value,) if lit is not None]
    for name in sorted(_spelt(state) - state.absent - other.names):
        if other.like is not None and refuses(other.like, name):
            continue
        if any(matches(pattern, name) for pattern in other.patterns):
            continue
        if other.label is not None and judge.lettered([other.label], change.among({key(name): name})):
            continue
        if not judge.empty([*member(state, name), *asked]):
            return True
    sorts = (None, *(text for text, _ in state.patterns))
    return any(_sort_left(state, pattern, other, judge) for pattern in sorts)


def _sort_left(state: State, pattern: str | None, other: Other, judge: Judge) -> bool:
    """Tell whether a member that nothing names, and that is like `pattern` or like none, may be as `other` asks."""
    if pattern is None:
        lits = [rest.lit for rest in state.others]
        unlike = [
            *other.patterns,
            *(text for text, _ in state.patterns),
            *(p for r in state.others for p in r.patterns),
        ]
    else:
        lits = [lit for text, lit in state.patterns if text == pattern]
        lits += [rest.lit for rest in state.others if not rest.patterns]
        unlike = list(other.patterns)
    if other.value is not None:
        lits.append(other.value)
    if lits and judge.empty(lits):
        return False
    labels = [*state.labels, *([other.label] if other.label is not None else [])]
    like = [one for one in (pattern, other.like) if one is not None]
    taken = {key(name): name for name in {*_spelt(state), *state.hidden, *other.names}}
    steps = [change.spelt(one, like=True) for one in like] + [change.spelt(one, like=False) for one in unlike]
    return not judge.lettered(labels, *steps, change.outside(taken))
