"""What else counts as a request: each update of a stream, each call of a batch, requests that fail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.speech.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence

ABOUT: Final = re.compile(r"\bcounts?\b|\bcounted\b", re.IGNORECASE)
COUNTS: Final = re.compile(
    r"(?P<not>\b(?:not|never|don'?t|doesn'?t|won'?t)\s+(?:be\s+)?)?\bcount(?:s|ed)?\b"
    r"(?P<as>[^.;]{0,60}?\b(?:towards?|against|to|as (?:a|an|one|\d+)(?: \w+)? (?:request|call))\b[^.;]{0,60})",
    re.IGNORECASE,
)
LIMIT: Final = re.compile(r"rate[\s-]?limit|\blimits?\b|\bquotas?\b|\ballowance|\bthrottl", re.IGNORECASE)
FAILED: Final = r"(?:failed|failing|unsuccessful|rejected|invalid|erroneous)"
SUBJECTS: Final = {
    "streaming_counts": r"\b(?:each|every) (?:update|event|message|line)\b[^.;]{0,30}\bstream|\bstream(?:ing|s|ed)?\b",
    "failed_counts": rf"\b{FAILED} (?:\w+ )?(?:requests?|calls?)\b|\b(?:requests?|calls?) that (?:fail|are rejected)\b",
    "batched_counts": (
        r"\b(?:each|every|all) (?:\w+ ){0,3}?(?:in|within|of|inside) (?:a|the|each) (?:batch|bulk)\b"
        r"|\bbatched (?:requests?|calls?|operations?)\b"
    ),
    "unchanged_counts": r"\b304\b|\bnot modified\b|\bconditional requests?\b",
}
UNSURE: Final = re.compile(r"\b(?:if|unless|except|may|might|could|only)\b", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that say of one of these that it counts, or does not, where limits are spoken of."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text, passage = statement.text, statement.passage
        found = COUNTS.search(text)
        if not found or UNSURE.search(text) or HYPOTHETICAL.search(text) or evidence.whose.foreign(statement):
            continue
        if not LIMIT.search(found["as"]) and not LIMIT.search(" ".join([text, *passage.headings[-1:]])):
            continue
        named = [key for key, words in SUBJECTS.items() if re.search(words, text[: found.start()], re.IGNORECASE)]
        if len(named) == 1 and not evidence.whose.surface(passage):
            value = {named[0]: not found["not"]}
            yield Candidate(fact_kind="rate_limit_note", value=value, places=place(statement), strength=0.8)


DETECTOR: Final = Detector(
    fact_kind="rate_limit_note",
    summary="what else counts against the limit, or does not",
    queries=("each streamed update, batched or failed request counts against the rate limit",),
    detect=detect,
)
