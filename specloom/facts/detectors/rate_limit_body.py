"""The fields of the body that answers a request beyond the limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_words import meaning
from specloom.facts.errors.json_example import parsed
from specloom.facts.evidence import Candidate, Detector, place
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

ABOUT: Final = re.compile(r"rate[\s_-]?limit|throttl|too many requests|\b429\b", re.IGNORECASE)
EXCEEDED: Final = re.compile(
    r"\b429\b|too many requests|exceed|rate[\s_-]?limited|limit (?:is|has been|was) (?:hit|reached)", re.IGNORECASE
)
SAYS: Final = frozenset(
    {"message", "error", "errors", "error_code", "messages", "code", "detail", "title", "retry_after", "reset", "limit"}
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read JSON examples whose own text, or the words before them, say that a limit was exceeded."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is not PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        body = parsed(passage.text)
        if (
            not isinstance(body, dict)
            or len(body) < 2
            or not SAYS & {said for key in body for said in (key.lower(), meaning(key))}
        ):
            continue
        if (
            (ABOUT.search(passage.text) or re.search("quota", passage.text, re.IGNORECASE))
            and _introduced(evidence, passage)
            and not evidence.whose.surface(passage)
        ):
            yield Candidate(
                fact_kind="rate_limit_body", value={"fields": list(body)}, places=place(passage), strength=0.8
            )


def _introduced(evidence: Evidence, passage: Passage) -> bool:
    if re.search(r"web[\s_-]?hook", f"{passage.path} {' '.join(passage.headings)}", re.IGNORECASE):
        return False
    before = [one.text for one in evidence.before(passage, 2) if one.headings == passage.headings]
    return bool(EXCEEDED.search(" ".join([*before, *passage.headings[-1:]])))


DETECTOR: Final = Detector(
    fact_kind="rate_limit_body",
    summary="the body of the answer to a request beyond the limit",
    queries=("example response body when the rate limit is exceeded",),
    detect=detect,
)
