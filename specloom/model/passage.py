"""`Passage`: a piece of documentation that can be searched, judged and cited by its lines."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class PassageKind(StrEnum):
    """What a passage is on the page."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE = "table"
    CODE = "code block"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its cells as plain text, and its lines (1-based, inclusive)."""

    cells: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Lines `start` to `end` (1-based, inclusive) of `path`, as a reader sees them.

    `headings` leads from the document's title to the passage. `text` is plain: names set as code keep their
    backticks, markup and hidden content are gone. `language` is that of a code block. `term` is what a definition
    defines, or the title of a code block. A table has its `header` and `rows`; `text` repeats them, cells parted by
    ` | `.
    """

    path: str
    start: int
    end: int
    kind: PassageKind
    text: str
    headings: tuple[str, ...] = ()
    language: str = ""
    term: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over what is said and below which headings, not over lines: a moved passage keeps it."""
        return hashlib.sha256("\0".join((self.kind, *self.headings, "", self.text)).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file of documentation: its lines as they stand, and its passages in their order."""

    path: str
    lines: tuple[str, ...]
    passages: tuple[Passage, ...]
    title: str = ""

    @cached_property
    def lowered(self) -> str:
        """The visible text in lower case, for questions about the document as a whole."""
        return "\n".join(passage.text for passage in self.passages).lower()


def quote(lines: Sequence[str], start: int, end: int) -> str:
    """Return lines `start` to `end` (1-based, inclusive) verbatim, without the blanks around them."""
    return "\n".join(lines[start - 1 : end]).strip()
