"""Rates whose window stands above: in the words that introduce a list or table, or in the heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.amounts import AMOUNT, number, seconds
from specloom.facts.rates import LIMIT_COLUMN, PER, PLAIN, RATES, REQUESTS, WINDOW, Rate, windowed
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.passage import Passage

LEADS: Final = (
    re.compile(rf"\b{REQUESTS}\s+(?:allowed\s+)?{PER}\s+{WINDOW}[^.]*$", re.IGNORECASE),
    re.compile(
        rf"^\W*(?:per|each|every|(?:with)?in (?:any|an?|each|one))\s+{WINDOW},?[^.]*"
        rf"\b(?:make|send|perform|limit(?:s|ed)?|allow(?:s|ed)?|{REQUESTS})\b[^.]*:\W*$",
        re.IGNORECASE,
    ),
)
"""`Requests per second are limited as follows`, `Per minute, you can send:`."""
COUNTED: Final = re.compile(
    rf"(?P<limit>{AMOUNT})\s+(?:other\s+)?(?:`?[A-Z]{{3,7}}\s?`?\s*)?{REQUESTS}\b", re.IGNORECASE
)
LABELLED: Final = re.compile(
    rf"^[^\d:|]{{2,60}}?(?::|\s[–—-]|\s=)\s*(?:up to\s+)?(?P<limit>{AMOUNT})\W*$", re.IGNORECASE
)
"""The number after whom it is for: `Starter: 40`."""
FROM_ABOVE: Final = 0.8


def led(evidence: Evidence, statement: Statement) -> Iterator[Rate]:
    """Read `Live mode: 100 operations` in a list that is introduced by `requests per second as follows`."""
    passage = statement.passage
    if passage.kind not in {PassageKind.LIST_ITEM, PassageKind.TABLE} or any(p.search(statement.text) for p in RATES):
        return
    window = _window(evidence, passage)
    if not window or windowed(statement):
        return
    if statement.row:
        limits = [
            read
            for name, cell in zip(passage.header, statement.row.cells, strict=False)
            if LIMIT_COLUMN.search(name) and (found := PLAIN.match(cell)) and (read := number(found[1]))
        ]
        if len(limits) == 1:
            yield Rate(limits[0], window, "requests", 0, 0, FROM_ABOVE)
        return
    amounts = list(COUNTED.finditer(statement.text)) or list(LABELLED.finditer(statement.text))
    if len(amounts) == 1 and (limit := number(amounts[0]["limit"])):
        yield Rate(limit, window, "requests", amounts[0].start(), amounts[0].end(), FROM_ABOVE)


def _window(evidence: Evidence, passage: Passage) -> int | None:
    for text in (lead_of(evidence, passage), *passage.headings[-1:]):
        for pattern in LEADS:
            if found := pattern.search(text):
                return seconds(found["count"], found["window"])
    return None


def lead_of(evidence: Evidence, passage: Passage) -> str:
    """Return the sentence that introduces a list or table."""
    if passage.kind not in {PassageKind.LIST_ITEM, PassageKind.TABLE}:
        return ""
    for before in reversed(evidence.before(passage, 8)):
        if before.kind is PassageKind.PARAGRAPH and before.headings == passage.headings:
            return before.text
    return ""
