"""Second readers: they propose every value that could be a fact, and a fitted model says which ones are.

Detectors read plain statements. Much is never stated plainly: the base URL is where the addresses of all examples
branch, a credential is what every call carries. A ranker (one module for a kind, and a line in `ALL`) lists such values
with numbers that speak for or against them; `model` weighs them. What a detector found stays as it is.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.calibration import strength_of
from specloom.facts.evidence import Candidate
from specloom.facts.merge import MOST_OF_A_KIND
from specloom.facts.ranking import auth, base_url, error_format, rate_limit, rate_limit_exceeded
from specloom.facts.ranking.model import likely
from specloom.facts.ranking.proposal import MOST_PROPOSALS
from specloom.facts.speech.lookalikes import is_ascii

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence
    from specloom.facts.ranking.proposal import Proposal, Ranker
    from specloom.model.source import Json

ALL: Final[tuple[Ranker, ...]] = (
    base_url.RANKER,
    error_format.RANKER,
    rate_limit.RANKER,
    rate_limit_exceeded.RANKER,
    auth.RANKER,
)
"""In the order in which they are asked."""


def ranked(evidence: Evidence, facts: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the likely proposals that may stand beside `facts`."""
    for ranker in ALL:
        known = [fact.value for fact in facts if fact.fact_kind == ranker.fact_kind]
        room = max(0, MOST_OF_A_KIND - len(known))
        for proposal, sure in islice(chosen(ranker, evidence, known), room):
            yield Candidate(
                fact_kind=ranker.fact_kind,
                value=proposal.value,
                places=proposal.places,
                strength=strength_of(ranker.fact_kind, sure),
            )


def chosen(
    ranker: Ranker,
    evidence: Evidence,
    known: Sequence[Mapping[str, Json]],
    weigh: Callable[[str, Mapping[str, float]], float] = likely,
) -> Iterator[tuple[Proposal, float]]:
    """Yield the proposals of a ranker that are facts, the likeliest first, each with its probability."""
    proposals = list(islice(ranker.propose(evidence), MOST_PROPOSALS))
    sure = [weigh(ranker.fact_kind, proposal.features) for proposal in proposals]
    taken = list(known)
    for at in sorted(range(len(proposals)), key=lambda at: -sure[at]):
        value = proposals[at].value
        if sure[at] >= ranker.least and is_ascii(dict(value)) and ranker.beside(value, taken):
            taken.append(value)
            yield proposals[at], sure[at]
