"""What detectors work with: statements in their context, and the candidates that they make of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from specloom.facts.speech.whose import Ownership
    from specloom.model.passage import Document, Passage, Row
    from specloom.model.source import Json

SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)`*]*\s+(?=[A-Z0-9`\"'“(*\[])|\n\s*\n")
ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|max|min|no|fig|incl)\.|\b[A-Z]\.)$", re.IGNORECASE)
MOST_SENTENCES = 400
NEAR = 25
"""Passages on each side that are still read together; sections of a book are not one thought."""
LONGEST_CITATION = 40
"""Lines. A longer one cites a page, not a paragraph."""


class Search(Protocol):
    """Finds passages by meaning and by words; the best come first."""

    def __call__(self, query: str, *, limit: int) -> Sequence[Passage]:
        """Return at most `limit` passages for `query`."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, a table row, or a code block, with the passage that it stands in and the lines that prove it."""

    text: str
    passage: Passage
    row: Row | None = None

    @property
    def start(self) -> int:
        """Return the first line of the proof."""
        return self.row.start if self.row else self.passage.start

    @property
    def end(self) -> int:
        """Return the last line of the proof."""
        return self.row.end if self.row else self.passage.end


@dataclass(frozen=True, slots=True)
class Place:
    """Lines `start` to `end` of `path`."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A fact that a detector read in one or more places. `strength` is 0 to 1 before calibration.

    `doubts` say why it may be wrong (`illustrative`, `contradicted`, `example`); each lowers the confidence. `general`
    facts are stated for the whole API, so that two of them can contradict each other. `opinion` is the probability
    that the ranker of the kind gives to the value, None where there is no ranker; `alone` says that only it found it.
    """

    fact_kind: str
    value: Mapping[str, Json]
    places: tuple[Place, ...]
    strength: float
    doubts: tuple[str, ...] = ()
    general: bool = False
    opinion: float | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """How one kind of fact is found. `queries` ask by meaning, `words` by words; `detect` reads what they bring up."""

    fact_kind: str
    summary: str
    queries: tuple[str, ...]
    detect: Callable[[Evidence], Iterable[Candidate]]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All documents of one API, with who owns what in them, and a way to search."""

    documents: tuple[Document, ...]
    whose: Ownership
    search: Search | None = None
    near: frozenset[int] = field(default_factory=frozenset)
    made: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What one reader made of the documents as a whole, kept for the next one that needs the same."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return every passage, file by file."""
        return tuple(passage for document in self.documents for passage in document.passages)

    @cached_property
    def position(self) -> dict[int, int]:
        """Return the index of every passage by its identity."""
        return {id(passage): at for at, passage in enumerate(self.passages)}

    @cached_property
    def titled(self) -> bool:
        """Tell one document whose first heading stands above everything, so that it names no section."""
        return len(self.documents) == 1 and len({p.headings[:1] for p in self.passages if p.headings}) == 1

    def about(self, words: re.Pattern[str], queries: Iterable[str] = ()) -> list[Passage]:
        """Return the passages whose text or headings have `words`, and those nearest to `queries`, in order."""
        chosen = {
            at for at, p in enumerate(self.passages) if words.search(p.text) or words.search(" / ".join(p.headings))
        }
        for query in queries if self.search else ():
            chosen.update(self.position[id(p)] for p in self.search(query, limit=12) if id(p) in self.position)  # type: ignore[misc]
        return [self.passages[at] for at in sorted(chosen)]

    def stated(self, words: re.Pattern[str], queries: Iterable[str] = ()) -> Iterator[Statement]:
        """Yield the sentences and rows about `words` that are of this API and of its current version."""
        for passage in self.about(words, queries):
            if passage.kind is PassageKind.CODE or self.whose.aside(passage) or self.whose.old(passage):
                continue
            yield from statements(passage)

    def before(self, passage: Passage, count: int = 1) -> tuple[Passage, ...]:
        """Return the passages just before `passage` in the same file."""
        at = self.position[id(passage)]
        return tuple(p for p in self.passages[max(0, at - count) : at] if p.path == passage.path)

    def after(self, passage: Passage, count: int = 1) -> tuple[Passage, ...]:
        """Return the passages just after `passage` in the same file."""
        at = self.position[id(passage)]
        return tuple(p for p in self.passages[at + 1 : at + 1 + count] if p.path == passage.path)

    def section(self, passage: Passage) -> Iterator[Passage]:
        """Yield the passages near `passage` under the same headings of the same file, itself included."""
        at = self.position[id(passage)]
        for other in self.passages[max(0, at - NEAR) : at + NEAR + 1]:
            if other.path == passage.path and other.headings == passage.headings:
                yield other


def statements(passage: Passage) -> list[Statement]:
    """Cut a passage into what can be true or false on its own."""
    if passage.kind is PassageKind.TABLE:
        return [
            Statement(" | ".join(" ".join(cell.split()) for cell in row.cells), passage, row) for row in passage.rows
        ]
    if passage.kind is PassageKind.CODE:
        return [Statement(passage.text, passage)]
    return [Statement(sentence, passage) for sentence in sentences(passage.text)]


def sentences(text: str) -> list[str]:
    """Split prose at full stops, not at those of abbreviations."""
    out: list[str] = []
    start = 0
    for end in SENTENCE_END.finditer(text):
        piece = text[start : end.start()]
        if ABBREVIATION.search(piece) or len(out) >= MOST_SENTENCES:
            continue
        out.append(" ".join(piece.split()))
        start = end.end()
    out.append(" ".join(text[start:].split()))
    return [piece for piece in out if piece]


def place(*spots: Statement | Passage) -> tuple[Place, ...]:
    """Return where `spots` stand, each once."""
    out: dict[Place, None] = {}
    for spot in spots:
        passage = spot.passage if isinstance(spot, Statement) else spot
        out[Place(passage.path, spot.start, spot.end)] = None
    return tuple(out)


def lines_within(passage: Passage, wanted: re.Pattern[str], *, room: int = 0) -> Place:
    """Narrow a code block to the lines that `wanted` matches, with `room` lines around."""
    rows = passage.text.split("\n")
    hits = [at for at, row in enumerate(rows) if wanted.search(row)]
    if not hits or len(rows) - 1 > passage.end - passage.start:
        return Place(passage.path, passage.start, min(passage.end, passage.start + 39))
    first, last = max(0, hits[0] - room), min(len(rows) - 1, hits[-1] + room)
    return Place(passage.path, passage.start + first, passage.start + min(last, first + 39))


def neighbours_joined(places: Iterable[Place], *, gap: int = 2) -> list[Place]:
    """Join places at most `gap` lines apart in one file, up to 40 lines; those that join most come first."""
    joined: list[tuple[Place, int]] = []
    for spot in sorted(set(places), key=lambda s: (s.path, s.start, s.end)):
        if joined:
            last, count = joined[-1]
            if last.path == spot.path and spot.start - last.end <= gap and spot.end - last.start < LONGEST_CITATION:
                joined[-1] = (Place(last.path, last.start, max(last.end, spot.end)), count + 1)
                continue
        joined.append((spot, 1))
    return [spot for spot, _ in sorted(joined, key=lambda pair: (-pair[1], pair[0].path, pair[0].start))]


def about_webhooks(passage: Passage) -> bool:
    """Tell whether the file or a heading says that a passage is about webhooks."""
    return "webhook" in f"{passage.path} {' '.join(passage.headings)}".lower()
