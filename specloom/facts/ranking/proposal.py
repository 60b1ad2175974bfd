"""What a ranker works with: a value that the docs may state, and what speaks for it in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.source import Json

MOST_PROPOSALS = 2_000
"""As many proposals of one kind are looked at; real documentation of one API gives rise to a few hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value that the docs may state and the places that would prove it, the best first.

    `features` are what the model weighs: counts, shares and yes or no as 1 or 0. One that is left out is 0.
    """

    value: Mapping[str, Json]
    places: tuple[Place, ...]
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """How facts of a kind are found without being told by plain words: everything is proposed, the likely is kept.

    `propose` lists values in the order of the docs. `beside(value, known)` tells whether a proposal may stand beside
    the values that are known already; the likeliest proposals are asked first. `least` is the probability from which
    a proposal is a fact; where it `advises`, it is also asked how likely what rules found is. `corrected(value, known)`
    is None where the two are about different matters, `known` where a proposal has nothing to add to what is known of
    the same, and what is true of it else. `completed(value, known)` is what is known with what the likeliest proposal
    that agrees with it says besides, however likely that one is.
    """

    fact_kind: str
    propose: Callable[[Evidence], Iterable[Proposal]]
    beside: Callable[[Mapping[str, Json], list[Mapping[str, Json]]], bool]
    least: float
    advises: bool = True
    corrected: Callable[[Mapping[str, Json], Mapping[str, Json]], Mapping[str, Json] | None] = lambda *_: None
    completed: Callable[[Mapping[str, Json], Mapping[str, Json]], Mapping[str, Json]] = lambda _, known: known


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A model that rankers ask about a part of a fact: whether a name, or a number, is what it may be.

    `propose` lists names or numbers, each as the value `{"is": …}`. `labelled` says under which keys of which kinds of
    fact labels have the part, and `placed` that only the lines of the label prove it. `name` is that of its weights.
    """

    name: str
    propose: Callable[[Evidence], Iterable[Proposal]]
    labelled: tuple[tuple[str, tuple[str, ...]], ...]
    placed: bool
