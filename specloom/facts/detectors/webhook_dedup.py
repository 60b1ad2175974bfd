"""How a receiver recognises a webhook that is delivered twice."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.requests.headers import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"duplicat|de-?dup|more than once|\btwice\b|at[\s-]least[\s-]once|idempoten"
    r"|\bmultiple (?:deliver(?:y|ies)|attempts|times)\b|\balready (?:been )?(?:processed|handled|received)\b"
    r"|\bsame (?:event|webhook|delivery|notification) (?:again|several times)\b",
    re.IGNORECASE,
)
HOOKS: Final = re.compile(r"web[\s_-]?hook", re.IGNORECASE)
ID_HEADER: Final = re.compile(r"-id$|-key$|-uuid$|-guid$|-delivery$", re.IGNORECASE)
FIELD: Final = re.compile(r"`(?P<name>(?:[A-Za-z]\w*\.)*(?:[A-Za-z]\w*_?(?:id|Id|ID|uuid)|id))`")
QUOTED: Final = re.compile(r"`([^`\s]+)`")
ID_FIELD: Final = re.compile(r"(?:[A-Za-z]\w*\.)*(?:[A-Za-z]\w*_?(?:id|Id|ID|uuid)|id|uuid)")


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences about duplicates that name a header or a field with the id; a page makes one fact."""
    pages: dict[str, tuple[dict[str, Json], list[Place]]] = {}
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        passage = statement.passage
        if not ABOUT.search(statement.text) or not HOOKS.search(" ".join([passage.path, *passage.headings])):
            continue
        headers, fields = _named(statement.text, statement.text)
        if not headers and not fields:
            headers, fields = _named(passage.text, statement.text) if not statement.row else ([], _of_row(statement))
        if headers or fields:
            value, places = pages.setdefault(passage.path, ({}, []))
            if headers:
                value.setdefault("header", headers[0])
            if fields:
                value.setdefault("event_field", fields[0])
            places.extend(place(statement))
    for value, places in pages.values():
        yield Candidate(fact_kind="webhook_dedup", value=value, places=tuple(dict.fromkeys(places)), strength=0.75)


def _named(near: str, said: str) -> tuple[list[str], list[str]]:
    """Return the headers and fields with an id, those nearest to what is said of duplicates first."""
    at = found.start() + max(0, near.find(said)) if (found := ABOUT.search(said)) else 0
    headers, fields = ([name for _, name in sorted(named, key=lambda one: abs(one[0] - at))] for named in _ids(near))
    return headers, fields


@lru_cache(maxsize=16)
def _ids(near: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return where headers and fields with an id stand: what is near many sentences is read once."""
    quoted = set(QUOTED.findall(near))
    headers = [(one.start(), one[1]) for one in HEADER.finditer(near) if ID_HEADER.search(one[1]) and one[1] in quoted]
    return headers, [(one.start(), one["name"]) for one in FIELD.finditer(near)]


def _of_row(statement: Statement) -> list[str]:
    """Return the field that a row of a table is about."""
    first = statement.row.cells[0].strip("`*\"' ") if statement.row and statement.row.cells else ""
    return [first] if ID_FIELD.fullmatch(first) else []


DETECTOR: Final = Detector(
    fact_kind="webhook_dedup",
    summary="how a webhook that is delivered twice is recognised",
    queries=("detect duplicate webhook deliveries by the event id",),
    detect=detect,
)
