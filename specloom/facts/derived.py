"""Facts that follow from others: the version of an API is often stated nowhere but in its base URL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.facts.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION: Final = re.compile(r"/(?:api/|rest/|api)?(?P<v>v\d+(?:\.\d+)?)(?=/|$)", re.IGNORECASE)
LEAST: Final = 0.6
"""Strength of a base URL that anything may be concluded from."""
LESS_SURE: Final = 0.95
"""A conclusion is a little weaker than what it rests on."""


def derived(facts: Sequence[Candidate]) -> Iterator[Candidate]:
    """Read how a version is chosen from the base URLs, where nothing else is said of it and all of them agree."""
    if any(fact.fact_kind == "versioning" for fact in facts):
        return
    bases = [fact for fact in facts if fact.fact_kind == "base_url" and fact.strength >= LEAST]
    found = [(VERSION.search(urlsplit(str(fact.value["url"])).path), fact) for fact in bases]
    versions = {match["v"].lower() for match, _ in found if match}
    if len(versions) != 1:
        return
    proving = sorted((fact for match, fact in found if match), key=lambda fact: -fact.strength)
    yield Candidate(
        fact_kind="versioning",
        value={"style": "path", "current": versions.pop()},
        places=tuple(dict.fromkeys(spot for fact in proving for spot in fact.places)),
        strength=proving[0].strength * LESS_SURE,
    )
