"""`Document`: a parsed file in plain dicts and lists, and where each of them stands."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from specloom.model.source import EMPTY, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json


def compact(numbers: NDArray[np.signedinteger[Any]]) -> array[int]:
    """Return four bytes a number, with the quick access to single ones that numpy lacks."""
    return array("i", numbers.astype(np.intc).tobytes())


NOWHERE: Final[frozenset[str]] = frozenset()


def _numbers() -> array[int]:
    return array("i")


@dataclass(slots=True)
class Marks:
    """Lines of every container of one document, in parallel arrays over the containers in document order.

    `index` leads from a container's `id()` to its place in the arrays, so the values themselves stay plain dicts and
    lists that can be handed on. `lines[first[i]:last[i]]` are the lines of the keys of mapping `i`, or of the items of
    list `i`; of a list with containers in it they may be missing, since those have lines of their own.
    """

    index: dict[int, int] = field(default_factory=dict)
    starts: array[int] = field(default_factory=_numbers)
    ends: array[int] = field(default_factory=_numbers)
    first: array[int] = field(default_factory=_numbers)
    last: array[int] = field(default_factory=_numbers)
    lines: array[int] = field(default_factory=_numbers)


class Within:
    """What stands in a mapping, looked up when it is asked for: few of many thousands ever are."""

    __slots__ = ("_document", "_inside", "_place", "_value", "_words")

    def __init__(self, document: Document, value: dict[str, Json], place: int, words: frozenset[str]) -> None:
        self._document = document
        self._value = value
        self._place = place
        self._words = words
        self._inside: tuple[tuple[str, int, int], ...] | None = None

    @property
    def members(self) -> tuple[tuple[str, int], ...]:
        """The lines of its keys."""
        return self._document.keys(self._value, self._place)

    @property
    def inside(self) -> tuple[tuple[str, int, int], ...]:
        """The lines further in; nothing where all of it stands on one line."""
        if self._inside is None:
            marks = self._document.marks
            told = self._words and marks.starts[self._place] < marks.ends[self._place]
            self._inside = self._document.further(self._value, self._words) if told else ()
        return self._inside


@dataclass(slots=True)
class Document:
    """The content of `path`. `root` is shared, never written to; `last_line` is where the file ends.

    In an `aliased` one a value may stand elsewhere than its key.
    """

    path: str
    root: Json
    marks: Marks
    last_line: int
    diagnostics: tuple[Diagnostic, ...] = ()
    aliased: bool = False
    _keys: dict[int, dict[str, int]] = field(default_factory=dict)

    def span(self, value: Json, *, inside: frozenset[str] = NOWHERE) -> Span:
        """Return the lines of `value`; the whole file where it is a scalar or did not come from this document.

        With `inside` the span also knows the lines of what stands in those members, and of properties that stand
        elsewhere than their names.
        """
        marks = self.marks
        place = marks.index.get(id(value))
        if place is None:
            return Span(self.path, 1, self.last_line)
        contents = Within(self, value, place, inside) if isinstance(value, dict) else EMPTY
        return Span(self.path, marks.starts[place], marks.ends[place], contents, place + 1)

    def keys(self, value: dict[str, Json], place: int) -> tuple[tuple[str, int], ...]:
        """Return the lines of the keys of a mapping, which is number `place`."""
        lines = self.marks.lines[self.marks.first[place] : self.marks.last[place]]
        return tuple(zip(value, lines, strict=False))

    def further(self, value: dict[str, Json], inside: frozenset[str]) -> tuple[tuple[str, int, int], ...]:
        """Return the lines of everything in the members `inside`, after those of properties written elsewhere."""
        properties = value.get("properties") if self.aliased else None
        found = [] if not isinstance(properties, dict) else [*self._away(properties)]
        found += [one for word in value if word in inside for one in self._inside(value[word], word)]
        return tuple(found)

    def _away(self, properties: dict[str, Json]) -> Iterator[tuple[str, int, int]]:
        number = self.marks.index.get(id(properties), -1) + 1
        for name in properties:
            if self.elsewhere(properties, name):
                yield f"properties/{name}", self.member(properties, name).start, number

    def elsewhere(self, value: dict[str, Json], key: str) -> bool:
        """Tell whether the member `key`, a container, is written elsewhere and only named here."""
        if not self.aliased or not isinstance(value[key], (dict, list)):
            return False
        return self.span(value[key]).start != self.member(value, key).start

    def _inside(self, value: Json, pointer: str) -> Iterator[tuple[str, int, int]]:
        """Yield the lines of everything in `value`, each with the way to it and the number of what it stands in."""
        if isinstance(value, dict):
            steps: list[tuple[object, Json]] = [*value.items()]
        elif isinstance(value, list):
            steps = [*enumerate(value)]
        else:
            return
        number = self.marks.index.get(id(value), -1) + 1
        for (step, item), line in zip(steps, self._lines(value), strict=False):
            yield f"{pointer}/{step}", line, number
            yield from self._inside(item, f"{pointer}/{step}")

    def _lines(self, value: dict[str, Json] | list[Json]) -> list[int]:
        """Return the lines of the members or items of a container; nothing where they are not all known."""
        marks, place = self.marks, self.marks.index.get(id(value))
        if place is None:
            return []
        known = marks.lines[marks.first[place] : marks.last[place]]
        if len(known) == len(value):
            return list(known)
        places = [marks.index.get(id(item)) for item in value]
        return [marks.starts[one] for one in places if one is not None] if None not in places else []

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
        return Span(self.path, start, max(start, end), number=place + 1)

    def knows(self, value: Json) -> bool:
        """Tell whether `value` is a container of this document."""
        return id(value) in self.marks.index
