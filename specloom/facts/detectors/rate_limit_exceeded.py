"""What comes back when a client has made too many requests: status, Retry-After."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, lines_within, place, statements
from specloom.facts.limits.beyond import ASKED_OF_CALLERS, LIMITED, RETRY_FIELD, RETRY_HEADER, spelled, waits
from specloom.facts.speech.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"\b429\b|too many requests|(?:rate|request)[\s_-]?limit|throttl|\b420\b|retry[\s_-]?(?:after|in|sec)"
    r"|\bexceed\w*\b[^.]{0,80}\b(?:403|509|503|400)\b|\b503\b[^|]{0,160}\bexceed",
    re.IGNORECASE,
)
STATUS: Final = re.compile(r"\b(4\d\d|50[0-9])\b")
ANSWERED: Final = re.compile(r"exceed|respon|return|receiv|answer|status", re.IGNORECASE)
ANSWER: Final = re.compile(r"^[ \t]*(?:HTTP/[\d.]+ 429\b|429 Too Many Requests[ \t]*$)", re.MULTILINE)
"""The answer itself, in an example."""
IN_BODY: Final = re.compile(
    r"[\"'](?:http_?)?(?:status|code|status_?code|error_?code)[\"']\s*:\s*[\"']?429\b", re.IGNORECASE
)
"""The status once more, in the body of the answer."""
LEFT_OVER: Final = re.compile(r"\bkittens?\b", re.IGNORECASE)
"""The table of errors that a template for docs comes with."""
OF_REQUESTS: Final = re.compile(
    r"\b(?:requests?|calls|answers|responses)\s+(?:with|that (?:end|fail|return|result)\w*)\b[^.]{0,30}$", re.IGNORECASE
)
"""Before the status of calls that are counted."""
SLOWER: Final = re.compile(r"\bslow(?:er)? down\b|\btoo (?:fast|often|frequent)", re.IGNORECASE)
NOT_TOLD_OF_US: Final = (LEFT_OVER, ASKED_OF_CALLERS)
"""What stands in docs and is no answer of this API."""
NETWORK_BLOCK: Final = re.compile(
    r"\b(?:network|firewall|waf|cloud provider|ddos|bot protection|sending limit|monthly|storage)\b", re.IGNORECASE
)
OF_CALLS: Final = re.compile(
    r"\b(?:rate|request|call|usage|api)[\s_-]?limit|\bthrottl|too many requests", re.IGNORECASE
)
NEXT: Final = re.compile(
    r"\b(?P<status>4\d\d|50\d)\b[^.]{0,80}\.\s+(?:those|these|this|that|it|they)\b[^.;]{0,40}\b(?:returned|sent|given"
    r"|happens?)\b[^.;]{0,20}\b(?:if|when|once)\b[^.;]{0,30}\b(?:exceed|over|reach)[^.;]{0,20}\blimit",
    re.IGNORECASE,
)
LONGEST: Final = 2000
"""Characters of a paragraph that is read once for each of its statuses."""
MOST_STATUSES: Final = 24
"""Statuses of one sentence that are looked at; each is looked at with all that the sentence says."""
LEADING: Final = 6
"""Characters of markup that may stand before the status of an entry."""
LATER: Final = frozenset({503, 509})
"""Statuses that a table of errors may give beside 429."""


@dataclass(slots=True)
class _Found:
    """What the passages say together: where each status stands and how clearly, and what tells when to try again."""

    statuses: dict[int, dict[Place, float]] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)
    retry_header: dict[str, list[Place]] = field(default_factory=dict)
    retry_field: dict[str, list[Place]] = field(default_factory=dict)

    def waiting(self) -> tuple[dict[str, Json], tuple[Place, ...]]:
        """Return what tells when to try again, and where that is said."""
        value: dict[str, Json] = {}
        places: list[Place] = []
        for key, named in (("retry_after_header", self.retry_header), ("retry_after_field", self.retry_field)):
            if name := max(named, key=lambda one: len(named[one]), default=""):
                value[key] = name
                places += named[name][:2]
        return value, tuple(places)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Find the status in statements about exceeding the limit; 429 needs less company than any other."""
    found = _Found()
    passages = [one for one in evidence.about(ABOUT, DETECTOR.queries) if not _elsewhere(evidence, one)]
    for passage in passages:
        for statement in statements(passage):
            _read(found, evidence, statement)
    kept = found.listed | {429} if 429 in found.statuses else set(found.statuses)
    statuses = {status: spots for status, spots in found.statuses.items() if status in kept}
    waiting, where = found.waiting()
    for status, spots in statuses.items():
        clearest = sorted(spots, key=lambda spot: -spots[spot])
        yield Candidate(
            fact_kind="rate_limit_exceeded",
            value={"status": status, **waiting},
            places=tuple(dict.fromkeys((*clearest[:6], *where))),
            strength=spots[clearest[0]],
        )
    if not statuses:
        yield from _without_status(evidence, passages, found)


def _without_status(evidence: Evidence, passages: list[Passage], found: _Found) -> Iterator[Candidate]:
    """Tell when to try again, where no status is told; an entry in a list of headers says what that header is."""
    alone = _Found(retry_field=found.retry_field)
    entries = {PassageKind.TABLE, PassageKind.LIST_ITEM}
    for name, spot in waits(evidence, [one for one in passages if one.kind not in entries]):
        alone.retry_header.setdefault(name, []).append(spot)
    value, places = alone.waiting()
    if value:
        yield Candidate(fact_kind="rate_limit_exceeded", value=value, places=places, strength=0.75)


def _read(found: _Found, evidence: Evidence, statement: Statement) -> None:
    text, passage = statement.text, statement.passage
    for header in RETRY_HEADER.findall(text):
        found.retry_header.setdefault(spelled(header), []).extend(place(statement))
    _read_field(found, evidence, statement)
    for status, strength in _statuses(evidence, statement):
        if statement.row and status in LATER and _listed(text, next(STATUS.finditer(text))):
            found.listed.add(status)
        clear = strength + (0.04 if LIMITED.search(text) and ANSWERED.search(text) else 0)
        clear -= 0.05 if evidence.whose.surface(passage) else 0
        spots = found.statuses.setdefault(status, {})
        spot = place(statement)[0]
        spots[spot] = max(clear, spots.get(spot, 0))


def _read_field(found: _Found, evidence: Evidence, statement: Statement) -> None:
    passage = statement.passage
    named = RETRY_FIELD.search(statement.text)
    if not named:
        return
    before = [one.text for one in evidence.before(passage) if one.headings == passage.headings]
    if _near_a_limit(passage) or any(map(_of_limit, before)):
        code = passage.kind is PassageKind.CODE
        spot = lines_within(passage, re.compile(re.escape(named["name"]))) if code else place(statement)[0]
        found.retry_field.setdefault(named["name"], []).append(spot)


def _elsewhere(evidence: Evidence, passage: Passage) -> bool:
    return (
        evidence.whose.aside(passage)
        or evidence.whose.old(passage)
        or evidence.whose.surface(passage) not in {"", "graphql"}
    )


def _statuses(evidence: Evidence, statement: Statement) -> Iterator[tuple[int, float]]:
    passage, text = statement.passage, statement.text
    if passage.kind is PassageKind.CODE and (ANSWER.search(text) or _in_body(evidence, statement)):
        yield 429, 0.85
    if passage.kind is PassageKind.CODE or any(one.search(text) for one in (*NOT_TOLD_OF_US, HYPOTHETICAL)):
        return
    here, slower = bool(LIMITED.search(text)), bool(SLOWER.search(text))
    for found in islice(STATUS.finditer(text), MOST_STATUSES):
        status = int(found[1])
        if OF_REQUESTS.search(text[max(0, found.start() - 60) : found.start()]):
            continue
        limited = (
            here
            or _told_next(passage, found)
            or (status == 429 and (_near_a_limit(passage) or slower))
            or _about_previous(evidence, statement)
        )
        if not limited or not (status == 429 or _tied(text, found) or _listed(text, found)):
            continue
        listed = _listed(text, found)
        if status != 429 and not listed and (NETWORK_BLOCK.search(text) or _of_network(passage.text) or statement.row):
            continue
        if evidence.whose.foreign(statement, evidence.section(passage)):
            continue
        yield status, 0.93 if status == 429 else 0.7


def _in_body(evidence: Evidence, statement: Statement) -> bool:
    """Tell the body of the answer, where it or what leads to it speaks of a limit."""
    before = [p.text for p in evidence.before(statement.passage) if p.headings == statement.passage.headings]
    return bool(IN_BODY.search(statement.text)) and bool(
        LIMITED.search(" ".join([*statement.passage.headings[-1:], *before, statement.text]))
    )


def _about_previous(evidence: Evidence, statement: Statement) -> bool:
    before = evidence.before(statement.passage) if re.search(r"\b429\b", statement.text) else ()
    return any(_of_limit(p.text) for p in before if p.headings == statement.passage.headings)


def _near_a_limit(passage: Passage) -> bool:
    return bool(LIMITED.search(" ".join(passage.headings))) or _of_limit(passage.text)


@lru_cache(maxsize=16)
def _of_limit(passage: str) -> bool:
    """Tell a passage that speaks of a limit: it is read once, however many statuses it names."""
    return bool(LIMITED.search(passage))


@lru_cache(maxsize=16)
def _of_network(passage: str) -> bool:
    return bool(NETWORK_BLOCK.search(passage))


def _told_next(passage: Passage, status: re.Match[str]) -> bool:
    """Tell a status whose next sentence says when it comes: `These are returned if you exceed the limit`."""
    told = NEXT.finditer(passage.text) if len(passage.text) < LONGEST else ()
    return any(found["status"] == status[1] for found in told)


def _listed(text: str, found: re.Match[str]) -> bool:
    """Tell an entry of a list of statuses whose meaning is a limit on calls and nothing of the network."""
    opens = found.start() < LEADING and not text[: found.start()].strip("`*|- ")
    return opens and bool(OF_CALLS.search(text)) and not NETWORK_BLOCK.search(text)


def _tied(text: str, found: re.Match[str]) -> bool:
    """Ask that a status other than 429 be what the limit is answered with, in these words."""
    return bool(
        re.search(
            r"(?:respon|return|receiv|answer|status|error|code|HTTP|expect)",
            text[max(0, found.start() - 60) : found.end() + 40],
            re.IGNORECASE,
        )
    )


DETECTOR: Final = Detector(
    fact_kind="rate_limit_exceeded",
    summary="the status, and what tells when to try again, once a limit is exceeded",
    queries=("what happens when the rate limit is exceeded: 429 Too Many Requests, Retry-After",),
    detect=detect,
)
