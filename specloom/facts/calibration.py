"""Strength of evidence becomes confidence: how often facts like it were right on docs that no rule was made for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.facts.calibrated import BASE, OFFSETS, SLOPE

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN: Final = 0.9
"""The strength of a plain statement, from which evidence is counted."""
SUREST: Final = 0.98


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve over the strength, shifted for each kind."""

    base: float
    slope: float
    offsets: Mapping[str, float]

    @staticmethod
    def evidence(strength: float) -> float:
        """Return the log odds of a strength against those of a plain statement."""
        bound = min(0.99, max(0.01, strength))
        return math.log(bound / (1 - bound)) - math.log(PLAIN / (1 - PLAIN))


FITTED: Final = Curve(BASE, SLOPE, OFFSETS)


def confidence(kind: str, strength: float, curve: Curve = FITTED) -> float:
    """Return how likely a fact is right; a kind that was never observed keeps its strength."""
    if kind not in curve.offsets:
        return strength
    odds = curve.base + curve.offsets[kind] + curve.slope * Curve.evidence(strength)
    return round(min(SUREST, 1 / (1 + math.exp(-odds))), 3)


def strength_of(kind: str, sure: float, curve: Curve = FITTED) -> float:
    """Return the strength that `confidence` turns into `sure`: for evidence whose probability is known."""
    if kind not in curve.offsets:
        return sure
    odds = math.log(sure / (1 - sure)) - curve.base - curve.offsets[kind]
    plain = math.log(PLAIN / (1 - PLAIN))
    return 1 / (1 + math.exp(-(odds / curve.slope + plain)))
