"""A header that every request should carry though it authenticates nobody: who is calling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place, statements
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place

ABOUT: Final = re.compile(r"user[- ]agent", re.IGNORECASE)
AGENT: Final = re.compile(r"\buser-agent\b|\buser agent (?:string|header)\b|\bvalid User Agent\b", re.IGNORECASE)
SENT: Final = re.compile(
    r"\bheaders?\b|\brequests?\b|\bapplications\b|\bscripts\b|\bconsumers\b|\bclients\b"
    r"|`User-Agent`|\byour (?:app|application"
    r"|script|tool|client)\b",
    re.IGNORECASE,
)
MUST: Final = re.compile(
    r"\b(?:must|requir|mandatory|should|please|need to|have to|provide|include|specify|set|send|identif)", re.IGNORECASE
)
FORBIDDEN: Final = re.compile(
    r"\b(?:browser|cannot|can't|parse|webhooks?|we (?:send|set)|our user[- ]agent|sdk)\b", re.IGNORECASE
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that ask callers to name themselves."""
    places: list[Place] = []
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        for statement in statements(passage):
            if (
                AGENT.search(statement.text)
                and SENT.search(statement.text)
                and MUST.search(statement.text)
                and not FORBIDDEN.search(statement.text)
            ):
                places.extend(place(statement))
    if places:
        value = {"name": "User-Agent"}
        yield Candidate(fact_kind="required_header", value=value, places=tuple(dict.fromkeys(places)), strength=0.8)


DETECTOR: Final = Detector(
    fact_kind="required_header",
    summary="headers that every request should carry",
    queries=("requests must have a User-Agent header that identifies your application",),
    detect=detect,
)
