"""Where an operation says a part that stands elsewhere: at the reference, not at the component."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from specloom.model.api import Api
    from specloom.model.source import Span

_SHARED: Final = ("components", "parameters", "responses", "definitions")


def shared(api: Api) -> tuple[Span, ...]:
    """Return the blocks of a description that hold what others refer to."""
    members = dict(api.span.members) if api.span is not None else {}
    return tuple(api.span.member(word) for word in _SHARED if api.span is not None and word in members)


def site(part: Span, home: Span, word: str, blocks: tuple[Span, ...]) -> Span:
    """Return the lines of a part; of one that is referred to, those of the keyword of `home` that refers to it."""
    referred = part.path != home.path or any(inside(part, block) for block in blocks)
    return home.member(word) if referred and not inside(part, home) else part


def inside(inner: Span, outer: Span) -> bool:
    """Tell whether all lines of a span are among those of another."""
    return inner.path == outer.path and outer.start <= inner.start and inner.end <= outer.end
