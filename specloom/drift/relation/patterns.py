"""Regular expressions from descriptions, matched and compared in bounded time; what is too rich is left undecided."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from specloom.drift.effect import Effect
from specloom.drift.relation import automaton
from specloom.drift.relation.regex import compiled

LONGEST: Final = 1000


@lru_cache(maxsize=4096)
def matches(pattern: str, text: str) -> bool:
    """Tell whether `pattern` is proved to be found in `text`."""
    made = compiled(pattern)
    return made is not None and len(text) <= LONGEST and made.matches(text)


@lru_cache(maxsize=4096)
def refuses(pattern: str, text: str) -> bool:
    """Tell whether `pattern` is proved not to be found in `text`."""
    made = compiled(pattern)
    return made is not None and len(text) <= LONGEST and not made.matches(text)


@lru_cache(maxsize=512)
def relation(base: str, head: str) -> Effect:
    """Return what it means that texts must match `head` where they had to match `base`."""
    if base == head:
        return Effect.NONE
    one, other = compiled(base), compiled(head)
    if one is None or other is None:
        return Effect.UNKNOWN
    return automaton.relation(one, other)


def universal(pattern: str) -> bool:
    """Tell whether every text is proved to match."""
    return relation("", pattern) is Effect.NONE


def implies(own: str, wanted: str) -> bool:
    """Tell whether every text that matches `own` is proved to match `wanted`."""
    return own == wanted or not relation(own, wanted) & (Effect.NARROWS | Effect.UNKNOWN)
