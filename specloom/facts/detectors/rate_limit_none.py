"""That requests are not limited at all: said of this API, not of a host or of the number of something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place, statements
from specloom.facts.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence

ABOUT: Final = re.compile(r"rate[\s_-]?limit|throttl|\bno limits?\b|\bunlimited\b", re.IGNORECASE)
NONE: Final = re.compile(
    r"\b(?:there (?:are|is) (?:currently )?no (?:\w+ )?rate[- ]?limit|(?:api|we|requests?"
    r"|calls|endpoints?)\b[^.]{0,30}\b(?:does|do|is|are)"
    r"(?: not|n't) (?:currently )?(?:have |impose |enforce |apply )?(?:any )?(?:rate[- ]?limit|throttl)|"
    r"\bno rate[- ]?limit(?:s|ing|ations?)? (?:is|are|apply|applies|on|for|in place|enforced|imposed)\b"
    r"|\bno (?:usage |call |request )?limits? (?:on|to) the (?:number|amount) of (?:[\w-]+ ){0,3}?(?:requests"
    r"|calls|queries)\b"
    r"|\bunlimited (?:number of )?(?:api )?(?:requests|calls|queries)\b"
    r"|\b(?:requests|calls|queries|apis?) (?:is|are) (?:currently )?(?:not (?:rate[- ]?)?limited|unlimited"
    r"|not throttled)\b)",
    re.IGNORECASE,
)
OTHERWISE: Final = re.compile(
    r"\b(?:if|unless|when|provider|host(?:ing)?|webhooks?|plan|in this way|although|but)\b", re.IGNORECASE
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Take only plain sentences: a condition or an exception makes it another fact."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        for statement in statements(passage):
            if _plain(statement.text) and not evidence.whose.foreign(statement) and not evidence.whose.surface(passage):
                yield Candidate(
                    fact_kind="rate_limit_none", value={"none": True}, places=place(statement), strength=0.8
                )


def _plain(text: str) -> bool:
    return bool(NONE.search(text)) and not OTHERWISE.search(text) and not HYPOTHETICAL.search(text)


DETECTOR: Final = Detector(
    fact_kind="rate_limit_none",
    summary="that requests are not limited",
    queries=("the API has no rate limits",),
    detect=detect,
)
