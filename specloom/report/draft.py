"""What people are told about a description that was drafted from the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.config import PATH
from specloom.report.escape import anchor, code
from specloom.report.order import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model.inference import Citation

MOST: Final = 50
"""Operations listed in one report; more are counted."""


def proposal_section(path: str, operations: Sequence[tuple[str, Citation]]) -> str:
    """Return what is proposed, what happens with it next, and where the docs tell of each operation."""
    told = (
        f"This repository documents an API and has no description of it. {code(path)} is a draft with"
        f" {plural(len(operations), 'operation')}: it holds what the documentation shows and nothing else, and each"
        " part names the lines that it rests on."
    )
    next_steps = (
        "Correct what is wrong; what you write stays when the documentation changes. Once this is merged, everything"
        " else is generated from it. If you want none of it, close this pull request: it is not proposed again. To have"
        f" it in another place, name the file under `draft` in `{PATH}`."
    )
    rows = ["| operation | documented at |", "|---|---|", *(_row(*one) for one in operations[:MOST])]
    lines = ["### A description, drafted from the documentation", told, next_steps, "\n".join(rows)]
    more = len(operations) - MOST
    return "\n\n".join([*lines, *([f"And {plural(more, 'other')}."] if more > 0 else [])])


def _row(key: str, citation: Citation) -> str:
    place = code(f"{citation.file}:{citation.line_start}")
    url = citation.permalink
    return f"| {code(key)} | {f'[{place}]({anchor(url)})' if url and url.startswith('https://') else place} |"
