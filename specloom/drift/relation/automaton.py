"""Regular expressions as automata: matched in linear time, compared exactly, or refused when too rich or too large.

A text is read between two marks, so that `^` and `$` are symbols like any other.
What has no automaton (look-around, back-references, word boundaries) raises `TooRich`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from specloom.drift.effect import BOTH, Effect

Ranges: TypeAlias = tuple[tuple[int, int], ...]
TOP: Final = 0x10FFFF
BEGIN: Final = TOP + 1
END: Final = TOP + 2
STATES: Final = 1500
"""States of one automaton; `{1,5000}` asks for more than anybody compares."""
STEPS: Final = 150_000
"""States stepped from, over all symbols, for one comparison."""


class TooRich(Exception):  # noqa: N818  # it is an answer, not an error
    """The expression cannot be brought to an automaton of reasonable size."""


@dataclass(slots=True)
class Automaton:
    """States with moves on ranges of code points and with silent moves; 0 is the start, `final` the end."""

    moves: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    silent: list[list[int]] = field(default_factory=list)
    final: int = 0
    _closures: dict[int, int] = field(default_factory=dict)

    def state(self) -> int:
        """Add a state."""
        if len(self.moves) >= STATES:
            raise TooRich
        self.moves.append([])
        self.silent.append([])
        return len(self.moves) - 1

    def closure(self, states: int) -> int:
        """Return a set of states (as bits) with everything reached silently."""
        result, rest = 0, states
        while rest:
            low = rest & -rest
            rest ^= low
            result |= self._closed(low.bit_length() - 1)
        return result

    def _closed(self, state: int) -> int:
        if state not in self._closures:
            seen, stack = {state}, [state]
            while stack:
                for target in self.silent[stack.pop()]:
                    if target not in seen:
                        seen.add(target)
                        stack.append(target)
            self._closures[state] = sum(1 << one for one in seen)
        return self._closures[state]

    def step(self, states: int, symbol: int) -> int:
        """Return where a set of states leads on one symbol."""
        result, rest = 0, states
        while rest:
            low = rest & -rest
            rest ^= low
            for ranges, target in self.moves[low.bit_length() - 1]:
                if any(first <= symbol <= last for first, last in ranges):
                    result |= 1 << target
        return self.closure(result)

    def start(self) -> int:
        """Return the states before the first character."""
        return self.step(self.closure(1), BEGIN)

    def accepts(self, states: int) -> bool:
        """Tell whether the text may end here."""
        return bool(self.step(states, END) >> self.final & 1)

    def matches(self, text: str) -> bool:
        """Tell whether the expression is found in `text`."""
        states = self.start()
        for char in text:
            states = self.step(states, ord(char))
        return self.accepts(states)

    def edges(self) -> set[int]:
        """Return the code points at which some range begins, or the one before ended."""
        return {
            edge
            for moves in self.moves
            for ranges, _ in moves
            for first, last in ranges
            for edge in (first, last + 1)
            if edge <= TOP
        }


def relation(one: Automaton, other: Automaton) -> Effect:
    """Return what it means that the texts of `one` became those of `other`; UNKNOWN where it takes too long."""
    symbols = sorted({0, *one.edges(), *other.edges()})
    effect, budget = Effect.NONE, STEPS
    queue = [(one.start(), other.start())]
    seen = set(queue)
    while queue and effect != BOTH:
        mine, yours = queue.pop()
        if one.accepts(mine) and not other.accepts(yours):
            effect |= Effect.NARROWS
        elif other.accepts(yours) and not one.accepts(mine):
            effect |= Effect.WIDENS
        budget -= len(symbols) * (mine.bit_count() + yours.bit_count())
        if budget < 0:
            return Effect.UNKNOWN
        for symbol in symbols:
            pair = (one.step(mine, symbol), other.step(yours, symbol))
            if pair != (0, 0) and pair not in seen:
                seen.add(pair)
                queue.append(pair)
    return effect


def barren(likes: list[Automaton], unlikes: list[Automaton], *, least: int, most: int | None) -> bool:
    """Tell whether it is sure that no text is in all of `likes`, in none of `unlikes`, and of such a length."""
    machines = [*likes, *unlikes]
    symbols = sorted({0}.union(*(one.edges() for one in machines)))
    enough = least if most is None else most + 1
    first = (0, *(one.start() for one in machines))
    queue, seen, budget = [first], {first}, STEPS
    while queue:
        length, *states = queue.pop()
        ends = [machine.accepts(state) for machine, state in zip(machines, states, strict=True)]
        if length >= least and all(ends[: len(likes)]) and not any(ends[len(likes) :]):
            return False
        budget -= len(symbols) * (1 + sum(state.bit_count() for state in states))
        if budget < 0:
            return False
        if most is not None and length >= most:
            continue
        for symbol in symbols:
            after = [machine.step(state, symbol) for machine, state in zip(machines, states, strict=True)]
            reached = (min(length + 1, enough), *after)
            if all(after[: len(likes)]) and reached not in seen:
                seen.add(reached)
                queue.append(reached)
    return True
