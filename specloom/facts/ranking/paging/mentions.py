"""Every name in the docs that might be one of a parameter, however it stands there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Place, sentences
from specloom.facts.requests.parameters import LIMIT_COLUMN
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage, Row

NAME: Final = r"[A-Za-z$_][\w$.-]*(?:\[[\w-]*\])*"
IN_QUERY: Final = r"[A-Za-z$_][\w$-]*(?:(?:\[|%5[bB])[\w-]*(?:\]|%5[dD]))*"
TYPES: Final = re.compile(
    r"string|number|int(?:eger)?|bool(?:ean)?|array|object|required|optional|yes|no|true|false|query|body|path|none",
    re.IGNORECASE,
)
"""What tables and terms have beside a name."""
CELL: Final = re.compile(
    rf"[`*\"'?&:{{<\s]{{0,5}}(?P<name>{NAME})(?:=(?P<value>[^`|\s]*))?[`*_\"':?}}>\s]{{0,5}}(?:$|[\s(,|/])"
)
LEAD: Final = re.compile(
    r"[^\w$]{0,4}(?:(?:query|path|body|form|param|queryparam|<?json|string|int|integer|number)\s+){0,2}"
    rf"[`*\"'?&]{{0,4}}(?P<name>{NAME})(?:=(?P<value>[^`\s]*))?[`*_\"']{{0,4}}\s*(?:$|[-–—:=(|\n]|\s`|\s{{2,}})"
)
"""The name that an item or a paragraph begins with."""
QUERY: Final = re.compile(rf"[?&]\s*(?:amp;)?(?P<name>{IN_QUERY})\s?=(?P<value>[^&\s\"'`\]|)]*)")
TICKED: Final = re.compile(
    rf"(?:`{{1,2}}|\*\*|\"|“|(?<=\W)')[?&]?(?P<name>{NAME})(?:=(?P<value>[^`\"*\s]*))?(?:`{{1,2}}|\*\*|\"|”|')"
)
WORD: Final = re.compile(
    r"\b(?P<name>[A-Za-z_$][\w$-]*(?:\[[\w-]*\])*)"
    r"(?=\s+(?:(?:query|url|request|get|string|optional)[ -]+){0,2}"
    r"(?:param(?:eter)?|argument|attribute|field|option)s?\b)"
    rf"|(?:param(?:eter)?s?|pagination):\s+(?P<listed>{NAME})"
    r"|,\s*\[?\s*(?P<next>[a-z_$][\w$-]*)(?=\s*\(|,|\])"
)
"""`the page parameter`, `Parameters: page, [ limit (…) ]`."""
KEY: Final = re.compile(
    r"[\"']?(?P<name>[A-Za-z_$][\w$-]*)[\"']?\s*(?:=>|[:=])\s*(?P<value>[\"']?[\w{<$][^,\s}]*|[{\[])"
)
COLUMN: Final = re.compile(r"\W*(?:default|max|min|range)", re.IGNORECASE)
"""A column whose title gives its cells their meaning."""
BOUNDS: Final = re.compile(r"\W*(?:default|min|max)", re.IGNORECASE)
MOST_LINES, LONGEST_LINE, LONGEST_KEYED = 400, 2_000, 400
MOST_ROWS: Final = 1_000
LONGEST_TEXT: Final = 800
MOST_MENTIONS: Final = 200
"""Mentions of one name that are looked at."""
MOST_NAMES: Final = 400
BARE: Final = 40
"""Characters beside its name up to which a parameter's own passage tells nothing of it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the docs. `form` says how it stands there, `text` what is said of it, `value` what it is given."""

    name: str
    form: str
    passage: Passage
    start: int
    end: int
    text: str
    value: str = ""

    @property
    def place(self) -> Place:
        """Return the lines that prove it."""
        return Place(self.passage.path, self.start, self.end)


def mentions(evidence: Evidence) -> dict[str, list[Mention]]:
    """Return what is mentioned of every name, in the order of the docs; of too many names the most mentioned."""
    found: dict[str, list[Mention]] = {}
    count: Counter[str] = Counter()
    for passage in evidence.passages:
        for mention in _of(evidence, passage):
            count[mention.name] += 1
            if count[mention.name] <= MOST_MENTIONS:
                found.setdefault(mention.name, []).append(mention)
    kept = {name for name, _ in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_NAMES]}
    return {name: told for name, told in found.items() if name in kept and len(name) <= BARE}


def row_text(passage: Passage, row: Row) -> str:
    """Return a row in one line, its cells led by the title of their column where that says what they are."""
    cells = [" ".join(cell.split()) for cell in row.cells]
    titles = [*passage.header, *[""] * len(cells)]
    return " | ".join(_labelled(titles[at], cell) for at, cell in enumerate(cells))[:LONGEST_TEXT]


def _labelled(title: str, cell: str) -> str:
    if LIMIT_COLUMN.fullmatch(title) and cell.isdecimal():
        return f"Max: {cell}"
    return f"{title}: {cell}" if COLUMN.match(title) else cell


def _of(evidence: Evidence, passage: Passage) -> Iterator[Mention]:
    if passage.kind is PassageKind.TABLE:
        for row in passage.rows[:MOST_ROWS]:
            yield from _in_row(passage, row)
    elif passage.kind is PassageKind.CODE:
        yield from _in_code(passage)
    else:
        yield from _in_prose(evidence, passage)


def _in_row(passage: Passage, row: Row) -> Iterator[Mention]:
    text = row_text(passage, row)
    seen: set[str] = set()
    for at, cell in enumerate(row.cells[:3]):
        found = CELL.match(cell.strip())
        if not found or _is_phrase(cell, found["name"]) or (at and TYPES.fullmatch(found["name"])):
            continue
        name = _plain(found["name"])
        if name not in seen:
            seen.add(name)
            yield Mention(name, "cell", passage, row.start, row.end, text, found["value"] or "")
        if at == 0:
            break
    for pattern, form in ((QUERY, "query"), (TICKED, "ticked")):
        for found in pattern.finditer(text):
            if (name := _plain(found["name"])) not in seen:
                seen.add(name)
                yield Mention(name, form, passage, row.start, row.end, text, found["value"] or "")


def _is_phrase(cell: str, name: str) -> bool:
    """Tell a cell of words, `Maximum page size`, from a name with its type beside it."""
    words = cell.split()
    return len(words) >= 12 or (len(words) > 1 and name.istitle() and "`" not in cell)


def _in_code(passage: Passage) -> Iterator[Mention]:
    lines = passage.text.split("\n")
    exact = len(lines) - 1 <= passage.end - passage.start
    for at, whole in enumerate(lines[:MOST_LINES]):
        line = whole[:LONGEST_LINE]
        start = passage.start + at if exact else passage.start
        end = start if exact else passage.end
        asked = set()
        for found in QUERY.finditer(line):
            asked.add(found["name"])
            yield Mention(_plain(found["name"]), "query", passage, start, end, line, found["value"])
        for found in KEY.finditer(line) if len(line) < LONGEST_KEYED else ():
            if found["name"] not in asked:
                form = "query" if found["value"].strip("$!)}") == found["name"] != found["value"] else "key"
                value = "" if form == "query" else found["value"]
                yield Mention(_plain(found["name"]), form, passage, start, end, line, value)


def _in_prose(evidence: Evidence, passage: Passage) -> Iterator[Mention]:
    lead, value = _led(passage)
    if lead:
        told = f"{passage.text} {_below(evidence, passage, lead)}"[:LONGEST_TEXT]
        yield Mention(lead, "lead", passage, passage.start, passage.end, told, value)
    seen = set()
    for sentence in sentences(passage.text):
        for pattern, form in ((QUERY, "query"), (TICKED, "ticked"), (WORD, "word")):
            for found in pattern.finditer(sentence):
                name = _plain(next(group for key, group in found.groupdict().items() if group and key != "value"))
                if name != lead and (name, form) not in seen:
                    seen.add((name, form))
                    told = sentence[:LONGEST_TEXT]
                    given = "" if form == "word" else found["value"] or ""
                    yield Mention(name, form, passage, passage.start, passage.end, told, given)


def _led(passage: Passage) -> tuple[str, str]:
    """Return the name that a passage defines, with the value that it is given there."""
    if passage.term:
        ticked = re.findall(rf"`({NAME})`", passage.term)
        bare = [name for name in re.findall(NAME, passage.term) if not TYPES.fullmatch(name)]
        return _plain((ticked[:1] or bare[-1:] or [""])[0]), ""
    found = LEAD.match(passage.text)
    if not found or (found["name"].istitle() and passage.text[found.end("name") :][:1].isspace()):
        return "", ""
    return _plain(found["name"]), found["value"] or ""


def _below(evidence: Evidence, passage: Passage, name: str) -> str:
    """Return what the paragraphs below say of a parameter whose own passage is little more than its name."""
    return " ".join(other.text for other in below(evidence, passage, name))


def below(evidence: Evidence, passage: Passage, name: str) -> list[Passage]:
    """Return the paragraphs below a parameter whose own passage is little more than its name."""
    if len(passage.text) > len(name) + BARE:
        return []
    return list(takewhile(lambda other: _goes_on(passage, other), evidence.after(passage, 4)))


def _goes_on(passage: Passage, other: Passage) -> bool:
    if other.kind is not PassageKind.PARAGRAPH or other.headings != passage.headings:
        return False
    return not (LEAD.match(other.text) and len(other.text) < 60) or bool(BOUNDS.match(other.text))


def _plain(name: str) -> str:
    for code, char in (("%5B", "["), ("%5b", "["), ("%5D", "]"), ("%5d", "]")):
        name = name.replace(code, char)
    return name.rstrip(".-")
