"""Rates whose window stands above: in the words that introduce a list or table, or in the heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.limits.rate_counted import REQUESTS
from specloom.facts.limits.rates import PER, RATES, WINDOW, Rate
from specloom.facts.speech.amounts import AMOUNT, number, seconds
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.passage import Passage

LEADS: Final = (
    re.compile(rf"\b{REQUESTS}\s+(?:allowed\s+)?{PER}\s+{WINDOW}[^.]*$", re.IGNORECASE),
    re.compile(rf"^\W*(?:per|each|every)\s+{WINDOW}\s*:\W*$", re.IGNORECASE),
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


def led(passage: Passage, text: str, lead: str, window_of_all: float | None = None) -> Iterator[Rate]:
    """Read `Live mode: 100 operations` in a list that is introduced by `requests per second as follows`."""
    if passage.kind is not PassageKind.LIST_ITEM or any(pattern.search(text) for pattern in RATES):
        return
    window = next((w for above in (lead, *passage.headings[-1:]) if (w := window_led(above))), window_of_all)
    amounts = (list(COUNTED.finditer(text)) or list(LABELLED.finditer(text))) if window else []
    if window and len(amounts) == 1 and (limit := number(amounts[0]["limit"])):
        yield Rate(limit, window, "requests", amounts[0].start(), amounts[0].end(), FROM_ABOVE)


def window_led(text: str) -> int | float | None:
    """Return the window that words give to the list or table that follows them."""
    for pattern in LEADS:
        if found := pattern.search(text):
            return seconds(found["count"], found["window"])
    return None
