"""How many requests a client may make in how much time: limit, window, unit, and for whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.amounts import AMOUNT, number, seconds
from specloom.facts.evidence import Candidate, Detector, place, sentences, statements
from specloom.facts.rate_tables import OF_TABLE, table_rates, window_above
from specloom.facts.rates import PER, RATES, REQUESTS, WINDOW, Rate, rates_in
from specloom.facts.whose import HYPOTHETICAL, ILLUSTRATIVE
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

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
LEAD_WINDOW: Final = re.compile(rf"\b{REQUESTS}\s+(?:allowed\s+)?{PER}\s+{WINDOW}[^.]*$", re.IGNORECASE)
LABELLED_ITEM: Final = re.compile(rf"[^:\d]{{1,40}}(?::| [-–—])[\s`*]*({AMOUNT})[`*]*\s*$")
"""`Basic: 60`."""
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
LONGEST_LABEL: Final = 60
METHOD: Final = re.compile(r"GET|POST|PUT|PATCH|DELETE|HEAD")
SCOPES: Final = (
    ("ip", r"\bips?(?:[- ]address(?:es)?)?\b"),
    ("organization", r"\borgani[sz]ations?\b|\borg\b"),
    ("user", r"\bper[- ]user\b|\b(?:each|per|a|every) (?:\w+ )?user\b"),
    ("key", r"\b(?:api[- ])?key\b"),
    ("token", r"\b(?:per|each|every) (?:access )?token\b"),
    ("account", r"\b(?:per|each|every) account\b"),
    ("app", r"\b(?:per|each|every) app(?:lication)?\b"),
    ("project", r"\b(?:per|each|every) project\b"),
    ("workspace", r"\b(?:per|each|every) (?:workspace|team)\b"),
    ("endpoint", r"\b(?:per|each|every) (?:endpoint|route|method)\b"),
)
TIER_AFTER: Final = re.compile(
    r"^[^;,.|]{0,40}?\bfor (?:the |all |our )?((?:[A-Z][\w+-]*(?: [A-Z][\w+-]*)?)"
    r"|unauthenticated|authenticated|anonymous|free|paid)\b",
    re.IGNORECASE,
)
NO_TIER: Final = re.compile(r"\b(?:each|every|all|any|an?|your|their|the|this|one|endpoints?|apis?)\b", re.IGNORECASE)
TIER_WORDS: Final = re.compile(
    r"\b(unauthenticated|authenticated|anonymous|unauthorized|authorized|guest|free"
    r"|basic|pro|premium|enterprise|business|standard|trial|demo)\b",
    re.IGNORECASE,
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read limits from sentences, list items and tables that speak of this API's requests."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        for statement in statements(passage):
            above = _above(evidence, passage) if statement.row else []
            for rate in [*rates_in(statement), *table_rates(statement, above), *_led(evidence, statement)]:
                if candidate := _judged(evidence, statement, rate):
                    yield candidate


def _above(evidence: Evidence, passage: Passage) -> list[str]:
    """Return what may give its window to a table: the heading, and the sentences before it that speak of it."""
    said = sentences(_lead(evidence, passage))
    return [*passage.headings[-1:], *(one for one in said if OF_TABLE.search(one) or one[-1:] not in ".!?")]


def _led(evidence: Evidence, statement: Statement) -> Iterator[Rate]:
    """Read `Live mode: 100 operations` in a list that is introduced by `requests per second as follows`."""
    if statement.passage.kind is not PassageKind.LIST_ITEM or any(pattern.search(statement.text) for pattern in RATES):
        return
    lead = LEAD_WINDOW.search(_lead(evidence, statement.passage))
    amounts = list(re.finditer(rf"({AMOUNT})\s+{REQUESTS}\b", statement.text, re.IGNORECASE)) if lead else []
    if lead and not amounts and lead[0].rstrip().endswith(":") and (labelled := LABELLED_ITEM.match(statement.text)):
        amounts = [labelled]
    if lead and len(amounts) == 1:
        limit, window = number(amounts[0][1]), seconds(lead["count"], lead["window"])
        if limit and window:
            yield Rate(limit, window, "requests", amounts[0].start(), amounts[0].end(), 0.8)


def _judged(evidence: Evidence, statement: Statement, rate: Rate) -> Candidate | None:
    """Keep a rate that is this API's; say how sure we are."""
    passage, text = statement.passage, statement.text
    strong_here = bool(STRONG.search(text)) or any(COLUMN_RATE.search(name) for name in _names(statement))
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
        value=_value(statement, rate, surface),
        places=place(statement),
        strength=strength,
        doubts=doubts,
        general=True,
    )


def _names(statement: Statement) -> tuple[str, ...]:
    """Return what a table calls the numbers of a row: the names of its columns, and the row's label."""
    return (*statement.passage.header, *(statement.row.cells[:1] if statement.row else ()))


def _limited_beside(evidence: Evidence, passage: Passage) -> bool:
    """Tell whether the section gives a rate of its own, so that this one only says how fast it comes back."""
    others = [
        other for other in evidence.section(passage) if other is not passage and other.kind is not PassageKind.CODE
    ]
    return any(pattern.search(other.text) for other in others for pattern in RATES)


def _headed(passage: Passage) -> bool:
    heading = passage.headings[-1].strip() if passage.headings else ""
    return bool(LIMITS_HEADING.fullmatch(heading)) or (
        passage.kind is PassageKind.TABLE and bool(window_above(heading))
    )


def _bounded(statement: Statement, rate: Rate, *, headed: bool) -> bool:
    """Ask of a statement that does not speak of rate limits itself that it bounds requests, and of nothing else."""
    text = statement.text
    called = bool(statement.row) and any(STRONG.search(heading) for heading in statement.passage.headings[-1:])
    if NOT_A_RATE.search(PATH.sub(" ", text)) or (rate.window > LONGEST_PLAIN_WINDOW and not called):
        return False
    bounds = bool(BOUND.search(text))
    if headed or SCOPED.search(text):
        plain = bool(re.search(REQUESTS, statement.passage.text, re.IGNORECASE))
        return bounds or plain or bool(statement.row) or statement.passage.kind is PassageKind.LIST_ITEM
    return bounds and rate.strength >= 0.88 and bool(re.search(REQUESTS, text, re.IGNORECASE))


def _ours(evidence: Evidence, statement: Statement, rate: Rate) -> bool:
    lead = sentences(_lead(evidence, statement.passage))[-1:]
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


def _lead(evidence: Evidence, passage: Passage) -> str:
    """Return the sentence that introduces a list or table."""
    if passage.kind not in {PassageKind.LIST_ITEM, PassageKind.TABLE}:
        return ""
    for before in reversed(evidence.before(passage, 8)):
        if before.kind is PassageKind.PARAGRAPH and before.headings == passage.headings:
            return before.text
    return ""


def _value(statement: Statement, rate: Rate, surface: str) -> dict[str, Json]:
    value: dict[str, Json] = {"limit": rate.limit, "window_s": rate.window, "unit": rate.unit}
    around = statement.text[max(0, rate.at - 60) : rate.end + 60]
    wider = f"{statement.text} {' '.join(statement.passage.headings[-1:])}"
    for scope, pattern in SCOPES:
        if re.search(pattern, around, re.IGNORECASE) or re.search(pattern, wider, re.IGNORECASE):
            value["scope"] = scope
            break
    if tier := rate.tier or _tier(statement, rate):
        value["tier"] = tier
    if surface:
        value["applies_to"] = surface
    return value


def _row_label(statement: Statement) -> str:
    """Return what a row is about, a method with its endpoint; a label that tells the window is about nothing."""
    cells = [cell.strip("`* ") for cell in statement.row.cells[:2]] if statement.row else []
    plain = [cell for cell in cells if cell and not re.search(r"\d", cell) and len(cell) < LONGEST_LABEL]
    if not cells or cells[:1] != plain[:1] or COLUMN_RATE.search(cells[0]):
        return ""
    return " ".join(plain) if METHOD.fullmatch(plain[0]) else plain[0]


def _tier(statement: Statement, rate: Rate) -> str:
    if label := _row_label(statement):
        return label
    if (after := TIER_AFTER.search(statement.text[rate.end :])) and not NO_TIER.search(after[1]):
        return after[1]
    before = re.split(r"[;,.]", statement.text[max(0, rate.at - 60) : rate.at])[-1]
    words = TIER_WORDS.findall(before)
    return str(words[-1]).lower() if words else ""


DETECTOR: Final = Detector(
    fact_kind="rate_limit",
    summary="how many requests are allowed in how much time",
    queries=(
        "API rate limit: how many requests per second, minute or hour are allowed",
        "request quota for each user, key, IP address or plan",
    ),
    detect=detect,
)
