"""One fact for what several passages say alike, with all their lines; what contradicts itself is doubted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.facts.evidence import Candidate, Place
    from specloom.model.source import Json

NEVER_PARTS: Final = frozenset({"auth", "base_url", "rate_limit_exceeded"})
"""Kinds of which a smaller value is another fact, not less of the same one."""
DECIDING: Final = {"pagination": ("style", "params")}
"""Where only some keys tell facts apart, the rest is put together."""
BY_PAGE: Final = frozenset({"pagination", "page_size"})
"""Kinds that hold for some endpoints: each page that describes its own says so for itself."""
MOST_PAGES: Final = 3
"""As many pages state a fact of their own; where more do, it holds for all."""
RIVALS: Final = {"page_size": ("param",), "rate_limit": ("tier", "scope", "window_s", "unit"), "versioning": ("style",)}
"""Facts that agree in these keys, all of them given, and not in the rest, cannot both be true of one endpoint."""
UNSAID: Final = {"rate_limit_unquantified": "rate_limit"}
"""A fact that something has no number, of everything, is untrue where another fact has the number."""
SAID_OF_OTHERS: Final = {"auth": frozenset({"webhook_auth", "webhook_signature"})}
"""A fact that rests on nothing but lines that prove one of the others is that other one, misread."""
MOST_OF_A_KIND: Final = 300
"""Different facts of one kind; documentation that people write for an API states a few dozen."""
LEAST_SAID: Final = 0.5
"""At this strength a number counts as said."""
HALVES: Final = 2
DOUBT: Final = 0.2
SUREST: Final = 0.98


def merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Join candidates of one kind and value; the best one leads, and more places make it a little surer."""
    groups: dict[bytes, list[Candidate]] = {}
    for candidate in candidates:
        page = candidate.places[0].path if candidate.fact_kind in BY_PAGE else ""
        key = orjson.dumps([candidate.fact_kind, page, dict(candidate.value)], option=orjson.OPT_SORT_KEYS)
        groups.setdefault(key, []).append(candidate)
    kept = _own(_said(_strongest([_joined(group) for group in groups.values()])))
    return _doubted(_placed(_completed(_absorbed(kept))))


def contradictions(facts: Iterable[Candidate]) -> list[Candidate]:
    """Return the facts that were doubted because the docs say something else in another place."""
    return [fact for fact in facts if "contradicted" in fact.doubts]


def _said(facts: list[Candidate]) -> list[Candidate]:
    kinds = {fact.fact_kind for fact in facts if fact.strength >= LEAST_SAID}
    return [fact for fact in facts if "applies_to" in fact.value or UNSAID.get(fact.fact_kind, "") not in kinds]


def _own(facts: list[Candidate]) -> list[Candidate]:
    """Leave out how clients authenticate where the same lines say how webhooks do."""
    proved = {
        kind: {spot for fact in facts if fact.fact_kind in others for spot in fact.places}
        for kind, others in SAID_OF_OTHERS.items()
    }
    return [fact for fact in facts if not set(fact.places) <= proved.get(fact.fact_kind, set())]


def _strongest(facts: list[Candidate]) -> list[Candidate]:
    """Keep the surest of each kind, in their order: every fact is compared with every other."""
    ranked = sorted(range(len(facts)), key=lambda at: -facts[at].strength)
    count: Counter[str] = Counter()
    kept: set[int] = set()
    for at in ranked:
        count[facts[at].fact_kind] += 1
        if count[facts[at].fact_kind] <= MOST_OF_A_KIND:
            kept.add(at)
    return [fact for at, fact in enumerate(facts) if at in kept]


def _joined(group: list[Candidate]) -> Candidate:
    ordered = sorted(group, key=lambda c: -c.strength)
    places = tuple(dict.fromkeys(spot for candidate in ordered for spot in candidate.places))
    doubts = tuple(dict.fromkeys(doubt for candidate in ordered for doubt in candidate.doubts if len(group) == 1))
    strength = min(SUREST, ordered[0].strength + 0.01 * min(3, len(group) - 1)) - DOUBT * len(doubts)
    return replace(ordered[0], places=places, doubts=doubts, strength=max(0.05, strength))


def _absorbed(facts: list[Candidate]) -> list[Candidate]:
    """Put every fact that is part of a fuller one into that one, places and all; other pages keep theirs, a few."""
    kept: list[Candidate] = []
    for fact in sorted(facts, key=lambda fact: (-fact.strength, -_size(fact))):
        related = [at for at, other in enumerate(kept) if _part(fact, other) or _part(other, fact)]
        equal = [at for at in related if _part(fact, kept[at]) and _part(kept[at], fact)]
        apart = fact.fact_kind in BY_PAGE and len(equal) == len(related) < MOST_PAGES
        target = next((at for at in related if not apart or _page(kept[at]) == _page(fact)), None)
        if target is None:
            kept.append(fact)
        else:
            kept[target] = _union(kept[target], fact)
    return kept


def _completed(facts: list[Candidate]) -> list[Candidate]:
    """Put two halves together: the table of a page has the default of a size, a sentence beside it the maximum."""
    out: list[Candidate] = []
    for fact in facts:
        mates = [other for other in facts if _size_of(other) is not None and _size_of(other) == _size_of(fact)]
        if len(mates) == HALVES and not any(_clash(mates[0], mates[1], key) for key in mates[0].value):
            if fact is mates[0]:
                out.append(_union(fact, mates[1]))
        else:
            out.append(fact)
    return out


def _size_of(fact: Candidate) -> tuple[str, Json] | None:
    return (_page(fact), fact.value.get("param")) if fact.fact_kind == "page_size" else None


def _clash(one: Candidate, other: Candidate, key: str) -> bool:
    return key in other.value and one.value[key] != other.value[key]


def _placed(facts: list[Candidate]) -> list[Candidate]:
    """Say of equal facts from several pages which page each holds for, so that they have names of their own."""
    out: list[Candidate] = []
    for fact in facts:
        twins = [
            other for other in facts if other.fact_kind == fact.fact_kind and dict(other.value) == dict(fact.value)
        ]
        of_page = {**fact.value, "applies_to": _page(fact)}
        out.append(replace(fact, value=of_page) if len(twins) > 1 and "applies_to" not in fact.value else fact)
    return out


def _page(fact: Candidate) -> str:
    return fact.places[0].path


def _union(one: Candidate, other: Candidate) -> Candidate:
    """Keep the fuller value, the higher strength, and all places, those of the surer one first."""
    fuller, lesser = (one, other) if _part(other, one) else (other, one)
    lead, rest = (one, other) if one.strength >= other.strength else (other, one)
    value = {**lesser.value, **fuller.value}
    places: tuple[Place, ...] = tuple(dict.fromkeys((*lead.places, *rest.places)))
    return replace(fuller, value=value, places=places, strength=lead.strength)


def _size(fact: Candidate) -> int:
    keys = DECIDING.get(fact.fact_kind, tuple(fact.value))
    chosen = [fact.value[key] for key in keys if key in fact.value]
    return sum(len(child) if isinstance(child, dict) else 1 for child in chosen)


def _part(fact: Candidate, other: Candidate) -> bool:
    if fact.fact_kind != other.fact_kind:
        return False
    if fact.fact_kind in NEVER_PARTS:
        return dict(fact.value) == dict(other.value)
    keys = DECIDING.get(fact.fact_kind, tuple(fact.value))
    return all(key in other.value and _within(fact.value.get(key), other.value[key]) for key in keys)


def _within(part: Json, whole: Json) -> bool:
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and whole[key] == child for key, child in part.items())
    return part == whole


def _doubted(facts: list[Candidate]) -> list[Candidate]:
    """Lower the confidence of facts that cannot both be true, and let each cite the other's lines, too."""
    out: list[Candidate] = []
    for fact in facts:
        rivals = [other for other in facts if other is not fact and _rival(fact, other)]
        if not rivals:
            out.append(fact)
            continue
        places = (fact.places[0], *(rival.places[0] for rival in rivals[:2]), *fact.places[1:])
        doubts = (*fact.doubts, "contradicted")
        out.append(
            replace(fact, places=tuple(dict.fromkeys(places)), doubts=doubts, strength=max(0.05, fact.strength - DOUBT))
        )
    return out


def _rival(fact: Candidate, other: Candidate) -> bool:
    keys = RIVALS.get(fact.fact_kind, ())
    if fact.fact_kind != other.fact_kind or not keys or not (fact.general and other.general):
        return False
    if not all(fact.value.get(key) is not None and fact.value.get(key) == other.value.get(key) for key in keys):
        return False
    if fact.value.get("applies_to") != other.value.get("applies_to"):
        return False
    shared = set(fact.value) & set(other.value) - set(keys)
    return any(fact.value[key] != other.value[key] for key in shared)
