"""Texts and numbers: is any left that all of this holds for? True means that none is, for sure."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from specloom.drift.relation.automaton import barren
from specloom.drift.relation.formats import contains
from specloom.drift.relation.limits import common
from specloom.drift.relation.patterns import matches, refuses
from specloom.drift.relation.regex import compiled
from specloom.drift.relation.sets.change import crossed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.drift.relation.automaton import Automaton
    from specloom.drift.relation.sets.literal import State

FEW: Final = 300
"""Numbers between two bounds that are counted out, lengths that are followed, words that are left out."""
SPECIAL: Final = frozenset("\\^$.|?*+()[]{}/-")


def no_truth(state: State) -> bool:
    """Tell whether neither true nor false is left."""
    return state.allowed is None and state.excluded.keys() >= {"true", "false"}


def no_text(state: State, *, lines: bool) -> bool:
    """Tell whether no text is left; without `lines` a dot in a pattern stands for line breaks as well."""
    if state.allowed is not None:
        return not any(_text_fits(state, value) for value in state.allowed.values() if isinstance(value, str))
    if state.like & state.unlike or _mismarked(state):
        return True
    words = {value for value in state.excluded.values() if isinstance(value, str)}
    if not state.like and not state.unlike:
        return state.most == 0 and "" in words
    likes = [made for one in sorted(state.like) if (made := compiled(one, lines=lines)) is not None]
    unlikes = [made for one in sorted(state.unlike) if (made := compiled(one, lines=lines)) is not None]
    if len(words) > FEW or state.least > FEW or (state.most or 0) > FEW:
        return False
    unlikes += [made for word in sorted(words) if (made := _exactly(word)) is not None]
    return barren(likes, unlikes, least=state.least, most=state.most)


def _exactly(word: str) -> Automaton | None:
    return compiled("^" + "".join(f"\\{char}" if char in SPECIAL else char for char in word) + "$")


def _text_fits(state: State, text: str) -> bool:
    long = len(text) < state.least or (state.most is not None and len(text) > state.most)
    return not (
        long or any(refuses(one, text) for one in state.like) or any(matches(one, text) for one in state.unlike)
    )


def _mismarked(state: State) -> bool:
    return any(contains(no, own) for own in state.marks for no in state.unmarked)


def no_number(state: State) -> bool:
    """Tell whether no whole number, or no other, is left."""
    whole = state.kind == "integer"
    step = Fraction(1) if whole else None
    for number in state.steps:
        step = number if step is None else common(step, number)
    numbers = [_exact(value) for value in (state.allowed or {}).values()]
    if state.allowed is not None:
        return not any(_number_fits(state, number, step) for number in numbers)
    if crossed(state) or _mismarked(state) or (not whole and step is not None and step.denominator == 1):
        return True
    if step is not None and any((step / off).denominator == 1 for off in state.off):
        return True
    return _counted_out(state, step)


def _counted_out(state: State, step: Fraction | None) -> bool:
    if state.low is None or state.high is None:
        return False
    low, high = state.low[0], state.high[0]
    candidates: Iterable[Fraction]
    if low == high:
        candidates = [low]
    elif step is None or (high - low) / step > FEW:
        return False
    else:
        candidates = [step * count for count in range(ceil(low / step), floor(high / step) + 1)]
    gone = {_exact(value) for value in state.excluded.values()}
    return not any(_number_fits(state, number, step) for number in candidates if number not in gone)


def _exact(value: object) -> Fraction:
    return Fraction(str(value))


def _number_fits(state: State, number: Fraction, step: Fraction | None) -> bool:
    if (number.denominator == 1) is not (state.kind == "integer"):
        return False
    if step is not None and (number / step).denominator != 1:
        return False
    if any((number / off).denominator == 1 for off in state.off):
        return False
    low = state.low is None or (number, False) > state.low or (number, False) == state.low
    high = state.high is None or number < state.high[0] or (number == state.high[0] and not state.high[1])
    return low and high
