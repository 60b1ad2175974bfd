"""Rate limits that no rule reads: of all numbers beside a span of time, those that say how often clients may call."""

from __future__ import annotations

import math
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.detectors.rate_limit import refused
from specloom.facts.evidence import place
from specloom.facts.limits.rate_ground import Ground, Surroundings
from specloom.facts.limits.rate_pairs import pairs
from specloom.facts.ranking.proposal import MOST_PROPOSALS, Proposal, Ranker
from specloom.facts.ranking.rate_context import of_pair, of_place, of_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.facts.evidence import Evidence
    from specloom.facts.limits.rate_pairs import Pair
    from specloom.model.source import Json


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose every number with every window that it may belong to."""
    found = list(islice(_found(evidence), MOST_PROPOSALS))
    beside = Counter(id(pair.statement) for _, pair in found)
    said = Counter((pair.rate.limit, pair.rate.window) for _, pair in found)
    places = {id(ground): of_place(ground) for ground in {id(ground): ground for ground, _ in found}.values()}
    for ground, pair in found:
        features = of_pair(pair) | of_text(pair) | places[id(ground)]
        features |= {
            "beside": math.log1p(beside[id(pair.statement)]),
            "repeated": math.log1p(said[pair.rate.limit, pair.rate.window] - 1),
            "pairs": math.log1p(len(found)),
        }
        value = ground.whom.value_of(pair.rate, ground.around.surface)
        yield Proposal(value=value, places=place(pair.statement), features=features)


def _found(evidence: Evidence) -> Iterator[tuple[Ground, Pair]]:
    for passage in evidence.passages:
        if evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        around = Surroundings(evidence, passage)
        ground = None
        for pair in pairs(around):
            if ground is None or ground.statement is not pair.statement:
                ground = Ground(around, pair.statement)
            if not refused(ground, pair.rate) and (ground.strong or not ground.other):
                yield ground, pair


def _beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Let the same rate stand twice only where each says which calls it is for."""
    twins = [one for one in known if all(one.get(key) == value.get(key) for key in ("limit", "window_s"))]
    calls = value.get("applies_to")
    return all(calls and one.get("applies_to") and calls != one["applies_to"] for one in twins)


RANKER: Final = Ranker(fact_kind="rate_limit", propose=propose, beside=_beside, least=0.55)
