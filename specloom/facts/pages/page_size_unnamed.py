"""Sizes of pages that no parameter changes, or none that the docs name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, place, statements
from specloom.facts.pages.page_size_words import DEPTH, FIXED, NOT_PAGES, PAGED_WORD, PER_PAGE, SIZES, SUPPOSED
from specloom.facts.speech.amounts import NUMBER, number
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

COUNT: Final = rf"(?P<n>(?<![\w.,-]){NUMBER})"
THING: Final = r"(?:[a-z-]+\s+){0,2}?(?!pages?\b|times?\b)[a-z]+"
UP_TO: Final = r"(?:(?:exactly|up to|at most|no more than|a (?:max(?:imum)?|limit) of)\s+)?"
COUNTED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{COUNT}[`*]*\s+{THING}\s+(?:per|(?:on|in) (?:a|each|every|one)|each)\s+(?:single\s+)?page\b",
        (
            r"\bpages?\s+(?:will\s+|can\s+)?(?:contains?|has|have|holds?|includes?|consists? of|returns?|lists?|shows?)"
            rf"\s+{UP_TO}[`*]*{COUNT}[`*]*\s+{THING}"
        ),
        rf"{COUNT}[`*]*\s+{THING}\s+(?:are|is) returned \(the page (?:limit|size)\)",
        (
            r"\b(?:each|every|one|a single) "
            r"(?:(?:response|answer)\s+(?:will\s+|can\s+)?(?:contains?|has|holds?|includes?|lists?)"
            rf"|(?:call|request)\s+(?:will\s+|can\s+)?(?:returns?|gets?))\s+{UP_TO}[`*]*{COUNT}[`*]*\s+{THING}"
        ),
        rf"\breturns?\s+(?:at most|up to|a (?:max(?:imum)?|limit) of)\s+{COUNT}[`*]*\s+{THING}",
        rf"\breturns?\s+{COUNT}[`*]*\s+{THING} (?:(?:per|with (?:each|every)) (?:request|call)|at a time)\b",
        rf"\bnumber of {THING} (?:per|(?:on|in) (?:a|each|every)) page (?:is|are)\s+{UP_TO}[`*]*{COUNT}",
        rf"\bpaginated\b[^.]{{0,60}}\blimit,? (?:which is )?(?:usually|typically|normally|currently) {COUNT}",
        rf"{COUNT}[`*]*\s+(?:per|(?:on|in) (?:a|each|every)|each)\s+page\b",
        rf"\b(?:in|into) (?:pages|batches|chunks|sets) of\s+{UP_TO}{COUNT}\b",
        rf"\bpaginat[^.]{{0,60}}\breturns?\s+(?:only\s+)?the first\s+{COUNT}[`*]*\s+{THING}",
        r"\barray of (?:0|1)\s?[-–]\s?" + rf"(?P<n>{NUMBER})\b",
        rf"\bmore than {COUNT}[`*]*\s+{THING}\s+in (?:the|a|one) (?:response|answer|result)",
    )
)
"""How many items a page has, in so many words."""
AT_MOST: Final = re.compile(
    r"\b(?:up to|at most|no more than|max(?:imum)?|limit of|the page (?:limit|size)|more than)\b|\b[01]\s?[-–]\s?\d",
    re.IGNORECASE,
)
ALSO: Final = re.compile(r"^\W*(?:that|this|it)(?: is|'s) also the (?P<key>default|max)", re.IGNORECASE)
SAID: Final = re.compile(r"\bdefault", re.IGNORECASE)
ROOM: Final = 25
"""Characters around a number in which it is called a maximum."""
ON_SCREEN: Final = re.compile(r"\b(?:table|screen|dashboard|interface|tab|ui)\b", re.IGNORECASE)
"""Pages that people look at."""
UNPAGED: Final = re.compile(r"\b(?:no|not|without|un)[ -]?(?:paging|pagina\w+|paged)\b", re.IGNORECASE)
NEAR: Final = re.compile(
    r"paginat|\bpaging\b|\bnext\b|\bresults\b|\bitems\b|`(?:page|offset|cursor)`|\bparameter"
    r"|\bmore can be\b|\bprevious (?:query|call|request)\b",
    re.IGNORECASE,
)
"""What a passage has that is about pages of a list; a book has pages, too."""


def unnamed(passage: Passage) -> Iterator[Candidate]:
    """Read a size that nobody can change: `there are 50 items on each page; this is fixed`."""
    text = " ".join(passage.text.split())
    counts = {found["n"] for found in PER_PAGE.finditer(text)}
    paged = PAGED_WORD.search(" ".join([*passage.headings, text]))
    if len(counts) == 1 and paged and FIXED.search(text) and (size := number(next(iter(counts)))) in SIZES:
        yield Candidate(fact_kind="page_size", value={"default": size}, places=place(passage), strength=0.8)


def counted(evidence: Evidence) -> Iterator[Candidate]:
    """Read how many items a page has where no parameter of the whole docs says so; each file speaks for itself."""
    found: dict[str, tuple[dict[str, Json], list[Statement]]] = {}
    for passage in evidence.passages:
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        whole, spots = found.setdefault(passage.path, ({}, []))
        if evidence.whose.surface(passage) or not NEAR.search(" ".join([*passage.headings, passage.text])):
            continue
        for statement in statements(passage):
            value = _value(statement) or _repeated(statement, whole, spots)
            if value and all(whole.get(key, size) == size for key, size in value.items()):
                whole |= value
                spots.append(statement)
    for whole, spots in found.values():
        if whole:
            yield Candidate(fact_kind="page_size", value=_clear(whole, spots), places=place(*spots), strength=0.85)


def _value(statement: Statement) -> dict[str, Json]:
    text = statement.text
    if any(other.search(text) for other in (SUPPOSED, ON_SCREEN, NOT_PAGES, DEPTH, UNPAGED)):
        return {}
    found = next((found for pattern in COUNTED if (found := pattern.search(text))), None)
    size = number(found["n"]) if found else None
    if not found or size is None or size not in SIZES or size == 1:
        return {}
    most = AT_MOST.search(text[max(0, found.start() - ROOM) : found.end() + ROOM])
    return {"max" if most else "default": size}


def _repeated(statement: Statement, whole: dict[str, Json], spots: list[Statement]) -> dict[str, Json]:
    """Read `that is also the default` right behind a maximum."""
    found = ALSO.match(statement.text)
    if not found or not spots or spots[-1].passage is not statement.passage or len(whole) != 1:
        return {}
    return {found["key"].lower(): size for size in whole.values()}


def _clear(whole: dict[str, Json], spots: list[Statement]) -> dict[str, Json]:
    """Let `at most 50` speak where another sentence has the same number without a word on what it is."""
    same = whole.get("default") == whole.get("max")
    return {"max": whole["max"]} if same and not any(SAID.search(one.text) for one in spots) else whole
