"""Limits in tables: the window stands in the cell, its row's label, its column's name, another column, or above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.facts.limits.rate_above import window_above
from specloom.facts.limits.rate_cells import NO_LIMIT_COLUMN, limits_of
from specloom.facts.limits.rate_counted import CALLED, REQUESTS
from specloom.facts.limits.rates import ABBREVIATIONS, ADVERB, OTHER_UNITS, PER, RATES, WINDOW, Rate
from specloom.facts.speech.amounts import AMOUNT, NUMBER, SECONDS, SHORT_UNIT, duration, number, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.evidence import Statement
    from specloom.model.passage import Passage

ADVERBS: Final = {**ADVERB, "weekly": 7 * 86_400, "monthly": 30 * 86_400}
COLUMN_WINDOW: Final = re.compile(
    rf"(?:\b(?:per|each|every|in any)\b|/)[\s-]*(?:(?P<count>{NUMBER})[\s-]*)?(?P<window>{SHORT_UNIT})\b", re.IGNORECASE
)
BRACKETED: Final = re.compile(
    rf"\b(?:per|limits?|quotas?|requests?|calls)\b[^()]{{0,40}}\((?P<count>{NUMBER})[\s-]?(?P<window>{SHORT_UNIT})\)",
    re.IGNORECASE,
)
"""`Per user (15 min)`."""
COLUMN_ABBR: Final = re.compile(r"\b(?P<abbr>rps|rpm|rph|rpd|qps|qpm|(?-i:TPM|TPD))\b", re.IGNORECASE)
ADVERB_COLUMN: Final = re.compile(
    rf"\b(?P<window>hourly|daily|weekly|monthly)\s+(?:api\s+)?(?:{REQUESTS}|limit|quota)"
    r"|^\W*(?P<alone>hourly|daily|weekly|monthly)\W*$",
    re.IGNORECASE,
)
WINDOW_CELL: Final = re.compile(
    rf"^\W*(?:(?:per|each|every|in any)\s+)?(?:(?P<count>{NUMBER})\s*)?(?P<window>second"
    r"|minute|hour|day)s?\W*$|^\W*(?P<adverb>hourly|daily)\W*$",
    re.IGNORECASE,
)
LABELS: Final = (
    re.compile(
        rf"^\W*(?:[\w-]+\s+){{0,3}}?{REQUESTS}\s*(?:allowed\s+)?"
        rf"(?:\(|/|\b)\s*(?:(?:{PER}|/)\s*)?{WINDOW}",
        re.IGNORECASE,
    ),
    re.compile(rf"^\W*(?:(?:api|request|rate) ){{0,2}}(?:limits?|rate)\s*\(?\s*{PER}\s+{WINDOW}", re.IGNORECASE),
)
"""Labels of rows that tell what their cells count: `Requests per second`."""
LIMIT_COLUMN: Final = re.compile(
    r"^\W*(?:(?:rate|request|api|default|max\w*|number of|allowed)\s+){0,3}"
    r"(?:limit|requests?|quota|calls|rate limit|allowed|allowance|volume|threshold)s?\b",
    re.IGNORECASE,
)
AMOUNT_COLUMN: Final = re.compile(r"\W*(?:values?|max(?:imum)?|amount|numbers?|count)\W*", re.IGNORECASE)
"""The only column with numbers, by a name that says no more."""
WINDOW_COLUMN: Final = re.compile(r"\b(?:window|period|interval|time ?frame|duration|per)\b", re.IGNORECASE)
WINDOW_UNIT: Final = re.compile(r"\(\s*(?:in\s+)?(?P<unit>seconds?|secs?|s|minutes?|mins?|hours?)\s*\)", re.IGNORECASE)
PLAIN: Final = re.compile(
    rf"^\W*(?:up to |max(?:imum)? |\$?)?({AMOUNT}(?:[mM]\b)?)(?:\s*{REQUESTS})?"
    r"(?:\s*(?:/|per\b)\s*[a-z][\w -]{2,20})?\W*$",
    re.IGNORECASE,
)
OTHER_LIMIT: Final = re.compile(
    r"\b(?:e-?mails?|sms|seats?|members?|storage|bandwidth|[kmgt]i?b|bytes|size|length|depth|price|cost|fees?|retention"
    r"|invitations?|active users|downloads?|attachments?|projects?|workspaces?|payload|timeout|concurren\w*|burst"
    r"|(?:records?|rows|items|results|objects|fields|characters)\s+(?:per|in)\s+(?:a\s+)?(?:request|page|call"
    r"|query|response))\b",
    re.IGNORECASE,
)
"""What is limited, and is no rate of requests."""
OPERATION: Final = re.compile(
    r"\W*(?:/|(?:get|list|create|add|update|edit|delete|remove|post|put|patch|query|search|send|upload|read|write)\b)",
    re.IGNORECASE,
)
"""The beginning of a label that names a call, whatever the call is about."""
VALUE_COLUMN: Final = re.compile(
    r"\b(?:limits?|values?|defaults?|max\w*|min\w*|notes?|examples?|units?|quotas?|requests?|calls|allowed|numbers?)\b",
    re.IGNORECASE,
)
"""A name of a column that is no plan."""
FOR_EACH: Final = re.compile(r"\bper\b", re.IGNORECASE)
"""Columns of limits, each for somebody else."""
NO_PLAN: Final = re.compile(
    r"\b(?:id|status|code|version|example|description|page|default|weight|priority)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns, a second row of them put to the first, and the rows that they take."""

    names: tuple[str, ...]
    taken: int

    def name(self, at: int) -> str:
        """Return the name of a column, or nothing beyond the last."""
        return self.names[at] if at < len(self.names) else ""


def table_rates(statement: Statement, above: Sequence[str]) -> Iterator[Rate]:
    """Read the rates of one row; `above` are the heading and the sentence that introduce the table."""
    row, passage = statement.row, statement.passage
    if not row:
        return
    columns = _columns(passage)
    if row in passage.rows[: columns.taken]:
        return
    plain = {at: n for at, cell in enumerate(row.cells) if (m := PLAIN.match(cell)) and (n := number(m[1])) is not None}
    plain = {at: n for at, n in plain.items() if n > 0 and not NO_LIMIT_COLUMN.search(columns.name(at))}
    if not plain:
        return
    spoken = any(pattern.search(limits_of(statement)) for pattern in RATES)
    if not spoken and (labelled := list(_labelled(row.cells, columns, plain))):
        yield from labelled
        return
    named = [
        (at, window, unit)
        for at in plain
        if (window := column_window(columns.name(at))) and (unit := _unit(columns.name(at)))
    ]
    for at, window, unit in named:
        yield Rate(plain[at], window, unit, 0, 0, 0.85)
    if not spoken and not any(column_window(name) for name in columns.names):
        yield from _beside(row.cells, columns, plain) or _above(statement, columns, plain, above)


def _columns(passage: Passage) -> Columns:
    """Take a first row without numbers for names where there are none, or where it goes on with them."""
    header = tuple(" ".join(name.split()) for name in passage.header)
    first = passage.rows[0].cells if passage.rows else ()
    if not first or any(re.search(r"\d", cell) for cell in first):
        return Columns(header, 0)
    if not header:
        return Columns(first, 1)
    width = max(len(row.cells) for row in passage.rows)
    if any(column_window(cell) or COLUMN_ABBR.search(cell) for cell in first):
        lower = ("",) * (width - len(first)) + first
        upper = (*header, *(header[-1:] * (width - len(header))))
        return Columns(tuple(f"{one} {other}".strip() for one, other in zip(upper, lower, strict=False)), 1)
    return Columns(header, 0)


def column_window(name: str) -> int | float | None:
    """Return the seconds of the window that the name of a column tells."""
    if found := COLUMN_ABBR.search(name):
        return ABBREVIATIONS[found["abbr"].lower()]
    if found := ADVERB_COLUMN.search(name):
        return ADVERBS[(found["window"] or found["alone"]).lower()]
    found = COLUMN_WINDOW.search(name) or BRACKETED.search(name)
    return seconds(found["count"], found["window"]) if found else None


def may_hold_limits(name: str) -> bool:
    """Tell the name of a column for limits, or for a plan, below which bare numbers may be limits."""
    plan = bool(name) and not any(one.search(name) for one in (VALUE_COLUMN, NO_PLAN, OTHER_LIMIT))
    return plan or bool(LIMIT_COLUMN.search(name))


def _unit(name: str) -> str:
    """Return what a column counts; nothing where that is neither requests nor a part of them."""
    if re.search(r"\bTP[MD]\b", name):
        return "tokens"
    if re.search(rf"\b{REQUESTS}\b", name, re.IGNORECASE) or COLUMN_ABBR.search(name):
        return "requests"
    if OTHER_LIMIT.search(name):
        return ""
    found = re.search(rf"\b{OTHER_UNITS}\b", name, re.IGNORECASE)
    return found[0].lower() if found else "requests"


def _labelled(cells: Sequence[str], columns: Columns, plain: Mapping[int, float]) -> Iterator[Rate]:
    """Read `Requests per second | 2 | 10`: a limit for each plan, or the first number where columns are no plans."""
    at, window = next(
        ((at, w) for at, cell in enumerate(cells[:2]) if (w := _label(cell, columns.name(at), at))), (0, 0)
    )
    numbers = [other for other in plain if other != at]
    if not window or not numbers:
        return
    plans = [other for other in numbers if not VALUE_COLUMN.search(columns.name(other)) and columns.name(other)]
    each = len(numbers) > 1 and (len(plans) == len(numbers) or all(FOR_EACH.search(columns.name(at)) for at in numbers))
    chosen = numbers if each else numbers[:1]
    for other in chosen:
        tier = columns.name(other) if len(chosen) > 1 else ""
        yield Rate(plain[other], window, "requests", 0, 0, 0.85, tier)


def _label(cell: str, name: str, at: int) -> int | float | None:
    for pattern in LABELS:
        if found := pattern.match(cell):
            return seconds(found["count"], found["window"])
    found = WINDOW_CELL.match(cell)
    if not found or (at and not WINDOW_COLUMN.search(name)):
        return None
    return ADVERB[found["adverb"].lower()] if found["adverb"] else seconds(found["count"], found["window"] or "")


def _beside(cells: Sequence[str], columns: Columns, plain: Mapping[int, float]) -> list[Rate]:
    """Read a row with one column for the limit and one for the window."""
    limits = [at for at in plain if LIMIT_COLUMN.search(columns.name(at))]
    windows = [
        w
        for at, cell in enumerate(cells)
        if at not in limits and WINDOW_COLUMN.search(columns.name(at)) and (w := _span(cell, columns.name(at)))
    ]
    if len(limits) == 1 and len(windows) == 1:
        return [Rate(plain[limits[0]], windows[0], "requests", 0, 0, 0.85)]
    return []


def _span(cell: str, name: str) -> int | float | None:
    """Return the window of a cell; a bare number has its unit in the name of the column."""
    if (unit := WINDOW_UNIT.search(name)) and cell.strip().isdecimal():
        return seconds(cell.strip(), unit["unit"])
    return duration(cell) or SECONDS.get(cell.strip("` *").lower())


def _above(statement: Statement, columns: Columns, plain: Mapping[int, float], above: Sequence[str]) -> Iterator[Rate]:
    """Read limits whose window only the heading or the sentence before the table tells."""
    row = statement.row
    windows = {window for text in above if (window := window_above(text))}
    if row is None or len(windows) != 1:
        return
    if OTHER_LIMIT.search(row.cells[0]) and not OPERATION.match(row.cells[0]):
        return
    if any(_label(other.cells[0], "", 0) for other in statement.passage.rows):
        return
    chosen = [at for at in plain if at and LIMIT_COLUMN.search(columns.name(at))]
    if not chosen and len(plain) == 1 and any(CALLED.search(text) for text in above):
        chosen = [at for at in plain if at and AMOUNT_COLUMN.fullmatch(columns.name(at))]
    plans = [at for at in plain if at and columns.name(at) and not VALUE_COLUMN.search(columns.name(at))]
    if not chosen and not any(OTHER_LIMIT.search(columns.name(at)) or NO_PLAN.search(columns.name(at)) for at in plans):
        chosen = plans if len(plans) > 1 else []
    for at in chosen:
        tier = columns.name(at) if len(chosen) > 1 else ""
        yield Rate(plain[at], windows.copy().pop(), "requests", 0, 0, 0.78, tier)
