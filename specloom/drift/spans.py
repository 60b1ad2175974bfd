"""Where a difference stands on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from specloom.model.source import Span


class Spans(TypedDict):
    """The lines in the base and in the head; for what was removed, the head's are those of the surviving parent."""

    base: Span | None
    head: Span | None
