"""Rates as people write them: `90 requests per minute`, `20 rps`, a table with a column for each window."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.facts.amounts import AMOUNT, NUMBER, SHORT_UNIT, UNIT, WORD_NUMBER, duration, number, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Statement

REQUESTS: Final = (
    r"(?:requests?|reqs?|calls?|quer(?:y|ies)|hits|times|invocations|lookups"
    r"|searches|transactions|operations|api[- ]calls?)"
)
CALLS: Final = r"(?:requests?|reqs?|(?:api[- ])?calls?|quer(?:y|ies)|hits|times|invocations)"
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
    r"(?:(?:given|single|rolling|sliding|fixed|calendar"
    rf"|one|clock)[\s-]+)*(?:(?P<count>{NUMBER}|{WORD_NUMBER})[\s-]*)?(?:consecutive\s+)?"
    rf"(?P<window>{UNIT}|(?<=\d)[smhd]|(?<=\d\s)[smhd])\b"
)
SPELLED: Final = r"(?:\s*\([\w\s,-]{1,40}\))?"
"""The same number once more, in words or digits: `five (5) requests`."""
RATES: Final = (
    re.compile(
        rf"(?P<limit>{AMOUNT}|\b(?!an?\b){WORD_NUMBER}){SPELLED}\s+(?P<adj>{ADJECTIVES})(?P<unit>{REQUESTS}"
        rf"|{OTHER_UNITS}){GAP}[\s(,]*\b{PER}\s+(?:(?:a|an|the)\s+)?{WINDOW}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<limit>{AMOUNT})\s*(?P<unit>{REQUESTS})?\s?/\s?(?:(?P<count>{NUMBER})[\s-]?)?(?P<window>{SHORT_UNIT})\b",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<limit>{AMOUNT}|\bonce\b)\+?\s*\(?{PER}\s+{WINDOW}", re.IGNORECASE),
)
ANYTHING: Final = re.compile(
    rf"(?P<limit>{AMOUNT})\s+(?P<unit>(?!seconds|minutes|hours|days|weeks|months|years|times)[a-z][a-z-]{{3,20}}s)\s+"
    rf"(?:[a-z]{{3,12}}ed\s+)?{PER}\s+{WINDOW}",
    re.IGNORECASE,
)
"""So many of whatever it is, where the heading says that these are limits."""
LIMITS: Final = re.compile(r"\blimits?\b|throttl|\bquotas?\b", re.IGNORECASE)
ABBREVIATED: Final = re.compile(rf"(?P<limit>{AMOUNT})\s?(?P<abbr>rps|rpm|rph|rpd|qps|qpm|tps|req/s)\b", re.IGNORECASE)
NAMED_WINDOW: Final = re.compile(
    r"\b(?P<window>hourly|daily|(?:per[- ])(?:second"
    rf"|minute|hour|day))\s+(?:\w+\s+){{0,2}}?(?:limit"
    rf"|quota|maximum|cap)\b(?:\s+\w+){{0,3}}?\W{{0,6}}(?:(?:is"
    rf"|of|to|are|at)\s+)?(?P<limit>{AMOUNT})(?:\s+(?P<unit>{REQUESTS}))?",
    re.IGNORECASE,
)
LABELLED: Final = re.compile(
    rf"(?<!\d)(?<!\d\s)\b(?P<unit>{REQUESTS})\s*(?:/|\b(?:allowed\s+)?{PER}\b)\s*{WINDOW}(?:\s*\([\w\s]{{1,20}}\))?[`*]*"
    rf"\s*(?:[:=|–—-]|\bis\b|\bare\b)[\s`*]*(?P<limit>{AMOUNT})(?!\s*(?:[-–—/]|to\b))",
    re.IGNORECASE,
)
"""The number after what it counts: `Requests per minute: 60`."""
ADVERBIAL: Final = re.compile(
    rf"(?P<limit>{AMOUNT})\s+(?:(?:api\s+)?(?P<unit>{REQUESTS})\s+(?P<window>hourly|daily)"
    rf"|(?P<early>hourly|daily)\s+(?:api\s+)?{REQUESTS})\b",
    re.IGNORECASE,
)
WINDOW_FIRST: Final = re.compile(
    r"\b(?:per|each|every|in (?:any|an?|each)|within (?:any"
    rf"|an?|each)|for every)\s+{WINDOW}[^.;|]{{0,50}}?\b(?:limit(?:ed)? (?:of"
    r"|is|to)|maximum of|up to|at most|no more than"
    rf"|make|allowed|exceed)\s+(?P<limit>{AMOUNT})\s+(?P<adj>{ADJECTIVES})(?P<unit>{REQUESTS})",
    re.IGNORECASE,
)
ADVERB: Final = {"hourly": 3600, "daily": 86_400}
ADVERBS: Final = {**ADVERB, "weekly": 7 * 86_400, "monthly": 30 * 86_400}
ABBREVIATIONS: Final = {"rps": 1, "qps": 1, "tps": 1, "req/s": 1, "rpm": 60, "qpm": 60, "rph": 3600, "rpd": 86_400}
COLUMN_WINDOW: Final = re.compile(
    rf"(?:{REQUESTS}|limit|rate|calls|max\w*)?[^|]*?(?:\bper"
    rf"|/)\s*(?:(?P<count>{NUMBER})\s*)?(?P<window>{SHORT_UNIT})\b",
    re.IGNORECASE,
)
COLUMN_ABBR: Final = re.compile(r"\b(?P<abbr>rps|rpm|rph|rpd|qps|qpm)\b", re.IGNORECASE)
WINDOW_CELL: Final = re.compile(
    rf"^\W*(?:(?:per|each|every|in any)\s+)?(?:(?P<count>{NUMBER})\s*)?(?P<window>second"
    r"|minute|hour|day)s?\W*$|^\W*(?:hourly|daily)\W*$",
    re.IGNORECASE,
)
ADVERB_COLUMN: Final = re.compile(
    rf"\b(?P<window>hourly|daily|weekly|monthly)\s+(?:api\s+)?(?:{REQUESTS}|limit|quota)", re.IGNORECASE
)
NO_LIMIT_COLUMN: Final = re.compile(r"\b(?:leak|refill|restor|concurren|parallel|price|cost)", re.IGNORECASE)
"""How fast an allowance comes back, how many requests at once: rates of another kind."""
LIMIT_COLUMN: Final = re.compile(
    r"^(?:\W*)(?:(?:rate|request|api|default|max\w*)\s+)*(?:limit|requests?|quota|calls|rate limit)s?\b", re.IGNORECASE
)
WINDOW_COLUMN: Final = re.compile(r"\b(?:window|period|interval|time ?frame|duration|per)\b", re.IGNORECASE)
PLAIN: Final = re.compile(rf"^\W*(?:up to |max(?:imum)? |\$?)?({AMOUNT})(?:\s*{REQUESTS})?\W*$", re.IGNORECASE)


FORMULA_BEFORE: Final = re.compile(r"(?:[+×*÷=]|\d\s*x)\s*$")
FORMULA_AFTER: Final = re.compile(r"[`*]*\s*(?:[+×*÷]\s*[\d(]|[x×]\s+\w)")
"""A number that is only a term of a sum tells no limit."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`limit` units in `window` seconds, read at `at` to `end` of a text; `strength` says how plainly."""

    limit: int | float
    window: int
    unit: str
    at: int
    end: int
    strength: float


def rates_in(statement: Statement) -> Iterator[Rate]:
    """Yield every rate in a sentence or table row, the plainest notation first, none twice."""
    text = _limits_of(statement)
    taken: list[tuple[int, int]] = []
    patterns = [(RATES[0], 0.9), (RATES[1], 0.88), (LABELLED, 0.88), (WINDOW_FIRST, 0.8), (RATES[2], 0.82)]
    if LIMITS.search(" ".join(statement.passage.headings[-1:])):
        patterns.insert(1, (ANYTHING, 0.75))
    for pattern, strength in patterns:
        for found in pattern.finditer(text):
            rate = _rate(found, strength)
            if rate and not _overlaps(taken, rate):
                taken.append((rate.at, rate.end))
                yield _counted(statement, rate)
    yield from _short_rates(text, taken)
    if statement.row:
        yield from _table_rates(statement)


def windowed(statement: Statement) -> bool:
    """Tell a row that has a window of its own: in the name of a column, or in a column for it."""
    return statement.row is not None and any(
        _column_window(name) or WINDOW_COLUMN.search(name) for name in statement.passage.header
    )


def _rate(found: re.Match[str], strength: float) -> Rate | None:
    if FORMULA_BEFORE.search(found.string[: found.start("limit")]) or FORMULA_AFTER.match(
        found.string[found.end("limit") :]
    ):
        return None
    limit = 1 if found["limit"].lower() == "once" else number(found["limit"])
    window = seconds(found["count"], found["window"])
    if limit is None or not window or limit <= 0:
        return None
    groups = found.groupdict()
    return Rate(
        limit,
        window,
        _unit(groups.get("adj") or "", groups.get("unit") or ""),
        found.start("limit"),
        found.end(),
        strength,
    )


def _limits_of(statement: Statement) -> str:
    """Blank the cells of a row that hold no limit, so that everything else stays where it stands."""
    row, header = statement.row, statement.passage.header
    if not row or not any(NO_LIMIT_COLUMN.search(name) for name in header):
        return statement.text
    cells = [" ".join(cell.split()) for cell in row.cells]
    hidden = [at < len(header) and bool(NO_LIMIT_COLUMN.search(header[at])) for at in range(len(cells))]
    return " | ".join(" " * len(cell) if hide else cell for cell, hide in zip(cells, hidden, strict=True))


def _counted(statement: Statement, rate: Rate) -> Rate:
    """Let the column of a table say what is counted where the cell does not: `100k/day` below Credits."""
    header = statement.passage.header
    column = statement.text[: rate.at].count(" | ")
    if (
        not statement.row
        or column >= min(len(header), len(statement.row.cells))
        or re.search(r"[a-z]{4}", statement.row.cells[column].split("/")[0])
    ):
        return rate
    named = re.fullmatch(rf"\W*({OTHER_UNITS})\W*", header[column], re.IGNORECASE)
    return replace(rate, unit=named[1].lower()) if named else rate


def _short_rates(text: str, taken: list[tuple[int, int]]) -> Iterator[Rate]:
    for found in ABBREVIATED.finditer(text):
        limit = number(found["limit"])
        if limit is not None:
            yield Rate(limit, ABBREVIATIONS[found["abbr"].lower()], "requests", found.start(), found.end(), 0.9)
    for found in ADVERBIAL.finditer(text):
        limit = number(found["limit"])
        if limit is not None and not any(a <= found.start() < b for a, b in taken):
            by = ADVERB[(found["window"] or found["early"]).lower()]
            yield Rate(limit, by, "requests", found.start(), found.end(), 0.88)
    for found in NAMED_WINDOW.finditer(text):
        limit = number(found["limit"])
        name = found["window"].lower()
        window = ADVERB.get(name) or seconds(None, re.sub(r"per[- ]", "", name))
        if limit is not None and window and not any(a <= found.start("limit") < b for a, b in taken):
            yield Rate(limit, window, "requests", found.start(), found.end(), 0.85)


def _overlaps(taken: list[tuple[int, int]], rate: Rate) -> bool:
    return any(start < rate.end and rate.at < end for start, end in taken)


def _unit(adjectives: str, unit: str) -> str:
    plain = unit.lower().strip()
    if not plain or re.fullmatch(CALLS, plain):
        return "requests"
    kind = re.findall(r"\b(complexity|cost|rate[- ]limit|query)\b", adjectives.lower())
    return " ".join([*kind[-1:], plain]) if kind and kind[-1] not in plain else plain


def _table_rates(statement: Statement) -> Iterator[Rate]:
    """Read a row whose header names the window, or that has one column for the limit and one for the window."""
    header, row = statement.passage.header, statement.row
    if not row:
        return
    plain = {at: n for at, cell in enumerate(row.cells) if (m := PLAIN.match(cell)) and (n := number(m[1])) is not None}
    columns = [(name, at) for at, name in enumerate(header[: len(row.cells)]) if not NO_LIMIT_COLUMN.search(name)]
    spoken = any(pattern.search(_limits_of(statement)) for pattern in RATES)
    named = next((w for cell in row.cells[:2] if (w := _named_window(cell))), None)
    if named and plain and not spoken:
        yield Rate(next(iter(plain.values())), named, "requests", 0, 0, 0.82)
        return
    for name, at in columns:
        window = _column_window(name)
        if window and at in plain:
            yield Rate(plain[at], window, "requests", 0, 0, 0.85)
    limits = [plain[at] for name, at in columns if at in plain and LIMIT_COLUMN.search(name)]
    windows = [w for name, at in columns if WINDOW_COLUMN.search(name) and (w := duration(row.cells[at]))]
    if len(limits) == 1 and len(windows) == 1 and not spoken and not any(_column_window(name) for name in header):
        yield Rate(limits[0], windows[0], "requests", 0, 0, 0.85)


def _named_window(cell: str) -> int | None:
    found = WINDOW_CELL.match(cell)
    if not found:
        return None
    return ADVERB.get(found[0].strip("`*: ").lower()) or seconds(found["count"], found["window"] or "")


def _column_window(name: str) -> int | None:
    if found := COLUMN_ABBR.search(name):
        return ABBREVIATIONS[found["abbr"].lower()]
    if found := ADVERB_COLUMN.search(name):
        return ADVERBS[found["window"].lower()]
    found = COLUMN_WINDOW.search(name)
    return seconds(found["count"], found["window"]) if found else None
