"""The status beyond a limit, where no rule reads it: of all statuses that the docs name, what is told around them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.detectors.rate_limit_exceeded import (
    ANSWER,
    ANSWERED,
    IN_BODY,
    NETWORK_BLOCK,
    NOT_TOLD_OF_US,
    OF_CALLS,
    OF_REQUESTS,
)
from specloom.facts.evidence import about_webhooks, lines_within, place, statements
from specloom.facts.limits.beyond import LIMITED, RETRY_HEADER
from specloom.facts.limits.rate_counted import REQUESTS
from specloom.facts.ranking.proposal import MOST_PROPOSALS, Proposal, Ranker
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

STATUS: Final = re.compile(
    rf"(?<![\w.,$#/-])(?P<status>4\d\d|50\d|529)(?![\w,.-]*\w|\s*(?:/|per\b|{REQUESTS}\b|points|credits|[kmg]i?b\b))"
    r"|(?P<named>\bToo Many Requests\b"
    r"(?! (?:in (?:progress|flight|parallel|a|an)|at (?:once|the)|to|per|within|from|are)\b))",
    re.IGNORECASE,
)
ANSWER_SHOWN: Final = re.compile(r"HTTP/[\d.]+\s+[45]\d\d|^\W{0,4}[45]\d\d\b|[\"'][\w-]+[\"']\s*:", re.MULTILINE)
"""An answer or its body, not code that reads one."""
OTHER_NUMBER: Final = re.compile(
    r"(?:limit|remaining|reset|used|length|size|max\w*|count|offset|total|id)[\"'`]?\s*[:=|]?\s*[\"'`]?$", re.IGNORECASE
)
"""Before what is no status."""
PAUSED: Final = re.compile(
    r"\bslow(?:er| down)|\bback[- ]?off|\bwait\b|\btry again|\bretry|\btoo (?:many|fast|often)", re.IGNORECASE
)
RATED: Final = re.compile(
    r"\bmore than\b|\bper (?:second|minute|hour|day)|\btimes in\b|\bfrequen|\bexceed"
    r"|\b(?:above|beyond|over) (?:the|your|this|that|it)\b|\btoo fast\b|\bpaused?\b|\bhit\b",
    re.IGNORECASE,
)
BUSY: Final = re.compile(r"maintenance|overload|unavailable|temporar|capacity|\bdown\b", re.IGNORECASE)
REFUSED: Final = re.compile(
    r"permission|forbidden|credential|unauthori|token|\bkey\b|\bnot found|invalid|conflict|validat", re.IGNORECASE
)
SAID: Final = re.compile(r"status|\bcode|\bhttp\b|\berrors?\b|respon|return|receiv|\bget\b|answer", re.IGNORECASE)
TOO_MANY: Final = 429
CLOSE: Final = 120
MOST_IN_ONE: Final = 12
"""Statuses of one sentence or row; more are a list of all that there are."""
MOST_PLACES: Final = 8


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose every status that the docs name, with all that is said around it."""
    found: dict[int, list[tuple[Place, dict[str, float]]]] = defaultdict(list)
    for status, spot, signs in islice(_sightings(evidence), MOST_PROPOSALS):
        found[status].append((spot, signs))
    names = Counter(name for passage in evidence.passages for name in RETRY_HEADER.findall(passage.text))
    header = max(names, key=lambda name: names[name], default="")
    most = max((_clear(signs) for seen in found.values() for _, signs in seen), default=0)
    for status, seen in found.items():
        clearest = sorted(seen, key=lambda one: -_clear(one[1]))
        features = dict(clearest[0][1]) | {
            f"any_{name}": max(signs[name] for _, signs in seen) for name in ("limited", "answer", "in_body", "named")
        }
        features |= {
            "is_429": float(status == TOO_MANY),
            "is_503": float(status == 503),
            "is_403": float(status == 403),
            "beside_429": float(status != TOO_MANY and TOO_MANY in found),
            "times": math.log1p(len(seen)),
            "clear": _clear(clearest[0][1]),
            "clearest": float(_clear(clearest[0][1]) >= most),
            "statuses": math.log1p(len(found)),
        }
        value: dict[str, Json] = {"status": status}
        if header:
            value["retry_after_header"] = "Retry-After" if header.lower() == "retry-after" else header
        yield Proposal(
            value=value, places=tuple(dict.fromkeys(spot for spot, _ in clearest))[:MOST_PLACES], features=features
        )


def _sightings(evidence: Evidence) -> Iterator[tuple[int, Place, dict[str, float]]]:
    whose = evidence.whose
    for passage in evidence.passages:
        if not STATUS.search(passage.text) or whose.aside(passage) or whose.old(passage):
            continue
        code = passage.kind is PassageKind.CODE
        if whose.surface(passage) not in {"", "graphql"} or (code and not ANSWER_SHOWN.search(passage.text)):
            continue
        before = " ".join(one.text for one in evidence.before(passage) if one.headings == passage.headings)
        around = _around(passage, before)
        for statement in statements(passage):
            named = _named(statement.text)
            if not named or len(named) > MOST_IN_ONE or any(one.search(statement.text) for one in NOT_TOLD_OF_US):
                continue
            if whose.foreign(statement, evidence.section(passage)):
                continue
            for status, at in named.items():
                spot = lines_within(passage, re.compile(re.escape(at[0]))) if code else place(statement)[0]
                yield status, spot, _signs(statement, at) | around | {"alone": float(len(named) == 1)}


def _named(text: str) -> dict[int, re.Match[str]]:
    """Return where a text names each status for the last time."""
    return {
        int(found["status"] or TOO_MANY): found
        for found in STATUS.finditer(text)
        if not OTHER_NUMBER.search(text[max(0, found.start() - 20) : found.start()])
        and not OF_REQUESTS.search(text[max(0, found.start() - 60) : found.start()])
    }


def _around(passage: Passage, before: str) -> dict[str, float]:
    """Return what holds for every status of a passage: it is read once, however many it names."""
    signs = {
        "limited_beside": LIMITED.search(passage.text),
        "limited_before": LIMITED.search(before),
        "limited_heading": LIMITED.search(" / ".join(passage.headings)),
        "webhook": about_webhooks(passage),
    }
    return {name: float(bool(sign)) for name, sign in signs.items()}


def _signs(statement: Statement, at: re.Match[str]) -> dict[str, float]:
    text = statement.text
    code = statement.passage.kind is PassageKind.CODE
    near = text[max(0, at.start() - CLOSE) : at.end() + CLOSE]
    signs = {
        "limited": LIMITED.search(near),
        "limited_far": LIMITED.search(text),
        "of_calls": OF_CALLS.search(near),
        "answered": ANSWERED.search(near),
        "answer": code and ANSWER.search(text),
        "in_body": code and IN_BODY.search(text),
        "named": "too many requests" in near.lower(),
        "said": SAID.search(near),
        "paused": PAUSED.search(near),
        "rated": RATED.search(near),
        "busy": BUSY.search(near),
        "refused": REFUSED.search(near),
        "network": NETWORK_BLOCK.search(near),
        "row": statement.row,
        "opens": at.start() < 6,
        "code": code,
        "retry": RETRY_HEADER.search(text),
    }
    return {name: float(bool(sign)) for name, sign in signs.items()}


def _clear(signs: Mapping[str, float]) -> float:
    """Say how plainly a sighting tells of a limit, for the order of places."""
    plain = 2 * signs["limited"] + signs["limited_heading"] + signs["of_calls"] + signs["named"] + signs["answer"]
    beside = (signs["limited_before"] + signs["limited_beside"] + signs["rated"]) / 2
    return max(0.0, plain + beside - signs["webhook"] - signs["network"])


def _beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Let each status stand once."""
    return all(one.get("status") != value.get("status") for one in known)


def _corrected(value: Mapping[str, Json], known: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """Give its status to what only tells when to try again."""
    if "status" not in known:
        return {**known, "status": value["status"]}
    return known if known["status"] == value["status"] else None


RANKER: Final = Ranker(
    fact_kind="rate_limit_exceeded", propose=propose, beside=_beside, least=0.45, advises=False, corrected=_corrected
)
"""Of unseen docs the rules told 43 of 45 rightly: nobody need be asked about those."""
