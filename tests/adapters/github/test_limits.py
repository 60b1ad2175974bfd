"""How long GitHub asks to wait."""

from __future__ import annotations

import pytest

from specloom.adapters.github.limits import Reply, backoff, is_limited, wait_for

NOW = 1_700_000_000.0
SECONDARY = b'{"message": "You have exceeded a secondary rate limit."}'


@pytest.mark.parametrize(
    ("expected", "status", "headers", "body"),
    [
        (True, 429, {}, b""),
        (True, 403, {"retry-after": "3"}, b""),
        (True, 403, {"x-ratelimit-remaining": "0"}, b""),
        (True, 403, {}, SECONDARY),
        (True, 403, {}, b'{"message": "You have triggered an abuse detection mechanism."}'),
        (False, 403, {"x-ratelimit-remaining": "12"}, b'{"message": "Resource not accessible by integration"}'),
        (False, 422, {"retry-after": "3"}, b""),
        (False, 200, {"x-ratelimit-remaining": "0"}, b""),
    ],
)
def test_limited(*, expected: bool, status: int, headers: dict[str, str], body: bytes) -> None:
    """A refusal counts as a limit only where GitHub says that the pace was the reason."""
    assert expected is is_limited(Reply(status, headers, body))


@pytest.mark.parametrize(
    ("expected", "headers", "attempt"),
    [
        (7.0, {"retry-after": "7", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000900"}, 1),
        (30.0, {"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT"}, 1),
        (5.0, {"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT", "date": "Tue, 14 Nov 2023 22:13:45 GMT"}, 1),
        (0.0, {"retry-after": "Tue, 14 Nov 2023 22:13:00 GMT"}, 1),
        (901.0, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000900"}, 1),
        (1.0, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1600000000"}, 1),
        (60.0, {"x-ratelimit-remaining": "4", "x-ratelimit-reset": "1700000900"}, 1),
        (60.0, {"retry-after": "soon"}, 1),
        (120.0, {}, 2),
        (240.0, {}, 3),
    ],
)
def test_wait(expected: float, headers: dict[str, str], attempt: int) -> None:
    """Retry-After in seconds or as a date comes first, then the reset, then a minute and more."""
    assert expected == wait_for(Reply(403, headers, SECONDARY), attempt=attempt, now=NOW)


def test_backoff_grows_and_ends() -> None:
    """Tries after failures are ever further apart, with jitter, and never more than a minute."""
    assert [0.5, 1.0, 2.0, 30.0] == [backoff(attempt=n, jitter=0.0) for n in (1, 2, 3, 20)]
    assert 60.0 > backoff(attempt=20, jitter=0.999) > 59.0
