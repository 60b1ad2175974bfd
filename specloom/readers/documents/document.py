"""`Document`: a parsed file in plain dicts and lists, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from specloom.model.source import Span

if TYPE_CHECKING:
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json


@dataclass(slots=True)
class Marks:
    """Lines of every container of one document, in parallel arrays over the containers in document order.

    `index` leads from a container's `id()` to its place in the arrays, so the values themselves stay plain dicts and
    lists that can be handed on. `lines[first[i]:last[i]]` are the lines of the keys of mapping `i`.
    """

    index: dict[int, int] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """The content of `path`. `root` is shared, never written to; `last_line` is where the file ends."""

    path: str
    root: Json
    marks: Marks
    last_line: int
    diagnostics: tuple[Diagnostic, ...] = ()

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

    def knows(self, value: Json) -> bool:
        """Tell whether `value` is a container of this document."""
        return id(value) in self.marks.index
