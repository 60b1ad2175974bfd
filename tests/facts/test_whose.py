"""Whose an address is, by the hosts that the docs call."""

from __future__ import annotations

import pytest

from specloom.facts.passages import document
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

CALLS = b"# Calls\n\n```\ncurl https://api.gullbank.co.uk/accounts\n```\n"


@pytest.mark.parametrize(
    ("ours", "url"),
    [
        (True, "https://login.gullbank.eu/authorize"),
        (True, "https://gullbank.co.uk/authorize"),
        (False, "https://login.ternbank.co.uk/authorize"),
        (False, "https://login.ternbank.eu/authorize"),
    ],
)
def test_hosts_of_one_organisation_share_its_name(ours: bool, url: str) -> None:  # noqa: FBT001
    """The name before the top-level domain decides, not the domain of a country."""
    read = document("docs/index.md", CALLS)
    assert isinstance(read, Document)
    assert ours == ownership([read]).calls(url)
