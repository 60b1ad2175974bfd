"""The status that says that a quota of the plan, not the rate of requests, is used up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.speech.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence

ABOUT: Final = re.compile(r"\bquotas?\b|\b(?:daily|monthly)\b", re.IGNORECASE)
QUOTA: Final = re.compile(
    r"\b(?:(?:daily|monthly|plan|account|usage|storage|sending)\s+(?:or\s+\w+\s+)?(?:\[?\w+\s+)?(?:limits?|quotas?|allowances?)|quotas?)\b",
    re.IGNORECASE,
)
ANSWERED: Final = re.compile(
    r"\b(?:trigger|return|respon[ds]|receive|result(?:s)? in|get|answer|fail|reject|error)\w*\b[^.;]{0,40}?"
    r"(?<![\w.:/$-])`?(?P<status>4(?:0[23]|13|20|22))\b",
    re.IGNORECASE,
)
RATE: Final = re.compile(r"\brate[\s-]?limit|\bthrottl", re.IGNORECASE)
SPEED: Final = re.compile(r"\bper[\s-](?:second|minute|hour)\b", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that tie a quota to a status; 429 is the answer to a rate limit."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text = statement.text
        quota = QUOTA.search(text)
        found = ANSWERED.search(text)
        if not quota or not found or SPEED.search(text) or RATE.search(text) or HYPOTHETICAL.search(text):
            continue
        if not evidence.whose.foreign(statement):
            value = {"status": int(found["status"])}
            yield Candidate(fact_kind="quota_exceeded", value=value, places=place(statement), strength=0.78)


DETECTOR: Final = Detector(
    fact_kind="quota_exceeded",
    summary="the status that says that a quota is used up",
    queries=("monthly quota exceeded, the API responds with 402 or 403",),
    detect=detect,
)
