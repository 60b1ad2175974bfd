"""Shapes that tell paging, or only look like it: connections of GraphQL, parts of a value, fields of an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import statements
from specloom.facts.pages.paging_words import GRAPHQL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model.passage import Passage

CONNECTION: Final = re.compile(r"\b(?:[pP]ageInfo|edges)\b\s*\{")
FAMILY: Final = re.compile(r"[?&*`]page\[(?:number|size|limit|offset|cursor|after|before)\]")
"""Members of one object in a query, which mean nothing but paging."""
COMPOSED: Final = re.compile(
    r"\b(?:format|formatted|consists?|composed|made up|built|structured?|looks? like|form)\b[^.]*?"
    r"[`\"](?P<whole>[\w{}<>]+(?:[:|.;~/-][\w{}<>]+)+)[`\"]",
    re.IGNORECASE,
)
"""A value that is put together from others: `value:offset:direction`."""
ANSWER_LEAD: Final = re.compile(
    r"\b(?:respon|answer|repl(?:y|ies)|returns?\b|result)\w*[^.]{0,60}"
    r"\b(?:fields?|includ|contain|propert|attribut|members?|keys?|following|with\b(?=[^.]*:$))\w*",
    re.IGNORECASE,
)
ASKED: Final = re.compile(r"\W*(?:query|param|path|form)\b", re.IGNORECASE)
"""What stands before the name of what is sent."""
LEAD: Final = 12
"""Passages of a list before which its lead is looked for."""


def connection(text: str) -> bool:
    """Tell a call of a GraphQL connection: a count, a cursor and the page's own information."""
    named = {found["name"] for found in GRAPHQL.finditer(text)}
    return bool(named & {"first", "last"} and named & {"after", "before"} and CONNECTION.search(text))


def backwards(text: str) -> bool:
    """Tell a call that walks a connection from its end."""
    named = {found["name"] for found in GRAPHQL.finditer(text)}
    return {"last", "before"} <= named and not named & {"first", "after"} and "startCursor" in text


def part_of_value(before: Sequence[Passage], name: str) -> bool:
    """Tell a part of a composed value from a parameter of that name: the list's lead shows the value."""
    for passage in reversed(before):
        if passage.kind is PassageKind.PARAGRAPH:
            wholes = [found["whole"] for found in COMPOSED.finditer(passage.text.replace("**", ""))]
            return any(name in re.split(r"[^\w]+", whole) for whole in wholes)
    return False


def listed_answer(passage: Passage, before: Sequence[Passage]) -> bool:
    """Tell an item of a list of what an answer holds, by the sentence that leads the list."""
    if passage.kind not in {PassageKind.LIST_ITEM, PassageKind.DEFINITION, PassageKind.TABLE}:
        return False
    lead = next((p for p in reversed(before) if p.kind is PassageKind.PARAGRAPH), None)
    return (
        not ASKED.match(passage.text)
        and lead is not None
        and lead.headings == passage.headings
        and bool(ANSWER_LEAD.search(statements(lead)[-1].text))
        and not re.search(r"param|argument|query (?:string|url|option)|queries", lead.text, re.IGNORECASE)
    )
