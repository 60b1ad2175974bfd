"""What leads to an example: the words before it, past the call that it answers, or those behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

CALL: Final = re.compile(
    r"^\W{0,4}(?:curl|http|wget)\s|^\W{0,4}(?:GET|POST|PUT|PATCH|DELETE)\s+(?:/|https?:)|\brequests?\.(?:get|post|put|delete)\("
    r"|\bfetch\(",
    re.MULTILINE,
)
ANSWER: Final = re.compile(r"^\W{0,4}HTTP/[\d.]+\s|^\s*[{\[]", re.MULTILINE)
OUTLINE: Final = re.compile(r"Body|Schema")
"""What API Blueprint has between the status of an answer and its body."""
FAR: Final = 5
"""Calls in so many languages stand between a sentence and the answer."""
BEHIND: Final = re.compile(
    r"\berrors?\s+(?:response|body|object|message|payload)s?\b[^.]{0,60}\b(?:status|code|HTTP|[45]\d\d)\b"
    r"|\b(?:fails?|failed|invalid|error)\b[^.]{0,60}\b(?:status|code|HTTP)\b[^.]{0,20}\b[45]\d\d\b",
    re.IGNORECASE,
)
"""What follows the example of an error, where examples stand before their text."""
THEIRS: Final = re.compile(
    r"\byou (?:should|must|can|may|need to|have to) (?:return|respond|reply|answer)\b"
    r"|\byour (?:server|app|application|endpoint|service|handler|back-?end)\b[^.]{0,40}"
    r"\b(?:should|must|can|may|needs? to|has to|returns|responds)\b",
    re.IGNORECASE,
)
"""What those answer who are called."""


def lead_of(evidence: Evidence, passage: Passage) -> str:
    """Return the text before a passage under the same headings; before an answer, calls are passed over."""
    for one in reversed(evidence.before(passage, FAR)):
        if one.headings != passage.headings:
            return ""
        call = one.kind is PassageKind.CODE and CALL.search(one.text) and not ANSWER.search(one.text)
        if passage.kind is not PassageKind.CODE or not (call or OUTLINE.fullmatch(one.text)):
            return one.text
    return ""


def told_behind(evidence: Evidence, passage: Passage) -> bool:
    """Tell an example at the head of its section of which the text behind it says that it is an error."""
    before, after = evidence.before(passage), evidence.after(passage)
    first = not before or before[0].headings != passage.headings
    return bool(first and after and after[0].headings == passage.headings and BEHIND.search(after[0].text))
