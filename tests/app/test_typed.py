"""Commands in comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.typed import MOST, Typed, mentions_command, typed_commands


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([Typed("help", ())], "/specloom"),
        ([Typed("help", ())], "  /specloom   help  "),
        ([Typed("diff", ("a..b",))], "Look:\r\n/specloom DIFF a..b\r\nthanks"),
        ([Typed("approve", ("1a", "nobody uses it"))], '/specloom approve 1a "nobody uses it"'),
        ([Typed("approve", ("1a", "it's", "fine"))], "/specloom approve 1a it's fine"),
        ([Typed("retry", ()), Typed("status", ())], "/specloom retry\n/specloom status"),
        ([Typed("retry", ())], "```\ncode\n```\n/specloom retry"),
        ([Typed("retry", ())], "~~~~\n```\n~~~~\n/specloom retry"),
        ([], "/specloomed"),
        ([], "say /specloom retry"),
        ([], "> /specloom retry"),
        ([], "    /specloom retry"),
        ([], "\t/specloom retry"),
        ([], "`/specloom retry`"),
        ([], "```\n/specloom retry\n```"),
        ([], "```\n/specloom retry"),
        ([], "````\n```\n/specloom retry\n````"),
        ([], "~~~\n/specloom retry\n~~~"),
        ([], "- item\n\n  ```\n  /specloom retry\n  ```"),
        ([], "<!-- /specloom retry -->"),
        ([], "<!--\n/specloom retry"),
        ([], ""),
    ],
)
def test_commands(expected: list[Typed], text: str) -> None:
    """A command stands at the start of a line, and not in code, quotes or hidden text."""
    assert expected == list(typed_commands(text))
    assert bool(expected) is mentions_command(text)


def test_not_too_many() -> None:
    """One comment commands a handful of things at most."""
    assert len(typed_commands("/specloom status\n" * 50)) == MOST


@given(st.text())
def test_any_text(text: str) -> None:
    """No text whatever makes the parser fail."""
    typed_commands(f"/specloom {text}")
