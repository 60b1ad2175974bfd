"""What stands above or beside a table or a list and holds for all of its numbers: their window, and what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import sentences
from specloom.facts.limits.rate_counted import CALLED, REQUESTS
from specloom.facts.limits.rate_leads import window_led
from specloom.facts.limits.rates import ADVERB, OTHER_UNITS, PER, WINDOW
from specloom.facts.speech.amounts import seconds
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

ABOVE: Final = (
    re.compile(
        rf"(?<!\d)(?<!\d\s)\b(?:api\s+)?{REQUESTS}\s*(?:/|\b(?:(?:are\s+)?allowed\s+)?{PER}\b)\s*{WINDOW}",
        re.IGNORECASE,
    ),
    re.compile(rf"\bper[- ]{WINDOW}\s+(?:[a-z]+\s+){{0,2}}(?:limits?|quotas?|rates?|caps?)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:(?:limits?|quotas?)\b[^.;:\d]{{0,40}}?|rates?\s*)\(?\b{PER}\s+(?:(?:a|an|the)\s+)?{WINDOW}",
        re.IGNORECASE,
    ),
)
ABOVE_ADVERB: Final = re.compile(
    rf"\b(?P<window>hourly|daily)\s+(?:(?:api|request|rate|call)\s+){{0,2}}(?:limit|quota|{REQUESTS})", re.IGNORECASE
)
COUNTED_ABOVE: Final = re.compile(
    rf"\b(?:number of|how many)\s+(?:[a-z-]+\s+)?(?P<unit>{OTHER_UNITS}|e-?mails|notifications)\b",
    re.IGNORECASE,
)
"""What the words above a table say that its numbers count."""
WINDOW_OF_ALL: Final = (
    re.compile(
        rf"\b(?:all|these|the|above|our|rate)\s+(?:[\w-]+\s+){{0,3}}?(?:values|quotas?|limits)\b"
        rf"[^.;:\d|]{{0,60}}?\b{PER}\s+(?:(?:a|an|the)\s+)?{WINDOW}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:rate[- ]limit(?:ing)?|quota|limit)\s+(?:window|period|interval)s?\b[^.;\d|]{0,20}?"
        rf"\b(?:is|are|of|lasts?)\s+(?:(?:a|an|the)\s+)?{WINDOW}",
        re.IGNORECASE,
    ),
)
"""What a section says of all of its limits: `All quotas are counted over 5-minute windows`."""
OF_TABLE: Final = re.compile(r":\s*$|\b(?:following|below|table|all (?:rate )?limits|these limits)\b", re.IGNORECASE)
"""What ties a sentence to the table that follows."""
IN_UNITS: Final = re.compile(r"\bin\s+(?:[a-z]+s)$", re.IGNORECASE)
SECTIONS: Final = "windows of all limits of a section"


@dataclass(frozen=True, slots=True)
class Sections:
    """The sentences that give a window to all limits, by the file and the headings that they stand below."""

    said: dict[tuple[str, tuple[str, ...]], tuple[str, ...]]


def of_section(evidence: Evidence, passage: Passage) -> tuple[str, ...]:
    """Return the sentences that give one window to all limits of the section of a passage."""
    made = evidence.made.get(SECTIONS)
    if not isinstance(made, Sections):
        made = evidence.made[SECTIONS] = Sections(_sections(evidence))
    return made.said.get((passage.path, passage.headings), ())


def _sections(evidence: Evidence) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
    found: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
    for one in evidence.passages:
        if one.kind not in {PassageKind.CODE, PassageKind.TABLE} and window_of_all(one.text):
            said = tuple(sentence for sentence in sentences(one.text) if window_of_all(sentence))
            found[one.path, one.headings] = (*found.get((one.path, one.headings), ()), *said)
    return found


def unit_above(text: str) -> str:
    """Return what a heading or a sentence says that the numbers below it count, where that is no requests."""
    found = COUNTED_ABOVE.search(text) if not CALLED.search(text) else None
    return found["unit"].lower() if found else ""


def window_of_all(text: str) -> int | float | None:
    """Return the window that a sentence gives to all limits of its section."""
    return _first(WINDOW_OF_ALL, text)


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> int | float | None:
    """Return the first window; `in seconds` says in what something is told."""
    windows = (found for pattern in patterns if (found := pattern.search(text)) and not IN_UNITS.search(found[0]))
    return next((seconds(found["count"], found["window"]) for found in windows), None)


def window_above(text: str) -> int | float | None:
    """Return the window that a heading or a sentence gives to what follows it."""
    if said := _first((*ABOVE, *WINDOW_OF_ALL), text) or window_led(text):
        return said
    found = ABOVE_ADVERB.search(text)
    return ADVERB[found["window"].lower()] if found else None
