"""Which fact a person means."""

from __future__ import annotations

import pytest

from app.commands.command import Refused
from app.commands.decide import find_fact, stands
from generators import ALL
from specloom.config import load_config

KNOWN = {"0123abcd": "rate_limit", "0123ffff": "auth", "89ab4567": "idempotency"}


@pytest.mark.parametrize("typed", ["89ab4567", "89AB4567", "8", " 89ab "])
def test_a_beginning_is_enough(typed: str) -> None:
    """Where only one fact has it, in either case of letters."""
    assert "89ab4567" == find_fact(typed, KNOWN)


@pytest.mark.parametrize(
    ("typed", "said", "listed"),
    [
        ("0123", "begin with `0123`", {"0123abcd", "0123ffff"}),
        ("0123abce", "Did you mean", {"0123abcd"}),
        ("zzz", "There are", set(KNOWN)),
    ],
)
def test_others_are_refused_with_what_may_be_meant(typed: str, said: str, listed: set[str]) -> None:
    """Unknown and ambiguous IDs come with the ones to choose from."""
    with pytest.raises(Refused, match=said) as refused:
        find_fact(typed, KNOWN)
    assert listed == {identity for identity in KNOWN if f"- `{identity}` " in str(refused.value)}
    assert "rate limit" in str(refused.value)


def test_lists_are_short() -> None:
    """A comment does not list hundreds of facts; and where there is none, it says so."""
    many = {f"{number:08x}": "auth" for number in range(100)}
    with pytest.raises(Refused, match="and 95 more"):
        find_fact("0", many)
    with pytest.raises(Refused, match="none was found"):
        find_fact("0", {})


def test_a_verdict_stands_unless_its_opposite_does_too() -> None:
    """An ID in both lists is still to be decided."""
    config = load_config(b'facts: {accept: ["0123abcd", "89ab4567"], reject: ["89ab4567"]}', generators=ALL)
    assert stands(config, "0123abcd", "accept")
    assert not stands(config, "0123abcd", "reject")
    assert not stands(config, "89ab4567", "accept")
