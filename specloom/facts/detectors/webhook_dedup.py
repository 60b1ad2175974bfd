"""How a receiver recognises a webhook that is delivered twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.headers import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"duplicat|de-?dup|more than once|\btwice\b|at[\s-]least[\s-]once|idempoten", re.IGNORECASE)
HOOKS: Final = re.compile(r"web[\s_-]?hook", re.IGNORECASE)
ID_HEADER: Final = re.compile(r"-id$|-key$|-uuid$|-guid$|-delivery$", re.IGNORECASE)
FIELD: Final = re.compile(r"`(?P<name>(?:[A-Za-z]\w*\.)*(?:[A-Za-z]\w*_?(?:id|Id|ID|uuid)|id))`")


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences about duplicates that name a header or a field with the id; a page makes one fact."""
    pages: dict[str, tuple[dict[str, Json], list[Place]]] = {}
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        passage = statement.passage
        if not ABOUT.search(statement.text) or not HOOKS.search(" ".join([passage.path, *passage.headings])):
            continue
        near = passage.text
        headers = [name for name in HEADER.findall(near) if ID_HEADER.search(name) and f"`{name}`" in near]
        fields = [found["name"] for found in FIELD.finditer(near)]
        if headers or fields:
            value, places = pages.setdefault(passage.path, ({}, []))
            if headers:
                value.setdefault("header", headers[0])
            if fields:
                value.setdefault("event_field", fields[0])
            places.extend(place(statement))
    for value, places in pages.values():
        yield Candidate(fact_kind="webhook_dedup", value=value, places=tuple(dict.fromkeys(places)), strength=0.75)


DETECTOR: Final = Detector(
    fact_kind="webhook_dedup",
    summary="how a webhook that is delivered twice is recognised",
    queries=("detect duplicate webhook deliveries by the event id",),
    detect=detect,
)
