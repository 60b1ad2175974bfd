"""How many items a page has, weighed: every name that may be of a size, with the numbers beside it."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

from specloom.facts.pages.page_size_unnamed import COUNTED
from specloom.facts.ranking.model import likely
from specloom.facts.ranking.paging.limits import likelihoods
from specloom.facts.ranking.paging.names import names_of
from specloom.facts.ranking.paging.numbers import DEFAULT, MAXIMUM, amounts
from specloom.facts.ranking.proposal import Proposal, Ranker
from specloom.facts.speech.amounts import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence, Place
    from specloom.facts.ranking.paging.names import Names
    from specloom.facts.ranking.paging.numbers import Amount
    from specloom.model.source import Json

LEAST_LIMIT: Final = 0.2
"""From this probability a name may be that of a size."""
MOST_LIMITS: Final = 20
LEAST: Final = {"default": 0.3, "max": 0.3, "unnamed": 0.4}
"""From these probabilities a number is a default or a maximum; without a name beside it, more is asked."""
SAME, ADJOINING, NEAR = 1.0, 0.8, 0.7
"""How much a number counts that stands in one sentence with the name, in one passage, or a few lines away."""
NEAR_LINES: Final = 12
MOST_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class Weighed:
    """A number with the probabilities that it is a default and a maximum."""

    amount: Amount
    default: float
    max: float


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose a size for each name that may be one, and one that no name changes."""
    names = names_of(evidence)
    sizes = likelihoods(names)
    found = [
        Weighed(one, likely(DEFAULT.name, one.features), likely(MAXIMUM.name, one.features))
        for one in amounts(names, sizes)
    ]
    limits = sorted((name for name in sizes if sizes[name] >= LEAST_LIMIT), key=lambda name: -sizes[name])[:MOST_LIMITS]
    for name in limits:
        if proposal := _named(names, name, sizes, limits, found):
            yield proposal
    free = {at: SAME for at, one in enumerate(found) if not set(one.amount.unit.names) & set(limits)}
    if proposal := _unnamed(free, found, limits, max(sizes.values(), default=0.0)):
        yield proposal


def _named(
    names: Names, name: str, sizes: Mapping[str, float], limits: Sequence[str], found: Sequence[Weighed]
) -> Proposal | None:
    near = _nearness(names, name, limits, found)
    chosen = _agreeing(found, *(_best(near, found, key, LEAST[key]) for key in ("default", "max")))
    if not chosen:
        return None
    value: dict[str, Json] = {"param": name, **{key: found[at].amount.size for key, (_, at) in chosen.items()}}
    told = names.features(name)
    features = {
        "limit": sizes[name],
        "limit_odds": log(sizes[name] / (1 - sizes[name])),
        "limits": log(len(limits)),
        "first": float(name == limits[0]),
        "role": told["role_limit"],
        "weak": told["weak"],
        "ever_headed": told["ever_headed"],
        "with_mover": told["with_mover"],
    }
    for key in ("default", "max"):
        sure, at = chosen.get(key, (0.0, -1))
        features |= {
            key: sure,
            f"has_{key}": float(at >= 0),
            f"{key}_near": near.get(at, 0.0),
            f"{key}_other": _rival(near, found, key, at),
        }
    places = _places(near, found, chosen)
    return Proposal(value=value, places=places, features=features)


def _nearness(names: Names, name: str, limits: Sequence[str], found: Sequence[Weighed]) -> dict[int, float]:
    """Return the numbers that may be of a name, and how near they stand to it."""
    spots = [(one.passage.path, one.start) for one in names.mentioned[name] if one.form != "key"]
    out: dict[int, float] = {}
    for at, one in enumerate(found):
        unit = one.amount.unit
        if name in unit.names:
            out[at] = SAME
        elif not unit.subject and not set(unit.names) & set(limits):
            lines = [line for path, line in spots if path == unit.place.path]
            if any(unit.place.start - 1 <= line <= unit.place.end + 1 for line in lines):
                out[at] = ADJOINING
            elif any(abs(line - unit.place.start) <= NEAR_LINES for line in lines):
                out[at] = NEAR
    return out


def _sure(one: Weighed, key: str) -> float:
    return one.default if key == "default" else one.max


def _rival(near: Mapping[int, float], found: Sequence[Weighed], key: str, at: int) -> float:
    """Return how likely another number is what the chosen one is taken for."""
    others = (
        _sure(found[other], key) * share
        for other, share in near.items()
        if at >= 0 and found[other].amount.size != found[at].amount.size
    )
    return max(others, default=0.0)


def _best(near: Mapping[int, float], found: Sequence[Weighed], key: str, least: float) -> tuple[str, float, int] | None:
    sure = {at: _sure(found[at], key) * share for at, share in near.items()}
    at = max(sure, key=lambda at: (sure[at], -at), default=-1)
    return (key, sure[at], at) if at >= 0 and sure[at] >= least else None


def _agreeing(found: Sequence[Weighed], *chosen: tuple[str, float, int] | None) -> dict[str, tuple[float, int]]:
    """Leave out the less likely of two that are one number, or of a default that is larger than the maximum."""
    out = {one[0]: (one[1], one[2]) for one in chosen if one}
    if len(out) < 2:
        return out
    default, most = found[out["default"][1]].amount, found[out["max"][1]].amount
    if default.size > most.size or (default is most and not default.features["both"]):
        del out[min(out, key=lambda key: out[key][0])]
    return out


def _places(
    near: Mapping[int, float], found: Sequence[Weighed], chosen: Mapping[str, tuple[float, int]]
) -> tuple[Place, ...]:
    """Cite the numbers, and where else they stand beside the name."""
    first = [found[at].amount.unit.place for _, at in chosen.values()]
    sizes = {found[at].amount.size for _, at in chosen.values()}
    again = [
        found[at].amount.unit.place
        for at, share in near.items()
        if share >= ADJOINING
        and found[at].amount.size in sizes
        and max(found[at].default, found[at].max) >= LEAST["max"]
    ]
    return tuple(dict.fromkeys([*first, *again]))[:MOST_PLACES]


def _unnamed(
    near: Mapping[int, float], found: Sequence[Weighed], limits: Sequence[str], surest: float
) -> Proposal | None:
    """Propose what is said of pages without the name of a parameter."""
    chosen = _agreeing(found, *(_best(near, found, key, LEAST["unnamed"]) for key in ("default", "max")))
    if len({found[at].amount.unit.place.path for _, at in chosen.values()}) > 1:
        del chosen[min(chosen, key=lambda key: chosen[key][0])]
    if not chosen:
        return None
    _, at = max(chosen.values())
    told = found[at].amount.features
    features = {f"unnamed_{sign}": told[sign] for sign in ("per", "headed", "spoken", "unit", "aside", "row", "log")}
    features |= {f"unnamed_{key}": sure for key, (sure, _) in chosen.items()}
    plain = float(any(_plain(found[at].amount.unit.text, found[at].amount.size) for _, at in chosen.values()))
    features |= {"unnamed_plain": plain * (not limits)}
    features |= {"unnamed": 1.0, "unnamed_alone": float(not limits), "unnamed_surest": surest}
    value: dict[str, Json] = {key: found[i].amount.size for key, (_, i) in chosen.items()}
    return Proposal(value=value, places=_places(near, found, chosen), features=features)


def _plain(text: str, size: int) -> bool:
    """Tell a sentence that says in so many words how many items a page has."""
    found = (counted for pattern in COUNTED for counted in pattern.finditer(text))
    return any(number(counted["n"]) == size for counted in found)


def beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Let one size of each parameter stand, and one without a name where no other is known."""
    param = value.get("param")
    return not known or (
        param is not None and all("param" in other and _short(other) != _short(value) for other in known)
    )


def _short(value: Mapping[str, Json]) -> str:
    """Return the name of a parameter as prose has it: `size` where calls spell `page[size]`."""
    return str(value.get("param")).rstrip("]").rsplit("[", 1)[-1]


def corrected(value: Mapping[str, Json], known: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """Put the numbers of `value` into a fact of the same parameter, or of none, that agrees and lacks them.

    A number that is known to be a default is not taken for a maximum as well, nor the other way round.
    """
    param = value.get("param")
    if param is None or any(known.get(key, part) != part for key, part in value.items()):
        return None
    numbers = [known[key] for key in ("default", "max") if key in known]
    again = any(key not in known and value.get(key) in numbers for key in ("default", "max"))
    return known if value.items() <= known.items() or again else {**known, **value}


RANKER: Final = Ranker(fact_kind="page_size", propose=propose, beside=beside, corrected=corrected, least=0.5)
