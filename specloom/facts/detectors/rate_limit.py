"""How many requests a client may make in how much time: limit, window, unit, and for whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place, sentences, statements
from specloom.facts.rate_leads import lead_of, led
from specloom.facts.rate_whom import value_of
from specloom.facts.rates import RATES, REQUESTS, rates_in
from specloom.facts.whose import HYPOTHETICAL, ILLUSTRATIVE
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.facts.rates import Rate
    from specloom.model.passage import Passage

ABOUT: Final = re.compile(
    r"/\s?\d*\s?(?:s|secs?|seconds?|mins?|minutes?|h|hours?|days?)\b|rate[\s_-]?limit"
    r"|throttl|quota|\blimits?\b|\blimited\b|\bper[- ](?:second|minute"
    r"|hour|day)\b|\b(?:rps|rpm|rph|qps)\b",
    re.IGNORECASE,
)
STRONG: Final = re.compile(
    r"rate[\s_-]?limit|throttl|request (?:limit|quota)|api (?:limit|quota)"
    r"|usage (?:limit|quota)|call limit|\bquotas?\b|\b429\b|too many requests"
    r"|fair[- ]use|burst",
    re.IGNORECASE,
)
BOUND: Final = re.compile(
    r"\blimit(?:s|ed|ing)?\b|\ballow(?:s|ed|ance)?\b|\bmax(?:imum)?\b|\bup to\b"
    r"|\bat most\b|\bno more than\b|\bexceed|\bquota|\bthrottl|\bcan (?:make|send|perform"
    r"|issue|call)\b|\bbuckets?\b|\brestor(?:es?|ing)\b|\brefill|\bgovern|\bper[- ](?:ip"
    r"|api key|key|user|account|token|client|app)\b|"
    r"\bable to (?:make|perform|send)\b|\b(?:may|can|gets?|receives?|ha(?:s"
    r"|ve)|enforces?|rate of|defaults? to)\b|\bpermitted\b|\brestrict|\bcapped\b"
    r"|\bceiling\b|\bmore than\b",
    re.IGNORECASE,
)
SCOPED: Final = re.compile(r"\bper[- ](?:ip|api key|key|user|account|token|client)\b", re.IGNORECASE)
LONGEST_PLAIN_WINDOW: Final = 7 * 86_400
"""Seconds. Longer ones are quotas of a plan unless the docs call them rate limits."""
NOT_A_RATE: Final = re.compile(
    r"\b(?:retr(?:y|ies|ied)|re-?send|back-?off|cached?|expires?|expired|e-?mails?"
    r"|sms|seats?|invoic|pric(?:e|ing)|\$\d|billing|heartbeat|keep-?alive|megabytes?|"
    r"free trial|first \d|webhook (?:events?|deliver)|deliver(?:ed|ies|y))\b",
    re.IGNORECASE,
)
RESTATED: Final = re.compile(
    r"\b(?:equivalent to|equals|works out (?:to|at)|amounts to|corresponds to|that is|i\.e\.,?"
    r"|(?:is|or) (?:roughly|about))\s+(?:an? |average of )*$",
    re.IGNORECASE,
)
"""Before a rate that follows from another one."""
BURST: Final = re.compile(r"\bburst(?:s|ing)?\s+(?:of\s+)?(?:up\s+)?(?:to\s+)?$", re.IGNORECASE)
"""Before what is allowed for a moment only."""
RESTORED: Final = re.compile(r"\b(?:restor|refill|replenish|recover)\w*\b[^.]*$", re.IGNORECASE)
PATH: Final = re.compile(r"(?<![\w.])/[\w{}<>:*./-]+")
"""An endpoint: the words in its name say nothing about what is counted."""
COLUMN_RATE: Final = re.compile(rf"\b{REQUESTS}\b[^|]{{0,12}}(?:\bper\b|/)|\b(?:rps|rpm|rph|qps)\b", re.IGNORECASE)
LIMITS_HEADING: Final = re.compile(r"(?:api |request |usage |service )*limits?(?: and quotas)?", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read limits from sentences, list items and tables that speak of this API's requests."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        for statement in statements(passage):
            for rate in [*rates_in(statement), *led(evidence, statement)]:
                if candidate := _judged(evidence, statement, rate):
                    yield candidate


def _judged(evidence: Evidence, statement: Statement, rate: Rate) -> Candidate | None:
    """Keep a rate that is this API's; say how sure we are."""
    passage, text = statement.passage, statement.text
    strong_here = bool(STRONG.search(text)) or any(COLUMN_RATE.search(name) for name in passage.header)
    strong_near = bool(STRONG.search(_context(evidence, passage))) or _headed(passage)
    surface = evidence.whose.surface(passage)
    if not strong_here and not _bounded(statement, rate, headed=strong_near):
        return None
    if not _ours(evidence, statement, rate) or surface not in {"", "graphql"}:
        return None
    if RESTATED.search(text[: rate.at]) or BURST.search(text[: rate.at]):
        return None
    if RESTORED.search(text[max(0, rate.at - 60) : rate.at]) and _limited_beside(evidence, passage):
        return None
    doubts = ("illustrative",) if ILLUSTRATIVE.search(text[max(0, rate.at - 90) : rate.at + 1]) else ()
    strength = rate.strength + (0.05 if strong_here else 0) - (0.15 if not strong_here and not strong_near else 0)
    return Candidate(
        fact_kind="rate_limit",
        value=value_of(statement, rate, surface),
        places=place(statement),
        strength=strength,
        doubts=doubts,
        general=True,
    )


def _limited_beside(evidence: Evidence, passage: Passage) -> bool:
    """Tell whether the section gives a rate of its own, so that this one only says how fast it comes back."""
    others = [
        other for other in evidence.section(passage) if other is not passage and other.kind is not PassageKind.CODE
    ]
    return any(pattern.search(other.text) for other in others for pattern in RATES)


def _headed(passage: Passage) -> bool:
    return bool(passage.headings) and bool(LIMITS_HEADING.fullmatch(passage.headings[-1].strip()))


def _bounded(statement: Statement, rate: Rate, *, headed: bool) -> bool:
    """Ask of a statement that does not speak of rate limits itself that it bounds requests, and of nothing else."""
    text = statement.text
    if NOT_A_RATE.search(PATH.sub(" ", text)) or rate.window > LONGEST_PLAIN_WINDOW:
        return False
    bounds = bool(BOUND.search(text))
    if headed or SCOPED.search(text):
        plain = bool(re.search(REQUESTS, statement.passage.text, re.IGNORECASE))
        return bounds or plain or bool(statement.row) or statement.passage.kind is PassageKind.LIST_ITEM
    return bounds and rate.strength >= 0.88 and bool(re.search(REQUESTS, text, re.IGNORECASE))


def _ours(evidence: Evidence, statement: Statement, rate: Rate) -> bool:
    lead = sentences(lead_of(evidence, statement.passage))[-1:]
    clause = statement.text[: rate.at].split("; ")[-1] + statement.text[rate.at :].split("; ")[0]
    if HYPOTHETICAL.search(" ".join([clause, *(one for one in lead if one.endswith(":"))])):
        return False
    near = (statement.passage, *evidence.before(statement.passage))
    return not evidence.whose.foreign(statement, near)


def _context(evidence: Evidence, passage: Passage) -> str:
    return " / ".join(
        [
            *passage.headings,
            passage.text,
            *(before.text for before in evidence.before(passage, 2) if before.headings == passage.headings),
        ]
    )


DETECTOR: Final = Detector(
    fact_kind="rate_limit",
    summary="how many requests are allowed in how much time",
    queries=(
        "API rate limit: how many requests per second, minute or hour are allowed",
        "request quota for each user, key, IP address or plan",
    ),
    detect=detect,
)
