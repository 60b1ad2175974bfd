"""Which calls are not limited where others are: named endpoints, not whole APIs and not somebody's addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.speech.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"rate[\s_-]?limit|throttl|\bquota|\blimits?\b", re.IGNORECASE)
LIMIT: Final = r"(?:(?:\w+ )?(?:api )?(?:rate[\s-]?)?(?:limit(?:s|ing|ations?)?|throttl\w+|quotas?))"
EXEMPT: Final = re.compile(
    rf"\b(?:(?:is|are) (?:not|never)|isn'?t|aren'?t) (?:currently )?"
    r"(?:(?:subject to|included in) (?:the |any |our |this |these )?)?"
    r"(?:rate[\s-]?limit(?:ed|s|ing)?|throttled|throttling)\b"
    rf"|\b(?:is|are) (?:exempt(?:ed)?|excluded) from (?:the |any |all |our |this |these |normal |standard )*{LIMIT}\b"
    r"|\b(?:do(?:es)? not|don'?t|doesn'?t|will not|won'?t) (?:count|be counted|have|use up|consume)\b"
    rf"(?: (?:towards?|against|as part of|any|the|your|our|this|these|to))+ {LIMIT}\b"
    r"|\b(?:has|have) no rate[\s-]?limits?\b",
    re.IGNORECASE,
)
METHOD: Final = r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)"
CALL: Final = re.compile(
    rf"(?:\b(?P<method>{METHOD})\b[`*]*\s+)?(?:[`*]*)(?<![\w.:/<>-])(?P<path>/[A-Za-z][\w{{}}<>:./*-]*)"
)
NAMED: Final = re.compile(rf"\b(?P<name>[A-Z]\w+) API(?:['’]s)? (?P<method>{METHOD})(?:['’]?s| requests?| calls?)?\b")
THIS: Final = re.compile(
    r"\bth(?:is|e) (?:api )?(?:request|endpoint|call|method|route|operation|resource)s?\W*(?:will\s*)?$"
    r"|\bthis (?:request|endpoint|call|method|route|operation|resource)\b",
    re.IGNORECASE,
)
UNSURE: Final = re.compile(r"\b(?:if|unless|except|only|other than|until|when)\b", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read what stands before the words that except it: endpoints by method and path, or the calls of a named API."""
    last: Statement | None = None
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text, previous, last = statement.text, last, statement
        found = EXEMPT.search(text)
        if not found or HYPOTHETICAL.search(text) or evidence.whose.foreign(statement):
            continue
        before = text[: found.start()]
        if UNSURE.search(before) or evidence.whose.surface(statement.passage):
            continue
        for subject in _subjects(before) or _meant(before, statement, previous):
            value: dict[str, Json] = {"applies_to": subject, "exempt": True}
            yield Candidate(fact_kind="rate_limit_exemption", value=value, places=place(statement), strength=0.82)


def _meant(before: str, statement: Statement, previous: Statement | None) -> list[str]:
    """Return the one endpoint that the sentence before, or else the heading, names, for `this endpoint`."""
    if not THIS.search(before):
        return []
    if previous is not None and previous.passage is statement.passage and (found := _subjects(previous.text)):
        return found if len(found) == 1 else []
    headed = _subjects(" ".join(statement.passage.headings[-1:]))
    return headed if len(headed) == 1 else []


def _subjects(text: str) -> list[str]:
    calls = [" ".join(filter(None, (found["method"], found["path"].rstrip(".")))) for found in CALL.finditer(text)]
    named = [f"{found['method']} /{found['name'].lower()}" for found in NAMED.finditer(text)]
    return list(dict.fromkeys(calls or named))


DETECTOR: Final = Detector(
    fact_kind="rate_limit_exemption",
    summary="which calls are not limited where others are",
    queries=("this endpoint is not rate limited; requests to it do not count against the limit",),
    detect=detect,
)
