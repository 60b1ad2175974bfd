"""Diagnostics, collected while reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.diagnostic import Diagnostic, Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.source import Span

MAX_DIAGNOSTICS: Final = 5_000
"""Problems that anybody might still look at."""


class Problems:
    """What could not be read; a part that many operations share is reported once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], Diagnostic] = {}

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over diagnostics from elsewhere."""
        for diagnostic in diagnostics:
            if len(self._seen) > MAX_DIAGNOSTICS:
                return
            if len(self._seen) == MAX_DIAGNOSTICS:
                message = f"there are more than {MAX_DIAGNOSTICS:,} problems; the others are not listed"
                diagnostic = Diagnostic(Level.NOTE, "too-many-problems", message)  # noqa: PLW2901  # it takes its place
            key = (diagnostic.code, diagnostic.message, str(diagnostic.span))
            self._seen.setdefault(key, diagnostic)

    def error(self, code: str, message: str, span: Span) -> None:
        """Report that something is missing from the result."""
        self.add([Diagnostic(Level.ERROR, code, message, span)])

    def warning(self, code: str, message: str, span: Span) -> None:
        """Report that something was guessed."""
        self.add([Diagnostic(Level.WARNING, code, message, span)])

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return everything, by file and line."""
        return tuple(sorted(self._seen.values(), key=_place))


def _place(diagnostic: Diagnostic) -> tuple[str, int, str, str]:
    span = diagnostic.span
    return (span.path if span else "", span.start if span else 0, diagnostic.code, diagnostic.message)
