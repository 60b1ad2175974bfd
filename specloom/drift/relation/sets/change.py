"""The steps from one state to the next: each returns a new state, or None where nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.relation.formats import contains

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from specloom.drift.relation.sets.literal import Lit, Other, State, Step, Tally
    from specloom.model.source import Json


def ask(*lits: Lit) -> Step:
    """Ask more of the value."""

    def step(state: State) -> State | None:
        new = state.copy()
        new.todo = (*state.todo, *lits)
        return new

    return step


def sized(least: int, most: int | None) -> Step:
    """Bound the length of a text, or the size of a list or an object."""

    def step(state: State) -> State | None:
        new = state.copy()
        new.least = max(state.least, least)
        new.most = most if state.most is None else state.most if most is None else min(state.most, most)
        return None if new.most is not None and new.least > new.most else new

    return step


def above(number: Fraction, *, excluded: bool) -> Step:
    """Bound a number from below."""

    def step(state: State) -> State | None:
        new = state.copy()
        if state.low is None or (number, excluded) > state.low:
            new.low = (number, excluded)
        return None if crossed(new) else new

    return step


def below(number: Fraction, *, excluded: bool) -> Step:
    """Bound a number from above."""

    def step(state: State) -> State | None:
        new = state.copy()
        if state.high is None or (number, not excluded) < (state.high[0], not state.high[1]):
            new.high = (number, excluded)
        return None if crossed(new) else new

    return step


def crossed(state: State) -> bool:
    """Tell whether no number lies between the bounds."""
    if state.low is None or state.high is None:
        return False
    (low, no_low), (high, no_high) = state.low, state.high
    return low > high or (low == high and (no_low or no_high))


def stepped(number: Fraction, *, on: bool) -> Step:
    """Ask for a multiple of a number, or for none."""

    def step(state: State) -> State | None:
        new = state.copy()
        if on:
            new.steps = (*state.steps, number)
        else:
            new.off = (*state.off, number)
        return new

    return step


def among(values: Mapping[str, Json]) -> Step:
    """Allow nothing but these values."""

    def step(state: State) -> State | None:
        new = state.copy()
        known = values if state.allowed is None else state.allowed
        new.allowed = {name: value for name, value in known.items() if name in values and name not in state.excluded}
        return new if new.allowed else None

    return step


def outside(values: Mapping[str, Json]) -> Step:
    """Allow anything but these values."""

    def step(state: State) -> State | None:
        new = state.copy()
        new.excluded = {**state.excluded, **values}
        if state.allowed is not None:
            new.allowed = {name: value for name, value in state.allowed.items() if name not in values}
            return new if new.allowed else None
        empty = {"array": "[]", "object": "{}", "string": '""'}.get(state.kind)
        return sized(1, None)(new) if empty in values else new

    return step


def spelt(pattern: str, *, like: bool) -> Step:
    """Ask that a text matches, or that it does not."""

    def step(state: State) -> State | None:
        new = state.copy()
        if like:
            new.like = state.like | {pattern}
        else:
            new.unlike = state.unlike | {pattern}
        return None if new.like & new.unlike else new

    return step


def marked(name: str) -> Step:
    """Ask for a format, or for anything else of which only the name is known."""

    def step(state: State) -> State | None:
        new = state.copy()
        new.marks = state.marks | {name}
        return None if any(contains(no, name) for no in state.unmarked) else new

    return step


def unmarked(name: str) -> Step:
    """Ask that a value has not that format."""

    def step(state: State) -> State | None:
        if any(contains(name, own) for own in state.marks):
            return None
        new = state.copy()
        new.unmarked = state.unmarked | {name}
        return new

    return step


def both(*steps: Step) -> Step:
    """Take one step after the other."""

    def step(state: State) -> State | None:
        found: State | None = state
        for one in steps:
            found = one(found) if found is not None else None
        return found

    return step


def there(name: str, *lits: Lit) -> Step:
    """Ask for a member, and more of it; what does not travel this way is not asked for."""

    def step(state: State) -> State | None:
        if name in state.absent:
            return None
        new = state.copy()
        new.must = state.must | {name}
        new.members = (*state.members, *((name, lit) for lit in lits))
        return new

    return step


def missing(name: str) -> Step:
    """Ask that a member is not there."""

    def step(state: State) -> State | None:
        if name in state.must:
            return None
        new = state.copy()
        new.absent = state.absent | {name}
        return new

    return step


def some(other: Other) -> Step:
    """Ask for a member of a sort."""

    def step(state: State) -> State | None:
        new = state.copy()
        new.some = (*state.some, other)
        return sized(1, None)(new)

    return step


def tallied(tally: Tally) -> Step:
    """Ask for a number of items of a sort."""

    def step(state: State) -> State | None:
        new = state.copy()
        new.tallies = (*state.tallies, tally)
        least = tally.start + tally.least if tally.least else 0
        return sized(least, None)(new)

    return step


def placed(index: int, lit: Lit) -> Step:
    """Ask for an item at a position."""

    def step(state: State) -> State | None:
        new = state.copy()
        new.places = (*state.places, (index, lit))
        return sized(index + 1, None)(new)

    return step


def twice(state: State) -> State | None:
    """Ask that an item comes twice."""
    new = state.copy()
    new.twice = True
    return None if state.unique else sized(2, None)(new)
