"""What happens to a delivery of a webhook that fails: when it counts as one, how often and how long it is retried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.amounts import UNIT, WORD_NUMBER, duration, number
from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"web[\s_-]?hook|\bcall[\s-]?backs?\b|\bnotification deliver", re.IGNORECASE)
COUNT: Final = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})"
AGAIN: Final = re.compile(
    r"\bretr(?:y|ies|ied|ying)\b|\bre-?(?:attempt|deliver|send|sent)|\battempts?\b|\btr(?:y|ied"
    r"|ies)\b[^.;]{0,20}\bagain\b",
    re.IGNORECASE,
)
REPEATED: Final = re.compile(
    r"\battempts?\s+(?:the\s+|to\s+)?deliver|\bretr|\bre-?(?:attempt|deliver|send|sent)|\bagain\b", re.IGNORECASE
)
BACKOFF: Final = re.compile(
    r"\bexponential(?:ly)?\b(?:[\s-]+\w+){0,3}?[\s-]+(?:back[\s-]?off|delays?|intervals?)"
    r"|\b(?:delays?|intervals?|durations?|time|pauses?|waits?)\b[^.;]{0,40}\b(?:grows?|increas\w+|rises?|doubl\w+)"
    r"\s+exponentially\b",
    re.IGNORECASE,
)
MULTIPLIED: Final = re.compile(
    r"\b(?:multipl(?:y|ies)|doubl(?:e|es|ing)|tripl(?:e|es|ing))\b[^.;]{0,20}\b(?:delay|interval|wait|pause)"
    r"|\b(?:delay|interval|wait|pause)\b[^.;]{0,30}\b(?:is|are|gets?)\s+(?:multiplied|doubled|tripled)\b",
    re.IGNORECASE,
)
GIVEN_UP: Final = re.compile(
    rf"\bafter\s+{COUNT}\s+(?:\w+\s+)?(?:requests|attempts|tries)\b[^.;]{{0,80}}"
    r"\b(?:drop|gives? up|discard|abandon)",
    re.IGNORECASE,
)
"""How often a delivery is tried before it is given up; `we will drop the message`."""
TRIED: Final = re.compile(
    r"\b(?:(?:up to|at most|maximum of|total of|retr(?:y|ied|ies)|make|again|attempt(?:ed)?)\s+(?:for\s+)?(?:a\s+)?"
    r"|(?:retry|re-?(?:deliver|send))\s+(?:\w+\s+){1,4}?)"
    r"(?:(?:up to|maximum of|total of)\s+)?"
    rf"{COUNT}\s+(?:more\s+|additional\s+|further\s+|delivery\s+)*(?:times|attempts|retries)\b(?!\s+(?:per|an?"
    rf"|each|every)\b)",
    re.IGNORECASE,
)
RETRIES: Final = re.compile(
    r"\bretr|\bagain\b|\bre-?(?:deliver|send)|\bmore\b|\badditional\b|\bfurther\b", re.IGNORECASE
)
"""Words that count what follows the first attempt."""
TOTAL: Final = re.compile(
    rf"\b(?:for|over|within|during|spanning|until(?:\s+either)?)\s+"
    r"(?:a\s+(?:total|maximum|period)\s+of\s+|up to\s+|the next\s+|a\s+|at most\s+)?"
    rf"(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
DISABLED: Final = re.compile(
    rf"\b{COUNT}\s+(?:consecutive\s+|successive\s+|failed\s+|unsuccessful\s+|delivery\s+)+"
    r"(?:deliver(?:y|ies)|attempts?|failures?)\b"
    r"[^.;]*?(?:\([^)]*\)[^.;]*?)?\b(?:disabled?|deactivat\w+|suspended|turned off|paused)\b",
    re.IGNORECASE,
)
SUCCESS: Final = re.compile(
    r"\b(?:(?:must|should|has to|have to|needs? to|to)\s+(?:respond|return|reply|answer|acknowledge)"
    r"|(?:does not|doesn't|don't|didn't|not|fails? to)\s+"
    r"(?:receive|return|get|respond))\b[^.;]{0,40}?(?<![\w-])`?(?P<status>2\d\d|2xx)\b"
    r"|\b(?:everything|anything|any (?:status|code|response)|(?:all )?(?:other )?(?:responses|codes))\b[^.;]{0,20}"
    r"\b(?:other than|except|outside|but|besides)\b[^.;]{0,20}?(?<![\w-])`?(?P<other>2\d\d|2xx)\b"
    r"|^\W*(?:respond|return|reply|answer)\s+with\b[^.;]{0,40}?(?<![\w-])`?(?P<asked>2\d\d|2xx)\b"
    r"|\bnon[- ](?P<non>2\d\d|2xx)\b"
    r"|(?<![\w-])(?P<expected>2\d\d|2xx)\b`?\)?[^.;]{0,40}"
    r"\b(?:expected|successful(?:ly)?|(?:as |is |be )?a success|acknowledge[ds]?)\b",
    re.IGNORECASE,
)
OURS: Final = re.compile(
    r"\bweb[\s_-]?hooks?\b|\bdeliver|\bevents?\b|\bendpoint\b|\bpayload|\bbatch|\byour server\b"
    r"|\bhooks?\b|\bcall[\s-]?backs?\b",
    re.IGNORECASE,
)
NEVER: Final = re.compile(
    r"\b(?:not|never|no)\s+(?:be\s+)?(?:automatic(?:ally)?\s+)?(?:retr|redeliver|re-?sen)", re.IGNORECASE
)

HALF_TOLD: Final = 0.55
WHOLE_RANGE: Final = re.compile(
    r"\W{0,4}(?:OK\W{1,3})?(?:and|to|through|[-–—]|\.\.\.?)\W{0,4}(?:2)?99\b", re.IGNORECASE
)
"""What follows `200` where all of its class are meant."""


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Gather what each page says of failed deliveries; the status alone is no rule of retrying."""
    pages: dict[str, tuple[dict[str, Json], list[Place]]] = {}
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        passage = statement.passage
        if not ABOUT.search(" ".join([passage.path, *passage.headings, statement.text])) or NEVER.search(
            statement.text
        ):
            continue
        if HYPOTHETICAL.search(statement.text) or evidence.whose.foreign(statement):
            continue
        if read := _read(statement):
            value, places = pages.setdefault(passage.path, ({}, []))
            for key, said in read.items():
                value.setdefault(key, said)
            places.extend(place(statement))
    for value, places in pages.values():
        if set(value) - {"success"}:
            spots = tuple(dict.fromkeys(places))
            yield Candidate(fact_kind="webhook_retry", value=value, places=spots, strength=_strength(value))


def _strength(value: dict[str, Json]) -> float:
    """Doubt a count, which seldom says whether the first attempt is one of them, and a policy alone."""
    return HALF_TOLD if {"attempts", "retries"} & set(value) or set(value) == {"policy"} else 0.82


def _read(statement: Statement) -> dict[str, Json]:
    text = statement.text
    value: dict[str, Json] = {}
    if found := DISABLED.search(text):
        value["disable_after_failures"] = number(found["n"])
    if (found := SUCCESS.search(text)) and OURS.search(" ".join([*statement.passage.headings, statement.passage.text])):
        group = str(next(name for name, said in found.groupdict().items() if said))
        whole = WHOLE_RANGE.match(text, found.end(group))
        value["success"] = "2xx" if whole else found[group].lower()
    if AGAIN.search(statement.passage.text):
        if MULTIPLIED.search(text):
            value["policy"] = "exponential-backoff"
        if found := GIVEN_UP.search(text):
            value["attempts"] = number(found["n"])
    if not AGAIN.search(text):
        return value
    if BACKOFF.search(text):
        value["policy"] = "exponential-backoff"
    if found := TRIED.search(text):
        value["retries" if RETRIES.search(found.group()) else "attempts"] = number(found["n"])
    if (again := REPEATED.search(text)) and (found := TOTAL.search(text, again.end())):
        value["total_s"] = duration(found["span"])
    return value


DETECTOR: Final = Detector(
    fact_kind="webhook_retry",
    summary="how failed deliveries of webhooks are retried",
    queries=("failed webhook deliveries are retried with exponential backoff, then the webhook is disabled",),
    detect=detect,
)
