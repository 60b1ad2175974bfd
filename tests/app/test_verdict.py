"""Verdicts on facts in the config file."""

from __future__ import annotations

import pytest

from app.verdict import OPPOSITE, Verdict, with_verdict
from generators import ALL
from specloom.config import Config, load_config

ID = "0123abcd"


def decided(text: str, verdict: Verdict) -> str:
    """Return the edited text, which there must be."""
    after = with_verdict(text, ID, verdict=verdict, generators=ALL)
    assert after is not None
    return after


def lists(text: str) -> dict[str, frozenset[str]]:
    """Return the IDs below both keys."""
    config: Config = load_config(text.encode(), generators=ALL)
    return {"accept": config.accepted_facts, "reject": config.rejected_facts}


@pytest.mark.parametrize("verdict", ["accept", "reject"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet\n",
        "branch: bot/update  # ours",
        "branch: bot/update\r\n# the end\r\n",
        "facts: {}\nbranch: bot/update\n",
        'facts:  # ours\n  accept:\n    - "11111111"  # sure\n\n# the branch\nbranch: bot/update\n',
        'facts:\n  # wrong\n  reject:\n  - "11111111"\n\n# the branch\nbranch: bot/update\n',
        'branch: bot/update\nfacts:\n    reject:\n        - "11111111"',
    ],
)
def test_id_is_added(text: str, verdict: Verdict) -> None:
    """It stands in its list alone, and every line that was there still is, in order."""
    after = decided(text, verdict)
    before = lists(text)
    assert {verdict: before[verdict] | {ID}, OPPOSITE[verdict]: before[OPPOSITE[verdict]]} == lists(after)
    lines = iter(after.splitlines())
    assert all(line in lines for line in text.splitlines() if line != "facts: {}")


@pytest.mark.parametrize("verdict", ["accept", "reject"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("facts: {}  # none\n", 'facts: {%s: ["0123abcd"]}  # none\n'),
        ("facts: {%s: []}  # x\n", 'facts: {%s: ["0123abcd"]}  # x\n'),
        ('facts:\n  %s: ["11111111",]  # x\n', 'facts:\n  %s: ["11111111", "0123abcd",]  # x\n'),
    ],
)
def test_lists_in_brackets_stay_so(text: str, expected: str, verdict: Verdict) -> None:
    """What was written on one line still is."""
    assert expected % verdict == decided(text.replace("%s", verdict), verdict)


@pytest.mark.parametrize("verdict", ["accept", "reject"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('["0123abcd"]  # c', "[]  # c"),
        ('["0123abcd", "11111111"]', '["11111111"]'),
        ('["11111111", "0123abcd"]', '["11111111"]'),
        ('["0123abcd","0123abcd",]', "[]"),
        ("[\n    '0123abcd',  # so\n    # b\n    \"11111111\",\n  ]", '[\n    # b\n    "11111111",\n  ]'),
        (' # c\n    - "0123abcd"  # so\n    # b', "[]  # c\n    # b"),
        ('# c\n    - "0123abcd"\n    # b\n    - "11111111"', '# c\n    # b\n    - "11111111"'),
    ],
)
def test_an_opposite_verdict_is_taken_back(text: str, expected: str, verdict: Verdict) -> None:
    """Only the entry goes, and the comment on it; an emptied list is an empty list."""
    other = OPPOSITE[verdict]
    before = f"facts:\n  {other}: {text}\nbranch: bot/update\n"
    after = decided(before, verdict)
    assert after.startswith(f"facts:\n  {other}: {expected.splitlines()[0]}")
    assert {*expected.splitlines()[1:], "branch: bot/update"} <= set(after.splitlines())
    assert {ID} == lists(after)[verdict]
    assert lists(before)[other] - {ID} == lists(after)[other]


@pytest.mark.parametrize(
    "text", ["", "# c\n", 'facts: {reject: ["0123abcd"]}\n', 'facts:\n  accept:\n  - "11111111"\n']
)
def test_twice_is_once(text: str) -> None:
    """What is said already is not said again, and a verdict may be turned back and forth."""
    once = decided(text, "accept")
    assert once == decided(once, "accept")
    assert lists(once) == lists(decided(decided(once, "reject"), "accept"))


@pytest.mark.parametrize(
    "text",
    [
        "{branch: bot/update}\n",
        "nonsense: [\n",
        "- a\n",
        "branch: x\n...\n",
        'docs: &a\n  - "0123abcd"\nfacts:\n  accept: *a\n',
        'facts: {accept: &a ["11111111"], reject: *a}\n',
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    """Where no edit is safe, none is made."""
    assert with_verdict(text, ID, verdict="reject", generators=ALL) is None
