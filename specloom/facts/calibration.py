"""Strength of evidence becomes confidence: how often facts like it were right on docs that no rule was made for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.facts import calibrated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.facts.evidence import Candidate

PLAIN: Final = 0.9
"""The strength of a plain statement, from which evidence is counted."""
SUREST: Final = 0.98
UNPROPOSED: Final = 0.0
"""The opinion of a ranker on a fact that it did not think of."""
BOUND: Final = 0.02
"""Probabilities nearer to 0 or 1 say no more than this."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve over what speaks for a fact, shifted for each kind.

    `slope` is for the strength that a detector gives. Where a ranker was asked, `asked` and `agreed` are for the
    probability that it gives the same fact, and `unproposed` for one that it did not think of. What only a ranker
    found is `alone`: a shift and a slope for its probability.
    """

    base: float
    slope: float
    offsets: Mapping[str, float]
    asked: float = 0.0
    agreed: float = 0.0
    unproposed: float = 0.0
    alone: tuple[float, float] = (0.0, 1.0)

    @staticmethod
    def evidence(strength: float) -> float:
        """Return the log odds of a strength against those of a plain statement."""
        return log_odds(strength, 0.01) - log_odds(PLAIN)


FITTED: Final = Curve(
    calibrated.BASE,
    calibrated.SLOPE,
    calibrated.OFFSETS,
    calibrated.ASKED,
    calibrated.AGREED,
    calibrated.UNPROPOSED,
    calibrated.ALONE,
)


def log_odds(probability: float, bound: float = BOUND) -> float:
    """Return the log odds of a probability that is kept `bound` away from 0 and 1."""
    kept = min(1 - bound, max(bound, probability))
    return math.log(kept / (1 - kept))


def weight(fact: Candidate) -> float:
    """Return how likely a fact is right, by all that is known of it."""
    if fact.alone and fact.opinion is not None:
        return confidence_alone(fact.fact_kind, fact.opinion)
    return confidence(fact.fact_kind, fact.strength, fact.opinion)


def confidence(kind: str, strength: float, opinion: float | None = None, curve: Curve = FITTED) -> float:
    """Return how likely a fact is right; a kind that was never observed keeps its strength.

    `opinion` is what the kind's ranker says of it: a probability, `UNPROPOSED`, or None where there is none.
    """
    if kind not in curve.offsets:
        return strength
    odds = curve.base + curve.offsets[kind] + curve.slope * Curve.evidence(strength)
    if opinion is not None:
        odds += curve.unproposed if opinion == UNPROPOSED else curve.asked + curve.agreed * log_odds(opinion)
    return _bounded(odds)


def confidence_alone(kind: str, probability: float, curve: Curve = FITTED) -> float:
    """Return how likely a fact is right that no detector saw, and that a ranker gives this probability."""
    shift, slope = curve.alone
    return _bounded(shift + slope * log_odds(probability) + curve.offsets.get(kind, 0.0))


def strength_of(kind: str, sure: float, curve: Curve = FITTED) -> float:
    """Return the strength that `confidence` turns into `sure` where nobody is asked: for evidence that is weighed."""
    if kind not in curve.offsets:
        return sure
    odds = math.log(sure / (1 - sure)) - curve.base - curve.offsets[kind]
    return 1 / (1 + math.exp(-(odds / curve.slope + log_odds(PLAIN))))


def _bounded(odds: float) -> float:
    return round(min(SUREST, 1 / (1 + math.exp(-odds))), 3)
