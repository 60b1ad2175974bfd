"""The words and shapes that tell what a number in a sentence about pages is."""

from __future__ import annotations

import re
from typing import Final

from specloom.facts.speech.amounts import NUMBER, WORD_NUMBER

COUNT: Final = re.compile(
    rf"(?<![\w.,#/])(?<![^\d\s`(|]-)(?:{NUMBER}|\b(?!an?\b|one\b){WORD_NUMBER}\b)(?![\w%]|\.\d)", re.IGNORECASE
)
SIGNS: Final = {
    "default": re.compile(
        r"\bdefault\w*|\bomitted\b|\bunspecified\b|not (?:specified|provided|set|given)|\bpadrão\b|默认|\bstandard\b",
        re.IGNORECASE,
    ),
    "max": re.compile(
        r"\bmax\w*|\bup to\b|\bat most\b|\b(?:no|not) (?:be )?(?:more|greater|larger|higher|superior|bigger|exceed)\w*"
        r"(?: than)?|\bmore than\b|\bexceed\w*|\blimit(?:ed)? (?:to|of|is)\b|\bcap(?:ped)?\b|\bupper\b|\bless than\b|≤"
        r"|<=|\blargest\b|\bhighest\b|\bmáximo|最大|\bor (?:less|fewer)\b|\brange\b|\bbetween\b|\bfrom 1\b",
        re.IGNORECASE,
    ),
    "min": re.compile(r"\bmin\w*|\bat least\b|\bgreater than\b|>=", re.IGNORECASE),
}
"""The words that say what a number is."""
BOTH: Final = re.compile(r"default (?:and|&) max|max\w* (?:and|&) default|also the (?:default|max)", re.IGNORECASE)
UNIT: Final = re.compile(
    r"[`*)\"'\]]*\s+(?:\w+\s+){0,2}?(?:results?|items?|records?|objects?|entries|rows|elements|resources|entities|matches"
    r"|\w{3,}s)\b",
    re.IGNORECASE,
)
PER: Final = re.compile(r"[^.;|]{0,40}\b(?:per|at a time|each|every|on (?:a|each)|in (?:a|one|each))\b", re.IGNORECASE)
OTHER_UNIT: Final = re.compile(
    r"[`*)\"']*\s*(?:-\s*)?(?:ms|milli\w*|sec\w*|min(?:ute)?s?\b|hours?|days?|weeks?|months?|years?|char\w*|bytes?|[kmg]b\b"
    r"|%|percent|requests?|calls?\b|times|pages?\b|levels?|digits?|retries|st\b|nd\b|th\b)",
    re.IGNORECASE,
)
SUPPOSED: Final = re.compile(
    r"\bfor example\b|\be\.g\.|\bexample\b|\bif you\b|\bsuppose|\bsay\b|\bsuch as\b|\bthere are\b"
    r"|\bwill return the (?:first|second|next)\b|\bthis (?:will|would|returns)",
    re.IGNORECASE,
)
OF_PAGES: Final = re.compile(
    r"paginat|\bpaging\b|\bper[-_ ]?page\b|page[-_ ]?size|\bpages?\b|\bbatch|\breturn(?:s|ed)?\b|\bresults?\b"
    r"|at a time",
    re.IGNORECASE,
)
DEEP: Final = re.compile(
    r"\bdeep|\btotal\b|\bresult sets?\b|\bwindow|\b(?:offset|skip|start)\b[`*]*\s*(?:\+|plus)", re.IGNORECASE
)
"""How far pages reach, which is not how large one is."""
RETURNS: Final = re.compile(r"\b(?:return|retriev|fetch|show|display|list|get|paginat)\w*[^.;]{0,30}$", re.IGNORECASE)
TO: Final = r"(?:-|\u2013|\u2014|to|and|through|\.\.+)"
RANGE_BEFORE: Final = re.compile(rf"\d[`*]*\s*{TO}\s*[`*]*$")
RANGE_AFTER: Final = re.compile(rf"[`*]*\s*{TO}\s*[`*]*\d")
CALLED: Final = re.compile(r"[?&][\w$.\[\]-]{1,40}=$")
"""What stands before the value of an example call."""
