"""Approvals in the config file."""

from __future__ import annotations

import pytest

from app.accept import with_acceptance
from generators import ALL
from specloom.config import load_config

FINGERPRINT = "0123456789ab"
REASON = 'nobody "uses" it: really # yes'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "descriptions:\n  - openapi.yaml\n",
        "descriptions:\n  - openapi.yaml",
        "drift:\n  fail_on: risky\n",
        "drift:   # what we accept\n  fail_on: risky  # strict\n\ntargets:\n  sdk/python:\n",
        "drift:\n  accept:\n    - rule: x\n      reason: old\ntargets:\n  sdk/python:\n",
        "drift:\n  accept:\n  - rule: x\n    reason: old\n",
        "drift:\n    accept:  # here\n      - {rule: x, reason: old}\n",
        "# a comment\nbranch: bot/update\n# the end\n",
    ],
)
def test_entry_is_added(text: str) -> None:
    """The entry is found again, the rest of the config says what it said, and every line of it still stands."""
    after = with_acceptance(text, fingerprint=FINGERPRINT, reason=REASON, generators=ALL)
    assert after is not None
    before, now = load_config(text.encode(), generators=ALL), load_config(after.encode(), generators=ALL)
    added = [item for item in now.policy.accepted if item.fingerprint == FINGERPRINT]
    assert [REASON] == [item.reason for item in added]
    assert len(before.policy.accepted) + 1 == len(now.policy.accepted)
    assert set(text.splitlines()) <= set(after.splitlines())


@pytest.mark.parametrize("text", ["drift: {fail_on: risky}\n", "drift:\n  accept: []\n", "nonsense: [\n", "- a\n"])
def test_nothing_is_guessed(text: str) -> None:
    """Where no edit is safe, none is made."""
    assert with_acceptance(text, fingerprint=FINGERPRINT, reason=REASON, generators=ALL) is None
