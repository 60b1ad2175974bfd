"""What speaks for a number and a span of time being a rate limit, in numbers."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from specloom.facts.detectors.rate_limit import ADVICE, RECOMMENDED, SHOULD
from specloom.facts.limits.rate_counted import CALLED
from specloom.facts.limits.rate_ground import BOUND, NOT_A_RATE, SCOPED, STRONG
from specloom.facts.limits.rates import OTHER_UNITS
from specloom.facts.speech.whose import ILLUSTRATIVE
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.facts.limits.rate_ground import Ground
    from specloom.facts.limits.rate_pairs import Pair

OTHER: Final = re.compile(rf"\b{OTHER_UNITS}\b", re.IGNORECASE)
ABBREVIATED: Final = re.compile(r"\b[rq]p[smhd]\b|\breq/s", re.IGNORECASE)
ALLOWANCE: Final = re.compile(r"point|credit|unit|token|complexity|cost|batch", re.IGNORECASE)
"""What calls are counted in, if not one by one."""
HELD: Final = re.compile(
    r"(?:\b(?:limit(?:ed|s)?|rate|up to|upto|max(?:imum)?(?: of)?|at most|not? more than|exceed\w*|over|more than"
    r"|restricted|throttled|capped|allow(?:s|ed|ance)?|make|send|perform|quota)\b|[:=|≤<])[^.;]{0,25}$",
    re.IGNORECASE,
)
"""Words before a number that bound something."""
SPANS: Final = re.compile(
    r"time-?\s?out|timed out|expir|\bvalid\b|life-?time|\bttl\b|cach|retention|retain|retr(?:y|ies|ied)|back-?off"
    r"|\bwait|delay|sleep|\bago\b|older|updated|refresh|interval of|clock|skew|within\b|respond|latency|\bcool"
    r"|\bblocked\b|\bban(?:ned)?\b|\bsync|schedul|\bcron",
    re.IGNORECASE,
)
"""Spans of time that are no windows."""
SIZES: Final = re.compile(
    r"\b[kmgt]i?b\b|bytes|characters|per page|page size|results|records|items|rows|objects|length|concurren|parallel"
    r"|simultaneous|connections",
    re.IGNORECASE,
)
DELIVERED: Final = re.compile(r"web-?hooks?|deliver|\bevents?\b|notif|e-?mails?|\bsms\b|callback", re.IGNORECASE)
MONEY: Final = re.compile(r"[$€£]\s?\d|\bpric|\bbilling|\bfees?\b|\bcost|\btrial\b|subscription", re.IGNORECASE)
SETTING: Final = re.compile(r"^\W*[A-Za-z]+_\w+\s*(?:[=:|]|$)|^\W*--\w")
"""What somebody who hosts the API may set."""
SHOWN: Final = re.compile(r"X-?Rate|RateLimit|Retry-After|HTTP/|\"[\w-]+\"\s*:", re.IGNORECASE)
"""An example of an answer."""
STOP: Final = re.compile(r"[.;:]\s")
NEAR: Final = 60
"""Characters on each side of a rate."""


def of_pair(pair: Pair) -> dict[str, float]:
    """Say how a number and its window stand to each other, and how large they are."""
    rate, gap = pair.rate, pair.gap
    signs = {
        "by_before": pair.side == "before",
        "by_above": pair.side == "above",
        "nearest": pair.nearest,
        "free": pair.free,
        "next": pair.nearest and pair.free,
        "stretched": pair.side == "after" and not pair.free,
        "per": pair.per,
        "broken": STOP.search(gap),
        "digits": any(char.isdigit() for char in gap),
        "called": CALLED.search(gap) or ABBREVIATED.search(pair.statement.text[rate.at : rate.end]),
        "allowance": ALLOWANCE.search(rate.unit),
        "counts_other": rate.unit != "requests" and not ALLOWANCE.search(rate.unit),
        "one": rate.limit == 1,
        "second": rate.window <= 1,
        "minute": 1 < rate.window < 3600,
        "hour": 3600 <= rate.window < 86_400,
        "day": rate.window == 86_400,
        "long": rate.window > 86_400,
        "fraction": rate.window < 1 or rate.limit != int(rate.limit),
    }
    return _numbers(signs) | {"gap": math.log1p(len(gap)), "size": math.log10(1 + rate.limit)}


def of_text(pair: Pair) -> dict[str, float]:
    """Say what stands near a rate, and in its sentence, row or line."""
    text, rate = pair.statement.text, pair.rate
    before = text[max(0, rate.at - NEAR) : rate.at]
    near = text[max(0, rate.at - NEAR) : rate.end + NEAR]
    signs = {
        "held": HELD.search(before),
        "spans": SPANS.search(near),
        "sizes": SIZES.search(near),
        "called_near": CALLED.search(near),
        "other_near": OTHER.search(near),
        "illustrated": ILLUSTRATIVE.search(near),
        "advised": ADVICE.search(before),
        "shown": SHOWN.search(near),
    }
    whole = _of_whole(text)
    return whole | _numbers(signs | {"advised": signs["advised"] or whole["advised"]})


@lru_cache(maxsize=64)
def _of_whole(text: str) -> dict[str, float]:
    """Say what a sentence holds, whichever of its rates is meant: a long one is read once."""
    signs = {
        "strong": STRONG.search(text),
        "bound": BOUND.search(text),
        "no_rate": NOT_A_RATE.search(text),
        "scoped": SCOPED.search(text),
        "delivered": DELIVERED.search(text),
        "money": MONEY.search(text),
        "called_far": CALLED.search(text),
        "advised": SHOULD.search(text) or RECOMMENDED.search(text),
        "setting": SETTING.search(text),
    }
    return _numbers(signs) | {"length": math.log1p(len(text))}


def of_place(ground: Ground) -> dict[str, float]:
    """Say what stands around a sentence, row or line, and whose it is."""
    around, passage = ground.around, ground.statement.passage
    heading = " / ".join(passage.headings)
    return _numbers(
        {
            "around_strong": around.strong,
            "headed": around.headed,
            "heading_strong": STRONG.search(heading),
            "lead_strong": STRONG.search(around.lead),
            "surface": around.surface,
            "heading_sent": DELIVERED.search(f"{passage.path} {heading}"),
            "table": passage.kind is PassageKind.TABLE,
        }
    )


def _numbers(signs: Mapping[str, object]) -> dict[str, float]:
    return {name: float(bool(sign)) for name, sign in signs.items()}
