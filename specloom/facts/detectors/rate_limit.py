"""How many requests a client may make in how much time: limit, window, unit, and for whom."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, lines_within, place, statements
from specloom.facts.limits.rate_above import window_above
from specloom.facts.limits.rate_counted import CALLED
from specloom.facts.limits.rate_ground import BOUND, Ground, Surroundings
from specloom.facts.limits.rate_headings import heading_of
from specloom.facts.limits.rate_leads import led
from specloom.facts.limits.rate_tables import table_rates
from specloom.facts.limits.rate_tongues import foreign_rates, set_rates
from specloom.facts.limits.rates import rates_in
from specloom.facts.speech import tongues
from specloom.facts.speech.whose import ILLUSTRATIVE
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.facts.limits.rates import Rate
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"/\s?\d*\s?(?:s|secs?|seconds?|mins?|minutes?|h|hours?|days?)\b|rate[\s_-]?limit"
    r"|throttl|quota|\blimits?\b|\blimited\b|\bper[- ](?:second|minute"
    r"|hour|day|month)\b|\b(?:rps|rpm|rph|qps)\b"
    r"|\b(?:requests?|calls?|polls?|quer(?:y|ies)|times|once)\b[^.|]{0,40}\b(?:second|min(?:ute)?|hour|day)s?\b"
    rf"|{tongues.REQUESTS}|{tongues.LIMITED}|每",
    re.IGNORECASE,
)
SUCH_AS: Final = re.compile(r"\b(?:such as|format|written as|in the form(?: of)?)\W*$", re.IGNORECASE)
RESTATED: Final = re.compile(
    r"(?:\b(?:equivalent to|equals|works out (?:to|at)|amounts to|corresponds to|that is|i\.e\.,?)"
    r"|(?:\b(?:is|or)|[(=])\s?(?:roughly|about|around|approx(?:imately|\.)?|~|≈))\s*(?:an? |average of )*$",
    re.IGNORECASE,
)
"""Before a rate that follows from another one."""
BURST: Final = re.compile(
    r"\bburst(?:s|ing)?\s+(?:limits?\s+|rates?\s+|capacity\s+)?(?:of\s+)?(?:up\s+)?(?:to\s+)?$"
    r"|\b(?:burst|peak|spike)s?\b[^.,;:|\d]{0,30}\bup to\s+$",
    re.IGNORECASE,
)
"""Before what is allowed for a moment only."""
ADVICE: Final = re.compile(r"\bif you(?:['’]re| are)? (?:\w+ ){0,3}?more than\s+$", re.IGNORECASE)
RETHINK: Final = re.compile(
    r"\b(?:rethink|reconsider|ask us|contact|let us know|talk to us|get in touch)\b", re.IGNORECASE
)
"""Who asks more than this is asked to think, not refused."""
RECOMMENDED: Final = re.compile(r"\brecommend(?:ation|ed)|\bbest practices?\b|\badvice\b|\btips\b", re.IGNORECASE)
SUGGESTED: Final = re.compile(r"\b(?:we|it is|is) (?:recommend|suggest|advise)\w*\b[^.;]{0,50}$", re.IGNORECASE)
"""Before how often one had better call, which is no limit unless the sentence has the word."""
CHOSEN: Final = re.compile(
    r"\b(?:if|when|where) you(?:['’]re| are|['’]ve| have)? (?:limit(?:ing)?|throttl(?:e|ing)"
    r"|(?:set|configur|defin)\w*\s+(?:an?|the|your|its)\s+(?:\w+\s+)?(?:rate[- ])?limit)\b"
    r"[^;]{0,120}$"
    r"|\bfor (?:example|instance),? (?:if )?you(?:r \w+)? (?:have|has|had)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""Before a rate that the reader sets for something of theirs."""
SHOULD: Final = re.compile(r"\bshould\b|\brecommend", re.IGNORECASE)
TOWARDS: Final = re.compile(
    r"\b(?:to|on|at|against) your (?:\w+ )?(?:site|website|server|endpoint|domain|host)s?\b", re.IGNORECASE
)
"""What we send to others."""
RESTORED: Final = re.compile(r"\b(?:restor|refill|replenish|recover)\w*\b[^.]*$", re.IGNORECASE)
NEAR: Final = 60
"""Characters on each side of a rate that say more of it."""
THROTTLED: Final = re.compile(r"throttl|rate[\s_-]?limit", re.IGNORECASE)
ASIDE: Final = re.compile(r"\([^()]*\)")
"""What is between brackets illustrates what stands before it, not the rate behind it."""
RANGE: Final = re.compile(r"\d\s*(?:to|[–—-])\s*$")
"""Before the upper end of a range: no limit that holds."""
NO_MORE: Final = re.compile(
    r"\b(?:legacy|old(?:er)?|original)\s+(?:rate[\s-]?|api\s+)?limits?\b[^.;|]{0,40}$"
    r"|\b(?:remov(?:ed?|ing)|lift(?:ed|ing)|dropp(?:ed|ing)|abolish\w*|previous(?:ly)?|former(?:ly)?|used to be"
    r"|no longer"
    r"|(?:increas|rais|chang|lower|reduc|decreas|bump|mov)\w+\b[^.;]{0,50}?\bfrom|up from"
    r"|down from)\b(?:(?!\bto\b)[^.;|]){0,40}$",
    re.IGNORECASE,
)
"""Before a limit of the past."""


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read limits from sentences, list items and tables that speak of this API's requests."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        around = Surroundings(evidence, passage)
        yield from _headed(around)
        if passage.kind is PassageKind.CODE:
            yield from _as_set(around)
            continue
        for statement in statements(passage):
            ground = Ground(around, statement)
            for rate in [
                *rates_in(statement),
                *foreign_rates(statement.text),
                *_as_counted(around, statement, table_rates(statement, around.above)),
                *led(passage, statement.text, around.lead, next(map(window_above, around.of_section), None)),
            ]:
                if candidate := _judged(ground, rate):
                    yield candidate


def _as_set(around: Surroundings) -> Iterator[Candidate]:
    """Read a block of settings below words on how calls are throttled; whoever hosts the API may change them."""
    passage = around.passage
    if not THROTTLED.search(" ".join([*passage.headings[-1:], passage.text])) or around.supposed or around.surface:
        return
    for rate, line in set_rates(passage.text):
        value: dict[str, Json] = {"limit": rate.limit, "window_s": rate.window, "unit": rate.unit, "tier": rate.tier}
        spot = lines_within(passage, re.compile(re.escape(line)))
        yield Candidate(fact_kind="rate_limit", value=value, places=(spot,), strength=rate.strength, general=True)


def _headed(around: Surroundings) -> Iterator[Candidate]:
    """Read the rates of the heading that a passage is the first below."""
    if found := heading_of(around.evidence, around.passage):
        statement, places = found
        for rate in rates_in(statement):
            if candidate := _judged(Ground(around, statement), rate):
                yield replace(candidate, places=places)


def _as_counted(around: Surroundings, statement: Statement, rates: Iterable[Rate]) -> Iterator[Rate]:
    """Count in a table what the words above it say, where neither its columns nor the row say that it is requests."""
    said = " ".join([*statement.passage.header, statement.text])
    other = around.counted if not CALLED.search(said) else ""
    for rate in rates:
        yield replace(rate, unit=other) if other and rate.unit == "requests" else rate


def _judged(ground: Ground, rate: Rate) -> Candidate | None:
    """Keep a rate that is this API's; say how sure we are. Of the text, only what is near the rate is read again."""
    if (not ground.strong and not ground.bounds(rate)) or refused(ground, rate):
        return None
    near = ASIDE.sub(" ", ground.statement.text[max(0, rate.at - 90) : rate.at + 1])
    doubts = ("illustrative",) if ILLUSTRATIVE.search(near) else ()
    weak = not ground.strong and not ground.around.strong
    return Candidate(
        fact_kind="rate_limit",
        value=ground.whom.value_of(rate, ground.around.surface),
        places=place(ground.statement),
        strength=rate.strength + (0.05 if ground.strong else 0) - (0.15 if weak else 0),
        doubts=doubts,
        general=True,
    )


def refused(ground: Ground, rate: Rate) -> bool:
    """Tell a rate that is supposed, others', of the past, of a moment only, or advice: no limit of this API."""
    if ground.supposed(rate) or not ground.ours or ground.around.surface not in {"", "graphql"}:
        return True
    text = ground.statement.text
    before = text[max(0, rate.at - NEAR) : rate.at]
    if any(pattern.search(before) for pattern in (RESTATED, BURST, NO_MORE, RANGE, SUCH_AS)):
        return True
    if CHOSEN.search(text[max(0, rate.at - 2 * NEAR) : rate.at]) or TOWARDS.search(text) or _advised(ground, before):
        return True
    if not RESTORED.search(before):
        return False
    return ground.around.limited_beside or ground.around.limited_before(ground.statement)


def _advised(ground: Ground, before: str) -> bool:
    """Tell what one had better do, by the words before a rate or by the heading."""
    text = ground.statement.text
    if SUGGESTED.search(before) and not BOUND.search(before):
        return True
    if ADVICE.search(before) and (RETHINK.search(text) or SHOULD.search(text)):
        return True
    recommended = RECOMMENDED.search(" ".join(ground.statement.passage.headings[-1:])) and not ground.strong
    return bool(recommended and SHOULD.search(text))


DETECTOR: Final = Detector(
    fact_kind="rate_limit",
    summary="how many requests are allowed in how much time",
    queries=(
        "API rate limit: how many requests per second, minute or hour are allowed",
        "request quota for each user, key, IP address or plan",
    ),
    detect=detect,
)
