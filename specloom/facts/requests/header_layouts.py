"""Required headers that layout tells: a heading for each, a table far below its lead, a sentence that orders one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_examples import CREDENTIAL
from specloom.facts.evidence import place, statements
from specloom.facts.requests.header_lists import ANSWERED, LISTED, NAME, OPTIONAL, OTHER_KIND
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.passage import Passage

HEADS: Final = re.compile(rf"[`*]*(?P<name>{NAME})[`*]*")
HEADERS: Final = re.compile(r"\bheaders\b", re.IGNORECASE)
DELIVERED: Final = re.compile(r"web-?hook|callback|notification|respon", re.IGNORECASE)
FOR_ALL: Final = re.compile(
    r"\b(?:following|these)\b[^.]{0,30}\bheaders?\b[^.]{0,30}\b(?:for|in|with|on|to)\s+(?:all|every|each|any)\s+requests?\b"
    r"|^\W*these headers are\W{1,4}(?:required|mandatory)\b",
    re.IGNORECASE,
)
FAR: Final = 12
"""Passages above a table in which its lead may stand."""
STANDARD: Final = re.compile(
    r"(?:content|accept|access-control|if|last|cache|transfer|user|strict|www|sec|proxy|set|keep|max|e)-[\w-]+",
    re.IGNORECASE,
)
"""Headers of HTTP itself, of which other rules speak."""
ORDERED: Final = re.compile(
    r"\b(?:must|should|shall|need to|needs to|have to|has to|required to)\s+(?!not\b)(?:\w+\s+){0,2}?"
    r"(?:send|use|provide|include|set|add|pass|supply|specify)\b[^.;]{0,60}?"
    rf"[`*\"']{{1,3}}(?P<name>{NAME})[`*\"']{{1,3}}\s+(?:HTTP\s+|request\s+|custom\s+)*header\b"
    rf"|[`*\"']{{0,3}}(?P<also>{NAME})[`*\"']{{0,3}}\s+(?:HTTP\s+|request\s+)*header is"
    r" (?P<more>also|always|additionally)\s+(?:required|mandatory|needed)\b",
    re.IGNORECASE,
)
OF_CALLER: Final = re.compile(r"\b(?:system|plugin|client|app|platform|sdk|device|os)-version$", re.IGNORECASE)
"""The version of what calls, not of the API."""
NEGATED: Final = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\bauthenticat|\bauthoriz|\bweb-?hook|\bcallback|\bsigned\b|\bsignature|\brespon[sd]"
    r"|\boptional|\bif you (?:like|want|wish|prefer)\b",
    re.IGNORECASE,
)


def laid_out(evidence: Evidence, passage: Passage) -> Iterator[tuple[str, Place]]:
    """Yield the headers that the layout around `passage` says callers must send."""
    around = " ".join([passage.path, *passage.headings[:-1]])
    if DELIVERED.search(around):
        return
    if name := _heading(evidence, passage):
        yield name, place(passage)[0]
    for statement in statements(passage) if passage.kind is not PassageKind.CODE else ():
        name = _far_below(evidence, statement) if statement.row else _ordered(statement)
        if name:
            yield name, place(statement)[0]


def _heading(evidence: Evidence, passage: Passage) -> str:
    """Read a heading that is a header, below one on headers; what follows it says what it holds."""
    found = HEADS.fullmatch(passage.headings[-1].strip()) if len(passage.headings) > 1 else None
    above = passage.headings[-2] if found else ""
    if not found or passage.kind is PassageKind.CODE or not HEADERS.search(above) or ANSWERED.search(above):
        return ""
    before = evidence.before(passage)
    if before and before[0].headings == passage.headings:
        return ""
    return "" if OPTIONAL.search(passage.text) or _other(found["name"]) else found["name"]


def _far_below(evidence: Evidence, statement: Statement) -> str:
    """Read a table of headers whose lead stands in the section above."""
    passage = statement.passage
    found = LISTED.match(statement.row.cells[0]) if statement.row else None
    if not found or not passage.header or not re.search(r"\bheader", passage.header[0], re.IGNORECASE):
        return ""
    if ANSWERED.search(" ".join(passage.headings[-1:])) or OPTIONAL.search(statement.text) or _other(found["name"]):
        return ""
    above = (p for p in evidence.before(passage, FAR) if p.headings == passage.headings[: len(p.headings)])
    said = (one.text for p in above if p.kind is PassageKind.PARAGRAPH for one in statements(p))
    return found["name"] if any(FOR_ALL.search(text) for text in said) else ""


def _ordered(statement: Statement) -> str:
    """Read an order to send a header of the API's own: `you should also use the X-Client header`."""
    found = ORDERED.search(statement.text)
    name = (found["name"] or found["also"]) if found else ""
    if not found or NEGATED.search(statement.text) or STANDARD.fullmatch(name) or OTHER_KIND.search(name):
        return ""
    return "" if CREDENTIAL.search(name) and not found["more"] else name


def _other(name: str) -> bool:
    kind = OTHER_KIND.search(OF_CALLER.sub("", name))
    return bool(STANDARD.fullmatch(name) or kind or CREDENTIAL.search(name))
