"""Lines of a YAML document, collected while it is built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.source import Span
from specloom.readers.documents.document import Marks

if TYPE_CHECKING:
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
        self._path = path
        self._lines = text.removesuffix("\n").split("\n")
        self._line = 1
        self._unbegun: list[int] = []
        self._unended: list[int] = []

    def open(self, container: Json, line: int = _UNKNOWN) -> int:
        """Note that `container` begins; without `line` it begins at its first key. Return its place."""
        marks = self.marks
        place = len(marks.starts)
        marks.index[id(container)] = place
        marks.starts.append(line)
        marks.ends.append(0)
        marks.first.append(0)
        marks.last.append(0)
        if line == _UNKNOWN:
            self._unbegun.append(place)
        return place

    def see(self, line: int) -> None:
        """Note that a key, or something as good, stands at `line`."""
        self._line = line
        if self._unbegun:
            for place in self._unbegun:
                self.marks.starts[place] = line
            self._unbegun.clear()
        if self._unended:
            for place in self._unended:
                self.marks.ends[place] = self._end(place, line - 1)
            self._unended.clear()

    def close(self, place: int, lines: list[int]) -> None:
        """Note that the container at `place` ends; `lines` are those of its keys."""
        marks = self.marks
        if marks.starts[place] == _UNKNOWN:
            marks.starts[place] = self._line
            self._unbegun.remove(place)
        marks.first[place] = len(marks.lines)
        marks.lines.extend(lines)
        marks.last[place] = len(marks.lines)
        self._unended.append(place)

    def finish(self) -> tuple[Marks, int]:
        """Return the marks of the whole file and the number of its lines."""
        for place in self._unended:
            self.marks.ends[place] = self._end(place, len(self._lines))
        return self.marks, len(self._lines)

    def _end(self, place: int, line: int) -> int:
        start = self.marks.starts[place]
        while line > start and _says_nothing(self._lines[line - 1].strip()):
            line -= 1
        return max(line, start)

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
