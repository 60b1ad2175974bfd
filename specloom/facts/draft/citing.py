"""The lines that an element of a draft comes from, as an extension beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.model.passage import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.facts.evidence import Place
    from specloom.model.inference import Inference

CITATIONS: Final = "x-specloom-citations"
MOST_LINES: Final = 5
"""Lines of a quote that a draft repeats; the citation names all of them."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of all documents, to quote from."""

    by_path: Mapping[str, tuple[str, ...]]

    def cited(self, spots: Iterable[Place]) -> list[dict[str, Any]]:
        """Return what stands at `spots`, each once."""
        return [
            {
                "file": spot.path,
                "line_start": spot.start,
                "line_end": spot.end,
                "quote": quote(self.by_path[spot.path], spot.start, min(spot.end, spot.start + MOST_LINES - 1)),
            }
            for spot in dict.fromkeys(spots)
        ]


def of_fact(fact: Inference) -> list[dict[str, Any]]:
    """Return the citations of a fact."""
    return [
        {"file": one.file, "line_start": one.line_start, "line_end": one.line_end, "quote": one.quote}
        for one in fact.citations[:3]
    ]
