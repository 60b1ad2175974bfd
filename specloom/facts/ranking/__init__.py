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

from specloom.facts.calibration import UNPROPOSED, confidence_alone, strength_of
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
BESIDE: Final = frozenset({"env", "tier", "scope", "applies_to", "next", "total", "items", "optional"})
"""What a value may say besides, in which two readers of one fact need not agree."""


def ranked(evidence: Evidence, facts: Sequence[Candidate]) -> list[Candidate]:
    """Return `facts`, set right where a ranker knows better, and the likely proposals that may stand beside them."""
    out = list(facts)
    for ranker in ALL:
        said = weighed(ranker, evidence)
        out = _completed(ranker, [_asked(ranker, fact, said) for fact in set_right(ranker, out, said)], said)
        known = [fact.value for fact in out if fact.fact_kind == ranker.fact_kind]
        room = max(0, MOST_OF_A_KIND - len(known))
        added = islice(standing(ranker, said, known), room)
        out += [_alone(ranker, proposal, sure) for proposal, sure in added]
    return out


def _asked(ranker: Ranker, fact: Candidate, said: Sequence[tuple[Proposal, float]]) -> Candidate:
    """Note what the ranker says of a fact of its kind: the probability of the likeliest proposal that agrees."""
    if fact.fact_kind != ranker.fact_kind or fact.alone or not ranker.advises:
        return fact
    return replace(fact, opinion=next((sure for one, sure in said if agree(fact.value, one.value)), UNPROPOSED))


def _completed(ranker: Ranker, facts: list[Candidate], said: Sequence[tuple[Proposal, float]]) -> list[Candidate]:
    """Complete each fact by the likeliest proposal that agrees with it and with no other one of its kind."""
    own = [at for at, fact in enumerate(facts) if fact.fact_kind == ranker.fact_kind]
    known = {at: facts[at].value for at in own}
    for at in own:
        proposal = next((one for one, _ in said if agree(known[at], one.value)), None)
        if proposal is None or any(agree(known[other], proposal.value) for other in own if other != at):
            continue
        value = ranker.completed(proposal.value, known[at])
        if value != known[at]:
            places = tuple(dict.fromkeys((*facts[at].places, *proposal.places)))
            facts[at] = replace(facts[at], value=value, places=places)
    return facts


def _alone(ranker: Ranker, proposal: Proposal, sure: float) -> Candidate:
    kind = ranker.fact_kind
    strength = strength_of(kind, confidence_alone(kind, sure))
    return Candidate(
        fact_kind=kind, value=proposal.value, places=proposal.places, strength=strength, opinion=sure, alone=True
    )


def agree(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    """Tell whether two values say the same in what both of them say."""
    shared = one.keys() & other.keys() - BESIDE
    return bool(shared) and all(_alike(one[key], other[key]) for key in shared)


def _alike(one: Json, other: Json) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        one, other = list(one.values()), list(other.values())
    if isinstance(one, list) and isinstance(other, list):
        few, many = sorted(({str(part).lower() for part in parts} for parts in (one, other)), key=len)
        return few <= many
    if isinstance(one, str) and isinstance(other, str):
        return _bare(one) == _bare(other)
    return one == other


def _bare(text: str) -> str:
    """Write a text without what two readers of it may write or not."""
    return text.lower().rstrip("/").replace('"', "")


def set_right(ranker: Ranker, facts: list[Candidate], said: Iterable[tuple[Proposal, float]]) -> list[Candidate]:
    """Correct each fact that is the only one about its matter, by the likeliest proposal about the same."""
    out = list(facts)
    decided: set[int] = set()
    for proposal, sure in said:
        if sure < ranker.least:
            break
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
            if values[at] != out[at].value:
                places = tuple(dict.fromkeys((*proposal.places, *out[at].places)))
                out[at] = replace(out[at], value=values[at], places=places)
    return out


def weighed(
    ranker: Ranker, evidence: Evidence, weigh: Callable[[str, Mapping[str, float]], float] = likely
) -> list[tuple[Proposal, float]]:
    """Return the proposals, the likeliest first, each with its probability."""
    proposals = islice(ranker.propose(evidence), MOST_PROPOSALS)
    said = [(one, weigh(ranker.fact_kind, one.features)) for one in proposals if is_ascii(dict(one.value))]
    return sorted(said, key=lambda pair: -pair[1])


def standing(
    ranker: Ranker, said: Iterable[tuple[Proposal, float]], known: Sequence[Mapping[str, Json]]
) -> Iterator[tuple[Proposal, float]]:
    """Yield the likely proposals that may stand beside what is known and beside the likelier ones."""
    taken = list(known)
    for proposal, sure in said:
        if sure < ranker.least:
            return
        if ranker.beside(proposal.value, taken):
            taken.append(proposal.value)
            yield proposal, sure
