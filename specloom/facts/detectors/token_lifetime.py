"""How long a token is valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.amounts import UNIT, WORD_NUMBER, duration
from specloom.facts.evidence import Candidate, Detector, place, statements
from specloom.facts.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence

ABOUT: Final = re.compile(r"\btokens?\b", re.IGNORECASE)
LIFETIME: Final = re.compile(
    r"\b(?P<token>access|refresh|id|bearer|session) tokens?\b[^.|;]{0,40}?\b(?:expires?"
    r"|expired?|valid|lasts?|live|good|lifetime|"
    rf"time[- ]to[- ]live)\b[^.|;\d]{{0,30}}?\b(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
ORDINARY: Final = ("access", "bearer")


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that give a kind of token and a span of time."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        for statement in statements(passage):
            found = LIFETIME.search(statement.text)
            length = duration(found["span"]) if found else None
            if found and length and not HYPOTHETICAL.search(statement.text) and not evidence.whose.foreign(statement):
                token = "access" if found["token"].lower() in ORDINARY else found["token"].lower()
                value = {"token": token, "seconds": length}
                yield Candidate(fact_kind="token_lifetime", value=value, places=place(statement), strength=0.85)


DETECTOR: Final = Detector(
    fact_kind="token_lifetime",
    summary="how long a token is valid",
    queries=("access tokens expire after one hour",),
    detect=detect,
)
