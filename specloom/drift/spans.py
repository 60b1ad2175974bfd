"""Where a difference stands on both sides."""

from __future__ import annotations

from typing import TypedDict

from specloom.model.source import Span  # the class body needs it


class Spans(TypedDict):
    """The lines in the base and in the head; for what was removed, the head's are those of the surviving parent."""

    base: Span | None
    head: Span | None
