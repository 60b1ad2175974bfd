"""What the names of paging parameters mean, in every spelling."""

from __future__ import annotations

import re
from typing import Final

ROLES: Final = (
    ("cursor", (r"(?:(?:next|start|page|pagination|paging|continuation|scroll|end|prev(?:ious)?"
r"|list|sync|after|before|last|first|from)_?)?(?:cursor|token|marker|bookmark)(?:_?id)?|after|before|starting_?after"
r"|ending_?before|"
               r"page_?after|page_?before|since_?id|max_?id|min_?id|before_?id|after_?id"
r"|from_?id|continue|continuation|start_?cursor|end_?cursor|scroll_?id|search_?after"
r"|page\[(?:after|before|cursor|token)\]|"
               r"start_?key|exclusive_?start_?key|anchor|last_?id|next_?page_?token|page_?info")),
    ("page", r"page|start_?page|page_?(?:number|no|num|index|idx)|skip_?pages|p|pg|page\[number\]|pagenum"),
    ("offset", (r"offset|skip|start|(?:page|row)_?start"
r"|(?:page_?)?start_?(?:at|index|offset|from|position|record)|\$skip|first_?result"
r"|page\[offset\]|begin|start_?row|result_?offset")),
    ("limit", (r"limit|per_?page|page_?(?:size|limit|length|count)|max_?(?:results?|records?"
r"|items?|entries|keys|page_?size|count|per_?page)|results?_?per_?page"
r"|items_?per_?page|num_?(?:results|items|records|per_?page)?|"
              r"count|size|rows|first|last|top|\$top|\$limit|n|hits_?per_?page|page\[(?:size"
r"|limit|count)\]|batch_?size|number_?of_?results|results|length|take"
r"|records_?per_?page|per|num_before|num_after|maximum")),
)  # fmt: skip
"""Role and the names that have it, separators left out. `next_token` and its like may also be fields of the answer."""
_COMPILED: Final = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in ROLES)
WEAK: Final = frozenset(
    [
        "after",
        "before",
        "start",
        "first",
        "last",
        "count",
        "size",
        "per",
        "top",
        "n",
        "p",
        "num",
        "results",
        "length",
        "from",
        "begin",
        "maximum",
        "continue",
        "rows",
        "take",
        "skip",
        "results",
        "length",
        "token",
        "marker",
        "anchor",
        "page_info",
        "iterator",
    ]
)
"""Names that mean paging only in a passage about paging."""
NEXT_FIELD: Final = re.compile(
    r"(?:[\w-]+\.)*(?:_?next|next[-_]?(?:cursor|token|page|page_?(?:token|cursor|url|uri|link"
    r"|number|id)|url|uri|link|href|offset|start|max_?id|id|marker|key|batch"
    r"|results?|\.(?:href|url|uri))|end_?cursor|cursor|after|continuation|_?scroll_?id|bookmark"
    r"|continuation_?token|page_?token|last_?evaluated_?key)$",
    re.IGNORECASE,
)
"""Fields of an answer that lead to the next page."""


def role(name: str) -> str:
    """Return `cursor`, `page`, `offset`, `limit`, or nothing."""
    plain = name.strip("`?&=:.").replace("-", "_").lstrip("_")
    return next((role for role, pattern in _COMPILED if pattern.fullmatch(plain)), "")


FIELD: Final = re.compile(
    r"(?:next|end|start|prev(?:ious)?)[-_]?(?:cursor|page|token|url)|next[-_]?(?:marker|offset|start|key|id|link|uri)",
    re.IGNORECASE,
)
"""Names that are fields of answers unless a parameter of that name is defined."""


DESCRIBED: Final = (
    ("offset", (r"\bnumber of [\w ]{0,20}?to (?:be )?skip|\bskip(?:ped|s)? (?:the )?first\b"
r"|\b(?:zero|0)-based (?:index|offset)\b"
r"|^\W*(?:\w+ \| )*(?:the )?offset (?:of|from|into)\b"
r"|^\W*(?:the )?(?:first|starting) (?:item|record|result|row|entry)\b")),
    ("page", r"^\W*(?:the )?(?:page number|number of the page|index of the page)\b"),
    ("limit", (r"^\W*(?:the )?(?:batch|page) size\b"
r"|\bnumber of [\w ]{0,20}?(?:per|on (?:a|each)|in (?:a|each)) (?:\w+ )?page\b")),
)  # fmt: skip
"""What the description of a parameter says of its role, whatever it is called."""


def described(text: str) -> str:
    """Return the role that a description tells, or nothing."""
    return next((role for role, pattern in DESCRIBED if re.search(pattern, text, re.IGNORECASE)), "")


MOVED: Final = re.compile(
    r"\b(?:offset|start|begin|resume|continue)\w* (?:the (?:result set|results|list|page) )?"
    r"(?:to|from|at|after|with|by) (?:the \w+ )?"
    r"(?:with|having|of) (?:this|that|the given) (?:id|identifier|token|cursor)\b"
    r"|\btimestamp\b[^.|]{0,40}\bor an (?:\w+ )?id\b"
    r"|\b(?:id|identifier|token|cursor)\b[^.|]{0,30}\b(?:provide|send|pass|use)\b[^.|]{0,30}"
    r"\bto (?:get|fetch|retrieve) the next (?:page|set|batch)\b",
    re.IGNORECASE,
)


def moved_by(text: str) -> str:
    """Return `cursor` where a description says that the list starts at the item with this id."""
    return "cursor" if MOVED.search(text) else ""


def is_weak(name: str) -> bool:
    """Tell whether `name` has other common meanings."""
    return name.lower().replace("-", "_") in WEAK
