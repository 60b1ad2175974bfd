"""What happens to a delivery of a webhook that fails: when it counts as one, how often and how long it is retried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.speech.amounts import UNIT, WORD_NUMBER, duration, number
from specloom.facts.speech.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"web[\s_-]?hook|\bcall[\s-]?backs?\b|\bnotification (?:deliver|url|endpoint)"
    r"|\b(?:http|event|async(?:hronous)?) notifications?\b"
    r"|\bevent deliver",
    re.IGNORECASE,
)
ON_FAILURE: Final = re.compile(r"\bretr|\bre-?(?:send|deliver|attempt)|\bfail|\bdeliver", re.IGNORECASE)
"""What a heading says of webhooks though it does not name them, on a page that is about them."""
FAR: Final = 12
"""Passages above in which the page says that it is about webhooks."""
COUNT: Final = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})"
AGAIN: Final = re.compile(
    r"\bre-?tr(?:y|ies|ied|ying)\b|\bre-?(?:attempt|deliver|send|sent)|\battempts?\b"
    r"|\btr(?:y|ied|ies|ying)\b[^.;]{0,20}\b(?:again\b|at most|up to|to (?:deliver|send))"
    r"|\bkeep (?:on )?trying\b|\bmore times\b|\bsen(?:d|t|ds) (?:\w+ )?again\b"
    r"|\b(?:deliver|send)\w*\b[^.;]{0,30}\b(?:up to|maximum of)\b[^.;]{0,10}\btimes\b",
    re.IGNORECASE,
)
REPEATED: Final = re.compile(
    r"\battempts?\s+(?:the\s+|to\s+)?deliver|\bre-?tr(?:y|ie)|\bre-?(?:attempt|deliver|send|sent)|\bagain\b"
    r"|\btry to (?:deliver|send)|\bmore times\b",
    re.IGNORECASE,
)
NOT_NOW: Final = re.compile(
    r"\bthis (?:section|page|document) will\b|\bto be (?:documented|defined)\b|\bTBD\b"
    r"|\b(?:previously|formerly|used to|in the past|before this change)\b",
    re.IGNORECASE,
)
"""What was once so, as changelogs tell, and what is only planned."""
BACKOFF: Final = re.compile(
    r"\bexponential(?:ly)?\b(?:[\s-]+\w+){0,3}?[\s-]+(?:back[\s-]?off|delays?|intervals?|policy|schedule)"
    r"|\bexponential (?:way|manner|steps)\b"
    r"|\b(?:delays?|intervals?|durations?|time|pauses?|waits?)\b[^.;]{0,40}\b(?:grows?|increas\w+|rises?|doubl\w+)"
    r"\s+exponentially\b|\bdoubl(?:es|ing)\s+(?:with|on|after) (?:each|every)\b",
    re.IGNORECASE,
)
MULTIPLIED: Final = re.compile(
    r"\b(?:multipl(?:y|ies)|doubl(?:e|es|ing)|tripl(?:e|es|ing))\b[^.;]{0,20}\b(?:delay|interval|wait|pause)"
    r"|\b(?:delay|interval|wait|pause)\b[^.;]{0,30}\b(?:is|are|gets?)\s+(?:multiplied|doubled|tripled)\b",
    re.IGNORECASE,
)
GIVEN_UP: Final = re.compile(
    rf"\b(?:after|reach(?:ed|es))\s+{COUNT}\s+(?:\w+\s+)?(?:requests|attempts|tries)\b[^.;]{{0,80}}"
    r"\b(?:drop|gives? up|giving up|discard|abandon|permanently failed|marked as (?:permanently )?failed|stop)",
    re.IGNORECASE,
)
"""How often a delivery is tried before it is given up; `we will drop the message`."""
TRIED: Final = re.compile(
    r"\b(?:(?:up to|at most|(?:a )?maximum of|total of|re-?tr(?:y|ied|ies)|make|again|attempt(?:ed)?|deliver\w*|for"
    r"|retries:|(?:are|is) locked to|we (?:have|use|allow))\s+(?:for\s+)?(?:a\s+)?"
    r"|(?:retry|re-?(?:deliver|send))\s+(?:\w+\s+){1,4}?)"
    r"(?:(?:up to|maximum of|total of)\s+)?"
    rf"(?:about |around |approximately )?{COUNT}\s+"
    r"(?:such\s+|more\s+|additional\s+|further\s+|delivery\s+|total\s+|retry\s+|request\s+)*"
    rf"(?:times|attempts|tries|retries|re-?sends|re-?deliveries)\b(?!\s+(?:per|an?|each|every)\s+{UNIT})",
    re.IGNORECASE,
)
RETRIES: Final = re.compile(rf"(?:^|[(:,–—-]\s*|\b(?:with|are|is|of)\s+){COUNT}\s+retries\b", re.IGNORECASE)
OF_TEST: Final = re.compile(r"\b(?:test(?:ing)?|sandbox|staging)\b", re.IGNORECASE)
MORE_TIMES: Final = re.compile(rf"\b{COUNT}\s+(?:more|additional|further)\s+(?:times|attempts|tries)\b", re.IGNORECASE)
ADVERB: Final = re.compile(
    r"\b(?:re-?tr(?:y|ied)|re-?sen[dt]|re-?deliver(?:ed)?)\b(?:\s+\w+){0,2}?\s+(?P<n>once|twice|thrice)\b",
    re.IGNORECASE,
)
ADVERBS: Final = {"once": 1, "twice": 2, "thrice": 3}
MORE: Final = re.compile(
    r"\b(?:retries|re-?sends|re-?deliveries)$|\bagain\b|\bmore\b|\badditional\b|\bfurther\b", re.IGNORECASE
)
"""Words that count what follows the first attempt."""
TRIED_AGAIN: Final = re.compile(
    r"\b(?:re-?tr(?:y|ied|ies)(?! (?:polic|logic|mechanism|schedule|strateg))|re-?deliver\w*|re-?sen[dt]\w*)\b"
    r"[^.;,:]*$",
    re.IGNORECASE,
)
CLEAR: Final = re.compile(
    r"\bmore\b|\badditional\b|\bfurther\b|\bagain\b|\bretries\b|\battempts\b|\btr(?:y|ying)\b|\battempt\w*\b",
    re.IGNORECASE,
)
"""Words that leave no doubt whether the first attempt is counted."""
ATTEMPTED: Final = re.compile(
    r"\b(?:attempts?|tr(?:y|ies))\s+to\s+(?:call|deliver|send|post|reach|notify|contact)\b[^.;,:]{0,80}$", re.IGNORECASE
)
"""`We attempt to call the URL up to 10 times`: every call is one of them."""
TOTAL: Final = re.compile(
    r"\b(?:for|over|within|during|spanning|across|throughout|until(?:\s+either)?)\s+"
    r"(?:(?:the|a)\s+(?:total|maximum|period|duration|time range|time frame|window|course|span)\s+of\s+"
    r"|up to\s+|the next\s+"
    r"|(?:the|a)\s+|at most\s+)?(?:about\s+|around\s+|approximately\s+|up to\s+)?"
    rf"(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
COURSE: Final = re.compile(
    rf"\bover (?:the|a) (?:course|period) of\s+(?:about\s+)?(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b", re.IGNORECASE
)
DISABLED: Final = re.compile(
    rf"\b{COUNT}\s+(?:consecutive\s+|successive\s+|failed\s+|unsuccessful\s+|delivery\s+)+"
    r"(?:deliver(?:y|ies)|attempts?|failures?)\b"
    r"[^.;]*?(?:\([^)]*\)[^.;]*?)?\b(?:disabled?|deactivat\w+|suspended|turned off|paused)\b"
    rf"|\bfail(?:s|ed)?\b[^.;]{{0,25}}?\b(?P<m>\d{{1,4}})\s+times\s+"
    r"(?:in a row|continuously|consecutively|in succession)\b"
    r"[^.;]*?\b(?:disabled?|deactivat\w+|suspended|turned off|paused)\b",
    re.IGNORECASE,
)
SUCCESS: Final = re.compile(
    r"\b(?:(?:must|should|has to|have to|needs? to|to)\s+(?:respond|return|reply|answer|acknowledge)"
    r"|(?:does not|doesn't|don't|didn't|not|fails? to)\s+"
    r"(?:receive|return|get|respond))\b[^.;]{0,40}?(?<![\w-])`?(?P<status>2\d\d|2xx)\b"
    r"|\b(?:everything|anything|any (?:status|code|response)|(?:all )?(?:other )?(?:responses|codes))\b[^.;]{0,20}"
    r"\b(?:other than|except|outside|but|besides)\b[^.;]{0,20}?(?<![\w-])`?(?P<other>2\d\d|2xx)\b"
    r"|^\W*(?:respond|return|reply|answer)\s+with\b[^.;]{0,40}?(?<![\w-])`?(?P<asked>2\d\d|2xx)\b"
    r"|\bby (?:returning|responding with|sending|answering with)\b[^.;]{0,20}?(?<![\w-])`?(?P<by>2\d\d|2xx)\b"
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

OF_CLIENT: Final = re.compile(
    r"\b(?:safe|fine|okay) to (?:retry|re-?send|resubmit)"
    r"|\b(?:you|clients?|callers?) (?:can|may|could) (?:safely )?(?:retry|re-?send)",
    re.IGNORECASE,
)
"""What whoever calls may do again."""
INTERVAL: Final = re.compile(
    rf"\bre-?(?:try|send|deliver)\w*\b[^.;]{{0,30}}?\b{COUNT}\s+times\b(?: in total)?[^.;]{{0,10}}?"
    rf"\b(?:with|at) (?:an |a )?intervals? of\s+(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""`Resent 30 times in total, with an interval of 2 minutes`."""
SAID: Final = re.compile(rf"{ABOUT.pattern}|{AGAIN.pattern}", re.IGNORECASE)
HALF_TOLD: Final = 0.55
COUNTS: Final = frozenset({"attempts", "retries"})
WHOLE_RANGE: Final = re.compile(
    r"\W{0,4}(?:OK\W{1,3})?(?:and|to|through|[-–—]|\.\.\.?)\W{0,4}(?:2)?99\b", re.IGNORECASE
)
"""What follows `200` where all of its class are meant."""


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Gather what each page says of failed deliveries; the status alone is no rule of retrying."""
    pages: dict[str, tuple[dict[str, Json], list[Place], list[bool]]] = {}
    for statement in evidence.stated(SAID, DETECTOR.queries):
        passage = statement.passage
        if not _about(evidence, statement) or NEVER.search(statement.text) or NOT_NOW.search(statement.text):
            continue
        if HYPOTHETICAL.search(statement.text) or OF_CLIENT.search(statement.text) or evidence.whose.foreign(statement):
            continue
        if read := _read(statement):
            value, places, doubts = pages.setdefault(passage.path, ({}, [], []))
            if COUNTS & set(read) and not COUNTS & set(value):
                doubts.append(not _clear(statement.text))
            for key, said in read.items():
                if not (key in COUNTS and COUNTS & set(value)):
                    value.setdefault(key, said)
            places.extend(place(statement))
    for value, places, doubts in pages.values():
        if set(value) - {"success"}:
            spots = tuple(dict.fromkeys(places))
            strength = HALF_TOLD if any(doubts) or set(value) == {"policy"} else 0.82
            yield Candidate(fact_kind="webhook_retry", value=value, places=spots, strength=strength)


def _about(evidence: Evidence, statement: Statement) -> bool:
    """Tell a sentence on deliveries by its own words and headings, or by a page that is about them."""
    passage = statement.passage
    if ABOUT.search(" ".join([passage.path, *passage.headings, statement.text])):
        return True
    if not passage.headings or not ON_FAILURE.search(passage.headings[-1]):
        return False
    above = (p for p in evidence.before(passage, FAR) if p.headings[:1] == passage.headings[:1])
    return any(ABOUT.search(p.text) for p in (passage, *above))


def _clear(text: str) -> bool:
    """Doubt `retried up to 6 times`, which leaves open whether the first attempt is one of them."""
    found = TRIED.search(text)
    return bool(not found or CLEAR.search(found.group()) or ATTEMPTED.search(text[: found.end()]))


def _read(statement: Statement) -> dict[str, Json]:
    text = statement.text
    value: dict[str, Json] = {}
    if found := DISABLED.search(text):
        value["disable_after_failures"] = number(found["n"] or found["m"])
    if (found := SUCCESS.search(text)) and OURS.search(" ".join([*statement.passage.headings, statement.passage.text])):
        group = str(next(name for name, said in found.groupdict().items() if said))
        whole = WHOLE_RANGE.match(text, found.end(group))
        value["success"] = "2xx" if whole else found[group].lower()
    multiplied, given_up = MULTIPLIED.search(text), GIVEN_UP.search(text)
    if (multiplied or given_up) and AGAIN.search(statement.passage.text):
        value |= {"policy": "exponential-backoff"} if multiplied else {}
        value |= {"attempts": number(given_up["n"])} if given_up else {}
    if not AGAIN.search(text) and not TRIED.search(text):
        return value
    if BACKOFF.search(text):
        value["policy"] = "exponential-backoff"
    value |= _counted(text)
    again = REPEATED.search(text)
    if found := (TOTAL.search(text, again.end()) if again else None) or COURSE.search(text):
        value["total_s"] = duration(found["span"])
    return value


def _counted(text: str) -> dict[str, Json]:
    """Read how often a delivery is tried, or tried again."""
    if found := INTERVAL.search(text):
        return {"attempts": number(found["n"]), "interval_s": duration(found["span"])}
    if found := MORE_TIMES.search(text):
        return {"retries": number(found["n"])}
    if (found := TRIED.search(text)) and not DISABLED.search(text):
        times = found.group().lower().endswith("times")
        again = MORE.search(found.group()) or (times and TRIED_AGAIN.search(text[: found.end()]))
        return {"retries" if again else "attempts": number(found["n"])}
    if (found := RETRIES.search(text)) and not OF_TEST.search(text):
        return {"retries": number(found["n"])}
    if found := ADVERB.search(text):
        return {"retries": ADVERBS[found["n"].lower()]}
    return {}


DETECTOR: Final = Detector(
    fact_kind="webhook_retry",
    summary="how failed deliveries of webhooks are retried",
    queries=("failed webhook deliveries are retried with exponential backoff, then the webhook is disabled",),
    detect=detect,
)
