"""Real calls of an API, as they were made or recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Headers: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values, in the order in which they came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What travelled one way. `body` is None where nothing was recorded; `gap` says what is wrong with it, if so."""

    headers: Headers = ()
    body: bytes | None = None
    gap: str = ""

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever the case of its name."""
        return first(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. `number` is its place in the recording, from 1; `url` is absolute.

    `operation` is the key of the operation that was called, where the caller knows it.
    """

    number: int
    method: str
    url: str
    request: Message
    status: int
    answer: Message
    operation: str | None = None


def first(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the first value of a header, whatever the case of its name."""
    return next((value for known, value in headers if known.lower() == name.lower()), None)
