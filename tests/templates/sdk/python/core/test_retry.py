"""How long to wait, and whether at all."""

from __future__ import annotations

import pytest
from _core.retry import backoff, delay_for_answer, is_idempotent, retry_after, worth_retrying

NOON = 1_577_880_000.0  # 2020-01-01 12:00:00 UTC


@pytest.mark.parametrize(("attempt", "longest"), [(0, 0.5), (1, 1), (2, 2), (3, 4), (4, 8), (5, 8), (5000, 8)])
def test_backoff(attempt: int, longest: float) -> None:
    """Waits double from half a second to eight, less up to a quarter."""
    assert longest == backoff(attempt, jitter=lambda: 0.0)
    assert longest * 0.75 == backoff(attempt, jitter=lambda: 1.0)
    assert longest * 0.75 <= backoff(attempt) <= longest


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after": "0"}, 0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9),
        ({"retry-after": "Wed, 01 Jan 2020 12:00:30 GMT"}, 30),
        ({"retry-after": "Wed, 01 Jan 2020 11:00:00 GMT"}, 0),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "tomorrow"}, None),
        ({"retry-after": "Wed, 99 Jan 2020 12:00:30 GMT"}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, milliseconds and dates are understood; nonsense is not."""
    assert seconds == retry_after(headers, now=lambda: NOON)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "get"])
def test_idempotent_methods(method: str) -> None:
    """Methods that may be repeated (RFC 9110, section 9.2.2)."""
    assert is_idempotent(method)
    assert not is_idempotent("POST")
    assert not is_idempotent("PATCH")


@pytest.mark.parametrize(
    ("status", "headers", "repeatable", "once"),
    [
        (408, {}, True, False),
        (409, {}, True, False),
        (429, {}, True, True),
        (500, {}, True, False),
        (503, {}, True, False),
        (503, {"retry-after": "1"}, True, True),
        (599, {}, True, False),
        (400, {}, False, False),
        (404, {}, False, False),
        (404, {"x-should-retry": "true"}, True, True),
        (429, {"x-should-retry": "false"}, False, False),
        (429, {"x-should-retry": "maybe"}, True, True),
    ],
)
def test_what_is_worth_a_retry(status: int, headers: dict[str, str], *, repeatable: bool, once: bool) -> None:
    """A call that may be repeated is tried again more readily than one that may not; the server has the last word."""
    assert (repeatable, once) == (
        worth_retrying(status, headers, repeatable=True),
        worth_retrying(status, headers, repeatable=False),
    )


def test_long_waits_end_the_call() -> None:
    """A server that asks for more than two minutes gets no further try."""
    assert 120 == delay_for_answer(429, {"retry-after": "120"}, attempt=0, repeatable=True)
    assert delay_for_answer(429, {"retry-after": "121"}, attempt=0, repeatable=True) is None
