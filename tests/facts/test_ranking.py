"""Proposals are weighed by a fitted model, and only the likely ones stand beside what is known."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from specloom.facts.calibration import UNPROPOSED
from specloom.facts.evidence import Candidate, Evidence, Place
from specloom.facts.ranking import ALL, PARTS, agree, ranked, set_right, standing, weighed
from specloom.facts.ranking.model import INTERCEPT, probability, weights
from specloom.facts.ranking.proposal import Proposal, Ranker
from specloom.facts.speech.whose import Ownership

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model.source import Json

NOTHING = Evidence(documents=(), whose=Ownership(names=frozenset()))


def test_features_push_a_probability_up_and_down() -> None:
    """The model is logistic: an unknown feature counts for nothing."""
    fitted = {INTERCEPT: 0.0, "tide": 1.0, "sand": -2.0}
    assert probability(fitted, {}) == pytest.approx(0.5)
    assert probability(fitted, {"tide": 2.0, "moon": 9.0}) == pytest.approx(0.881, abs=0.001)
    assert probability(fitted, {"tide": 1.0, "sand": 1.0}) == pytest.approx(0.269, abs=0.001)


def test_the_likeliest_are_asked_first_and_the_unlikely_never() -> None:
    """A proposal must reach the threshold, and bear what was taken before it."""
    said = weighed(_ranker(), NOTHING, _size)
    found = [(proposal.value["at"], sure) for proposal, sure in standing(_ranker(), said, [{"at": "north"}])]
    assert found == [("west", 0.9), ("east", 0.6)]


def test_a_lone_fact_is_set_right() -> None:
    """The likeliest proposal about its matter decides; where two facts are about it, nobody knows which is meant."""
    known = {"at": "west", "height": 2}
    right = {"at": "west", "height": 3}
    assert [right] == _settled(known)
    assert [right] == _settled(right)
    assert [known, known] == _settled(known, known)
    assert [{"at": "south"}] == _settled({"at": "south"})


def test_a_fact_carries_what_its_ranker_says_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The likeliest proposal that agrees counts; a fact that nobody proposed is doubted, and an addition is alone."""
    monkeypatch.setattr("specloom.facts.ranking.ALL", (_ranker(),))
    monkeypatch.setattr(weighed, "__defaults__", (_size,))
    found = ranked(NOTHING, [_fact({"at": "south", "tier": "neap"}), _fact({"at": "moon"})])
    said = [(one.value["at"], one.opinion, one.alone) for one in found]
    assert said[:2] == [("south", 0.2, False), ("moon", UNPROPOSED, False)]
    assert said[2:] == [("north", 0.95, True), ("west", 0.9, True), ("east", 0.6, True)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"url": "https://api.tide.dev/V1/"}, {"url": "https://api.tide.dev/v1", "env": "live"}, True),
        ({"param": "count", "max": 50}, {"param": "count", "default": 10, "max": 50}, True),
        ({"param": "count", "max": 50}, {"param": "count", "max": 60}, False),
        ({"style": "page", "params": {"page": "p"}}, {"style": "page", "params": {"page": "p", "limit": "n"}}, True),
        ({"fields": ["code", "text"]}, {"fields": ["code", "why"]}, False),
        ({"format": 'Tide key="{token}"'}, {"format": "Tide key={token}"}, True),
        ({"tier": "neap"}, {"tier": "neap"}, False),
    ],
)
def test_readers_agree_in_what_both_say(one: dict[str, Json], other: dict[str, Json], *, expected: bool) -> None:
    """What only one of them says, and what a value says besides, is no disagreement."""
    assert agree(one, other) is expected


@pytest.mark.parametrize("model", [*(part.name for part in PARTS), *(ranker.fact_kind for ranker in ALL)])
def test_the_weights_are_those_of_the_committed_rows(model: str) -> None:
    """`make fit-facts` was run after the rows changed."""
    rank = importlib.import_module("rank")
    fitted = rank.fit(model, rank.observed(model))
    assert dict(weights(model)) == pytest.approx(fitted, abs=0.01)


def _ranker() -> Ranker:
    sizes = {"east": 0.6, "west": 0.9, "south": 0.2, "north": 0.95}

    def propose(_: Evidence) -> Iterator[Proposal]:
        for at, size in sizes.items():
            yield Proposal(value={"at": at}, places=(Place("tides.md", 1, 1),), features={"size": size})

    def beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
        return value not in known

    return Ranker(fact_kind="tides", propose=propose, beside=beside, least=0.5)


def _fact(value: Mapping[str, Json]) -> Candidate:
    return Candidate(fact_kind="tides", value=value, places=(Place("tides.md", 9, 9),), strength=0.4)


def _settled(*known: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    def corrected(value: Mapping[str, Json], known: Mapping[str, Json]) -> Mapping[str, Json] | None:
        return {**known, "height": 3} if value["at"] == known["at"] else None

    ranker = replace(_ranker(), corrected=corrected)
    return [one.value for one in set_right(ranker, [_fact(one) for one in known], weighed(ranker, NOTHING, _size))]


def _size(_: str, features: Mapping[str, float]) -> float:
    return features["size"]
