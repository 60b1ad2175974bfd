"""Details of credentials: how long a key is, how old a signed request may be, which signatures are accepted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.speech.amounts import UNIT, WORD_NUMBER, duration
from specloom.facts.speech.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"\bkeys?\b|\btokens?\b|timestamp|\bhmac\b|signature", re.IGNORECASE)
LENGTH: Final = re.compile(
    r"\b(?P<n>\d{2,3})[\s-]characters?\b(?:[\s-]long)?(?:\s+(?!name|title|descri)[\w-]+){0,2}?\s*"
    r"(?:string\b|(?:api|access|secret)\s(?:key|token)\b)"
    r"|\b(?:api|access|secret) (?:key|token)s?\s+(?:is|are)\s+(?:an?\s+)?(?P<m>\d{2,3})[\s-]characters?\b",
    re.IGNORECASE,
)
KEY: Final = re.compile(
    r"\b(?:api|access|secret)[\s-](?:key|token)s?\b"
    r"|\b(?:each|every|the|your|this)\s+(?:auth(?:entication)?\s+)?(?:key|token)s?\s+(?:is|are)\b",
    re.IGNORECASE,
)
SPAN: Final = rf"(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})"
WINDOW: Final = re.compile(
    r"\btimestamps?\b[^.;]{0,80}\b(?:outside(?: of)?|within|older than|more than|differs? by(?: more than)?)"
    rf"\s+(?:an?\s+|the\s+)?{SPAN}\b",
    re.IGNORECASE,
)
METHOD: Final = r"(?:`?(?:HMAC|RSA)-(?:SHA-?\d+|MD5)`?|`?PLAINTEXT`?)"
METHODS: Final = re.compile(
    rf"(?P<list>{METHOD}(?:(?:,|,? (?:or|and))\s+(?:{METHOD}))+)\b[^.;]{{0,40}}\b(?:accepted|supported|allowed)\b"
    r"|\b(?:accepts?|supports?|allows?|supported|accepted)\b[^.;]{0,60}?"
    rf"(?P<tail>{METHOD}(?:(?:,|,? (?:or|and))\s+{METHOD})+)",
    re.IGNORECASE,
)
NOT_CALLS: Final = re.compile(r"web[\s_-]?hook|callback|deliver", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Each detail is a fact of its own, with its own line."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        passage = statement.passage
        where = " ".join([passage.path, *passage.headings, statement.text])
        if NOT_CALLS.search(where) or HYPOTHETICAL.search(statement.text) or evidence.whose.foreign(statement):
            continue
        for value in _details(statement):
            yield Candidate(fact_kind="auth_detail", value=value, places=place(statement), strength=0.8)


def _details(statement: Statement) -> Iterator[dict[str, Json]]:
    text = statement.text
    if (found := LENGTH.search(text)) and KEY.search(text):
        yield {"key_length": int(found["n"] or found["m"])}
    if (found := WINDOW.search(text)) and re.search(r"\brequest", text, re.IGNORECASE):
        yield {"timestamp_window_s": duration(found["span"])}
    if found := METHODS.search(text):
        listed = re.findall(METHOD, found["list"] or found["tail"], re.IGNORECASE)
        yield {"signature_methods": [name.strip("`").upper() for name in listed]}


DETECTOR: Final = Detector(
    fact_kind="auth_detail",
    summary="details of credentials and signed requests",
    queries=("requests with an old timestamp are rejected", "accepted signature methods", "length of the API key"),
    detect=detect,
)
