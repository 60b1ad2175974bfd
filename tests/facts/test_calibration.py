"""How sure a fact is follows from what was right of docs that no rule was made for."""

from __future__ import annotations

import importlib

import pytest

from specloom.facts.calibration import FITTED, SUREST, confidence, strength_of


@pytest.mark.parametrize("kind", sorted(FITTED.offsets))
def test_stronger_evidence_is_never_less_sure(kind: str) -> None:
    """The curve rises, and ends below certainty."""
    said = [confidence(kind, step / 100) for step in range(101)]
    assert sorted(said) == said
    assert said[-1] <= SUREST


def test_a_kind_that_was_never_observed_keeps_its_strength() -> None:
    """Nothing is made up about kinds without observations."""
    assert confidence("tides", 0.77) == pytest.approx(0.77)


def test_the_constants_are_those_of_the_committed_observations() -> None:
    """`make fit-facts` was run after the observations changed."""
    module = importlib.import_module("calibrate")
    curve = module.fit(module.observed())
    assert (FITTED.base, FITTED.slope, dict(FITTED.offsets)) == (curve.base, curve.slope, dict(curve.offsets))


@pytest.mark.parametrize("kind", [*sorted(FITTED.offsets), "tides"])
def test_a_known_probability_has_the_strength_that_stands_for_it(kind: str) -> None:
    """Rankers know how likely a fact is; its strength is worked out backwards."""
    assert confidence(kind, strength_of(kind, 0.8)) == pytest.approx(0.8, abs=0.001)
