"""Schemes of the `Authorization` header, in whatever way they are shown or told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.grants import CLIENT_PAIR, NEAR
from specloom.facts.evidence import place
from specloom.facts.ranking.access.surroundings import LONGEST
from specloom.facts.ranking.access.ways import Mention, Way, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Statement
    from specloom.model.passage import Passage

HEADER: Final = re.compile(
    r"(?P<name>(?:x-|proxy-)?auth(?:orization|entication)(?![\w-]))"
    r"(?P<between>[\"'`*\]]{0,3}\s{0,8}(?:::?|=>|=|,|\||\)\s{0,4}\()\s{0,8}(?:f|new )?[\"'`*]{0,3})"
    r"(?P<value>[^\n|]{2,200})",
    re.IGNORECASE,
)
STANDARD: Final = re.compile(r"(?:bearer|basic|digest)\b", re.IGNORECASE)
SIGNED: Final = re.compile(r"oauth\s+(?:oauth_|realm)|oauth .*consumer", re.IGNORECASE)
PARAMETER: Final = re.compile(r"(?P<word>[A-Za-z][\w-]{1,30})\s+(?P<key>[A-Za-z_]+)\s*=\s*(?P<quote>[\"'\\]*)")
FILLER: Final = (
    r"(?:your|my|the|api|access|insert|place|some|auth|this|with|and|or|is|for|headers?|an?|to|get|post|put|delete|patch"
    r"|content-\w+|host|accept|authori[sz]ation|x-\S+|http\S*)(?![\w-])"
)
WORD_AND_TOKEN: Final = re.compile(
    rf"(?!{FILLER})(?P<word>[A-Za-z][\w-]{{1,30}}),?\s+(?:[<{{\[$(].{{1,80}}|[\w.+/=:-]*\d[\w.+/=:-]{{5,}}\S*"
    r"|[A-Za-z_-]*(?:key|token|secret|sig\w*|xxx+|\.\.\.|…|credential\w*)\S*.{0,20}|(?-i:[A-Z_]{4,})|x{3,}|\.{3})$",
    re.IGNORECASE,
)
PHRASE: Final = re.compile(
    r"[\w-]+\s*:|[A-Z]+(?:_[A-Z]+)+\b|secret\s+(?:key|token|here|value)\b|(?-i:[A-Z]+ (?:KEY|TOKEN))$", re.IGNORECASE
)
"""What is no word before a token: a placeholder of several words, the name of another header."""
TOKEN_ALONE: Final = re.compile(
    r"(?:[<{\[$]+[^<>{}\[\]]*(?:key|token|secret|jwt|credential)[^<>{}\[\]]*[>}\]]*"
    r"|(?:your|my|some)?[-_ ]?(?:api|access|secret|auth)[-_ ]?(?:key|token).{0,10}|(?=\S*\d)[\w.+/=-]{16,}"
    r"|(?-i:[A-Z_]*(?:KEY|TOKEN)[A-Z_]*)|token)$",
    re.IGNORECASE,
)
SPOKEN: Final = re.compile(
    r"[`\"“'*](?P<word>[A-Za-z][\w-]{1,24})(?P<rest>[ :]\s{0,4}[<{\[$].{1,60}?|\s{1,4}(?:[A-Z]+_)*[A-Z]{3,}\w*"
    r"|\s{1,4}\S{8,60}|\s{1,4}\w*(?:key|token|secret)\w*|\s*\.\.\.)[`\"”'*]",
    re.IGNORECASE,
)
"""`Acme <token>` between quotes."""
PREFIXED: Final = re.compile(
    r"(?:prefix|preced|begin|start|scheme|word|followed|string)\w*\b[^.]{0,30}[\"`'“](?P<word>[A-Za-z][\w-]*)\s*[\"`'”]",
    re.IGNORECASE,
)
BASIC: Final = re.compile(
    r"(?<!most )\bbasic\b[\s-]*(?:access |http )*auth\w*(?!\w|\s+(?:flow|process|steps|set-?up|concept)s?\b)"
    r"|\bhttp[\s-]+basic\b|\bBasicAuth"
    r"|\bbasic\s+(?:base64|[<{\[$]|[A-Za-z0-9+/]{12,}={0,2})|authorization\W{1,5}basic\b",
    re.IGNORECASE,
)
USER_FLAG: Final = re.compile(
    r"(?:^|\s)(?:-u|--user)[ =]+[\"']?[^\s\"']+|https?://[^\s/@:\"'<>]{1,80}:[^\s/@\"']{0,80}@[\w.<{-]+|\bauth\s*=\s*\("
    r"|HTTPBasicAuth|basic_auth",
    re.MULTILINE,
)
"""How commands, addresses and Python pass a name and a password."""
AS_USER: Final = re.compile(
    r"\b(?:key|token|id|email)\b[^.]{0,50}\bas (?:the |your |a )?(?:\w+ ){0,4}(?:user ?name|password|user)\b"
    r"|base-?64[^.]{0,80}(?:user|key|id|login)\w*\s?:|username and (?:a |your |the )?password",
    re.IGNORECASE,
)
NAMED: Final = (
    ("basic", BASIC),
    ("bearer", re.compile(r"\bbearer\b", re.IGNORECASE)),
    ("digest", re.compile(r"\bdigest\b[\s-]*(?:access )?auth|http digest|--digest", re.IGNORECASE)),
)
DENIED: Final = re.compile(
    r"\b(?:no|not|no longer|never|n't|isn't|aren't|instead of|rather than|unlike|without)\b", re.IGNORECASE
)
HEADER_WORD: Final = re.compile(r"\bheaders?\b|\bauthorization\b", re.IGNORECASE)


def shown_schemes(passage: Passage, signs: frozenset[str]) -> Iterator[Mention]:
    """Yield the schemes that an example uses."""
    text = passage.text[:LONGEST]
    for found in HEADER.finditer(text):
        way = way_of(found["name"], found["value"])
        if way and not (way.scheme == "basic" and "exchange" in signs):
            yield Mention(way, line_of(passage, found.start()), signs | {"shown"})
    if "exchange" not in signs and (flag := USER_FLAG.search(text)):
        yield Mention(Way("scheme", "Authorization", scheme="basic"), line_of(passage, flag.start()), signs | {"flag"})


def told_schemes(statement: Statement, signs: frozenset[str]) -> Iterator[Mention]:
    """Yield the schemes that a sentence or a row names or spells."""
    text, spot = statement.text, place(statement)[0]
    for found in HEADER.finditer(text):
        value = found["value"].split("`")[0] if "`" in found["between"] else found["value"]
        in_row = "|" in found["between"] and "zation" not in found["name"].lower()
        if not in_row and (way := way_of(found["name"], value)):
            yield Mention(way, spot, signs | {"shown"})
    ours = re.search(r"\bauthorization\b", text, re.IGNORECASE)
    for way in _spelled(text) if ours else ():
        yield Mention(way, spot, signs | {"spoken"})
    near = {"near"} if HEADER_WORD.search(text) else set()
    for scheme, words in NAMED:
        named = words.search(text)
        exchanged = scheme == "basic" and CLIENT_PAIR.search(text if statement.row else statement.passage.text[:NEAR])
        if named and not exchanged and not DENIED.search(text, max(0, named.start() - 30), named.end() + 25):
            yield Mention(Way("scheme", "Authorization", scheme=scheme), spot, signs | near)
    if AS_USER.search(text) and not BASIC.search(text):
        yield Mention(Way("scheme", "Authorization", scheme="basic"), spot, signs | {"as user"})


def way_of(name: str, value: str) -> Way | None:
    """Read what the header `name` says with `value`."""
    value = value.strip()
    if not value.startswith(("{", "[", "<")):
        value = value.lstrip("`\"'*({[ ")
    if SIGNED.match(value):
        return Way("whole", "oauth1")
    if standard := STANDARD.match(value):
        return Way("scheme", name, scheme=standard[0].lower())
    parameter = PARAMETER.match(value)
    if parameter and parameter["word"].lower() not in {"the", "your", "my", "a", "authorization"}:
        quote = '"' if parameter["quote"] else ""
        return Way("scheme", name, form=f"{parameter['word']} {parameter['key']}={quote}{{token}}{quote}")
    value = re.split("[\"'`]", value, maxsplit=1)[0].strip().rstrip("\\,;)}").strip()
    spaced = WORD_AND_TOKEN.match(value)
    if spaced and not PHRASE.match(value):
        return Way("scheme", name, form=f"{spaced['word']} {{token}}")
    return Way("scheme", name, form="{token}") if TOKEN_ALONE.match(value) else None


def _spelled(text: str) -> Iterator[Way]:
    for found in SPOKEN.finditer(text):
        if way := way_of("Authorization", f"{found['word']} {found['rest'].strip(' :')}"):
            yield way
    word = PREFIXED.search(text)
    if word and word["word"].lower() not in {"authorization", "bearer", "basic"}:
        yield Way("scheme", "Authorization", form=f"{word['word']} {{token}}")
