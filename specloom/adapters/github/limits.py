"""When to ask GitHub again, as a pure decision.

The rules are those of "Rate limits for the REST API" in GitHub's docs: honour `Retry-After`; else, with nothing
remaining, wait for `x-ratelimit-reset`; else at least a minute, longer each time.
"""

from __future__ import annotations

import email.utils
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_SECONDARY_WAIT: Final = 60.0
"""Seconds to wait after a secondary limit that does not say how long."""

FIRST_BACKOFF: Final = 1.0
MOST_BACKOFF: Final = 60.0
MARKERS: Final = (b"secondary rate limit", b"abuse detection", b"rate limit exceeded")


@dataclass(frozen=True, slots=True)
class Reply:
    """The part of an answer that a decision needs; header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def is_limited(reply: Reply) -> bool:
    """Say whether GitHub refused because of the pace, and not because of the request."""
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    if reply.status != HTTPStatus.FORBIDDEN:
        return False
    told = "retry-after" in reply.headers or reply.headers.get("x-ratelimit-remaining") == "0"
    return told or any(marker in reply.body.lower() for marker in MARKERS)


def wait_for(reply: Reply, *, attempt: int, now: float) -> float:
    """Return the seconds that a limited reply asks to wait; `attempt` counts from 1, `now` is in epoch seconds."""
    after = _retry_after(reply.headers, now)
    if after is not None:
        return after
    reset = reply.headers.get("x-ratelimit-reset", "")
    if reply.headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        return max(float(reset) - now, 0.0) + 1.0
    return float(LEAST_SECONDARY_WAIT * 2 ** (attempt - 1))


def backoff(*, attempt: int, jitter: float) -> float:
    """Return the seconds before another try after a failure; `jitter` is uniform in [0, 1) (full jitter)."""
    return float(min(MOST_BACKOFF, FIRST_BACKOFF * 2 ** (attempt - 1)) * (0.5 + jitter / 2))


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    then = _http_date(value)
    if then is None:
        return None
    sent = _http_date(headers.get("date", ""))
    return max(then - (sent if sent is not None else now), 0.0)


def _http_date(value: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(value).timestamp()
    except ValueError:
        return None
