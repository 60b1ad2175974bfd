"""Where a difference stands on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypedDict

if TYPE_CHECKING:
    from specloom.model.source import Reference, Span


class Spans(TypedDict):
    """The lines in the base and in the head; for what was removed, the head's are those of the surviving parent."""

    base: Span | None
    head: Span | None


class Part(Protocol):
    """What may stand elsewhere, and be referred to where it is used."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    @property
    def site(self) -> Reference | None:
        """Where it is referred to."""


def said(part: Part) -> Span:
    """Return where a description says that it has a part: at the reference, not at the component."""
    return part.site.span if part.site is not None else part.span


def inside(inner: Span, outer: Span) -> bool:
    """Tell whether all lines of a span are among those of another."""
    return inner.path == outer.path and outer.start <= inner.start and inner.end <= outer.end
