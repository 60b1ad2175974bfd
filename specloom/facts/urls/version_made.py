"""How a version is chosen as a fact, and the ways to read one where no sentence states it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.facts.evidence import Candidate, Place, lines_within, place
from specloom.facts.urls.version_words import BASED, HEADING, NOT_API, PATH_VERSION, TITLED
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json


def candidate(style: str, rest: dict[str, Json], spots: list[Place], strength: float) -> Candidate:
    """Make the fact of a way to choose a version."""
    return Candidate(
        fact_kind="versioning", value={"style": style, **rest}, places=tuple(dict.fromkeys(spots)), strength=strength
    )


def spot_of(passage: Passage, found: re.Match[str]) -> Place:
    """Return the lines in which a version was found."""
    if passage.kind is not PassageKind.CODE:
        return place(passage)[0]
    return lines_within(passage, re.compile(re.escape(found.group().strip().split("\n")[-1])), room=2)


def titled(evidence: Evidence) -> Iterator[Candidate]:
    """Read the version in the title of a page, `Orders API v2`, where addresses on the page have it in their path."""
    for document in evidence.documents:
        found = TITLED.search(document.title)
        if not found or not document.passages or evidence.whose.old(document.passages[0]):
            continue
        label = f"v{found['after'] or found['before']}"
        spots = [
            spot_of(passage, one)
            for passage in document.passages
            for one in PATH_VERSION.finditer(passage.text)
            if one["v"] == label and not evidence.whose.aside(passage)
        ]
        lines = [at for at, line in enumerate(document.lines, 1) if document.title in line][:1]
        if spots and lines:
            heading = Place(document.path, lines[0], lines[0])
            yield candidate("path", {"current": label}, [heading, *spots[:2]], 0.8)


def based(statements: Iterable[Statement]) -> Iterator[Candidate]:
    """Read a way to version without any version: `we use URI-based versioning`."""
    said = (one for one in statements if HEADING.search(" ".join(one.passage.headings)))
    spots = [spot for one in said if BASED.search(one.text) and not NOT_API.search(one.text) for spot in place(one)]
    if spots:
        yield candidate("path", {}, spots, 0.75)
