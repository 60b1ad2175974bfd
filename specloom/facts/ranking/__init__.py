"""Second readers: they propose every value that could be a fact, and a fitted model says which ones are.

Detectors read plain statements. Much is never stated plainly: the base URL is where the addresses of all examples
branch, a credential is what every call carries. A ranker (one module for a kind, and a line in `ALL`) lists such values
with numbers that speak for or against them; `model` weighs them. What a detector found stays, unless a ranker knows
better about the very same thing.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.calibration import strength_of
from specloom.facts.evidence import Candidate
from specloom.facts.merge import MOST_OF_A_KIND
from specloom.facts.ranking import (
    auth,
    base_url,
    error_format,
    page_size,
    pagination,
    rate_limit,
    rate_limit_exceeded,
    required_header,
    token_lifetime,
    versioning,
)
from specloom.facts.ranking.model import likely
from specloom.facts.ranking.paging import limits, numbers
from specloom.facts.ranking.proposal import MOST_PROPOSALS
from specloom.facts.speech.lookalikes import is_ascii

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence
    from specloom.facts.ranking.proposal import Part, Proposal, Ranker
    from specloom.model.source import Json

PARTS: Final[tuple[Part, ...]] = (limits.PART, numbers.DEFAULT, numbers.MAXIMUM)
"""In the order in which they are fitted: a later one may ask an earlier one."""
ALL: Final[tuple[Ranker, ...]] = (
    base_url.RANKER,
    error_format.RANKER,
    rate_limit.RANKER,
    rate_limit_exceeded.RANKER,
    auth.RANKER,
    pagination.RANKER,
    page_size.RANKER,
    required_header.RANKER,
    versioning.RANKER,
    token_lifetime.RANKER,
)
"""In the order in which they are asked."""


def ranked(evidence: Evidence, facts: Sequence[Candidate]) -> list[Candidate]:
    """Return `facts`, set right where a ranker knows better, and the likely proposals that may stand beside them."""
    out = list(facts)
    for ranker in ALL:
        said = weighed(ranker, evidence)
        out = set_right(ranker, out, said)
        known = [fact.value for fact in out if fact.fact_kind == ranker.fact_kind]
        room = max(0, MOST_OF_A_KIND - len(known))
        added = islice(standing(ranker, said, known), room)
        out += [_candidate(ranker, proposal, sure) for proposal, sure in added]
    return out


def _candidate(ranker: Ranker, proposal: Proposal, sure: float) -> Candidate:
    strength = strength_of(ranker.fact_kind, sure)
    return Candidate(fact_kind=ranker.fact_kind, value=proposal.value, places=proposal.places, strength=strength)


def set_right(ranker: Ranker, facts: list[Candidate], said: Iterable[tuple[Proposal, float]]) -> list[Candidate]:
    """Correct each fact that is the only one about its matter, by the likeliest proposal about the same.

    A fact that says the same is at least as sure as the proposal: two readers agree on it.
    """
    out = list(facts)
    decided: set[int] = set()
    for proposal, sure in said:
        values = {
            at: value
            for at, fact in enumerate(out)
            if fact.fact_kind == ranker.fact_kind
            and not fact.doubts
            and (value := ranker.corrected(proposal.value, fact.value)) is not None
        }
        at = next(iter(values), -1)
        if len(values) == 1 and at not in decided:
            decided.add(at)
            made, fact = _candidate(ranker, proposal, sure), out[at]
            if values[at] == fact.value:
                out[at] = replace(fact, strength=max(fact.strength, made.strength))
            else:
                places = tuple(dict.fromkeys((*made.places, *fact.places)))
                out[at] = replace(fact, value=values[at], places=places, strength=made.strength)
    return out


def chosen(
    ranker: Ranker,
    evidence: Evidence,
    known: Sequence[Mapping[str, Json]],
    weigh: Callable[[str, Mapping[str, float]], float] = likely,
) -> Iterator[tuple[Proposal, float]]:
    """Yield the proposals of a ranker that are facts, the likeliest first, each with its probability."""
    yield from standing(ranker, weighed(ranker, evidence, weigh), known)


def weighed(
    ranker: Ranker, evidence: Evidence, weigh: Callable[[str, Mapping[str, float]], float] = likely
) -> list[tuple[Proposal, float]]:
    """Return the proposals that are likely enough, the likeliest first, each with its probability."""
    proposals = list(islice(ranker.propose(evidence), MOST_PROPOSALS))
    sure = [(proposal, weigh(ranker.fact_kind, proposal.features)) for proposal in proposals]
    kept = [(one, odds) for one, odds in sure if odds >= ranker.least and is_ascii(dict(one.value))]
    return sorted(kept, key=lambda pair: -pair[1])


def standing(
    ranker: Ranker, said: Iterable[tuple[Proposal, float]], known: Sequence[Mapping[str, Json]]
) -> Iterator[tuple[Proposal, float]]:
    """Yield the proposals that may stand beside what is known and beside the likelier ones."""
    taken = list(known)
    for proposal, sure in said:
        if ranker.beside(proposal.value, taken):
            taken.append(proposal.value)
            yield proposal, sure
