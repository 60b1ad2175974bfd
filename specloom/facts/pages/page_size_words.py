"""The words in which docs say how many items a page holds."""

from __future__ import annotations

import re
from typing import Final

from specloom.facts.requests.parameters import NAME

ABOUT: Final = re.compile(
    r"paginat|\bpaging\b|\bper[ _-]?page\b|page[ _-]?size|\blimit\b|max_?results|\bresults?\b"
    r"|\brows\b|\bcount\b|\bfirst\b|\bpages?\b|\bsize\b|\btop\b|\bto return\b",
    re.IGNORECASE,
)
PAGED: Final = re.compile(
    r"paginat|\bpaging\b|\bper[ _-]?page\b|\bpages?\b|\bcursors?\b|page[ _-]?size|\boffset\b"
    r"|number of (?:\w+ )?(?:results|items|records|objects|entries|rows|resources"
    r"|\w+s) (?:to (?:return|fetch|retrieve|get|list|show|include|display"
    r"|request)|returned|per (?:page|request|response|call))|(?:results|items|records"
    r"|objects|entries"
    r"|rows|resources) (?:are |is )?(?:to return|returned|per|at a time)"
    r"|\b(?:records|items|results|objects|entries|rows)\b[^.]{0,40}\b(?:by|in|with) (?:a|one|each) (?:single )?"
    r"(?:request|call|response)\b|\bobjects/page\b"
    r"|每页|pro Seite|por página|par page",
    re.IGNORECASE,
)
INTRO: Final = re.compile(
    r"paginat|\bpaging\b|page through|result controls|list(?:ing)? (?:options"
    r"|parameters)|common (?:query )?parameters|rows|cursor",
    re.IGNORECASE,
)
MENTIONED: Final = re.compile(
    rf"[`\"'*]\??(?P<name>{NAME})(?:=[^`]*)?[`\"'*]|\b(?P<bare>(?:per_page|page_size|max_results|perPage"
    rf"|pageSize|maxResults)(?![\w=])"
    rf"|{NAME}(?=\s+(?:query |url |request )?param(?:eter)?\b))"
)
NOT_PAGES: Final = re.compile(
    r"\b(?:random|characters?|bytes|kb|mb|gb|days?|hours?|minutes?|seconds?"
    r"|levels?|depth|retries|concurren|memory|upload|batch (?:of|request)"
    r"|ids per request|per second|per minute|per hour)\b",
    re.IGNORECASE,
)
BY_DEFAULT: Final = re.compile(
    r"\bdefault,? (?:up to|at most|a max(?:imum)? of) \d"
    r"|\b(?:up to|at most|a max(?:imum)? of) \d+[^.]{0,40}\bby default\b",
    re.IGNORECASE,
)
"""At most so many, unless more are asked for."""
TERSE: Final = re.compile(
    r"\bdefault|\bmax(?:imum)?\b|\bbetween \d|\bat most \d|\bup to \d|\bno more than \d|\bomitted\b"
    r"|\bexceed \d|\bfirst \d|\brange\b|\bfrom \d+ to \d|\(\d+\s?[-–—]\s?\d+\)",
    re.IGNORECASE,
)
SUPPOSED: Final = re.compile(
    r"\b(?:if (?:you|(?:the |a )?(?:consumer|client|user|caller|request)s?) "
    r"(?:sets?|passe?s?|specif(?:y|ies)|uses?|wants?|enters?|gives?|asks?|requests?|chooses?)"
    r"|likewise|for example|e\.g\.|(?<!to )say\b"
    r"|\bexample (?:url|request|call|query)|let's|imagine|suppose|to limit results to|ranked from|documents from)",
    re.IGNORECASE,
)
IN_BRACKETS: Final = re.compile(
    rf"[,:;\[(]\s*`?(?P<name>{NAME})`?\s*\((?P<rest>[^()\n]{{0,80}}\b(?:default|max)[^()\n]{{0,80}})\)", re.IGNORECASE
)
"""`Parameters: page, limit (default: 10)`."""
COUNTS: Final = re.compile(
    r"\W*count (?:the|how)\b|\W*(?:the )?(?:total )?(?:number|count) of \w+ (?:found|in|that matched)\b", re.IGNORECASE
)
"""A verb, or a field of the answer."""
CALLED: Final = re.compile(rf"[?&`](?P<name>{NAME})=\d+")
ORDINALS: Final = frozenset({"first", "last", "count", "length", "results"})
"""Names that sentences about pages use as words."""
SIZED: Final = re.compile(
    r"\b(?:\d+|items?|results?|records?|objects?|entries|rows)\b[^.]{0,20}\b(?:per|a|each) (?:page|request|time)"
    r"|page size",
    re.IGNORECASE,
)
OF_SIZE: Final = re.compile(
    r"\bsize\b|\bnumber of\b|\bhow many\b|\bper page\b|\b(?:items|results|records|objects|entries|rows)\b",
    re.IGNORECASE,
)
THIS_ONE: Final = re.compile(
    r"\b(?:this|the) (?:query |url |request )*parameter\b|^it\b|\bit (?:is|defaults)\b", re.IGNORECASE
)
LISTED: Final = re.compile(
    rf"[;,.]\s*(?:and\s+)?`(?P<name>{NAME})`\s*(?:[-–—:(=]+|(?=(?:is|defaults?|has|can|must|sets|controls"
    rf"|specifies)\b))(?P<rest>[^`]*)"
)
OF_MOVER: Final = re.compile(rf"(?P<ticked>[`*]+(?P<name>{NAME})[`*]+)\s*\([^()]*\)")
PAGED_WORD: Final = re.compile(r"paginat|\bpaging\b|\bpaged\b", re.IGNORECASE)
PER_PAGE: Final = re.compile(
    r"(?<![\w.,-])(?P<n>\d{1,5})\s+(?:[a-z-]+\s+){1,2}?(?:per|on (?:a|each|every)|in (?:a|each"
    r"|every))\s+(?:single\s+)?page\b",
    re.IGNORECASE,
)
FIXED: Final = re.compile(
    r"\b(?:fixed|constant|(?:can(?:not|'t)|may not|not possible to|no way to)\b[^.;]{0,40}\bchang\w*|(?:cannot"
    r"|can't) be (?:changed|configured|adjusted|set))\b",
    re.IGNORECASE,
)
DEPTH: Final = re.compile(
    r"\bsum of\b[^.]{0,30}\b(?:offset|skip|page|start)\b"
    r"|\b(?:offset|skip|start)\b[`*]*\s*(?:\+|plus)\s*[`*]*(?:limit|size|count|take|rows)\b"
    r"|\bresult sets? (?:that|which) (?:has|have|exceeds?|contains?)\b"
    r"|\bdeep paginat|\b(?:items|results|records|objects|entries|rows|resources)\s+(?:in total\s+)?"
    r"(?:can be (?:had|reached|fetched|retrieved)\s+)?(?:via|through|by|using|with) (?:\w+ )?paginat",
    re.IGNORECASE,
)
"""How far pages reach, which is not how large one is."""
BELOW: Final = 12
"""Passages of subsections in which an example of a call is looked for."""
SIZES: Final = range(1, 100_001)
