"""How likely a proposal is a fact: a logistic model for every kind, fitted on labelled docs (`make fit-facts`)."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERCEPT: Final = "(intercept)"
SUREST_ODDS: Final = 30.0
"""Log odds beyond which a probability says no more."""


def likely(kind: str, features: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, that a proposal of `kind` with these features is right."""
    return probability(weights(kind), features)


def probability(fitted: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return what a model says of features; one that it does not know counts for nothing."""
    odds = fitted[INTERCEPT] + math.fsum(fitted.get(name, 0.0) * size for name, size in features.items())
    return 1 / (1 + math.exp(-max(-SUREST_ODDS, min(SUREST_ODDS, odds))))


@cache
def weights(kind: str) -> Mapping[str, float]:
    """Return the fitted weight of every feature of a kind, and the intercept."""
    body = (files("specloom.facts.ranking") / "fitted" / f"{kind}.json").read_bytes()
    return {str(name): float(weight) for name, weight in orjson.loads(body).items()}
