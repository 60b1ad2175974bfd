"""Rates as people write them: `90 requests per minute`, `20 rps`, a table with a column for each window."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.facts.limits.rate_cells import limits_of
from specloom.facts.limits.rate_counted import REQUESTS, counted
from specloom.facts.speech.amounts import AMOUNT, MILLISECONDS, NUMBER, SHORT_UNIT, UNIT, WORD_NUMBER, number, seconds
from specloom.facts.speech.whose import ILLUSTRATIVE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.facts.evidence import Statement

CALLS: Final = r"(?:requests?|reqs?|(?:api[- ])?calls?|quer(?:y|ies)|hits|times|invocations|polls?)"
"""Words for a request; what else is limited is named as the docs name it."""
OTHER_UNITS: Final = (
    r"(?:(?:(?:query|request|graphql)\s)?(?:complexity|cost|rate[- ]limit)?\s?(?:points?"
    r"|credits|units|tokens)|messages?|events?|mutations?|reads?|writes?|commands?"
    r"|actions|data points|uploads?|submissions|records|rows|items|queries|updates|jobs|connections?"
    r"|attempts?)"
)
ADJECTIVES: Final = r"(?:(?!per\b|and\b|or\b|in\b|for\b|\d)[\w'’`*/-]+\s+){0,4}?"
GAP: Final = r"(?:\s+(?!but\b|with\b|then\b|after\b|\d)[\w'’`()/$.{}*-]+,?){0,14}?"
PER: Final = (
    r"(?:per|every|each|an?|any|in(?:\s+(?:any|a|an|each|every|the))?"
    r"|for an?(?=\s+(?:fixed|rolling|sliding)\b)|with(?:in|\s+in)(?:\s+(?:any|an?|each|the))?|over(?:\s+(?:any"
    r"|an?|each|the))?|during(?:\s+(?:any|an?|each))?|for (?:each|every))"
)
WINDOW: Final = (
    r"(?:(?:time[\s-]?(?:frame|span)|period|window|interval|span) of\s+(?:an?\s+)?)?"
    r"(?:(?:given|single|rolling|sliding|fixed|calendar"
    rf"|one|clock)[\s-]+)*(?:(?P<count>{NUMBER}|{WORD_NUMBER})[\s-]*)?(?:consecutive\s+)?"
    rf"(?P<window>{UNIT}|{MILLISECONDS}|(?<=\d)[smhd]|(?<=\d\s)[smhd])\b"
)
SPELLED: Final = r"(?:\s*\([\w\s,-]{1,40}\))?[`*]{0,3}"
"""The same number once more, in words or digits: `five (5) requests`."""
RATES: Final = (
    re.compile(
        rf"(?P<limit>{AMOUNT}|\b(?!an?\b){WORD_NUMBER}){SPELLED}\s+(?P<adj>{ADJECTIVES})(?P<unit>{REQUESTS}"
        rf"|{OTHER_UNITS}){GAP}[\s(,]*\b{PER}\s+(?:(?:a|an|the)\s+)?{WINDOW}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<limit>{AMOUNT})\s*(?:(?:api|http)\s)?(?P<unit>{REQUESTS})?\s?/\s?(?:(?:per|rolling|sliding|fixed|any|each)\s)?(?:(?P<count>{NUMBER})[\s-]?)?(?P<window>{SHORT_UNIT})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<limit>{AMOUNT}|\bonce\b|(?<=\blimited to )(?:just |only )?{WORD_NUMBER})"
        rf"[`*]{{0,3}}(?:\s+per\s+[a-z]+)?\+?\s*\(?{PER}\s+{WINDOW}",
        re.IGNORECASE,
    ),
)
NO_MORE: Final = re.compile(rf"\bmore (?:often |frequently )?than (?P<limit>once)\s*{PER}\s+{WINDOW}", re.IGNORECASE)
"""`Do not ask more than once every 5 minutes`."""
ANYTHING: Final = re.compile(
    rf"(?P<limit>{AMOUNT})\s+(?P<unit>(?!seconds|minutes|hours|days|weeks|months|years|times)[a-z][a-z-]{{3,20}}s)\s+"
    rf"(?:[a-z]{{3,12}}ed\s+)?{PER}\s+{WINDOW}",
    re.IGNORECASE,
)
ANYTHING_BY: Final = re.compile(
    rf"(?P<limit>{AMOUNT})\s+(?P<unit>[a-z][a-z-]{{3,20}}s)\s?/\s?(?:(?P<count>{NUMBER})[\s-]?)?"
    rf"(?P<window>{SHORT_UNIT})\b",
    re.IGNORECASE,
)
"""So many of whatever it is, where the heading says that these are limits."""
BETWEEN_CELLS: Final = re.compile(r" \| ")
LIMITS: Final = re.compile(r"\blimits?\b|throttl|\bquotas?\b", re.IGNORECASE)
ABBREVIATED: Final = re.compile(rf"(?P<limit>{AMOUNT})\s?(?P<abbr>rps|rpm|rph|rpd|qps|qpm|tps|req/s)\b", re.IGNORECASE)
NAMED_WINDOW: Final = re.compile(
    r"(?<!\d )(?<!\d-)\b(?P<window>hourly|daily|per[- ]second|(?:per[- ])?(?:minute"
    rf"|hour|day))\s+(?:\w+\s+){{0,2}}?(?:limit|quota|maximum|cap)\b(?:\s+(?!re\w+\b|start|begin)\w+){{0,3}}?\W{{0,6}}(?:(?:is"
    rf"|of|to|are|at)\s+)?(?P<limit>{AMOUNT})(?!:\d)(?:\s+(?:api\s+)?(?P<unit>{REQUESTS}|{OTHER_UNITS})\b)?",
    re.IGNORECASE,
)
LABELLED: Final = re.compile(
    rf"(?<!\d)(?<!\d\s)\b(?P<unit>{REQUESTS})\s*(?:/"
    rf"|\b(?:allowed\s+)?{PER}\b)\s*{WINDOW}(?:\s*\([\w\s]{{1,20}}\))?[`*]*"
    rf"\s*(?:[:=|–—-]|\bis\b|\bare\b)[\s`*]*(?P<limit>{AMOUNT})(?!\s*(?:[-–—/]|to\b))",
    re.IGNORECASE,
)
"""The number after what it counts: `Requests per minute: 60`."""
ADVERBIAL: Final = re.compile(
    rf"(?P<limit>{AMOUNT})\s+(?:(?:api\s+)?(?P<unit>{REQUESTS})\s+(?P<window>hourly|daily)"
    rf"|(?P<early>hourly|daily)\s+(?:api\s+)?{REQUESTS})\b",
    re.IGNORECASE,
)
FOR_EACH: Final = re.compile(
    rf"\b(?P<unit>{REQUESTS})\s+(?:allowed\s+)?per\s+{WINDOW}\s*\(\s*(?P<limit>{AMOUNT}) for (?P<whom>[a-z]{{3,20}})"
    rf"(?: \w+)?(?:,| and|;)+ (?P<other>{AMOUNT}) for (?P<whose>[a-z]{{3,20}})(?: \w+)?\s*\)",
    re.IGNORECASE,
)
"""`requests per hour (90 for anonymous users, 900 for authenticated users)`."""
PER_FIRST: Final = re.compile(
    rf"(?:^|[|;,(]\s{{0,3}})per\s+{WINDOW}(?:\s+per\s+\w+){{0,3}}\s*[:=]\s*(?P<limit>{AMOUNT})(?!\s*[%$€£])",
    re.IGNORECASE,
)
"""`Per minute per user: 60`."""
TO_ONE: Final = re.compile(
    rf"\b(?:throttled|limited|restricted|capped)\s+(?:to|at)\s+(?P<limit>one|once)\s+(?:(?P<unit>{REQUESTS})\s+)?(?:every|per|each)\s+{WINDOW}",
    re.IGNORECASE,
)
"""`Calls are throttled to one every two seconds`."""
LIMITED_TO: Final = (
    re.compile(
        rf"\b(?P<unit>{REQUESTS})(?:\s+\w+){{0,4}}?\s+per\s+{WINDOW}\s+to\s+(?P<limit>{AMOUNT})(?!\s*[-–—])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:limit|throttl|restrict|cap|keep)\w*\s+(?:[\w'’-]+\s+){{0,5}}?(?P<unit>{REQUESTS})\s+"
        r"(?:below|under|(?:down )?to)\s+(?:(?:at most|no more than|a maximum of|under|below)\s+)?[`*]{0,3}"
        rf"(?P<limit>{AMOUNT}|{WORD_NUMBER}\b)[`*]{{0,3}}\s+{PER}\s+{WINDOW}",
        re.IGNORECASE,
    ),
)
"""`Limit the requests you send per second to 40`, `keep your calls below 5 per second`."""
WINDOW_FIRST: Final = re.compile(
    r"\b(?:per|each|every|in (?:any|an?|each)|within (?:any"
    rf"|an?|each)|for every)\s+{WINDOW}[^.;|]{{0,50}}?\b(?:limit(?:ed)? (?:of"
    r"|is|to)|maximum of|up to|at most|no more than"
    rf"|make|allowed|exceed)\s+(?P<limit>{AMOUNT})\s+(?P<adj>{ADJECTIVES})(?P<unit>{REQUESTS})",
    re.IGNORECASE,
)
EVERY: Final = re.compile(
    rf"\b(?:per|each|every|(?:with)?in (?:any|an?|each|every))\s+{WINDOW},?\s+(?P<limit>{AMOUNT})[`*]{{0,3}}"
    rf"\s+(?P<adj>{ADJECTIVES})(?P<unit>{REQUESTS})\s+(?:are|may be|can be)\s+(?:allowed|permitted|made|sent)\b",
    re.IGNORECASE,
)
"""`Every 10 seconds, 100 requests are allowed`."""
ADVERB: Final = {"hourly": 3600, "daily": 86_400}
ABBREVIATIONS: Final = {
    "rps": 1,
    "qps": 1,
    "tps": 1,
    "req/s": 1,
    "rpm": 60,
    "qpm": 60,
    "rph": 3600,
    "rpd": 86_400,
    "tpm": 60,
    "tpd": 86_400,
}
PLAN: Final = r"(?:\s?\((?:for\s)?[a-z][\w +-]{0,24}\))?"
OR_ELSE: Final = re.compile(
    rf"(?P<others>{AMOUNT}{PLAN}(?:\s*,\s*{AMOUNT}{PLAN}){{0,4}}),?\s+(?:or|and)\s+$", re.IGNORECASE
)
LISTED: Final = 60
"""Characters before a number in which its alternatives stand."""
PLANNED: Final = re.compile(rf"{NUMBER}\s?\((?:for\s)?(?P<plan>[a-z][\w +-]{{0,24}})\)", re.IGNORECASE)
"""A number with whom it is for: `1,200 (Business)`."""
DEPENDS: Final = re.compile(
    r"\bdepend\w*\b|\baccording to\b|\bby (?:plan|tier)\b|\b(?:plans?|tiers?|subscriptions?|packages?)\b", re.IGNORECASE
)
FORMULA_BEFORE: Final = re.compile(r"(?:[+×*÷=]|\d\s*x)\s*$")
FORMULA_AFTER: Final = re.compile(r"[`*]*\s*(?:[+×*÷]\s*[\d(]|[x×]\s+\w)")
"""A number that is only a term of a sum tells no limit."""
OF_STATUS: Final = re.compile(r"\b(?:status(?: codes?)?|codes?|http)\s*$", re.IGNORECASE)
"""Before the status of an answer."""
TERM: Final = 20
"""Characters before a number in which a sum shows."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`limit` units in `window` seconds, read at `at` to `end` of a text; `strength` says how plainly."""

    limit: int | float
    window: int | float
    unit: str
    at: int
    end: int
    strength: float
    tier: str = ""


def rates_in(statement: Statement) -> Iterator[Rate]:
    """Yield every rate in a sentence or table row, the plainest notation first, none twice."""
    text = limits_of(statement)
    units, cells = _column_units(statement), [0, *(found.end() for found in BETWEEN_CELLS.finditer(text))]
    taken = bytearray(len(text) + 1)
    patterns = [
        (RATES[0], 0.9),
        (RATES[1], 0.88),
        (LABELLED, 0.88),
        (WINDOW_FIRST, 0.8),
        (NO_MORE, 0.88),
        (LIMITED_TO[1], 0.88),
        (EVERY, 0.88),
        (TO_ONE, 0.88),
        (RATES[2], 0.82),
        (PER_FIRST, 0.8),
        (LIMITED_TO[0], 0.8),
    ]
    if LIMITS.search(" ".join(statement.passage.headings[-1:])) and not ILLUSTRATIVE.search(text):
        patterns = [patterns[0], (ANYTHING, 0.75), *patterns[1:], (ANYTHING_BY, 0.85)]
    for pattern, strength in patterns:
        for found in pattern.finditer(text):
            rate = _rate(found, strength) if pattern is not LABELLED or " | " not in found[0] else None
            if rate and not any(taken[rate.at : rate.end]):
                taken[rate.at : rate.end] = b"\1" * (rate.end - rate.at)
                yield from (_counted(one, units, cells) for one in _alternatives(text, rate))
    yield from (*_for_each(text), *_short_rates(text, taken))


def _for_each(text: str) -> Iterator[Rate]:
    for found in FOR_EACH.finditer(text):
        window = seconds(found["count"], found["window"])
        for amount, whom in (("limit", "whom"), ("other", "whose")):
            limit = number(found[amount])
            if limit and window:
                yield Rate(limit, window, "requests", found.start(amount), found.end(whom), 0.88, found[whom].lower())


def _alternatives(text: str, rate: Rate) -> Iterator[Rate]:
    """Yield a rate and what holds for other plans: `100, 500 or 1,000 requests per day, depending on your plan`."""
    start = max(0, rate.at - LISTED)
    listed = OR_ELSE.search(text[start : rate.at])
    own = PLANNED.match(text, rate.at)
    yield replace(rate, tier=own["plan"]) if listed and own else rate
    if listed and (own or DEPENDS.search(text)):
        for found in re.finditer(AMOUNT, listed["others"]):
            limit = number(found.group())
            if limit:
                at = start + listed.start("others") + found.start()
                plan = PLANNED.match(text, at)
                tier = plan["plan"] if plan else ""
                yield replace(rate, limit=limit, at=at, end=at + len(found.group()), tier=tier)


def _rate(found: re.Match[str], strength: float) -> Rate | None:
    before = found.string[max(0, found.start("limit") - TERM) : found.start("limit")]
    if (
        FORMULA_BEFORE.search(before)
        or OF_STATUS.search(before)
        or FORMULA_AFTER.match(found.string, found.end("limit"))
    ):
        return None
    limit = 1 if found["limit"].lower() == "once" else number(found["limit"])
    window = seconds(found["count"], found["window"])
    if limit is None or not window or limit <= 0:
        return None
    groups = found.groupdict()
    unit = groups.get("unit") or counted(found.string, *found.span("limit"))
    return Rate(
        limit,
        window,
        _unit(groups.get("adj") or "", unit),
        found.start("limit"),
        found.end(),
        strength,
    )


def _column_units(statement: Statement) -> list[str]:
    """Return for each cell what its column says is counted, where the cell does not: `100k/day` below Credits."""
    header, row = statement.passage.header, statement.row
    units = []
    for name, cell in zip(header, row.cells if row else (), strict=False):
        named = re.fullmatch(rf"\W*({OTHER_UNITS})\W*", name, re.IGNORECASE)
        units.append(named[1].lower() if named and not re.search(r"[a-z]{4}", cell.split("/")[0]) else "")
    return units


def _counted(rate: Rate, units: Sequence[str], cells: Sequence[int]) -> Rate:
    column = bisect.bisect_right(cells, rate.at) - 1
    unit = units[column] if column < len(units) else ""
    return replace(rate, unit=unit) if unit else rate


def _short_rates(text: str, taken: bytearray) -> Iterator[Rate]:
    for found in ABBREVIATED.finditer(text):
        limit = number(found["limit"])
        if limit is not None:
            yield Rate(limit, ABBREVIATIONS[found["abbr"].lower()], "requests", found.start(), found.end(), 0.9)
    for found in ADVERBIAL.finditer(text):
        limit = number(found["limit"])
        if limit is not None and not taken[found.start()]:
            by = ADVERB[(found["window"] or found["early"]).lower()]
            yield Rate(limit, by, "requests", found.start(), found.end(), 0.88)
    for found in NAMED_WINDOW.finditer(text):
        limit = number(found["limit"])
        name = found["window"].lower()
        window = ADVERB.get(name) or seconds(None, re.sub(r"per[- ]", "", name))
        if limit is not None and window and not taken[found.start("limit")]:
            yield Rate(limit, window, _unit("", found["unit"] or ""), found.start(), found.end(), 0.85)


def _unit(adjectives: str, unit: str) -> str:
    plain = unit.lower().strip()
    if not plain or re.fullmatch(CALLS, plain):
        return "requests"
    kind = re.findall(r"\b(complexity|cost|rate[- ]limit|query)\b", adjectives.lower())
    return " ".join([*kind[-1:], plain]) if kind and kind[-1] not in plain else plain
