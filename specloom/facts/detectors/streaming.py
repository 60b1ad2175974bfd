"""How a client asks for a stream of updates: server-sent events, and the header that asks for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"text/event-stream|server[\s-]sent events?", re.IGNORECASE)
NAMED: Final = re.compile(r"\bserver[\s-]sent events?\b", re.IGNORECASE)
ASKED: Final = re.compile(r"\bAccept\b\W{0,12}(?:header\W+)?(?:(?:to|of|as|is)\W+)?text/event-stream", re.IGNORECASE)
STREAMS: Final = re.compile(
    r"\b(?:streams?|streamed|streaming|sent|delivered|pushed|subscribe|initiat|receive)\b", re.IGNORECASE
)
NOT_SO: Final = re.compile(r"\b(?:not|no longer|never|deprecated|instead of|unlike)\b", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that offer server-sent events; the `Accept` header is part of the fact where it is told."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text = statement.text
        if not ABOUT.search(text) or not STREAMS.search(text) or NOT_SO.search(text):
            continue
        if evidence.whose.foreign(statement) or evidence.whose.surface(statement.passage) == "mcp":
            continue
        asked = ASKED.search(text)
        if not asked and not NAMED.search(text):
            continue
        value: dict[str, Json] = {"mechanism": "sse"}
        if asked:
            value["header"] = "Accept: text/event-stream"
        yield Candidate(fact_kind="streaming", value=value, places=place(statement), strength=0.8)


DETECTOR: Final = Detector(
    fact_kind="streaming",
    summary="how a client asks for a stream of updates",
    queries=("server-sent events stream, Accept: text/event-stream",),
    detect=detect,
)
