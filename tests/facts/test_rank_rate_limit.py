"""Every number is proposed with the windows that it may belong to, and what plainly belongs elsewhere is not."""

from __future__ import annotations

import time

import pytest

from specloom.facts.evidence import Evidence, Place
from specloom.facts.passages import document
from specloom.facts.ranking.proposal import MOST_PROPOSALS
from specloom.facts.ranking.rate_limit import RANKER
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document


def evidence(page: str) -> Evidence:
    """Read one page."""
    read = document("docs/limits.md", page.encode())
    assert isinstance(read, Document)
    return Evidence(documents=(read,), whose=ownership((read,)))


def rates(page: str) -> list[tuple[object, object]]:
    """Return what is proposed of a page, as limits and seconds."""
    return [(one.value["limit"], one.value["window_s"]) for one in RANKER.propose(evidence(page))]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Send 90 requests in each 5-min window.", [(90, 300)]),
        ("In an hour, 40 may be sent.", [(40, 3600)]),
        ("The hourly limit is 12 and the daily limit is 60.", [(12, 3600), (60, 86_400)]),
        ("A bucket of 40, from which 2 calls per second leak.", [(2, 1)]),
        ("Plans have 10, 20 or 30 calls a day.", [(10, 86_400), (20, 86_400), (30, 86_400)]),
        ("From 5 to 15 calls per minute.", []),
        ("At 10:30 each day.", []),
        ("A 429 error in an hour.", []),
        ("More than 9000 calls may take seconds.", []),
        ("Start with 500 calls an hour.", [(500, 3600)]),
        ("Bursts of 25 per second.", []),
        ("A call costs 3 points per minute.", []),
        ("Wait 20 seconds after 3 calls.", []),
        ("One call per 100ms.", [(1, 0.1)]),
    ],
)
def test_a_number_goes_with_the_window_that_is_its_own(said: str, expected: list[tuple[float, float]]) -> None:
    """Neither a window with a nearer number nor a number with a nearer window is joined to another."""
    assert expected == rates(f"# Limits\n{said}\n")


def test_windows_stand_in_cells_of_their_own_and_in_names_of_columns() -> None:
    """A span of time with more in its cell belongs to that cell."""
    page = "# Limits\n| Call | Window | Limit |\n|---|---|---|\n| Moor | 5 minutes | 300 |\n"
    assert [(300, 300)] == rates(page)
    assert [(140, 60)] == rates("# Limits\n| Rate | Burst |\n|---|---|\n| 140 requests/minute | 25 |\n")
    assert [(9, 60), (1_000_000, 3600)] == rates("# Limits\n| Per minute | Per hour |\n|---|---|\n| 9 | 1M |\n")


def test_code_and_older_versions_propose_nothing() -> None:
    """Examples show anything."""
    assert [] == rates("# Limits\n```\n500 requests per hour\n```\n")
    assert [] == rates("# Version 1 (deprecated)\n500 requests per hour\n")


def test_features_tell_how_both_stand_and_what_is_around() -> None:
    """Words for requests and for limits, on the way from the number to its window and around."""
    page = "# Rate limits\nYou may send at most 90 requests per minute.\n\n# Docks\n7 berths per mile and hour.\n"
    plain, other = RANKER.propose(evidence(page))
    for sign in ("per", "called", "held", "heading_strong", "around_strong"):
        assert (1.0, 0.0) == (plain.features[sign], other.features[sign]), sign
    assert plain.features["gap"] < other.features["gap"]
    assert (Place("docs/limits.md", 2, 2),) == plain.places


def test_the_same_rate_stands_twice_only_for_different_calls() -> None:
    """Rows for two endpoints are two facts, and a plan beside the same number is none."""
    known = [{"limit": 9, "window_s": 60, "applies_to": "/docks"}]
    assert RANKER.beside({"limit": 9, "window_s": 60, "applies_to": "/tugs"}, known)
    assert not RANKER.beside({"limit": 9, "window_s": 60, "tier": "Deck"}, known)
    assert RANKER.beside({"limit": 9, "window_s": 3600}, known)


def test_endless_rows_are_read_up_to_a_bound() -> None:
    """Hostile tables cost no more than long ones."""
    row = "| " + " | ".join(f"{at} calls per {at} min" for at in range(2, 40)) + " |\n"
    page = "# Rate limits\n" + row + "|---" * 38 + "|\n" + row * 1500
    start = time.process_time()
    assert MOST_PROPOSALS <= len(rates(page)[: MOST_PROPOSALS + 1])
    assert time.process_time() - start < 20
