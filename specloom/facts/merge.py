"""One fact for what several passages say alike, with all their lines; a part of a fact goes into the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.facts.evidence import Candidate
    from specloom.model.source import Json

NEVER_PARTS = frozenset({"auth", "base_url", "rate_limit_exceeded"})
"""Kinds of which a smaller value is another fact, not less of the same one."""
DECIDING = {"pagination": ("style", "params")}
"""Where only some keys tell facts apart, the rest is put together."""


def merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Join candidates of one kind and value; the best one leads, and more places make it a little surer."""
    groups: dict[bytes, list[Candidate]] = {}
    for candidate in candidates:
        key = orjson.dumps([candidate.fact_kind, dict(candidate.value)], option=orjson.OPT_SORT_KEYS)
        groups.setdefault(key, []).append(candidate)
    return _absorbed([_joined(group) for group in groups.values()])


def _joined(group: list[Candidate]) -> Candidate:
    ordered = sorted(group, key=lambda c: -c.strength)
    places = tuple(dict.fromkeys(spot for candidate in ordered for spot in candidate.places))
    doubts = tuple(dict.fromkeys(doubt for candidate in ordered for doubt in candidate.doubts if len(group) == 1))
    strength = min(0.98, ordered[0].strength + 0.01 * min(3, len(group) - 1)) - 0.2 * len(doubts)
    return replace(ordered[0], places=places, doubts=doubts, strength=max(0.05, strength))


def _absorbed(facts: list[Candidate]) -> list[Candidate]:
    """Put every fact that is part of a fuller one of its kind into that one, places and all."""
    ordered = sorted(facts, key=lambda fact: (-_size(fact), -fact.strength))
    kept: list[Candidate] = []
    for fact in ordered:
        whole = next((at for at, other in enumerate(kept) if _part(fact, other)), None)
        if whole is None:
            kept.append(fact)
        else:
            other = kept[whole]
            lead, rest = (fact, other) if fact.strength > other.strength else (other, fact)
            places = tuple(dict.fromkeys((*lead.places, *rest.places)))
            kept[whole] = replace(
                other, value={**fact.value, **other.value}, places=places, strength=max(fact.strength, other.strength)
            )
    return kept


def _size(fact: Candidate) -> int:
    keys = DECIDING.get(fact.fact_kind, tuple(fact.value))
    chosen = [fact.value[key] for key in keys if key in fact.value]
    return sum(len(child) if isinstance(child, dict) else 1 for child in chosen)


def _part(fact: Candidate, other: Candidate) -> bool:
    if fact.fact_kind != other.fact_kind or fact.fact_kind in NEVER_PARTS:
        return False
    keys = DECIDING.get(fact.fact_kind, tuple(fact.value))
    return all(key in other.value and _within(fact.value.get(key), other.value[key]) for key in keys)


def _within(part: Json, whole: Json) -> bool:
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and whole[key] == child for key, child in part.items())
    return part == whole
