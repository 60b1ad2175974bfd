"""Lines of a YAML document, collected while it is built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.source import Span
from specloom.readers.documents.document import Marks, compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.source import Json

_UNKNOWN: Final = 0


class MarksBuilder:
    """Opens and closes containers and sees keys, in document order.

    YAML says where something begins and leaves open where it ends; a container ends before the next key, or where the
    file does, less the blank lines and comments in between.
    """

    def __init__(self, path: str, text: str) -> None:
        self.marks = Marks()
        self.diagnostics: list[Diagnostic] = []
        self.seen: list[int] = []
        """The lines of all keys, and of what is as good; the reader appends to it."""
        self._path = path
        self._lines = text.removesuffix("\n").split("\n")
        self._seen_before: list[int] = []
        self._seen_after: list[int] = []

    def open(self, container: Json, line: int = _UNKNOWN) -> int:
        """Note that `container` begins; without `line` it begins at its first key. Return its place."""
        marks = self.marks
        place = len(self._seen_before)
        marks.index[id(container)] = place
        marks.starts.append(line)
        marks.first.append(0)
        marks.last.append(0)
        self._seen_before.append(len(self.seen))
        self._seen_after.append(0)
        return place

    def close(self, place: int, lines: Iterable[int]) -> None:
        """Note that the container at `place` ends; `lines` are those of its keys or items."""
        marks = self.marks
        marks.first[place] = len(marks.lines)
        marks.lines.extend(lines)
        marks.last[place] = len(marks.lines)
        self._seen_after[place] = len(self.seen)

    def lines(self, container: Json) -> list[int]:
        """Return the lines of the keys of a container that has been closed."""
        place = self.marks.index[id(container)]
        return list(self.marks.lines[self.marks.first[place] : self.marks.last[place]])

    def start(self, place: int) -> int:
        """Return the line where the container at `place` begins, once its first key has been seen."""
        return self.marks.starts[place] or self.seen[self._seen_before[place]]

    def finish(self) -> tuple[Marks, int]:
        """Return the marks of the whole file and the number of its lines."""
        marks = self.marks
        before, after = np.array(self._seen_before, np.intp), np.array(self._seen_after, np.intp)
        seen = np.array([1, *self.seen, len(self._lines) + 1], np.intc)  # so a key's place is one more
        starts = np.array(marks.starts, np.intc)
        begins = np.where(before < after, seen[before + 1], seen[before])  # without a key, where the last one before is
        starts = np.where(starts == _UNKNOWN, begins, starts)
        following, place = np.unique(seen[after + 1], return_inverse=True)
        ends = np.array([self._last_said(line - 1) for line in following.tolist()], np.intc)[place]
        marks.starts, marks.ends = compact(starts), compact(np.maximum(starts, ends))
        return marks, len(self._lines)

    def _last_said(self, line: int) -> int:
        while line > 0 and _says_nothing(self._lines[line - 1].strip()):
            line -= 1
        return line

    def duplicate(self, key: str, line: int) -> None:
        """Report that a mapping names `key` again at `line`."""
        self.diagnostics.append(duplicate_key(self._path, key, line))


def _says_nothing(line: str) -> bool:
    """Tell whether a line is blank, a comment, or the dash of an item that begins below it."""
    return line in ("", "-") or line.startswith("#")


def duplicate_key(path: str, key: str, line: int) -> Diagnostic:
    """Return what is said about a mapping that names `key` again at `line`."""
    message = f"`{key}` is given twice here; the last one counts, so remove the other"
    return Diagnostic(Level.WARNING, "duplicate-key", message, Span(path, line, line))
