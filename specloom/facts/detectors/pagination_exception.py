"""Endpoints that are paged in another way than the rest, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.speech.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"paginat|\bpaging\b|\bpaged\b", re.IGNORECASE)
OTHERWISE: Final = re.compile(
    r"\b(?:uses?|ha(?:s|ve)|supports?|follows?|implements?|relies on|rely on)\s+(?:an?\s+|its\s+|their\s+)?"
    r"(?:different|another|distinct|separate|own)\s+(?:\w+\s+){0,3}?(?:paginat\w+|paging)"
    r"|\b(?:is|are)\s+(?:paginated|paged)\s+(?:\w+\s+)?(?:differently|in (?:a different|another) (?:way|manner))"
    r"|\b(?:paginates?|pages?)\s+differently",
    re.IGNORECASE,
)
NEVER: Final = re.compile(
    r"\b(?:(?:is|are)\s+(?:not|never)|isn'?t|aren'?t)\s+(?:currently\s+)?(?:paginated|paged|pageable)\b"
    r"|\b(?:do(?:es)?\s+not|don'?t|doesn'?t)\s+(?:currently\s+)?(?:support|use|have|offer|implement)\s+(?:any\s+)?"
    r"(?:\w+\s+)?(?:paginat\w+|paging)\b",
    re.IGNORECASE,
)
PATH: Final = re.compile(r"(?:\b(?P<method>GET|POST)\b[`*]*\s+)?[`*]*(?<![\w.:/<>-])(?P<path>/[A-Za-z][\w{}<>:./*-]*)")
UNSURE: Final = re.compile(r"\b(?:if|unless|when|parameters?|older|previous(?:ly)?|will)\b", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read the endpoints before the words; another endpoint's way is no exception without its path."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text = statement.text
        other, never = OTHERWISE.search(text), NEVER.search(text)
        found = other or never
        if not found or HYPOTHETICAL.search(text) or evidence.whose.foreign(statement):
            continue
        before = text[: found.start()]
        if UNSURE.search(before):
            continue
        for one in PATH.finditer(before):
            value: dict[str, Json] = {"applies_to": " ".join(filter(None, (one["method"], one["path"].rstrip("."))))}
            if never and not other:
                value["style"] = "none"
            yield Candidate(fact_kind="pagination_exception", value=value, places=place(statement), strength=0.82)


DETECTOR: Final = Detector(
    fact_kind="pagination_exception",
    summary="endpoints that are paged in another way, or not at all",
    queries=("this endpoint uses a different type of pagination", "this endpoint is not paginated"),
    detect=detect,
)
