"""Rates that a heading tells: `Endpoints with 100 requests per 10 minutes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Place, Statement, place
from specloom.facts.limits.rates import RATES

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

ROOM: Final = 6
"""Lines between a heading and what stands below it."""
SHOWN: Final = 24
"""Characters of a heading that tell its line."""


def heading_of(evidence: Evidence, passage: Passage) -> tuple[Statement, tuple[Place, ...]] | None:
    """Return the heading that a passage is the first below, as a statement, and its line; None where it has no rate."""
    heading = passage.headings[-1] if passage.headings else ""
    if not heading or any(one.headings == passage.headings for one in evidence.before(passage)):
        return None
    if not any(pattern.search(heading) for pattern in RATES):
        return None
    lines = next(document.lines for document in evidence.documents if document.path == passage.path)
    below = range(passage.start - 1, max(0, passage.start - ROOM), -1)
    at = next((at for at in below if heading[:SHOWN] in lines[at - 1]), 0)
    spots = (Place(passage.path, at, at),) if at else ()
    return Statement(heading, passage), (*spots, *place(passage))
