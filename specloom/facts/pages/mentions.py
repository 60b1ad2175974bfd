"""Names of parameters in sentences and in the URLs of examples, where nothing defines them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.pages.paging import role
from specloom.facts.requests.parameters import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

TICKED: Final = re.compile(rf"(?P<mark>[`\"'])\??(?P<name>{NAME})(?P<value>=[^`\"']*)?[`\"']")
PLAIN_WORD: Final = re.compile(
    r"page|limit|offset|cursor|count|size|start|first|last|next|top|after|before", re.IGNORECASE
)
"""What English puts between quotes, too: the next 'page' of results."""
PAIRED: Final = re.compile(rf"\b(?P<name>{NAME})\s+(?:and|or)\s+(?P<after>{NAME})\s+(?:query |url )?param(?:eter)?s\b")
QUERY: Final = re.compile(rf"[?&](?P<name>{NAME})=")
OF_METHOD: Final = re.compile(r"\s+(?:method|approach|style|strategy|technique|pagination|paging)\b", re.IGNORECASE)
"""What a way of paging is called is no parameter: the `Offset` method."""
ENCODED: Final = (("%5B", "["), ("%5D", "]"), ("%5b", "["), ("%5d", "]"), ("\\u0026", "&"), ("&amp;", "&"))
"""What stands for what in the URLs of examples."""
UNTICKED: Final = re.compile(
    rf"\b(?P<name>{NAME})[\"']?\s+(?:query |url |request |cursor )?(?:string )?param(?:eter)?s?\b"
    rf"|\bparameters?,?\s+(?P<after>{NAME})\b"
)
UNMARKED: Final = re.compile(
    r"(?<![\w`\"'./?&=-])(?P<name>(?:per_page|page_size|page_token|page_number|max_results|starting_after"
    r"|ending_before|perPage|pageSize"
    r"|pageToken|pageNumber|maxResults))(?![\w`\"'=-])"
)
"""Names that are no words of the language, however they stand."""


SIZED: Final = re.compile(
    r"\b(?:number of \w+ (?:per|in (?:a|each|one)|returned (?:per|in (?:a|each)))"
    r" (?:page|request|call|response)|page size)\b"
    rf"[^.;`]{{0,60}}\b(?:set|chang|controll|configur|specif|adjust|limit|giv|chos|defin|overrid)\w*\b[^.;`]{{0,40}}"
    rf"`{{1,2}}(?P<name>{NAME})`{{1,2}}\s+(?:query |url |request |string )*param",
    re.IGNORECASE,
)
"""A sentence that says of a parameter, whatever it is called, that it is how large a page is."""
HEADED: Final = re.compile(
    rf"{NAME}(?:\s*(?:,|\band\b|&|/)\s*{NAME}){{1,3}}(?:\s+(?:parameters|pagination|paging))?", re.IGNORECASE
)
"""A heading that is nothing but names: `Limit and Offset`."""


def headed(heading: str) -> list[str]:
    """Return the names of paging parameters that a heading consists of, where there are two or more."""
    if not HEADED.fullmatch(heading.strip()):
        return []
    words = re.split(r"\s*(?:,|\band\b|&|/|\s)\s*", heading.strip())
    named = [word.lower() if word.istitle() else word for word in words]
    roles = {role(name) for name in named} - {""}
    return [name for name in named if role(name)] if len(roles) > 1 else []


def mentioned(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the names in a text, and whether an example of a call shows them rather than a sentence."""
    for pattern in (TICKED, QUERY, UNTICKED, PAIRED, UNMARKED):
        for found in pattern.finditer(text):
            names = (found["name"], found.groupdict().get("after"))
            if not _quoted_word(found) and not OF_METHOD.match(text, found.end()):
                yield from ((name, pattern is QUERY) for name in names if name)


def sized(text: str) -> list[str]:
    """Return the names of the parameters that sentences call the size of a page."""
    return [found["name"] for found in SIZED.finditer(" ".join(text.split()))]


def _quoted_word(found: re.Match[str]) -> bool:
    """Tell a word of the sentence between quotes from the name of a parameter: that has a value or stands in code."""
    parts = found.groupdict()
    quoted = parts.get("mark") not in {None, "`"} and not parts.get("value")
    return quoted and PLAIN_WORD.fullmatch(found["name"] or "") is not None


def decoded(text: str) -> str:
    """Return the text with the escapes of its URLs undone."""
    for code, char in ENCODED:
        text = text.replace(code, char)
    return text
