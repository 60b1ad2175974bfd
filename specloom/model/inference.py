"""What the documentation says and the description does not, each with the lines that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.source import Json


CONTRADICTION: Final = "docs-contradict-"
"""What the code of a diagnostic begins with where the docs contradict the description or themselves: a finding."""


LONGEST_COMMENT: Final = 110
"""Characters of a comment in generated code; reports have the whole quote."""


class Outcome(StrEnum):
    """What we do with an inference: put it into generated code, ask a person, or keep it to ourselves."""

    APPLY = "apply"
    SUGGEST = "suggest"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`quote` stands verbatim in lines `line_start` to `line_end` (1-based, inclusive) of `file`.

    `commit` and `permalink` are filled in when the documentation came from a commit that others can see.
    """

    file: str
    line_start: int
    line_end: int
    quote: str
    commit: str | None = None
    permalink: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """A fact, its value, how sure we are (0 to 1), and the passages that prove it; never without one.

    `fact_kind` and the keys of `value` are those of `docs/facts.md`. `id` is short, stable under rewording of
    our own texts, and what a person writes into the config to accept or reject it; `accepted` says that somebody has.
    """

    id: str
    fact_kind: str
    value: Mapping[str, Json]
    confidence: float
    citations: tuple[Citation, ...]
    outcome: Outcome
    accepted: bool = False

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"an inference of {self.fact_kind} without a citation proves nothing")

    @property
    def comment(self) -> str:
        """Cite the proof on one line of generated code: an edit elsewhere in the docs must not change it."""
        where = self.citations[0]
        line = " ".join(f"{self.fact_kind.replace('_', ' ')} by {where.file} ({self.id}): {where.quote}".split())
        return line if len(line) <= LONGEST_COMMENT else f"{line[:LONGEST_COMMENT].rstrip()} …"
