"""How long a token is valid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, lines_within, place, statements
from specloom.facts.speech.amounts import UNIT, WORD_NUMBER, duration
from specloom.facts.speech.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"\b(?:\w+_)?tokens?\b|\bjwts?\b|\bcookies?\b|\bauthori[sz]ation codes?\b|\bcode`|\bapi keys?\b", re.IGNORECASE
)
LASTS: Final = (
    r"[^.|;]{0,40}?\b(?:expires?|expired?|valid|lasts?|lives?|good|lifetime|life-?time|time[- ]to[- ]live|ttl)\b"
    rf"[^.|;\d]{{0,30}}?\b(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b"
)
LIFETIME: Final = re.compile(
    rf"(?<!-lived )(?<!temporary )\b(?P<token>access|refresh|id|bearer|session)[ _-]tokens?\b{LASTS}", re.IGNORECASE
)
SPECIAL: Final = re.compile(
    r"\b(?P<token>long-lived|temporary) (?:\w+ )?tokens?\b[^.|;]{0,40}?\b(?:expires?|valid|lasts?|lives?|good)\b"
    rf"[^.|;\d]{{0,70}}?\b(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""Tokens beside the ordinary ones, each with a time of its own."""
NEVER: Final = re.compile(
    r"\b(?:(?P<token>access|bearer|refresh|api)[ _-])?(?:tokens?|keys?)\s+(?:(?:do|does|will)(?: not|n't)|won't|never)"
    r"\s+(?:ever\s+)?expires?\b(?!\s+(?:automatic|until|unless|if|when|before|after|while|as long))",
    re.IGNORECASE,
)
THEY: Final = re.compile(
    rf"^\W*(?:they|it|these|those)\b[^.|;]{{0,30}}\b(?:expires?|valid|lasts?|good)\b[^.|;\d]{{0,20}}?"
    rf"\b(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""What goes on from a sentence about a kind of token."""
OF_KIND: Final = re.compile(r"\b(?P<token>access|refresh|id|bearer|session)[ _-]tokens?\b", re.IGNORECASE)
UNLIKE: Final = re.compile(r"\b(?:unlike|than|contrary to|as opposed to|like)\W+(?:the\s+|an?\s+)?$", re.IGNORECASE)
LIKEWISE: Final = re.compile(
    rf"{LASTS}[^.|;]{{0,20}}?\band\s+(?:the\s+)?(?P<token>access|refresh|id|bearer|session)[ _-]tokens?\s+"
    rf"(?:(?:is|are)\s+)?(?:for|after)\s+(?P<second>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""`… are valid for an hour and refresh tokens for a year`."""
PLAIN: Final = re.compile(
    r"\b(?:(?:the|this|each|every|your|all|these|returned|jwt|api|auth(?:entication)?)"
    r"|(?:granted|given|issued|gets?|receives?) an?) "
    rf"(?:jwts?|(?:jwt )?tokens?)\b{LASTS}"
    rf"|^\W*(?:an? |api )?tokens? (?:is|are|will be) (?:only )?(?:valid|good)"
    rf" for (?P<also>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b"
    rf"|^\W*(?:an? |api )?tokens? (?:will )?expires? (?:after|in) (?P<then>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""A token without its kind: that of calls, where the docs speak of signing in."""
RENEWED: Final = re.compile(
    r"\b(?P<token>refresh)[ _-]tokens?\b[^.|;]{0,20}\b(?:can|may)\s+be\s+used\b[^.|;\d]{0,60}\bfor\s+(?:up to\s+)?"
    rf"(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""How long a token can be used to ask for others."""
LONG_LIVED: Final = re.compile(
    rf"\b(?P<token>access|refresh)[ _-]token\b[^.]{{0,20}}"
    rf"\b(?:long|short)[- ]lived token \((?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\)",
    re.IGNORECASE,
)
"""`refresh_token | A long-lived token (14 days)`"""
KIND_CELL: Final = re.compile(r"\W*(?P<token>access|refresh|id|bearer|session)[ _-]tokens?\W*", re.IGNORECASE)
LIFETIME_COLUMN: Final = re.compile(r"\b(?:life-?time|valid(?:ity)?|expir\w+|ttl|duration)\b", re.IGNORECASE)
BY_DEFAULT: Final = re.compile(
    rf"^\W*(?:the )?(?:token )?expir(?:ation|y)(?: time)?\b[^.]{{0,40}}\bdefault\b[^.\d]{{0,20}}?"
    rf"(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
SESSION: Final = re.compile(r"\bsessions?\b", re.IGNORECASE)
COOKIE: Final = re.compile(rf"\b(?:session\s+)?cookies?\b{LASTS}", re.IGNORECASE)
ALSO: Final = re.compile(
    rf"[,;]\s+(?:and\s+|while\s+|but\s+)?(?:the\s+)?(?P<token>access|refresh|id)[ _-]tokens?\s+(?:for|after"
    rf"|in)\s+(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""A second kind behind the first: `access tokens are valid for an hour, refresh tokens for a month`."""
CODE: Final = re.compile(rf"(?:\b(?P<token>authori[sz]ation code)s?\b|\b(?P<short>code)`){LASTS}", re.IGNORECASE)
FIELD: Final = re.compile(r"\bexpires_?in\b", re.IGNORECASE)
OF_FIELD: Final = re.compile(
    rf"\b(?:lasts?|defaults?(?: to| is)?|always|usually|typically|currently)\W{{1,4}}"
    rf"(?:(?P<span>(?:\d+|{WORD_NUMBER})[\s-]{UNIT})"
    r"|(?P<seconds>\d{2,8}))\b",
    re.IGNORECASE,
)
"""What is said of the field `expires_in`: `by default, it lasts an hour`, `always 3600`."""
ACCESS: Final = re.compile(r"\baccess_?token[\"']?\s*:", re.IGNORECASE)
REMARKED: Final = re.compile(
    rf"\bexpires_?in[\"']?\s*:\s*[\"']?\d{{2,8}}[\"']?,?[ \t]*(?://|#)[^\n]{{0,80}}?\b(?P<span>\d+[\s-]{UNIT})\b",
    re.IGNORECASE,
)
"""What a remark says of the number: `// 30 days`."""
ANSWERED: Final = re.compile(
    r"[\"'](?P<token>refresh_?(?:token_?)?)?expires_?in[\"']\s*:\s*[\"']?(?P<seconds>\d{2,8})\b", re.IGNORECASE
)
"""A field of the answer that holds the token."""
MINUTE: Final = 60
LONGEST: Final = 300
SIGNING_IN: Final = re.compile(
    r"auth(?!or\b)|\btokens?\b|log[ -]?in|sign[ -]?in|getting started|\bjwt\b", re.IGNORECASE
)
OTHER_TOKEN: Final = re.compile(
    r"\b(?:devices?|push|password|reset|invit\w+|csrf|upload|verification|e-?mail)\b", re.IGNORECASE
)
ORDINARY: Final = ("access", "bearer", "")


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that give a kind of token and a span of time; answers that are shown, where none does."""
    stated = list(_said(evidence))
    yield from stated
    known = {candidate.value["token"] for candidate in stated}
    yield from (made for made in _answered(evidence) if made.value["token"] not in known)


def _answered(evidence: Evidence) -> Iterator[Candidate]:
    """Read `"expires_in": 3600` beside the token in answers, where all that are shown agree."""
    shown: dict[str, dict[int, Place]] = {}
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is not PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        remarked = REMARKED.search(passage.text) if ACCESS.search(passage.text) else None
        if remarked and (span := duration(remarked["span"])):
            shown.setdefault("access", {}).setdefault(span, lines_within(passage, REMARKED))
            continue
        for found in ANSWERED.finditer(passage.text) if ACCESS.search(passage.text) else ():
            token, length = "refresh" if found["token"] else "access", int(found["seconds"])
            shown.setdefault(token, {}).setdefault(length, lines_within(passage, re.compile(re.escape(found.group()))))
    for token, lengths in shown.items():
        length, spot = next(iter(lengths.items()))
        if len(lengths) == 1 and length >= MINUTE and length % MINUTE in {0, MINUTE - 1}:
            value: dict[str, Json] = {"token": token, "seconds": length}
            yield Candidate(fact_kind="token_lifetime", value=value, places=(spot,), strength=0.75)


def _said(evidence: Evidence) -> Iterator[Candidate]:
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        said = ""
        for statement in statements(passage):
            before, said = said, statement.text
            if HYPOTHETICAL.search(statement.text) or evidence.whose.foreign(statement):
                continue
            if never := NEVER.search(statement.text):
                yield from _unlimited(never["token"] or "", statement)
            for token, length in (*_lifetimes(statement), *_went_on(before, statement)):
                value: dict[str, Json] = {"token": "access" if token in ORDINARY else token, "seconds": length}
                value |= {"default": True} if BY_DEFAULT.search(statement.text) else {}
                yield Candidate(fact_kind="token_lifetime", value=value, places=place(statement), strength=0.85)


def _unlimited(token: str, statement: Statement) -> Iterator[Candidate]:
    """Read that a token never expires; without its kind it is that of calls, where the docs speak of signing in."""
    if token or _of_signing_in(statement):
        kind = "refresh" if token.lower() == "refresh" else "access"
        value: dict[str, Json] = {"token": kind, "expires": False}
        yield Candidate(fact_kind="token_lifetime", value=value, places=place(statement), strength=0.8)


def _went_on(before: str, statement: Statement) -> Iterator[tuple[str, int]]:
    """Read `They remain valid for a year` behind a sentence that is about one kind of token."""
    kinds = {found["token"].lower() for found in OF_KIND.finditer(before)}
    found = THEY.match(statement.text)
    if found and len(kinds) == 1 and (length := duration(found["span"])):
        yield kinds.pop(), length


def _lifetimes(statement: Statement) -> Iterator[tuple[str, int]]:
    """Yield each kind of token with its seconds; `the token` alone counts where the headings speak of signing in."""
    found = [(_nearest(one), one["span"]) for one in LIFETIME.finditer(statement.text)]
    found += [(one["token"].lower(), one["span"]) for one in SPECIAL.finditer(statement.text)]
    found += [(one["token"].lower(), one["span"]) for one in RENEWED.finditer(statement.text)] if not found else []
    found += [(one["token"].lower(), one["span"]) for one in LONG_LIVED.finditer(statement.text)] if not found else []
    found += [(one["token"].lower(), one["second"]) for one in LIKEWISE.finditer(statement.text)]
    if found:
        found += [(one["token"].lower(), one["span"]) for one in ALSO.finditer(statement.text)]
    if not found and _of_signing_in(statement):
        found = [("", one["span"] or one["also"] or one["then"]) for one in PLAIN.finditer(statement.text)]
    if not found and (spans := [one["span"] for one in COOKIE.finditer(statement.text)]):
        about_sessions = SESSION.search(" ".join([*statement.passage.headings, statement.passage.text]))
        found = [("session cookie", span) for span in spans if about_sessions]
    if not found:
        codes = CODE.finditer(statement.text)
        found = [("authorization code" if one["token"] else "code", one["span"]) for one in codes]
    if not found and _of_signing_in(statement):
        found = [("", one["span"]) for one in BY_DEFAULT.finditer(statement.text)]
    if not found and (row := _of_row(statement)):
        found = [row]
    if not found and (one := _of_field(statement)):
        found = [("", one)]
    for token, span in found:
        if length := duration(span):
            yield token, length


def _nearest(found: re.Match[str]) -> str:
    """Return the kind that is named last before the span: `for an access token, a refresh token is valid for a day`."""
    kinds = list(OF_KIND.finditer(found[0]))
    last = kinds[-1]
    other = UNLIKE.search(found[0], 0, last.start())
    return str(kinds[0]["token"] if other else last["token"]).lower()


def _of_signing_in(statement: Statement) -> bool:
    """Tell a token that calls carry from one for a device, a new password or an invitation."""
    headings = statement.passage.headings
    return bool(SIGNING_IN.search(" ".join(headings))) and not OTHER_TOKEN.search(" ".join(headings[-1:]))


def _of_row(statement: Statement) -> tuple[str, str] | None:
    """Return the kind that a row is about with the cell below `Lifetime`."""
    cells = statement.row.cells if statement.row else ()
    kind = KIND_CELL.fullmatch(cells[0]) if cells else None
    for name, cell in zip(statement.passage.header[1:], cells[1:], strict=False) if kind else ():
        if LIFETIME_COLUMN.search(name) and kind:
            return kind["token"].lower(), cell
    return None


def _of_field(statement: Statement) -> str:
    """Return the span that is said of `expires_in` in the same item or row, and of nothing else."""
    whole = statement.text if statement.row else statement.passage.text
    named = len(whole) < LONGEST and FIELD.search(whole)
    found = OF_FIELD.search(statement.text) if named else None
    if not found or re.search(r"refresh|\bcode\b", whole[: whole.find(statement.text) + found.start()], re.IGNORECASE):
        return ""
    return found["span"] or f"{found['seconds']} seconds"


DETECTOR: Final = Detector(
    fact_kind="token_lifetime",
    summary="how long a token is valid",
    queries=("access tokens expire after one hour",),
    detect=detect,
)
