"""How long a token is valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.amounts import UNIT, WORD_NUMBER, duration
from specloom.facts.evidence import Candidate, Detector, place, statements
from specloom.facts.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"\b(?:\w+_)?tokens?\b|\bjwts?\b|\bcookies?\b", re.IGNORECASE)
LASTS: Final = (
    r"[^.|;]{0,40}?\b(?:expires?|expired?|valid|lasts?|lives?|good|lifetime|life-?time|time[- ]to[- ]live)\b"
    rf"[^.|;\d]{{0,30}}?\b(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b"
)
LIFETIME: Final = re.compile(rf"\b(?P<token>access|refresh|id|bearer|session)[ _-]tokens?\b{LASTS}", re.IGNORECASE)
THEY: Final = re.compile(
    rf"^\W*(?:they|it|these|those)\b[^.|;]{{0,30}}\b(?:expires?|valid|lasts?|good)\b[^.|;\d]{{0,20}}?"
    rf"\b(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""What goes on from a sentence about a kind of token."""
OF_KIND: Final = re.compile(r"\b(?P<token>access|refresh|id|bearer|session)[ _-]tokens?\b", re.IGNORECASE)
LIKEWISE: Final = re.compile(
    rf"{LASTS}[^.|;]{{0,20}}?\band\s+(?:the\s+)?(?P<token>access|refresh|id|bearer|session)[ _-]tokens?\s+"
    rf"(?:(?:is|are)\s+)?(?:for|after)\s+(?P<second>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""`… are valid for an hour and refresh tokens for a year`."""
PLAIN: Final = re.compile(
    r"\b(?:(?:the|this|each|every|your|all|these|returned|jwt|api|auth(?:entication)?)"
    r"|(?:granted|given|issued|gets?|receives?) an?) "
    rf"(?:jwts?|(?:jwt )?tokens?)\b{LASTS}",
    re.IGNORECASE,
)
"""A token without its kind: that of calls, where the docs speak of signing in."""
RENEWED: Final = re.compile(
    r"\b(?P<token>refresh)[ _-]tokens?\b[^.|;]{0,20}\b(?:can|may)\s+be\s+used\b[^.|;\d]{0,60}\bfor\s+(?:up to\s+)?"
    rf"(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""How long a token can be used to ask for others."""
COOKIE: Final = re.compile(rf"\b(?:session\s+)?cookies?\b{LASTS}", re.IGNORECASE)
ALSO: Final = re.compile(
    rf"[,;]\s+(?:and\s+|while\s+|but\s+)?(?:the\s+)?(?P<token>access|refresh|id)[ _-]tokens?\s+(?:for|after"
    rf"|in)\s+(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""A second kind behind the first: `access tokens are valid for an hour, refresh tokens for a month`."""
SIGNING_IN: Final = re.compile(
    r"auth(?!or\b)|\btokens?\b|log[ -]?in|sign[ -]?in|getting started|\bjwt\b", re.IGNORECASE
)
ORDINARY: Final = ("access", "bearer", "")


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that give a kind of token and a span of time."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        said = ""
        for statement in statements(passage):
            before, said = said, statement.text
            if HYPOTHETICAL.search(statement.text) or evidence.whose.foreign(statement):
                continue
            for token, length in (*_lifetimes(statement), *_went_on(before, statement)):
                value: dict[str, Json] = {"token": "access" if token in ORDINARY else token, "seconds": length}
                yield Candidate(fact_kind="token_lifetime", value=value, places=place(statement), strength=0.85)


def _went_on(before: str, statement: Statement) -> Iterator[tuple[str, int]]:
    """Read `They remain valid for a year` behind a sentence that is about one kind of token."""
    kinds = {found["token"].lower() for found in OF_KIND.finditer(before)}
    found = THEY.match(statement.text)
    if found and len(kinds) == 1 and (length := duration(found["span"])):
        yield kinds.pop(), length


def _lifetimes(statement: Statement) -> Iterator[tuple[str, int]]:
    """Yield each kind of token with its seconds; `the token` alone counts where the headings speak of signing in."""
    found = [(one["token"].lower(), one["span"]) for one in LIFETIME.finditer(statement.text)]
    found += [(one["token"].lower(), one["span"]) for one in RENEWED.finditer(statement.text)] if not found else []
    found += [(one["token"].lower(), one["second"]) for one in LIKEWISE.finditer(statement.text)]
    if found:
        found += [(one["token"].lower(), one["span"]) for one in ALSO.finditer(statement.text)]
    if not found and SIGNING_IN.search(" ".join(statement.passage.headings)):
        found = [("", one["span"]) for one in PLAIN.finditer(statement.text)]
    if not found and re.search(
        r"\bsessions?\b", " ".join([*statement.passage.headings, statement.passage.text]), re.IGNORECASE
    ):
        found = [("session cookie", one["span"]) for one in COOKIE.finditer(statement.text)]
    for token, span in found:
        if length := duration(span):
            yield token, length


DETECTOR: Final = Detector(
    fact_kind="token_lifetime",
    summary="how long a token is valid",
    queries=("access tokens expire after one hour",),
    detect=detect,
)
