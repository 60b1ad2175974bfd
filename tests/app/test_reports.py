"""Links to reports."""

from __future__ import annotations

import pytest

from app.reports import LIFE, is_signed, signed_path

NAME = "a" * 64
NOW = 1_800_000_000.0


def parts(path: str) -> dict[str, str]:
    """Return the query of a link."""
    return dict(pair.split("=") for pair in path.partition("?")[2].split("&"))


def test_good_for_a_while() -> None:
    """A link is good until it ends."""
    query = parts(signed_path(NAME, secret="s", now=NOW))
    assert is_signed(NAME, **query, secret="s", now=NOW + LIFE - 1)
    assert not is_signed(NAME, **query, secret="s", now=NOW + LIFE + 1)


@pytest.mark.parametrize(
    "change", [{"expires": "9" * 12}, {"signature": "0" * 64}, {"signature": ""}, {"expires": "x"}]
)
def test_forged(change: dict[str, str]) -> None:
    """A link that was changed, or was signed with another secret or for another report, is no link."""
    query = parts(signed_path(NAME, secret="s", now=NOW))
    assert not is_signed(NAME, **(query | change), secret="s", now=NOW)
    assert not is_signed(NAME, **query, secret="t", now=NOW)
    assert not is_signed("b" * 64, **query, secret="s", now=NOW)
    assert not is_signed("../etc", **query, secret="s", now=NOW)
