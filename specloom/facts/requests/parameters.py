"""Parameters as documentation shows them: rows of tables, items of lists, definitions, and names in sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Statement, statements
from specloom.facts.speech.amounts import NUMBER, WORD_NUMBER, number
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.passage import Passage, Row

NAME: Final = r"[A-Za-z$_][\w$.-]*(?:\[[\w-]*\])*"
LEADING: Final = re.compile(
    r"^(?:[-*+]\s*)?(?:(?:query|path|header|body|form|param|queryparam|reqheader"
    rf"|json|<json|>json|string|int|integer|number)\s+){{0,2}}"
    rf"[`*\"'?&]{{0,4}}(?P<name>{NAME})(?:=[^`\s]*)?[`*_\"']{{0,4}}\s*(?P<rest>$|[-–—:=(|\n].*|\s.*)",
    re.DOTALL | re.IGNORECASE,
)
NAMED: Final = re.compile(
    rf"^(?:`[^`\n]+`|\*\*[^*\n]+\*\*|{NAME}\s*(?:\(|:|[-–—]\s|=)|(?:query|path|header|body|>?<?json)\s"
    rf"|{NAME}\*?\s+`(?:string|int(?:eger)?\d*|number|bool(?:ean)?|array|object)`\s*$)",
    re.IGNORECASE,
)
CELL_NAME: Final = re.compile(
    rf"^[`*\"'?&:{{<\s]{{0,5}}(?P<name>{NAME})(?:=\{{?[^`|]*)?[`*_\"':?}}>\s]{{0,5}}(?:\(?(?:optional|required|string|integer|int|number)[^|]{{0,30}})?$",
    re.IGNORECASE,
)
NAME_COLUMN: Final = re.compile(
    r"\W*(?:name|key|field|property|attribute|argument|(?:query )?param(?:eter)?s?)(?: name)?\W*", re.IGNORECASE
)
KIND_COLUMN: Final = re.compile(r"\W*(?:type|kind|in|location|where|place|#|no|required|category)\W*", re.IGNORECASE)
"""What may stand before the column of names."""
LIMIT_COLUMN: Final = re.compile(r"\W*(?:upper )?limit\W*", re.IGNORECASE)
WORDS: Final = re.compile(r"The|An?|This|That|These|Those|Each|Every|All|Any|Some|Most|By|In|If|For|To|Use|Note")
"""Words that sentences begin with, and no names."""
TYPES: Final = re.compile(r"string|number|integer|int|boolean|bool|array|object|required|optional", re.IGNORECASE)
DEFINED: Final = re.compile(rf"^(?:[\w<>]+\s+)*[`*]*{NAME}[`*]*\s*:?\s*")
"""The term that a definition begins with."""
AMOUNT: Final = rf"(?P<n>(?:{NUMBER}|\b(?!an?\b|one\b){WORD_NUMBER}\b)(?!\s+pages?\b))"
DEFAULTS: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"\bdefault (?:and|&) max(?:imum)?\b[^.|\d]{{0,40}}?(?:\b(?:is|of|are)\b|:)\s*[`\"'*(]*{AMOUNT}",
        (
            r"\bdefault(?:s|ing)?(?:\s+(?:value|(?:page|pagination) (?:size|limit)|limit|number|size|amount|count))*"
            rf"(?:\s+(?:is|to|of|are|being|set to|at|will be|would be|back to))*\s*[:=]?\s*[`\"'*(]*{AMOUNT}"
        ),
        rf"\b(?:standard|usual|normal) (?:number of )?\w+(?:/| per )page\b[^.|\d]{{0,6}}{AMOUNT}",
        rf"\bdefaulted to\s+[`\"'*(]*{AMOUNT}",
        (
            r"(?:\bStandard(?:wert)?|\bVorgabe|par défaut|por defecto|por omisión|predeterminado|\bpadrão"
            r"|默认值?[为是]?)"
            rf"\s*[:\uff1a=]?\s*{AMOUNT}"
        ),
        rf"\bdefault\b(?![^.|\d]{{0,40}}\bmax)[^.|\d]{{0,40}}?\b(?:is|of|to|are)\s+[`\"'*(]*{AMOUNT}",
        rf"\bdefault\b[^.|\d(]{{0,20}}\(\s*(?:usually|typically|normally|generally|mostly),?:?\s+[`\"'*]*{AMOUNT}",
        (
            r"\b(?:every|each|(?:a|one) (?:single )?)\s*page (?:contains?|has|holds|includes|consists of|shows"
            rf"|returns|lists|comprises)\s+(?:exactly\s+)?[`\"'*]*{AMOUNT}"
        ),
        (
            rf"{AMOUNT}[`\"'*]*(?:\s+(?!and\b|max)\w+){{0,3}}?\s*[(,]?\s*(?:by default"
            r"|\(?default\)?\b|being the default|is the default|as (?:the |a )?default)"
        ),
        rf"\bby default,?(?:\s+[\w'’`-]+){{0,8}}?\s+[`\"'*(]*{AMOUNT}",
        (
            r"\b(?:returned|returns?|shows?|sends?|gives?|contains?|displayed"
            rf"|fetched)\s+(?:up to\s+)?{AMOUNT}\s+(?:[\w-]+\s+){{0,2}}?(?:at a time"
            r"|per (?:page|request|response|call))"
        ),
        (
            rf"{AMOUNT}[`\"'*]*\s*(?:if|when)\s+(?:omitted|unset|absent|missing|not (?:set"
            r"|given|specified|provided|present))"
        ),
        rf"{AMOUNT}[`\"'*]*\s+(?:if|when)\s+you\s+(?:omit|leave|do(?: not|n'?t) (?:set|specify|provide|pass|give))\b",
        (
            r"\b(?:will|only|default)\b[^.]{0,25}?\b(?:get|receive|returns?|returned|see|fetch)\s+(?:only\s+)?"
            rf"(?:up to\s+)?the\s+first\s+{AMOUNT}\s+(?!of\b)\w+"
        ),
        rf"\bthe first\s+{AMOUNT}\s+(?:\w+\s+){{1,6}}(?:are|is) returned by default\b",
        rf"[(,]\s*(?:which is |this is |it is )?currently(?: set to)?:?\s+[`\"'*]*{AMOUNT}[`\"'*]*\s*[),.]",
        rf"\bpaginated (?:to|by|in(?:to)?|at)\s+(?:\w+\s+){{0,4}}?{AMOUNT}",
    )
)
MAXIMA: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        (
            r"\bmax(?:imum\b|\.|\b)(?!\s+offset)(?:\s+(?:allowed|value|page size|limit"
            r"|number|size|amount|rows?|items?|results?|records?|of|per page|you can \w+(?: for)?"
            r"|in one query|that can be \w+))*(?:\s+(?:is"
            rf"|to|of|are|set to|at))*\s*[:=]?\s*[`\"'*(]*{AMOUNT}"
        ),
        (
            rf"\blimit(?:s|ed)?\b[^.|\d]{{0,60}}\bto\s+[`\"'*(]*{AMOUNT}[`\"'*]*\s+"
            r"(?:items|results|records|objects|entries|rows|resources)\s+(?:per|in (?:a|one)|at a time)\b"
        ),
        (
            rf"\blimit of\s+[`\"'*(]*{AMOUNT}[`\"'*]*\s+(?:items|results|records|objects|entries|rows|resources)\b"
            r"[^.|]{0,40}\b(?:request|call|response|page)\b"
        ),
        rf"\bmax(?:imum)?\b[^.|\d]{{0,60}}?(?:\b(?:is|of|to|are)\b|:)\s*[`\"'*(]*{AMOUNT}",
        (
            r"\b(?:(?:largest|highest|greatest|biggest) (?:allowed |possible |permitted )?(?:value"
            r"|number|size) (?:is|of)|up to|at most|no more than|not (?:exceed|be more than"
            r"|be greater than|be larger than)|(?:cannot|can'?t|can not|may not)"
            r" (?:request|retrieve|fetch|get|return|list|ask for|have) more than|cannot (?:exceed|be more than"
            r"|be greater than)|capped at|limited to|can'?t (?:exceed|be (?:more|greater|larger|higher) than)"
            r"|must not exceed|"
            r"(?:may|must|can|should) not be (?:more|greater|larger|higher|bigger) than|"
            r"less than or equal to|<=|≤|upper limit (?:of|is)|must be (?:at most"
            rf"|under))\s*(?:a (?:maximum|total) of\s+)?[`\"'*(]*{AMOUNT}"
            r"(?![`\"'*]*(?:\s+\w+){0,3}?\s+(?:as|by) (?:the |a )?default)"
        ),
        rf"{AMOUNT}[`\"'*]*(?:\s+\w+){{0,2}}?\s*[(,]?\s*(?:\(?max(?:imum)?\b\)?|at most|is the max)",
        (
            r"(?<!\breturn )(?<!\breturns )\b(?:between|from|range(?:s|d)?(?: is| of| from)?|range:?"
            r"|in the range(?: of)?|must be|can be|allowed:?|(?:valid|allowed|possible|accepted) values?(?: are| is)?"
            r":?)\s*[`(]*\d+[`)]*\s*(?:and"
            rf"|to|through|[-–—])\s*[`(]*{AMOUNT}"
        ),
        (
            r"(?:\bhöchstens|\bmaximal|\bmáximo(?: de)?|\bmáx\.?|最大值?[为是]?|最多|不超过|上限[为是]?)"
            rf"\s*[:\uff1a=]?\s*{AMOUNT}"
        ),
        rf"^[^|\w]*1\s*[-–—]\s*{AMOUNT}",
        rf"[(,]\s*[01]\s*(?:[-–—]|\.\.\.?)\s*{AMOUNT}\s*[,;)]",
    )
)
MINIMA: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bmin(?:imum\b|\.|\b)(?:\s+(?:value|of|is))*\s*[:=]?\s*[`\"'*(]*{AMOUNT}",
        (
            r"\b(?:between|from|range(?:s|d)?(?: from| of| is)?:?"
            rf"|must be|at least)\s*[`(]*{AMOUNT}[`)]*\s*(?:and|to|through|[-–—])\s*[`(]*\d"
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that a passage describes: its name, what is said of it, and where."""

    name: str
    text: str
    statement: Statement
    ends: int | None = None
    """The last line of what is said of it, where that stands in passages of their own."""

    @property
    def default(self) -> int | float | None:
        """Return what holds where the parameter is left out."""
        return value_after(DEFAULTS, self.text)

    @property
    def maximum(self) -> int | float | None:
        """Return the largest allowed value."""
        return value_after(MAXIMA, self.text)

    @property
    def minimum(self) -> int | float | None:
        """Return the smallest allowed value."""
        return value_after(MINIMA, self.text)


def value_after(patterns: tuple[re.Pattern[str], ...], text: str) -> int | float | None:
    """Return the number that the first matching pattern captures."""
    for pattern in patterns:
        if found := pattern.search(text):
            return number(found["n"])
    return None


def parameters(passage: Passage) -> Iterator[Parameter]:
    """Yield the parameters that a passage defines, not those that it merely mentions."""
    if passage.kind is PassageKind.TABLE:
        for statement in statements(passage):
            yield from _row(statement)
    elif passage.kind is not PassageKind.CODE:
        whole = Statement(passage.text, passage)
        if passage.term:
            name = _defined(passage.term)
            if name:
                yield Parameter(name, DEFINED.sub("", passage.text, count=1), whole)
        elif (
            (found := LEADING.match(passage.text))
            and not WORDS.fullmatch(found["name"])
            and (NAMED.match(passage.text) or "\n" in passage.text[: len(found["name"]) + 12])
        ):
            yield Parameter(found["name"], found["rest"], whole)


def _defined(term: str) -> str:
    """Return the name in a term like `limit` *integer* or `query string limit`."""
    ticked = re.findall(rf"`({NAME})`", term)
    names = [name for name in re.findall(NAME, term) if not TYPES.fullmatch(name)] or re.findall(NAME, term)
    return str((ticked[:1] or names[-1:] or [""])[0])


def _row(statement: Statement) -> Iterator[Parameter]:
    row = statement.row
    if row is None or len(row.cells) < 2:
        return
    for at, cell in _named_cells(statement, row):
        found = CELL_NAME.match(cell.split("\n")[0])
        if found and not (at and TYPES.fullmatch(found["name"])):
            header = statement.passage.header
            rest = [
                _labelled(header[i] if i < len(header) else "", other) for i, other in enumerate(row.cells) if i != at
            ]
            beside = " ".join(cell[found.end("name") :].split()).strip("`*\"' ")
            yield Parameter(found["name"], " | ".join([beside, *rest] if beside else rest), statement)
            return


def _named_cells(statement: Statement, row: Row) -> list[tuple[int, str]]:
    """Return the cells that may hold the name: those of a column that is called so, else the first two."""
    first = list(enumerate(row.cells[:2]))
    header = statement.passage.header
    named = [(at, cell) for at, cell in first if at < len(header) and NAME_COLUMN.fullmatch(header[at])]
    return named if len(named) == 1 and named[0][0] and KIND_COLUMN.fullmatch(header[0]) else first


def _labelled(column: str, cell: str) -> str:
    """Let a column called Default or Maximum give its cells their meaning, and one called Limit its numbers."""
    if LIMIT_COLUMN.fullmatch(column) and cell.strip().isdecimal():
        return f"Max: {cell}"
    return f"{column}: {cell}" if re.match(r"\W*(?:default|max|min|range|allowed)", column, re.IGNORECASE) else cell
