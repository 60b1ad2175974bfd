"""Facts that follow from others: the version of an API is often stated nowhere but in its addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.facts.evidence import Candidate, about_webhooks, lines_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.facts.evidence import Evidence, Place

VERSION: Final = re.compile(r"/(?:api/|rest/|api)?(?P<v>v\d+(?:\.\d+)?)(?=/|$)", re.IGNORECASE)
ENDPOINT: Final = re.compile(
    r"(?:\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\b[\s`*:]{1,4}|(?P<host>https?://[\w.{}<>:-]{1,80})|[`\[(\"'\s])"
    r"(?P<path>/(?:[\w-]{1,20}/)?(?P<v>v\d+(?:\.\d+)?/)?[\w{:<][\w{}:<>/-]*)"
)
"""The path of an endpoint, behind a method, a host or a mark, with its version where it has one."""
NO_ENDPOINT: Final = re.compile(r"oauth|authori[sz]e", re.IGNORECASE)
LEAST: Final = 0.6
"""Strength of a base URL that anything may be concluded from."""
LESS_SURE: Final = 0.95
"""A conclusion is a little weaker than what it rests on."""
FROM_PATHS: Final = 0.65


def derived(facts: Sequence[Candidate], evidence: Evidence) -> Iterator[Candidate]:
    """Read how a version is chosen from the base URLs or the paths, where nothing else is said of it."""
    if any(fact.fact_kind == "versioning" for fact in facts):
        return
    bases = [fact for fact in facts if fact.fact_kind == "base_url" and fact.strength >= LEAST]
    found = [(VERSION.search(urlsplit(str(fact.value["url"])).path), fact) for fact in bases]
    versions = {match["v"].lower() for match, _ in found if match}
    if len(versions) == 1:
        proving = sorted((fact for match, fact in found if match), key=lambda fact: -fact.strength)
        spots = [spot for fact in proving for spot in fact.places]
        yield _in_path(versions.pop(), spots, proving[0].strength * LESS_SURE)
    elif not versions:
        yield from _of_paths(evidence)


def _of_paths(evidence: Evidence) -> Iterator[Candidate]:
    """Read the one version that most paths of endpoints have, two of them at least."""
    versions: dict[str, list[Place]] = {}
    paths = 0
    for passage in evidence.passages:
        whose = evidence.whose
        if whose.aside(passage) or whose.old(passage) or whose.surface(passage) or about_webhooks(passage):
            continue
        for found in ENDPOINT.finditer(passage.text):
            if (found["host"] and not whose.calls(found["host"])) or NO_ENDPOINT.search(found["path"]):
                continue
            if found["v"]:
                spot = lines_within(passage, re.compile(re.escape(found["path"])))
                versions.setdefault(found["v"].strip("/").lower(), []).append(spot)
            elif found["host"] or found.group()[0].isupper():
                paths += 1
    for label, spots in versions.items() if len(versions) == 1 else ():
        if len(spots) > max(1, paths):
            yield _in_path(label, spots, FROM_PATHS)


def _in_path(label: str, spots: Sequence[Place], strength: float) -> Candidate:
    value = {"style": "path", "current": label}
    places = tuple(dict.fromkeys(spots))
    return Candidate(fact_kind="versioning", value=value, places=places, strength=strength)
