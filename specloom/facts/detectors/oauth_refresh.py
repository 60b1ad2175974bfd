"""What a client must ask for to be given a refresh token, and whether using one replaces it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"offline[_.]access|access_type=offline|refresh[\s_-]tokens?", re.IGNORECASE)
SCOPE: Final = re.compile(r"`?(?P<scope>offline[_.]access)`?", re.IGNORECASE)
EXTRA: Final = re.compile(r"\b(?P<extra>(?:prompt|access_type|approval_prompt)=\w+)")
REFRESH: Final = re.compile(r"\brefresh[\s_-]tokens?\b", re.IGNORECASE)
ROTATES: Final = re.compile(
    r"\brefresh[\s_-]tokens?\b[^.;]{0,40}\b(?:rotat\w+|single[- ]use|one[- ]time|(?:can"
    r"|may) (?:only )?be used (?:only )?once)\b"
    r"|\b(?:old|previous|original|used|existing)\s+(?:one|refresh[\s_-]token)\b[^.;]{0,50}"
    r"\b(?:invalidat\w+|revok\w+|expires?|no longer (?:valid|works?)|becomes? invalid|discard\w*)\b"
    r"|\b(?:new|fresh|another)\s+refresh[\s_-]token\b[^.;]{0,60}\b(?:each|every) time\b"
    r"|\b(?:each|every) time\b[^.;]{0,60}\b(?:new|fresh|another)\s+refresh[\s_-]token\b",
    re.IGNORECASE,
)
"""A refresh token that is replaced by its use."""
UNTOLD: Final = re.compile(
    r"\b(?:not|never|doesn'?t|don'?t|isn'?t)\s+(?:\w+\s+){0,2}?(?:rotat|invalidat|revok|expire)", re.IGNORECASE
)
NEEDED: Final = re.compile(r"\b(?:must|requir|includ|request|need|add|scope|ask|with)", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that tie a scope or a parameter to refresh tokens, and those that say that they rotate."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text = statement.text
        if (
            ROTATES.search(text)
            and REFRESH.search(statement.passage.text)
            and not UNTOLD.search(text)
            and not evidence.whose.foreign(statement)
        ):
            rotating: dict[str, Json] = {"grant_type": "refresh_token", "rotates": True}
            yield Candidate(fact_kind="oauth_refresh", value=rotating, places=place(statement), strength=0.82)
            continue
        if not REFRESH.search(text) or not NEEDED.search(text) or evidence.whose.foreign(statement):
            continue
        value: dict[str, Json] = {}
        if found := SCOPE.search(text):
            value["scope"] = found["scope"]
        if found := EXTRA.search(text):
            value["extra_param"] = found["extra"]
        if value:
            yield Candidate(fact_kind="oauth_refresh", value=value, places=place(statement), strength=0.82)


DETECTOR: Final = Detector(
    fact_kind="oauth_refresh",
    summary="what gives a client a refresh token",
    queries=("request the offline_access scope to receive a refresh token",),
    detect=detect,
)
