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

    YAML says where something begins and leaves open where it ends; a container ends on the line before the next key,
    or where the file does.
    """

    def __init__(self, path: str) -> None:
        self.marks = Marks()
        self.diagnostics: list[Diagnostic] = []
        self._path = path
        self._line = 1
        self._unbegun: list[int] = []
        self._unended: list[int] = []

    def open(self, container: Json, line: int = _UNKNOWN) -> int:
        """Note that `container` begins; without `line` it begins at its first key. Return its place."""
        marks = self.marks
        place = len(marks.starts)
        marks.index[id(container)] = place
        marks.starts.append(line)
        for array in (marks.ends, marks.first, marks.last):
            array.append(0)
        if line == _UNKNOWN:
            self._unbegun.append(place)
        return place

    def see(self, line: int) -> None:
        """Note that a key, or something as good, stands at `line`."""
        self._line = line
        for place in self._unbegun:
            self.marks.starts[place] = line
        for place in self._unended:
            self.marks.ends[place] = max(line - 1, self.marks.starts[place])
        self._unbegun.clear()
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

    def finish(self, last_line: int) -> Marks:
        """Return the marks of a file that ends at `last_line`."""
        for place in self._unended:
            self.marks.ends[place] = last_line
        return self.marks

    def duplicate(self, key: str, line: int) -> None:
        """Report that a mapping names `key` again at `line`."""
        self.diagnostics.append(duplicate_key(self._path, key, line))


def duplicate_key(path: str, key: str, line: int) -> Diagnostic:
    """Return what is said about a mapping that names `key` again at `line`."""
    message = f"`{key}` is given twice here; the last one counts, so remove the other"
    return Diagnostic(Level.WARNING, "duplicate-key", message, Span(path, line, line))
