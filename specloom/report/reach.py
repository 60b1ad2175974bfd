"""Operations by number: a change that reaches thousands names the first few, and the page lists each of them once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model.change import Change

NAMED: Final = 12
"""Operations that one change names on the page."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The operations that changes do not name, in the order of their numbers from 1."""

    numbers: Mapping[str, int]

    @classmethod
    def of(cls, changes: Iterable[Change]) -> Reach:
        """Give numbers to what is left out, the longest list first, so that most others are a few stretches of it."""
        lists = [keys for change in changes for keys in (change.operations, change.milder) if len(keys) > NAMED]
        lists.sort(key=len, reverse=True)
        names = dict.fromkeys(key for keys in lists for key in keys)
        return cls({key: number for number, key in enumerate(names, 1)})

    def first(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return what is named."""
        return keys[:NAMED]

    def rest(self, keys: tuple[str, ...]) -> str:
        """Return the numbers of what is not, as stretches: `3-40, 57`."""
        stretches: list[list[int]] = []
        for number in sorted(self.numbers[key] for key in keys[NAMED:]):
            if stretches and stretches[-1][1] == number - 1:
                stretches[-1][1] = number
            else:
                stretches.append([number, number])
        return ", ".join(str(start) if start == end else f"{start}-{end}" for start, end in stretches)
