"""Numbers and spans of time, as people write them."""

from __future__ import annotations

import re
from typing import Final

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
SECONDS: Final = {
    **dict.fromkeys(("second", "sec", "s"), 1),
    **dict.fromkeys(("minute", "min", "m"), MINUTE),
    **dict.fromkeys(("hour", "hr", "h"), HOUR),
    **dict.fromkeys(("day", "d"), DAY),
    **dict.fromkeys(("millisecond", "msec", "ms"), 0.001),
    "week": 7 * DAY,
    "month": 30 * DAY,
    "year": 365 * DAY,
}
TENS: Final = {"ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90, "hundred": 100}
ONES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WORDS: Final = {"a": 1, "an": 1, "twelve": 12, "fifteen": 15, **{w: n for n, w in enumerate(ONES, 1)}, **TENS}
NUMBER: Final = r"(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d{1,3}(?:_\d{3})+|\d+(?:\.\d+)?)(?![\d]|[.,]\d)"
AMOUNT: Final = rf"(?<![\w.$#€£/:-]){NUMBER}(?:\s?[kK]\b|\s?[mM](?=\s+(?:req|call|point|unit)))?"
"""A number that stands alone: not part of a name, a price, a date or an address."""
WORD_NUMBER: Final = r"(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")"
UNIT: Final = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
MILLISECONDS: Final = r"(?:milliseconds?|ms|msecs?)"
SHORT_UNIT: Final = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|[smhd])"
DURATION: Final = re.compile(
    rf"\b(?P<count>{NUMBER}|{WORD_NUMBER})?[\s-]?(?P<unit>{UNIT}|(?<=\d)[smhd])\b", re.IGNORECASE
)


DOTTED: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
"""A thousand as half of Europe writes it; nobody counts requests in thousandths."""
THOUSANDS: Final = re.compile(r"\.")


def number(text: str) -> int | float | None:
    """Read `1,000`, `5k`, `2.5` or `twenty`; None where it is no number."""
    plain = re.sub(r"[,\u00a0\u202f _]", "", text.strip().lower())
    if plain in WORDS:
        return WORDS[plain]
    plain = THOUSANDS.sub("", plain) if DOTTED.fullmatch(plain) else plain
    factor = {"k": 1000, "m": 1_000_000}.get(plain[-1:], 1)
    plain = plain[:-1] if factor != 1 else plain
    if not re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", plain):
        return None
    value = float(plain) * factor
    return int(value) if value.is_integer() else value


def seconds(count: str | None, unit: str) -> int | float | None:
    """Return the length of `count` `unit`s in seconds, a fraction where it is shorter than one; no count means one."""
    name = unit.strip().lower()
    size = SECONDS.get(name) or SECONDS.get(name.rstrip("s"))
    many = number(count) if count and count.strip() else 1
    if not size or many is None:
        return None
    return int(many * size) if many * size >= 1 else round(many * size, 3)


def duration(text: str) -> int | None:
    """Return the first span of time in `text`, in seconds: `24 hours`, `a 15 minute window`, `1h`."""
    for found in DURATION.finditer(text):
        if (length := seconds(found["count"], found["unit"])) is not None:
            return int(length)
    return None
