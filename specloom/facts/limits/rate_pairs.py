"""Every number that could be a limit with every span of time that could be its window: beside it, or above it."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import statements
from specloom.facts.limits.rate_above import window_above
from specloom.facts.limits.rate_cells import limits_of
from specloom.facts.limits.rate_counted import CALLED, REQUESTS, counted
from specloom.facts.limits.rate_tables import OTHER_LIMIT, PLAIN, column_window, may_hold_limits
from specloom.facts.limits.rates import ABBREVIATIONS, ADVERB, CALLS, FORMULA_AFTER, FORMULA_BEFORE, OTHER_UNITS, Rate
from specloom.facts.speech.amounts import NUMBER, WORD_NUMBER, number, seconds
from specloom.facts.speech.tongues import CHARACTERS, WINDOWS
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.facts.evidence import Statement
    from specloom.facts.limits.rate_ground import Surroundings

SHORT: Final = "|".join(ABBREVIATIONS)
CHARACTER: Final = "|".join(sorted(CHARACTERS, key=len, reverse=True))
TIMES: Final = re.compile(
    r"sec|min|hour|hr|day|week|month|daily|/\s?\d*\s?[smhd]\b|\d\s?m?s\b|\b[rqt]p[smhd]\b"
    rf"|{'|'.join(WINDOWS.values())}|{CHARACTER}",
    re.IGNORECASE,
)
"""A passage without any of these has no window."""
LIMIT: Final = re.compile(
    rf"(?<![\w.$#€£:-])(?:(?P<number>{NUMBER}(?:\s?(?:k|(?-i:M))\b|\s?m(?=\s+(?:req|call|point|unit)))?)(?!:\d|\s?%)"
    rf"|\b(?P<word>once|twice|(?!an?\b){WORD_NUMBER})\b)",
    re.IGNORECASE,
)
WINDOW: Final = re.compile(
    r"(?:(?P<per>\b(?:per|every|each|in|within|over|during|for|an?|any|por|par|pro|je)\b|/|每)[\s(]*"
    r"(?:(?:an?|any|each|every|the|one|single|rolling|sliding|fixed|calendar|period of|window of|given)[\s-]+){0,3})?"
    rf"(?:(?P<count>{NUMBER}|\b(?!an?\b){WORD_NUMBER})[\s-]*)?(?:consecutive\s+)?"
    r"(?:(?:\b|(?<=\d))(?P<unit>milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?"
    r"|(?<=[/\d])(?-i:ms|[smhd])|(?<=\d\s)(?-i:ms|s|h))\b"
    rf"|\b(?P<foreign>{'|'.join(WINDOWS.values())})[ns]?\b|(?P<character>{CHARACTER}))"
    rf"|\b(?P<adverb>hourly|daily)\b|(?:\b|(?<=\d))(?P<short>{SHORT})\b",
    re.IGNORECASE,
)
COUNTED: Final = re.compile(
    rf"[\s*`)(\w'’-]{{0,40}}?\b(?P<unit>{REQUESTS}|{OTHER_UNITS}|batches|placements)\b", re.IGNORECASE
)
"""What stands behind a number and says what is counted."""
STATUS_BEFORE: Final = re.compile(
    r"\b(?:http|status|codes?|errors?|respon\w+|return\w*|receiv\w*|an?|with)\W*$", re.IGNORECASE
)
STATUS_AFTER: Final = re.compile(
    r"\W*(?:too many|errors?|status|respon|http|rate|if|when|unauthori|forbidden|is|will)\b", re.IGNORECASE
)
NO_STATUS: Final = re.compile(rf"\s*/|\s+(?:[\w-]+\s+)?(?:{REQUESTS}|{OTHER_UNITS}|batches)\b", re.IGNORECASE)
"""Behind a number of calls, which may look like a status: `with 500 requests`."""
SPENT: Final = re.compile(r"\b(?:costs?|worth|counts? as|consumes?|takes)\W+(?:\w+\W+)?$", re.IGNORECASE)
"""Before what one call takes of an allowance."""
NAMES_LIMIT: Final = re.compile(
    r"(?:hourly|daily)\s+(?:\w+\s+){0,2}?(?:limit|quota|maximum|cap|allowance)\b", re.IGNORECASE
)
"""A window with the name of its limit: the number stands behind it."""
RANGE: Final = re.compile(r"\s*(?:to|[-–—])\s*\d")
"""Behind the lower end of a range."""
WAITED: Final = re.compile(
    r"\b(?:after|wait\w*|until|lasts?|takes?|again|than|least|kept|valid|expires?)\W+(?:\w+\W+)?$", re.IGNORECASE
)
"""Before a span of time that passes, and in which nothing is counted."""
LABELS: Final = re.compile(r"[)`*\s]{0,3}[:=]\s{0,3}[`*]{0,2}\d")
"""Behind a window whose number follows: `Requests/day: 900`."""
ALTERNATIVES: Final = re.compile(r"[\s,/|&()]*(?:or|and)?[\s,/|&()]*")
"""What parts numbers that share one window."""
PEAK: Final = re.compile(r"\b(?:burst|peak|spike)\w*\b[^.,;:|\d]{0,30}$", re.IGNORECASE)
"""Before what is allowed for a moment only."""
STATUSES: Final = range(400, 600)
UNCOUNTED: Final = re.compile(r"\w{3,}s", re.IGNORECASE)
COUNTS: Final = re.compile(r"per|every|each|/", re.IGNORECASE)
"""Before `seconds` without a number, which else are no span of time: `in seconds`."""
OFTEN: Final = {"once": 1, "twice": 2}
ROOM: Final = 90
"""Characters between a number and its window."""
CLOSE: Final = 40
ALONE: Final = 8
"""Characters that may stand beside a window that has its cell for itself."""
MOST_NUMBERS: Final = 60
"""In one statement; a row of a table has a dozen."""
BETWEEN_CELLS: Final = 3
"""Characters that part the cells of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A limit and a window that may belong together.

    `side` says where the window stands: `after` the number, `before` it, in the name of its `column`, or `above` all.
    `gap` is what stands between the two, and `per` tells that the window is introduced as one. `nearest` tells that no
    other window is as near to the number, and `free` that no other number is nearer to the window.
    """

    rate: Rate
    statement: Statement
    side: str
    gap: str = ""
    per: bool = False
    nearest: bool = True
    free: bool = True


@dataclass(frozen=True, slots=True)
class _Limit:
    size: float
    at: int
    end: int
    unit: str


def pairs(around: Surroundings) -> Iterator[Pair]:
    """Yield all pairs of a passage."""
    passage = around.passage
    above = next((window for text in (*around.above, around.lead) if (window := window_above(text))), None)
    if above or TIMES.search(passage.text) or any(TIMES.search(name) for name in passage.header):
        for statement in statements(passage) if passage.kind is not PassageKind.CODE else ():
            text = limits_of(statement)
            windows = [(found, size) for found in WINDOW.finditer(text) if (size := _size(found))]
            limits = list(_limits(text, [found.span() for found, _ in windows]))
            yield from _beside(statement, limits, windows)
            led = None if windows else above
            yield from _above(statement, [_as_counted(limit, around, text) for limit in limits], led)


def _beside(
    statement: Statement, limits: Sequence[_Limit], windows: Sequence[tuple[re.Match[str], float]]
) -> Iterator[Pair]:
    """Join each number to the window behind it and, where that is not plainly its own, to the one in front of it."""
    joined = list(_joined(limits, [found for found, _ in windows]))
    nearest: dict[int, int] = {}
    free: dict[int, int] = {}
    for distance, which, at in joined:
        nearest[which] = min(distance, nearest.get(which, distance))
        free[at] = min(distance, free.get(at, distance))
    for distance, which, at in joined:
        limit, (found, size) = limits[which], windows[at]
        after = found.start() >= limit.end
        pair = Pair(
            rate=Rate(limit.size, size, limit.unit, limit.at, max(limit.end, found.end()), 0.5),
            statement=statement,
            side="after" if after else "before",
            gap=statement.text[limit.end : found.start()] if after else statement.text[found.end() : limit.at],
            per=after and bool(found["per"]),
            nearest=distance == nearest[which],
            free=distance == free[at],
        )
        if _may(pair, found):
            yield pair


def _may(pair: Pair, window: re.Match[str]) -> bool:
    """Leave out a number and a window of which one plainly belongs to another."""
    if pair.side == "after" and LABELS.match(pair.statement.text, window.end()):
        return False
    if not pair.nearest and not (pair.side == "after" and pair.free):
        return False
    text = pair.statement.text
    if not pair.per and WAITED.search(text[max(0, window.start() - CLOSE) : window.start()]):
        return False
    if " | " in pair.gap:
        cell = text[: window.start()].rsplit(" | ", 1)[-1], text[window.end() :].split(" | ", 1)[0]
        return sum(len(part.strip(" `*()")) for part in cell) <= ALONE
    between = LIMIT.search(pair.gap)
    return pair.free or not between or bool(ALTERNATIVES.fullmatch(pair.gap[: between.start()]))


def _joined(limits: Sequence[_Limit], windows: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, int]]:
    """Yield the characters between a number and a window, and which of each these are."""
    starts = [found.start() for found in windows]
    for which, limit in enumerate(limits):
        after = bisect.bisect_left(starts, limit.at)
        own = after < len(windows) and windows[after]["per"] and starts[after] - limit.end <= CLOSE
        named = after < len(windows) and NAMES_LIMIT.match(windows[after].string, starts[after])
        for at in (after,) if own else (after - 1,) if named else (after, after - 1):
            if 0 <= at < len(windows) and (distance := _distance(limit, windows[at])) <= ROOM:
                yield distance, which, at


def _distance(limit: _Limit, window: re.Match[str]) -> int:
    return window.start() - limit.end if window.start() >= limit.end else limit.at - window.end()


def _above(statement: Statement, limits: Sequence[_Limit], above: float | None) -> Iterator[Pair]:
    """Join numbers to the window in the name of their column, or in what leads to them."""
    header, row = statement.passage.header, statement.row
    if not row and statement.passage.kind is not PassageKind.LIST_ITEM:
        return
    cells = [0]
    for cell in row.cells if row else ():
        cells.append(cells[-1] + len(" ".join(cell.split())) + BETWEEN_CELLS)
    for limit in limits:
        counted = bool(COUNTED.match(statement.text, limit.end))
        column = bisect.bisect_right(cells, limit.at) - 1
        name = header[column] if row and column < len(header) else ""
        named = column_window(name) if not OTHER_LIMIT.search(name) else None
        alone = bool(row and column and PLAIN.match(row.cells[column])) and may_hold_limits(name)
        if window := named or (above if counted or alone else None):
            rate = Rate(limit.size, window, limit.unit, limit.at, limit.end, 0.5)
            yield Pair(rate=rate, statement=statement, side="column" if named else "above")


def _as_counted(limit: _Limit, around: Surroundings, text: str) -> _Limit:
    """Count what the words above say, where nothing beside the number says that it is requests."""
    other = around.counted if limit.unit == "requests" else ""
    return replace(limit, unit=other) if other and not CALLED.search(text) else limit


def _limits(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[_Limit]:
    """Yield the numbers outside of windows, with what they count."""
    starts = [start for start, _ in spans]
    count = 0
    for found in LIMIT.finditer(text):
        which = bisect.bisect_right(starts, found.start()) - 1
        if which >= 0 and found.start() < spans[which][1]:
            continue
        size = OFTEN.get(found[0].lower()) or number(found[0])
        if size and size > 0 and count < MOST_NUMBERS and not _other(text, found, size):
            count += 1
            named = COUNTED.match(text, found.end())
            unit = named["unit"] if named else counted(text, *found.span()) or "requests"
            yield _Limit(size, found.start(), found.end(), _unit(unit))


def _other(text: str, found: re.Match[str], size: float) -> bool:
    """Tell the status of an answer, a term, the end of a range, a price, and what holds for a moment only."""
    before = text[max(0, found.start() - CLOSE) : found.start()]
    status = size in STATUSES and not NO_STATUS.match(text, found.end())
    status = status and bool(STATUS_BEFORE.search(before) or STATUS_AFTER.match(text, found.end()))
    after = any(pattern.match(text, found.end()) for pattern in (FORMULA_AFTER, RANGE))
    return status or after or any(one.search(before) for one in (FORMULA_BEFORE, PEAK, SPENT))


def _unit(word: str) -> str:
    plain = word.strip().lower()
    return "requests" if re.fullmatch(CALLS, plain) else plain


def _size(found: re.Match[str]) -> float | None:
    if found["adverb"]:
        return ADVERB[found["adverb"].lower()]
    if found["short"]:
        return ABBREVIATIONS[found["short"].lower()]
    if found["unit"]:
        if UNCOUNTED.fullmatch(found["unit"]) and not found["count"] and not COUNTS.match(found["per"] or ""):
            return None
        return seconds(found["count"], found["unit"])
    many = number(found["count"]) if found["count"] else 1
    if found["character"]:
        return CHARACTERS[found["character"]] * (many or 1)
    return next(
        size * (many or 1) for size, words in WINDOWS.items() if re.fullmatch(words, found["foreign"], re.IGNORECASE)
    )
