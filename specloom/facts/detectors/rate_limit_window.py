"""How a rate limit is counted over time: in a rolling window, in fixed windows, or by a bucket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.speech.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement

ABOUT: Final = re.compile(r"rate[\s_-]?limit|throttl|\bquota|\blimits?\b|\bcounters?\b|bucket", re.IGNORECASE)
KINDS: Final = (
    (
        "rolling",
        (
            r"\b(?<!not a )(?<!not )(?:rolling|sliding|moving|floating)[\s-]+(?:\w+[\s-]+){0,3}?(?:windows?|basis"
            r"|periods?|intervals?)\b"
            r"|\b(?:quotas?|limits?|windows?) (?:is|are) (?:rolling|sliding)\b"
        ),
    ),
    (
        "fixed",
        (
            r"\bfixed[\s-]+(?:[\w]+[\s-]+){0,3}?windows?\b"
            r"|\bnot (?:an? )?(?:rolling|sliding|moving)(?:[\s-]+\w+)?[\s-]+(?:windows?|basis|periods?|intervals?)\b"
            r"|\breset(?:s|ting)?\b[^.;]{0,30}\bat\s+(?:midnight|\d{1,2}(?::\d\d)?\s*(?:am|pm|UTC|GMT|Z)\b)"
        ),
    ),
    ("leaky_bucket", r"\bleaky[\s-]bucket\b"),
    ("token_bucket", r"\btoken[\s-]bucket\b"),
)
LIMITED: Final = re.compile(
    r"\brate[\s-]?limit|\bthrottl|\brequests?\b|\bapi calls?\b|\bquotas?\b|\bcounters?\b", re.IGNORECASE
)
NOT_OURS: Final = re.compile(
    r"^\W*(?:use|try|consider)\b"
    r"|\b(?:not(?! (?:an? )?(?:rolling|sliding|moving))|never|instead of|rather than|unlike|your own"
    r"|you (?:can|could|should|may)|we recommend|implement"
    r"|metrics?|aggregat|averages?|retention|report|client[- ]side)\b",
    re.IGNORECASE,
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that name the way of counting and speak of requests or limits."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text = statement.text
        kind = next((name for name, pattern in KINDS if re.search(pattern, text, re.IGNORECASE)), "")
        if not kind or not LIMITED.search(_read_with(statement)) or NOT_OURS.search(text) or HYPOTHETICAL.search(text):
            continue
        if not evidence.whose.foreign(statement):
            yield Candidate(fact_kind="rate_limit_window", value={"kind": kind}, places=place(statement), strength=0.82)


def _read_with(statement: Statement) -> str:
    """Take a list item as one thought: its first sentence names what its second one explains; a heading does, too."""
    passage = statement.passage
    said = passage.text if passage.kind is PassageKind.LIST_ITEM else statement.text
    return " ".join([said, *passage.headings[-1:]])


DETECTOR: Final = Detector(
    fact_kind="rate_limit_window",
    summary="how a rate limit is counted over time",
    queries=("the rate limit is counted over a rolling window", "leaky bucket algorithm of the rate limit"),
    detect=detect,
)
