"""Regular expressions from descriptions, matched and compared in bounded time; what is too rich is left undecided."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from specloom.drift.effect import Effect

SIMPLE: Final = re.compile(r"\A\^?(?:[\w \-/:@]|\\[.\-/_]|\[[\w\-]+\][*+]?|\.[*+])*\$?\Z")
"""Patterns with at most one repetition after another and no groups: they match in linear or, at worst, modest time."""
LONGEST: Final = 200


@lru_cache(maxsize=4096)
def matches(pattern: str, text: str) -> bool:
    """Tell whether `pattern` is found in `text`; a pattern that could run away counts as not matching."""
    if len(text) > LONGEST or len(pattern) > LONGEST or not SIMPLE.match(pattern):
        return False
    repeats = sum(pattern.count(mark) for mark in "*+")
    return repeats <= 3 and re.search(pattern, text) is not None  # noqa: PLR2004  # cubic on 200 characters is fine


def relation(base: str, head: str) -> Effect:
    """Return what it means that texts must match `head` where they had to match `base`."""
    if _plain(base) == _plain(head):
        return Effect.NONE
    return Effect.UNKNOWN


def _plain(pattern: str) -> str:
    """Drop what never changes the meaning of a search: `.*` at an open end."""
    return pattern.removeprefix("^.*").removesuffix(".*$")
