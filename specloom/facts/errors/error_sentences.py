"""Sentences that say what the body of an error has: `each error has a code and a message`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_words import HEADING, LONE, SAYS_ERROR, TELLING, WRAPPERS, meaning, telling
from specloom.facts.evidence import sentences
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.model.passage import Passage

TICKED: Final = re.compile(r"`([A-Za-z_][\w-]*)`")
TELLS: Final = re.compile(
    r"\berrors?\b(?! codes?\b)[^.]*\b(?:contains?|includes?|has|have|consists?|with|carr(?:y|ies)|comes?)\b[^.]*"
    r"\b(?:fields?|keys?|propert(?:y|ies)|attributes?|members?|objects?|body)\b",
    re.IGNORECASE,
)
CARRIES: Final = re.compile(
    r"\b(?:fail\w*|unsuccessful|4xx|[45]\d\d|wrong)\b[^.]*\b(?:contains?|includes?|has|have|with|carr(?:y|ies)"
    r"|returns?)\b",
    re.IGNORECASE,
)
"""`When a call fails, the body contains an error object with …`."""
MEMBERS: Final = re.compile(r"\b(?:keys|fields|properties|members|attributes)\b", re.IGNORECASE)
ROOTED: Final = re.compile(r"`errors?`\s+(?:object|array|list|key|field|property|member|element)", re.IGNORECASE)
EVERY: Final = re.compile(
    r"\b(?:every|each|all|any)\s+(?:\w+\s+){0,2}(?:responses?|answers?|repl(?:y|ies)|bod(?:y|ies))\b[^.`]{0,60}"
    r"\b(?:contains?|includes?|has|have|carr(?:y|ies))\b[^.`]{0,40}\b(?:keys|fields|members|properties|attributes)\b",
    re.IGNORECASE,
)
"""What an error shares with every answer: `each response has two keys, msg and result`."""
FLAG: Final = re.compile(
    r"`(?P<name>[A-Za-z]\w*)`\s+(?:field|key|member|property|attribute|flag|element)\b[^.`]{0,40}"
    r"\b(?:indicat|tell|show|say|specif|state)\w*\s+(?:whether|if)\b[^.`]{0,60}\bsucce",
    re.IGNORECASE,
)
ALSO: Final = re.compile(
    r"\b(?:not\W{1,3}(?:success\w*|succeed)|unsuccessful|fail(?:s|ed|ure)?|errors?)\b[^.`]{0,80}"
    r"\b(?:includ|contain|ha[sv]|carr|return|come)\w*[^.`]{0,30}`(?P<name>[A-Za-z]\w*)`",
    re.IGNORECASE,
)
"""`A success field tells whether the call succeeded. If not successful, the answer also has a message.`"""
HOLDER: Final = re.compile(
    r"`(?P<root>[A-Za-z_]\w*)`\s+(?:object|field|key|member|property|element)\s+(?:always\s+|also\s+)?"
    r"(?:contains|has|includes|holds|carries)\b",
    re.IGNORECASE,
)
VALUES: Final = re.compile(
    r"\b(?:either|one of|such as|whose values?|(?:which|that) (?:is|are|will be|can be|may be))\b", re.IGNORECASE
)
"""Behind it stand values of the last field."""
SAY_SO: Final = frozenset({"error_message", "errormessage", "error", "error_code", "errorcode", "error_description"})
"""Names that say themselves what they are of."""


def told_fields(passage: Passage) -> tuple[str, tuple[str, ...]] | None:
    """Return the root and the fields of the error that a sentence of a paragraph tells of."""
    heading = passage.headings[-1] if passage.headings else ""
    headed = bool(HEADING.search(heading))
    if flagged := _flagged(passage):
        return flagged
    for sentence in sentences(passage.text) if passage.kind is PassageKind.PARAGRAPH else ():
        if told := _object(sentence) or _holder(sentence):
            return told
        if headed and SAYS_ERROR.search(sentence):
            if told := _every(sentence):
                return told
            if lone := LONE.search(sentence):
                return "", (lone["name"],)
    return None


def _flagged(passage: Passage) -> tuple[str, tuple[str, ...]] | None:
    """Read a flag of every answer, and what the answer has besides where the flag is down."""
    if passage.kind is not PassageKind.PARAGRAPH:
        return None
    flag, also = FLAG.search(passage.text), ALSO.search(passage.text)
    names = (flag["name"], also["name"]) if flag and also else ()
    return ("", names) if names and names[0] != names[1] and meaning(names[1]) in TELLING else None


def _object(sentence: str) -> tuple[str, tuple[str, ...]] | None:
    names = list(dict.fromkeys(TICKED.findall(sentence)))
    root = names[0] if names and names[0] in WRAPPERS and len(names) > 2 and ROOTED.search(sentence) else ""
    fields = names[1:] if root else names
    said = TELLS.search(sentence) or ((root or MEMBERS.search(sentence)) and CARRIES.search(sentence))
    known = len(fields) > 1 and all(meaning(name) in TELLING for name in fields)
    return (root, tuple(fields)) if said and known and telling(fields) else None


def _holder(sentence: str) -> tuple[str, tuple[str, ...]] | None:
    """Read an object of every answer that has room for an error: `status has code, text and error_message`."""
    found = HOLDER.search(sentence)
    fields = _names(sentence[found.end() :]) if found else []
    if not found or not SAYS_ERROR.search(TICKED.sub(" ", sentence)) or not SAY_SO & {meaning(name) for name in fields}:
        return None
    return (found["root"], tuple(fields)) if len(fields) > 1 and telling(fields) else None


def _every(sentence: str) -> tuple[str, tuple[str, ...]] | None:
    found = EVERY.search(sentence)
    fields = _names(sentence[found.end() :]) if found else []
    return ("", tuple(fields)) if len(fields) > 1 and telling(fields) else None


def _names(text: str) -> list[str]:
    """Return the names that a list names, without the values that the last of them may have."""
    return list(dict.fromkeys(TICKED.findall(VALUES.split(text)[0])))
