"""How lists are paged, weighed: every name that may move through a list, with the size and the way on that fit it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import log
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.envelopes import role as told_of_page
from specloom.facts.pages.handed_back import handed_back, holder, is_cursor
from specloom.facts.pages.paging import FIELD, moved_by
from specloom.facts.ranking.paging.limits import likelihoods
from specloom.facts.ranking.paging.link_header import linked
from specloom.facts.ranking.paging.names import DEFINES, PARTNERS, names_of, only, words
from specloom.facts.ranking.paging.onward import Onward
from specloom.facts.ranking.proposal import Proposal, Ranker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specloom.facts.evidence import Evidence, Place
    from specloom.facts.ranking.paging.mentions import Mention
    from specloom.facts.ranking.paging.names import Names
    from specloom.model.source import Json

FEATURES: Final = (
    "ever_near", "paged_docs", "bracket", "with_limit", "with_offset", "with_page", "with_mover", "defined_cursor",
    "defined_items", "defined_num", "alone", "role_cursor", "role_offset", "role_page", "as_key", "as_query",
    "as_ticked", "as_word", "words", "other_words", "told_paging", "asked", "main", "word_after", "word_before",
    "word_id", "word_next", "word_offset", "word_page", "word_per", "word_start", "number", "first_page", "star",
    "told_next", "told_pageno", "told_state", "after_date", "told_param", "told_resp", "told_skip", "weak",
    "paired", "listed",
)  # fmt: skip
FITTING_LIMIT, LEAST_LIMIT = 0.4, 0.05
"""From these probabilities a size is named beside the way to move, or looked at."""
MOST_LIMITS: Final = 20
NEAR: Final = 3
"""Lines between two names of one list of parameters."""
NEAR_LINK: Final = 12
CLOSELY_PAIRED: Final = 0.5
"""From this share of its passages a name of GraphQL belongs to its partner."""
FORMS: Final = ("cell", "lead", "ticked", "word", "query", "key")
"""The best proof first."""
ASKED: Final = ("asked", "as_query", "told_param", "told_default")
"""What is told of a name that clients send."""
STYLES: Final = {
    "page": ("told_pageno", "told_state", "after_date", "defined_pageno", "word_page"),
    "offset": ("told_skip", "defined_skip", "word_offset", "word_start"),
    "cursor": ("told_cursor", "defined_cursor", "word_cursor", "word_token", "word_after", "word_before"),
}
"""What tells the style of a name that is not one of the usual."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the docs have: names, likely sizes, members that lead on, and what those are called but for `next`."""

    names: Names
    limits: Mapping[str, float]
    onward: Onward
    kin: frozenset[frozenset[str]]
    linked: bool


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose each name as the way to move, and a Link header where one is told of."""
    names = names_of(evidence)
    sizes = likelihoods(names)
    limits = sorted((name for name in sizes if sizes[name] >= LEAST_LIMIT), key=lambda name: -sizes[name])[:MOST_LIMITS]
    onward = Onward(names.around)
    link, proofs = linked(names.around)
    kin = _kin([*onward.count, *names.mentioned])
    known = Known(names, {limit: sizes[limit] for limit in limits}, onward, kin, bool(proofs))
    for name, told in names.mentioned.items():
        if names.roles[name] != "limit" and not name.startswith("-") and not _of_answer(names, name, told):
            yield _moved(known, name)
    if proofs:
        yield _linked(names, sizes, link, proofs)


def _of_answer(names: Names, name: str, told: Iterable[Mention]) -> bool:
    """Tell a member of an answer that says how many there are, whether there is more, or where in the list one is."""
    if told_of_page(name) in {"has_next", "prev", "total"}:
        return True
    features = names.features(name)
    if features["told_state"] and not any(features[sign] for sign in ASKED):
        return True
    return bool(words(name) & {"is", "has", "total", "current"}) and not any(one.form in DEFINES for one in told)


def _moved(known: Known, name: str) -> Proposal:
    names, told = known.names, known.names.mentioned[name]
    features = names.features(name)
    moved = any(moved_by(one.text) for one in told if one.form in DEFINES)
    handed = handed_back(names.around.evidence).get(name)
    opaque = moved or (handed is not None and is_cursor(name, handed))
    style = "cursor" if opaque and not features["role_page"] else _style(features)
    sizes = {limit: sure for limit, sure in known.limits.items() if limit != name}
    beside = {limit: _beside(told, names.mentioned[limit]) for limit in sizes}
    best = _size(name, features, sizes, beside)
    params: dict[str, Json] = {style: name}
    places = _places(told, 5)
    if best and (best == PARTNERS.get(name) or sizes[best] >= FITTING_LIMIT):
        params["limit"] = best
        places += _places(names.mentioned[best], 3)
    value: dict[str, Json] = {"style": style, "params": params}
    if following := _following(known, name, style):
        value["next"] = {"in": holder(following), "name": following}
        places += [*known.onward.places.get(following, ())[:2], *(handed.places[:2] if handed else ())]
    more = {
        "limit": sizes.get(best, 0.0),
        "limit_near": beside.get(best, 0.0),
        "next": float(bool(following)),
        "moved": float(moved),
        "handed": float(handed is not None),
        "style_page": float(style == "page"),
        "style_cursor": float(style == "cursor"),
        **_ways(known, name),
    }
    return Proposal(value=value, places=tuple(dict.fromkeys(places)), features={**only(features, FEATURES), **more})


def _ways(known: Known, name: str) -> dict[str, float]:
    """Tell what the members that lead on, and a Link header, say of a name."""
    told, onward = known.names.mentioned[name], known.onward
    return {
        "field": float(bool(FIELD.match(name))),
        "leads_on": float(name in onward.count),
        "kin": float(frozenset(words(name)) in known.kin),
        "carried": float(name in onward.carried),
        "returned": float(bool(_again(known, name))),
        "linked": float(known.linked),
        "linked_unsaid": float(known.linked and all(one.form in {"query", "key"} for one in told)),
    }


def _size(name: str, features: Mapping[str, float], sizes: Mapping[str, float], beside: Mapping[str, float]) -> str:
    """Return the likeliest size for a way to move; what GraphQL sends together belongs together."""
    if features["paired"] >= CLOSELY_PAIRED:
        return PARTNERS[name]
    return max(
        sizes,
        key=lambda limit: log(sizes[limit] / (1 - sizes[limit])) + 3 * beside[limit] + _affinity(name, limit),
        default="",
    )


def _following(known: Known, name: str, style: str) -> str:
    """Return the path of the member that leads on: by a sentence, by its name, or as it is sent."""
    onward = known.onward
    if handed := handed_back(known.names.around.evidence).get(name):
        return onward.within(handed.member)
    following = onward.best(style, {name}) or (_again(known, name) if style == "cursor" else "")
    return following if "." in following else onward.whole(style, following) or following


def _again(known: Known, name: str) -> str:
    """Return the member of answers that is called `name`: of an example, or defined as what is sent is."""
    answered = {
        known.names.around.of(one.passage).answered for one in known.names.mentioned[name] if one.form in DEFINES
    }
    both = len(answered) > 1 and known.names.roles[name] == "cursor"
    return known.onward.again(name) or (name if both else "")


def _style(features: Mapping[str, float]) -> str:
    known = next((style for style in STYLES if features[f"role_{style}"]), "")
    return known or max(STYLES, key=lambda style: (sum(features[sign] for sign in STYLES[style]), style == "offset"))


def _beside(told: list[Mention], others: list[Mention]) -> float:
    """Return in which share of its mentions a name stands within a few lines of another."""
    lines = {(one.passage.path, line) for one in others for line in range(one.start - NEAR, one.start + NEAR + 1)}
    return sum((one.passage.path, one.start) in lines for one in told) / len(told)


def _kin(paths: Iterable[str]) -> frozenset[frozenset[str]]:
    """Return what members that lead on are called without that: `page_token` where there is a `next_page_token`."""
    leaves = (words(path.rsplit(".", 1)[-1]) for path in paths if "next" in path.lower())
    return frozenset(frozenset(leaf - {"next"}) for leaf in leaves if "next" in leaf)


def _affinity(name: str, limit: str) -> float:
    """Tell names that are made alike: `page[number]` and `page[size]`, `b_start` and `b_size`."""
    if PARTNERS.get(name) == limit:
        return 2.0
    if words(name) & words(limit):
        return 1.5
    return 1.0 if "page" in name.lower() and "page" in limit.lower() else 0.0


def _places(told: list[Mention], most: int) -> list[Place]:
    ordered = sorted(told, key=lambda one: FORMS.index(one.form))
    return list(islice(dict.fromkeys(one.place for one in ordered), most))


def _linked(names: Names, sizes: Mapping[str, float], features: dict[str, float], proofs: list[Place]) -> Proposal:
    """Propose a Link header, with the parameters that its addresses and the passages around it have."""
    lines = {(spot.path, line) for spot in proofs for line in range(spot.start - NEAR_LINK, spot.start + NEAR_LINK + 1)}
    found: dict[str, list[tuple[int, str]]] = {}
    for name, told in names.mentioned.items():
        near = sum((one.passage.path, one.start) in lines for one in told)
        role = "limit" if sizes.get(name, 0.0) >= FITTING_LIMIT else names.roles[name]
        sent = role == "limit" and sizes.get(name, 0.0) >= FITTING_LIMIT
        sent = sent or (role in {"page", "cursor"} and any(one.form == "query" for one in told))
        if near and sent:
            found.setdefault(role, []).append((near, name))
    if "page" in found:
        found.pop("cursor", None)
    params: dict[str, Json] = {role: max(pairs)[1] for role, pairs in sorted(found.items())}
    places = [*proofs[:5], *(spot for name in params.values() for spot in _places(names.mentioned[str(name)], 2))]
    moved = {"link_params": float(bool(params.keys() - {"limit"}))}
    value: dict[str, Json] = {"style": "link_header", "header": "Link", "params": params}
    return Proposal(value=value, places=tuple(dict.fromkeys(places)), features={**features, **moved})


def beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Let one fact of each style stand, and none that moves by a parameter of another; links have those of a style."""
    way = _params(value).get(str(value["style"]), "")
    known_ways = {
        str(name) for other in known if other.get("style") != "link_header" for name in _params(other).values()
    }
    return way not in known_ways and not any(other.get("style") == value["style"] for other in known)


def corrected(value: Mapping[str, Json], known: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """Put the parameters of `value` into a fact of the same style that lacks one of them.

    What is known stays: which names go together, their sentence says better than the models of single names.
    """
    mine, theirs = _params(value), _params(known)
    if known.get("style") != value["style"]:
        return None
    if set(mine.values()) <= set(theirs.values()) or any(theirs.get(key, name) != name for key, name in mine.items()):
        return known
    return {**known, **value, "params": {**theirs, **mine}}


def completed(value: Mapping[str, Json], known: Mapping[str, Json]) -> Mapping[str, Json]:
    """Add what leads on to a fact that lacks it, or the whole path to one that names it without its holder."""
    following, named = value.get("next"), known.get("next")
    if not isinstance(following, dict) or known.get("style") == "link_header":
        return known
    within = isinstance(named, dict) and str(following["name"]).endswith(f".{named.get('name')}")
    return {**known, "next": following} if within or named is None else known


def _params(value: Mapping[str, Json]) -> dict[str, Json]:
    params = value.get("params")
    return params if isinstance(params, dict) else {}


RANKER: Final = Ranker(
    fact_kind="pagination", propose=propose, beside=beside, corrected=corrected, completed=completed, least=0.55
)
