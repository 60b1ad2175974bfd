"""Within what an idempotency key is unique: the account, the resource, the endpoint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence

ABOUT: Final = re.compile(r"idempoten", re.IGNORECASE)
UNIQUE: Final = re.compile(
    r"\bkeys?\s+(?:are|is|must be|should be|need to be)\s+(?:unique|scoped|namespaced)\s+"
    r"(?:(?:by|per|to|for|within)\s+)"
    r"(?P<what>(?:an?|the|each|your)?\s*[a-z][\w ]{1,40}?)"
    r"(?:\s*,?\s+(?:and|as well as)\s+(?:(?:by|per|to|for|within)\s+)?"
    r"(?P<more>(?:an?|the|each|your)?\s*[a-z][\w ]{1,40}?))?\s*(?=[.,;]|$)",
    re.IGNORECASE,
)
NOTE: Final = re.compile(r"\s*\([^)]*\)")
WORDS: Final = re.compile(r"^(?:an?|the|each|your)\s+", re.IGNORECASE)
LONGEST: Final = 2
"""Words. What is longer tells a story."""
SPANS: Final = re.compile(r"\b(?:hours?|days?|minutes?|requests?|least|time)\b", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that say what keys are unique by."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        found = UNIQUE.search(NOTE.sub("", statement.text))
        if not found or not ABOUT.search(" ".join([statement.passage.text, *statement.passage.headings])):
            continue
        scope = [WORDS.sub("", part.strip()).lower() for part in (found["what"], found["more"]) if part]
        if all(part and len(part.split()) <= LONGEST and not SPANS.search(part) for part in scope):
            yield Candidate(
                fact_kind="idempotency_scope", value={"scope": [*scope]}, places=place(statement), strength=0.8
            )


DETECTOR: Final = Detector(
    fact_kind="idempotency_scope",
    summary="within what an idempotency key is unique",
    queries=("idempotency keys are unique per account and endpoint",),
    detect=detect,
)
