"""Errors, sorted by what happens next rather than by where they arose.

A partial failure is not an exception: it is a `specloom.model.diagnostic.Diagnostic`, carried beside the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.model.source import Span


class UserError(Exception):
    """The user's description, documentation or config is wrong: point at the line, do not retry (exit code 1).

    `message` is one kind, exact sentence that ends with the next step; `span` is where it went wrong, when known.
    """

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span

    def __str__(self) -> str:
        return f"{self.span}: {self.message}" if self.span else self.message


class UpstreamError(Exception):
    """A service we depend on is unwell: try again later (exit code 75).

    `retry_after` is in seconds, when the service said so.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after
