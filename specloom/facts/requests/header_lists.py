"""Headers that a table, a list or a block says every request must carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_examples import CREDENTIAL
from specloom.facts.evidence import lines_within, place, statements
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.passage import Passage

NAME: Final = r"(?<![\w-])[A-Za-z][A-Za-z0-9]{0,40}(?:-[A-Za-z0-9]{1,40}){1,8}"
LISTED: Final = re.compile(rf"^[\W\d]*(?P<name>{NAME}|Accept)[`*\"']*\s*(?=:|\||[–—-]\s|\(|$|[`*\"'])")
LINE: Final = re.compile(rf"^\W{{0,4}}(?:-H\s+[\"'])?(?P<name>{NAME}|Accept)\s*:[ \t]*\S", re.MULTILINE)
OTHER_KIND: Final = re.compile(
    r"version|signature|authori|idempot|(?:^|-)rate|ratelimit|retry|cookie|^host$|content-length|-sign?$", re.IGNORECASE
)
"""Headers that are facts of other kinds, or that every HTTP client sends by itself."""
TRACED: Final = re.compile(r"request-id|correlation|trace", re.IGNORECASE)
"""What tells one call from another; it is seldom asked for, so it has to be marked as required itself."""
REQUIRED_ALL: Final = re.compile(
    r"\b(?:all|every|each|any)\b[^.]{0,20}\b(?:requests?|calls?|endpoints?|operations?)\b[^.]{0,40}"
    r"\b(?:must|required to|need to|needs to|have to|has to|should|includes?|requires?|needs?)\b"
    r"[^.]{0,40}\bheaders?\W*$"
    r"|\b(?:required|mandatory)\s+(?:\w+\s+){0,2}?headers?\b[^.]{0,140}\W*$"
    r"|\bheaders?\s+(?:are|is)\s+(?:required|mandatory)\b[^.]{0,140}\W*$"
    r"|\bmust be (?:included|sent|set|present|provided)\b[^.]{0,20}\b(?:all|every|each)\s+requests?\s+headers?\W*$"
    r"|^\W*(?:always\s+|please\s+)?(?:set|send|include|add|pass|use|provide)\s+(?:the(?:se)?|all|following)\b[^.]{0,30}"
    r"\bheaders?\b[^.]{0,20}\b(?:all|every|each|any)\b[^.]{0,20}\b(?:requests?|calls?)\W*$"
    r"|\b(?:must|have to|need to|should)\s+(?:\w+\s+){0,2}?(?:send|include|set|provide|contain|have|pass|specify|add)\b"
    r"[^.]{0,30}\bheaders?\b[^.]{0,30}\b(?:all|every|each|any)\b[^.]{0,20}\b(?:requests?|calls?)\W*$",
    re.IGNORECASE,
)
"""What leads to a table or list: `All requests must have these headers:`."""
HEADED: Final = re.compile(
    r"\b(?:required|mandatory)\s+(?:\w+\s+){0,2}?headers?\b|\bheaders? \(required\)", re.IGNORECASE
)
ABOUT_HEADERS: Final = re.compile(r"\bheaders?\b", re.IGNORECASE)
ANSWERED: Final = re.compile(
    r"\brespon|\breturned|\bweb-?hooks?|\bdeliver|\bcallback|\bsandbox|\bupload", re.IGNORECASE
)
"""Headers of answers and of deliveries, and those of one environment or one call."""
ASKED: Final = re.compile(r"\brequests?\b(?! (?:response|webhook))", re.IGNORECASE)
OF_CALL: Final = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE)\b\W{0,3}(?:https?://|/)|\{\w+\}")
NEED_COLUMN: Final = re.compile(r"\W*(?:is )?(?:required|mandatory|needed|obligatory)\b", re.IGNORECASE)
NEEDED: Final = re.compile(r"\W*(?:yes|true|required|mandatory|always|y|✓|✔|✅|x)\W*(?:[(*].*)?", re.IGNORECASE)
SAYS_NEEDED: Final = re.compile(
    r"(?:^|[.;(]\s*|\*\*)(?:this (?:header|field) is\s+)?(?:required|mandatory)(?:[.;:,)*]|$)"
    r"(?!\s*(?:if|when|for|only)\b)",
    re.IGNORECASE,
)
OPTIONAL: Final = re.compile(
    r"\boptional|\bnot required|\bonly (?:if|when|for)\b|\brequired (?:if|when|only)\b", re.IGNORECASE
)
WITH_BODY: Final = re.compile(
    r"\b(?:required|mandatory) for (?:\w+ ){0,3}?(?:with an? (?:request )?body|POST\b|PUT\b)", re.IGNORECASE
)
OF_CONTENT: Final = re.compile(r"\W*content-type\b", re.IGNORECASE)
FAR: Final = 8


def listed_headers(evidence: Evidence, passage: Passage) -> Iterator[tuple[str, Place]]:
    """Yield the headers that a table or list, or the block below such a sentence, says all calls must carry."""
    headings = " / ".join(passage.headings)
    above = " ".join(passage.headings[-1:])
    if (ANSWERED.search(above) and not ASKED.search(above)) or OF_CALL.search(headings):
        return
    led = _led(evidence, passage)
    if passage.kind is PassageKind.CODE:
        if led and len(passage.text.split("\n")) <= FAR and not OF_CALL.search(passage.text):
            for line in LINE.finditer(passage.text):
                if not _other(line["name"], told=False):
                    yield line["name"], lines_within(passage, re.compile(re.escape(line["name"])))
        return
    about = ABOUT_HEADERS.search(" ".join([*passage.header[:1], *passage.headings[-1:]]))
    if not (about or led or _said(evidence, passage)) or _of_one_call(evidence, passage):
        return
    for statement in statements(passage) if passage.kind is not PassageKind.PARAGRAPH else ():
        found = LISTED.match(statement.row.cells[0] if statement.row else passage.text)
        told = _needed(statement) or _with_body(statement)
        if found and (told or (led and not OPTIONAL.search(statement.text))) and not _other(found["name"], told=told):
            yield found["name"], place(statement)[0]
        if not statement.row:
            return


def lists_header(passage: Passage) -> bool:
    """Tell an item, a table or a block that may be one of a list of headers without saying so."""
    if passage.kind is PassageKind.CODE:
        return passage.text.count("\n") < FAR and bool(LINE.search(passage.text))
    if passage.kind is PassageKind.TABLE:
        return any(NEED_COLUMN.match(name) for name in passage.header)
    return passage.kind is PassageKind.LIST_ITEM and bool(LISTED.match(passage.text))


def _led(evidence: Evidence, passage: Passage) -> bool:
    """Tell whether a heading or the paragraph before says that what follows is needed by every call."""
    if passage.headings and HEADED.search(passage.headings[-1]):
        return True
    lead = next((p for p in reversed(evidence.before(passage, FAR)) if p.kind is not PassageKind.LIST_ITEM), None)
    if not lead or lead.kind is not PassageKind.PARAGRAPH or lead.headings != passage.headings:
        return False
    said = statements(lead)
    return bool(said and REQUIRED_ALL.search(said[-1].text)) and not ANSWERED.search(lead.text)


def _said(evidence: Evidence, passage: Passage) -> bool:
    """Tell a table with a column for what is required, below a sentence on the headers of requests."""
    before = evidence.before(passage)
    lead = before[0].text if before and before[0].headings == passage.headings else ""
    asked = ABOUT_HEADERS.search(lead) and ASKED.search(lead) and not ANSWERED.search(lead)
    return bool(asked) and any(NEED_COLUMN.match(name) for name in passage.header)


def _of_one_call(evidence: Evidence, passage: Passage) -> bool:
    """Tell headers of one operation, whose method and path stand just above."""
    around = passage.headings[:-1]
    above = [p for p in evidence.before(passage, 3) if p.headings[: len(around)] == around]
    return any(OF_CALL.search(p.text) for p in above)


def _needed(statement: Statement) -> bool:
    """Tell a row whose cell under `Required` says yes, or whose words begin with `Required.`."""
    if statement.row is None:
        return bool(SAYS_NEEDED.search(statement.text)) and not OPTIONAL.search(statement.text)
    header = statement.passage.header
    cells = statement.row.cells
    for name, cell in zip(header, cells, strict=False):
        if NEED_COLUMN.match(name):
            return bool(NEEDED.fullmatch(cell))
    return any(SAYS_NEEDED.search(cell) and not OPTIONAL.search(cell) for cell in cells)


def _with_body(statement: Statement) -> bool:
    """Tell the type of content, which only a request with a body can have."""
    named = OF_CONTENT.match(statement.passage.term or statement.text)
    return bool(named and WITH_BODY.search(statement.passage.text))


def _other(name: str, *, told: bool) -> bool:
    return bool(OTHER_KIND.search(name) or CREDENTIAL.search(name) or (TRACED.search(name) and not told))
