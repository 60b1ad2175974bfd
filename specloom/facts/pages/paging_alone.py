"""A way to page that stands alone: a parameter, a call or a link, in docs without a section that explains paging."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, place, sentences
from specloom.facts.pages import paging
from specloom.facts.pages.paging_sections import answers, pages
from specloom.facts.pages.paging_shapes import LEAD, listed_answer
from specloom.facts.requests.parameters import NAME, parameters
from specloom.facts.requests.parameters_below import told_below
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.facts.requests.parameters import Parameter
    from specloom.model.passage import Passage
    from specloom.model.source import Json

TOLD: Final = re.compile(
    r"\b(?:results?|records?|items?|entries|objects|lists?|pages? of|offset|index(?:ed)?|zero|defaults?"
    r"|(?:newer|older|greater|less|smaller|larger|more recent) than"
    r"|page number|number of the page|next (?:page|set|results)|skip\w*|cursor|[01])\b",
    re.IGNORECASE,
)
"""What the description of a way to move has: a page may be one of a printed journal, too."""
PRINTED: Final = re.compile(r"\b(?:articles?|books?|journals?|printed|web ?pages?|urls?|websites?)\b", re.IGNORECASE)
ELSEWHERE: Final = re.compile(
    r"\b(?:utc|gmt|bytes?|chunks?|time ?zones?|partitions?|seconds|minutes|hours|pixels?|characters"
    r"|upload\w*|file|stream)\b",
    re.IGNORECASE,
)
"""What else has an offset."""
OF_CURSOR: Final = re.compile(r"\bcursor\b", re.IGNORECASE)
PAGED: Final = re.compile(r"\bpaginat|\bpaging\b|\bpaged\b", re.IGNORECASE)
BY_OFFSET: Final = re.compile(r"\boffsets?\b", re.IGNORECASE)
STEP: Final = re.compile(
    rf"[`\"'](?:[^`\"'\s?]{{0,200}})[?&](?P<name>{NAME})=(?P<at>\d+)[`\"'][^.;]{{0,30}}?"
    r"\b(?:fetch|get|retrieve|see|load|request|read|show|for)\w*\b[^.;]{0,30}?\bnext\b(?:\s+(?P<size>\d+))?",
    re.IGNORECASE,
)
"""A call that is said to lead on: ``use `?n=25` to fetch the next 25``."""
SECOND: Final = re.compile(
    r"\b(?:second|next|third|following) page\b[^.;`]{0,60}[`\"'](?:[^`\"'\s?]{0,200})[?&]"
    rf"(?P<name>{NAME})=\d+[`\"']",
    re.IGNORECASE,
)
"""``For the second page, call `/ships?page=2` ``."""
USED: Final = re.compile(
    r"\b(?:use|using|pass|add|with|increase|increment|send|set|supply|provide)\b[^.;`]{0,20}"
    rf"`(?P<name>{NAME})`[^.;`]{{0,60}}?"
    r"\b(?:more|next|rest|remaining|further|read on|continue|second)\b",
    re.IGNORECASE,
)
"""``Use `page` to get more``."""
ONWARD: Final = re.compile(
    r"\bto (?:get|fetch|retrieve|see|read|load) (?:the )?(?:next|subsequent|further|more|following|remaining|rest)\b"
    r"[^.;]{0,40}\b(?:use|pass|add|set|send|specify|provide|increment|append)\b[^.;]{0,20}?"
    r"[`\"']?\b(?P<name>page|offset|cursor|page_?token|page_?number)[`\"']?"
    r"\s+(?:query |url |request |get |string )*param",
    re.IGNORECASE,
)
"""`To get subsequent results, use the page query parameter`."""
FROM_TO: Final = re.compile(
    r"[`\"'](?P<first>from|start|begin)[`\"']\s+and\s+[`\"'](?P<last>to|end)[`\"']", re.IGNORECASE
)
DATED: Final = re.compile(r"\b(?:dates?|times?|timestamps?|days?|interval|period)\b", re.IGNORECASE)
LISTED: Final = re.compile(
    r"\bparam(?:eter)?s?\b[^:.;\n]{0,30}\b(?:pagination|paging)\b[^:.;\n]{0,20}:(?P<names>[^.;\n]{3,120})",
    re.IGNORECASE,
)
"""`Parameters for pagination: page, limit`."""
WORD: Final = re.compile(NAME)
RANGED: Final = re.compile(r"`Range`\s+(?:HTTP\s+|request\s+)*header|\bheaders?\s+`Range`", re.IGNORECASE)
"""A way of HTTP itself (RFC 9110, section 14.2), with a unit of one's own."""
NEXT_URL: Final = re.compile(
    r"`(?P<name>(?:\w+\.){0,3}next(?:_?(?:page|url|link|page_?url))?)`[^.;]{0,60}\b(?:urls?|uris?|links?)\b[^.;]{0,30}\bnext\b",
    re.IGNORECASE,
)
STRENGTH: Final = 0.8


def alone(evidence: Evidence) -> list[Candidate]:
    """Return what calls, lists and links say of paging, else every parameter that can only be a way to move."""
    asked = [passage for passage in evidence.passages if _of_today(evidence, passage)]
    prose = [passage for passage in asked if passage.kind is not PassageKind.CODE]
    said = [fact for read in (_ranged, _stepped, _listed, _between) for passage in prose for fact in read(passage)]
    found = said or list(_defined(evidence, asked))
    return found or [fact for read in (_used, _linked) for passage in prose for fact in read(passage)][:1]


def _of_today(evidence: Evidence, passage: Passage) -> bool:
    whose = evidence.whose
    return not (whose.aside(passage) or whose.old(passage) or whose.surface(passage))


def _ranged(passage: Passage) -> Iterator[Candidate]:
    if RANGED.search(passage.text) and PAGED.search(" ".join([*passage.headings, passage.text])):
        yield _candidate("range", {"range": "Range"}, place(passage))


def _stepped(passage: Passage) -> Iterator[Candidate]:
    """Tell an offset, which is as large as the page, from the number of the next page."""
    text = " ".join(passage.text.split())
    for found in STEP.finditer(text):
        style = "offset" if found["at"] == found["size"] or BY_OFFSET.search(text) else "page"
        if PAGED.search(text):
            yield _candidate(style, {style: found["name"]}, place(passage))


def _used(passage: Passage) -> Iterator[Candidate]:
    """Read a sentence that says by what to go on."""
    text = " ".join(passage.text.split())
    if ELSEWHERE.search(text):
        return
    for found in (*SECOND.finditer(text), *USED.finditer(text)):
        role = paging.role(found["name"])
        if role in {"page", "offset", "cursor"} and not paging.is_weak(found["name"]):
            yield _candidate(role, {role: found["name"]}, place(passage))
    for found in ONWARD.finditer(text):
        role = paging.role(found["name"])
        yield _candidate(role, {role: found["name"]}, place(passage))


def _listed(passage: Passage) -> Iterator[Candidate]:
    if found := LISTED.search(passage.text):
        roles = {paging.role(name): name for name in reversed(WORD.findall(found["names"]))}
        for role in ("page", "offset", "cursor"):
            if role in roles:
                params: dict[str, Json] = {key: roles[key] for key in (role, "limit") if key in roles}
                yield _candidate(role, params, place(passage))


def _between(passage: Passage) -> Iterator[Candidate]:
    """Read the two ends of what is shown: `from` and `to`, for pagination."""
    for sentence in sentences(passage.text):
        found = FROM_TO.search(sentence)
        if found and PAGED.search(sentence) and not DATED.search(sentence):
            yield _candidate("offset", {"offset": found["first"], "limit": found["last"]}, place(passage))


def _linked(passage: Passage) -> Iterator[Candidate]:
    """Read a link in the answer that is all that leads on."""
    if found := NEXT_URL.search(" ".join(passage.text.split())):
        yield _candidate("next_link", {}, place(passage), {"next": {"in": "body", "name": found["name"]}})


def _defined(evidence: Evidence, asked: list[Passage]) -> Iterator[Candidate]:
    defined = [
        (passage, told_below(parameter, evidence, passage))
        for passage in asked
        if not answers(passage) and not listed_answer(passage, evidence.before(passage, LEAD))
        for parameter in parameters(passage)
    ]
    for passage, parameter in defined:
        role = paging.role(parameter.name) or paging.described(parameter.text)
        if role not in {"page", "offset", "cursor"} or not _moves(parameter):
            continue
        sizes = [one for p, one in defined if paging.role(one.name) == "limit" and _beside(passage, p)]
        sure = {one.name for one in sizes if not paging.is_weak(one.name)} or {one.name for one in sizes}
        size = next((one for one in sizes if len(sure) == 1 and one.name in sure), None)
        sure_of = OF_CURSOR.search(parameter.text) or paging.described(parameter.text) == role
        if (paging.is_weak(parameter.name) or not paging.role(parameter.name)) and not (size and sure_of):
            continue
        params: dict[str, Json] = {role: parameter.name, **({"limit": size.name} if size else {})}
        yield _candidate(role, params, place(parameter.statement, *([size.statement] if size else [])))


def _moves(parameter: Parameter) -> bool:
    """Tell a way to move from a page of a book, a way back, a field of an answer and an option of a command."""
    name, text = parameter.name, parameter.text
    if paging.FIELD.match(name) or f"--{name}" in text or re.match(r"before|prev", name, re.IGNORECASE):
        return False
    return pages(parameter) and bool(TOLD.search(text)) and not (PRINTED.search(text) or ELSEWHERE.search(text))


def _beside(one: Passage, other: Passage) -> bool:
    """Tell passages of one section, or components of one folder, each in a file of its own."""
    if one.path == other.path or one.headings or other.headings:
        return one.path == other.path and one.headings == other.headings
    return PurePosixPath(one.path).parent == PurePosixPath(other.path).parent


def _candidate(
    style: str, params: dict[str, Json], places: tuple[Place, ...], more: dict[str, Json] | None = None
) -> Candidate:
    value: dict[str, Json] = {"style": style, "params": params, **(more or {})}
    return Candidate(fact_kind="pagination", value=value, places=places, strength=STRENGTH)
