"""`Document`: a parsed file in plain dicts and lists, and where each of them stands."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from specloom.model.source import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json


def compact(numbers: NDArray[np.signedinteger[Any]]) -> array[int]:
    """Return four bytes a number, with the quick access to single ones that numpy lacks."""
    return array("i", numbers.astype(np.intc).tobytes())


def _numbers() -> array[int]:
    return array("i")


@dataclass(slots=True)
class Marks:
    """Lines of every container of one document, in parallel arrays over the containers in document order.

    `index` leads from a container's `id()` to its place in the arrays, so the values themselves stay plain dicts and
    lists that can be handed on. `lines[first[i]:last[i]]` are the lines of the keys of mapping `i`.
    """

    index: dict[int, int] = field(default_factory=dict)
    starts: array[int] = field(default_factory=_numbers)
    ends: array[int] = field(default_factory=_numbers)
    first: array[int] = field(default_factory=_numbers)
    last: array[int] = field(default_factory=_numbers)
    lines: array[int] = field(default_factory=_numbers)


@dataclass(slots=True)
class Document:
    """The content of `path`. `root` is shared, never written to; `last_line` is where the file ends."""

    path: str
    root: Json
    marks: Marks
    last_line: int
    diagnostics: tuple[Diagnostic, ...] = ()
    _keys: dict[int, dict[str, int]] = field(default_factory=dict)

    def span(self, value: Json) -> Span:
        """Return the lines of `value`; the whole file where it is a scalar or did not come from this document."""
        place = self.marks.index.get(id(value))
        if place is None:
            return Span(self.path, 1, self.last_line)
        marks = self.marks
        members: tuple[tuple[str, int], ...] = ()
        if isinstance(value, dict):
            members = tuple(zip(value, marks.lines[marks.first[place] : marks.last[place]], strict=False))
        return Span(self.path, marks.starts[place], marks.ends[place], members)

    def member(self, value: dict[str, Json], key: str) -> Span:
        """Return the lines of the member `key` of `value`, and all of `value` where it has none.

        The same as `span(value).member(key)`, for mappings that may have very many members.
        """
        marks = self.marks
        place = marks.index.get(id(value))
        if place is None or key not in value:
            return self.span(value)
        keys = self._keys.get(place)
        if keys is None:
            keys = self._keys[place] = {name: number for number, name in enumerate(value)}
        line = marks.first[place] + keys[key]
        start, after = marks.lines[line], line + 1
        end = marks.lines[after] - 1 if keys[key] + 1 < len(value) else marks.ends[place]
        return Span(self.path, start, max(start, end))

    def knows(self, value: Json) -> bool:
        """Tell whether `value` is a container of this document."""
        return id(value) in self.marks.index
