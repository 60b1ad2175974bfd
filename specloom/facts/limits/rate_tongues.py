"""Rates in other languages and in settings: `60 peticiones por minuto`, `每分钟 60 次`, `ANON_RATE=10/minute`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.limits.rates import Rate
from specloom.facts.speech import tongues
from specloom.facts.speech.amounts import AMOUNT, SHORT_UNIT, number, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

PER: Final = r"(?:por|par|pro|je|al|alla|all['’]|a|à l['’]|per|в|за|na)"
WORDS: Final = re.compile(
    rf"(?P<limit>{AMOUNT})\s+(?:{tongues.REQUESTS})(?:\s+\w+)?\s+{PER}\s*(?:(?P<count>\d{{1,4}})\s+)?"
    rf"(?P<window>{'|'.join(tongues.WINDOWS.values())})[ns]?\b",
    re.IGNORECASE,
)
UNIT: Final = "|".join(sorted(tongues.CHARACTERS, key=len, reverse=True))
CHARACTERS: Final = (
    re.compile(
        rf"每\s?(?P<count>\d{{0,4}})\s?(?:个)?(?P<window>{UNIT})(?:[^\W\d]|\s){{0,14}}(?P<limit>\d[\d,]*)\s?(?:次|个请求|个|回)"
    ),
    re.compile(rf"(?P<limit>\d[\d,]*)\s?(?:次|回)(?:请求|调用|访问)?\s?/\s?(?P<count>\d{{0,4}})\s?(?P<window>{UNIT})"),
    re.compile(
        rf"(?P<count>\d{{1,4}})\s?(?P<window>{UNIT})(?:間|内)?(?:に|あたり|最多|不超过)\s?(?P<limit>\d[\d,]*)\s?(?:次|回)"
    ),
)
PLAINLY: Final = 0.9
SETTING: Final = re.compile(
    r"^[ \t]*[\"']?(?P<name>[A-Za-z]\w*)[\"']?\s*[:=]\s*"
    rf"[\"']?(?P<limit>{AMOUNT})\s?/\s?(?P<window>{SHORT_UNIT})[\"']?,?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line of a file with settings."""
AS_SET: Final = 0.72


def foreign_rates(text: str) -> Iterator[Rate]:
    """Yield the rates of a sentence in another language than English."""
    for found in WORDS.finditer(text):
        size = next(
            size for size, words in tongues.WINDOWS.items() if re.fullmatch(words, found["window"], re.IGNORECASE)
        )
        yield from _made(found, size, PLAINLY)
    for pattern in CHARACTERS:
        for found in pattern.finditer(text):
            yield from _made(found, tongues.CHARACTERS[found["window"]], PLAINLY)


def set_rates(code: str) -> Iterator[tuple[Rate, str]]:
    """Yield the rates that a block of settings gives, each with its line."""
    for found in SETTING.finditer(code):
        limit, window = number(found["limit"]), seconds(None, found["window"])
        if limit and window:
            tier = found["name"].lower()
            yield Rate(limit, window, "requests", found.start("limit"), found.end(), AS_SET, tier), found[0].strip()


def _made(found: re.Match[str], size: int, strength: float) -> Iterator[Rate]:
    limit, count = number(found["limit"]), int(found["count"] or 1)
    if limit and count:
        yield Rate(limit, size * count, "requests", found.start("limit"), found.end(), strength)
