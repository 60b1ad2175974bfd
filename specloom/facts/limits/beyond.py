"""What is said of calls beyond a limit: that they are, and which header or field tells when to try again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import about_webhooks, lines_within, place, statements
from specloom.facts.speech import tongues
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage

LIMITED: Final = re.compile(
    r"rate[\s_-]?limit|throttl|too many requests|exceed(?:s|ed|ing)?\b[^.|]{0,60}\b(?:limits?"
    r"|quota|requests|burst)\b|\blimits?\b[^.|]{0,40}\bexceed|over (?:the |your )?(?:limit|quota)"
    r"|\bgo(?:es|ing)? over\b"
    r"|\breach(?:es|ed|ing)?\b[^.|]{0,30}\b(?:request|rate|call|usage|api)\s+(?:limit|quota)"
    rf"|{tongues.EXCEEDED}"
    r"|\b(?:request|rate|call|usage|api)\s+limit\s+(?:was |is |has been )?reached\b"
    r"|\bquota\b|\bexceed(?:s|ed|ing)?\s+(?:this|that|these|those|them|it|either)\b",
    re.IGNORECASE,
)
RETRY_HEADER: Final = re.compile(r"(?<![\w-])(?:[A-Z][\w]*-){0,4}Retry-After(?:-[a-z]+)?(?![\w-])", re.IGNORECASE)
RETRY_FIELD: Final = re.compile(
    r"(?:[\"'`]|^[ \t]{0,40})(?!retry-after)"
    r"(?P<name>retry[_-]?(?:after|in|secs|seconds)(?:[_-]?(?:ms|secs|seconds|millis\w*))?"
    r"|try[_-]?again[_-]?(?:in|after|at)|(?:wait|seconds)[_-](?:seconds|secs|for|until(?:[_-]\w+)?|to[_-]wait)"
    r"|(?:seconds|time|ms)[_-]?(?:un)?til[_-]?(?:reset|retry))"
    r"(?:[\"'`]|\s*:)",
    re.IGNORECASE | re.MULTILINE,
)
"""A member of a body, in quotes or at the beginning of its line."""
STATUS: Final = re.compile(r"\b429\b")
ASKED_OF_CALLERS: Final = re.compile(
    r"\b(?:include|return|set|send|add|use)\b[^.]{0,60}\b(?:in|from|on) your (?:\w+ )?(?:responses?|servers?|endpoints?"
    r"|handlers?)\b"
    r"|\byour (?:\w+ )?(?:servers?|endpoints?|handlers?|services?) (?:should|must|can|may|could)\b[^.]{0,40}"
    r"\b(?:return|respond|include|send|set)\b|\byou (?:should|must|can|may|need to) (?:\w+ ){0,2}"
    r"(?:respond|responding|answer|answering|return|returning|reject|rejecting)\b(?! (?:to|later)\b)",
    re.IGNORECASE,
)
"""What others are to answer us with."""
LEAD: Final = 4
"""Passages before an item that may introduce its list."""


def waits(evidence: Evidence, passages: list[Passage]) -> Iterator[tuple[str, Place]]:
    """Yield each header that tells when to try again beyond a limit, and where."""
    for passage in passages:
        if not RETRY_HEADER.search(passage.text) or asked_of_callers(evidence, passage):
            continue
        if not _beyond(evidence, passage):
            continue
        for statement in statements(passage):
            for name in RETRY_HEADER.findall(statement.text):
                code = passage.kind is PassageKind.CODE
                yield spelled(name), lines_within(passage, RETRY_HEADER) if code else place(statement)[0]


def asked_of_callers(evidence: Evidence, passage: Passage) -> bool:
    """Tell whether a passage says how others are to answer what we send to them."""
    lead = (one.text for one in evidence.before(passage, LEAD) if one.headings == passage.headings)
    return about_webhooks(passage) or any(ASKED_OF_CALLERS.search(text) for text in (passage.text, *lead))


def _beyond(evidence: Evidence, passage: Passage) -> bool:
    """Tell whether a passage, its heading or what stands before it speaks of a limit."""
    before = [one.text for one in evidence.before(passage) if one.headings == passage.headings]
    said = " ".join([*passage.headings[-1:], *before, passage.text])
    return bool(LIMITED.search(said) or STATUS.search(said))


def spelled(name: str) -> str:
    """Return the standard header as the standard writes it, and any other as the docs do."""
    return "Retry-After" if name.lower() == "retry-after" else name
