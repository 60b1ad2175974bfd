"""How complete a description is, and why not more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.model.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Something that generators and people miss in the description.

    `code` is kebab-case and stable; `count` of `total` places lack it; `span` is the first of them; `points` is what it
    costs of the hundred.
    """

    code: str
    message: str
    count: int
    total: int
    points: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Completeness from 0 to 100, with the reasons for what is missing, the most expensive first."""

    value: int
    reasons: tuple[Reason, ...] = ()
