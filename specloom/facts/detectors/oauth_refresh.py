"""What a client must ask for to be given a refresh token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"offline[_.]access|access_type=offline", re.IGNORECASE)
SCOPE: Final = re.compile(r"`?(?P<scope>offline[_.]access)`?", re.IGNORECASE)
EXTRA: Final = re.compile(r"\b(?P<extra>(?:prompt|access_type|approval_prompt)=\w+)")
REFRESH: Final = re.compile(r"\brefresh[\s_-]tokens?\b", re.IGNORECASE)
NEEDED: Final = re.compile(r"\b(?:must|requir|includ|request|need|add|scope|ask|with)", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that tie a scope or a parameter of the authorisation request to refresh tokens."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text = statement.text
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
