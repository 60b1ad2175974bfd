"""Whether to try again, and when."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Final

FIRST_DELAY: Final = 0.5
"""Seconds before the first retry; doubled for each further one."""
LONGEST_DELAY: Final = 8.0
"""The most that doubling leads to, in seconds."""
LONGEST_RETRY_AFTER: Final = 120.0
"""The longest wait that a server can ask for, in seconds; if it asks for more, the call is not tried again."""

_IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"})
_RETRIABLE: Final = frozenset({408, 409, 429})


def is_idempotent(method: str) -> bool:
    """Tell whether repeating a call does no harm whatever became of the first one (RFC 9110, section 9.2.2)."""
    return method.upper() in _IDEMPOTENT


def retry_after(headers: Mapping[str, str], *, now: Callable[[], float] = time.time) -> float | None:
    """Return the seconds that the server asks to wait: `retry-after-ms`, else `Retry-After` in seconds or as a date."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    try:
        return max(0.0, parsedate_to_datetime(headers.get("retry-after", "")).timestamp() - now())
    except (TypeError, ValueError, OverflowError):
        return None


def backoff(attempt: int, *, jitter: Callable[[], float] = random.random) -> float:
    """Return the seconds to wait after try number `attempt` (from 0): doubling, less up to a quarter at random."""
    longest = min(FIRST_DELAY * 2.0 ** min(attempt, 30), LONGEST_DELAY)
    return longest * (1.0 - 0.25 * jitter())


def worth_retrying(status: int, headers: Mapping[str, str], *, repeatable: bool) -> bool:
    """Decide for an answer. `repeatable` calls are idempotent by their method or carry an idempotency key.

    The server's `x-should-retry` wins. A call that is not repeatable is tried again only where the server says that it
    did nothing: 429, and 503 with a `Retry-After`.
    """
    wish = headers.get("x-should-retry", "").lower()
    if wish in ("true", "false"):
        return wish == "true"
    if repeatable:
        return status in _RETRIABLE or status >= 500
    return status == 429 or (status == 503 and retry_after(headers) is not None)


def delay_for_answer(status: int, headers: Mapping[str, str], *, attempt: int, repeatable: bool) -> float | None:
    """Return the seconds to wait before the next try, or None to give up."""
    if not worth_retrying(status, headers, repeatable=repeatable):
        return None
    asked = retry_after(headers)
    if asked is None:
        return backoff(attempt)
    return asked if asked <= LONGEST_RETRY_AFTER else None
