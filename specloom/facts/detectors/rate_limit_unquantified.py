"""That requests are limited, though the docs give no number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.speech.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"rate[\s_-]?limit|throttl", re.IGNORECASE)
CALLS: Final = r"(?:requests?|(?:api )?calls?|quer(?:y|ies))"
HOW_MANY: Final = r"(?:number|amount|rate|frequency|volume) of"
US: Final = r"(?:apis?|we|services?|servers?)"
LIMITED: Final = re.compile(
    r"\b(?:requests?|calls?|apis?|methods?|endpoints?|usage|traffic)\b[^.;]{0,40}?"
    r"\b(?:is|are|may be|will be)\s+(?:also\s+)?"
    r"(?:subject to (?:\w+\s+){0,2}?(?:rate[\s-]?limit(?:s|ing)?|throttling)|rate[\s-]?limited|throttled)\b"
    rf"|\b{HOW_MANY} (?:[\w-]+ ){{0,3}}?{CALLS}\b[^.;]{{0,60}}?\b(?:is|are) (?:limited|restricted|capped|throttled)\b"
    rf"|\b{US} (?:\w+ ){{0,2}}?(?:(?:rate[\s-])?limits?|restricts?|throttles?) "
    rf"(?:the )?(?:{HOW_MANY} (?:[\w-]+ ){{0,3}}?)?(?:api )?{CALLS}\b"
    rf"|\b{US} (?:\w+ ){{0,3}}?(?:impose|enforce|appl[yi]|ha[sv]|use)(?:s|es|e)? (?:an? )?"
    rf"(?:rate[\s-]?limit(?:s|ing)?|throttling|limits? on the (?:api|{HOW_MANY} (?:[\w-]+ ){{0,3}}?{CALLS}"
    rf"|{HOW_MANY} calling))\b"
    r"|\brate limits? (?:\w+ ){0,4}?(?:is|are) (?:enforced|applied|imposed|in place|used)\b(?! (?:by|per|for)\b)"
    r"|\brate[\s-]?limiting (?:is|are) (?:enforced|applied|in place|implemented|used|enabled)\b"
    rf"|\bapis?\b[^.;]{{0,20}}\bis limited on the {HOW_MANY} {CALLS}\b",
    re.IGNORECASE,
)
"""Each way of saying that requests are limited at all."""
CONDITION: Final = re.compile(r"\b(?:if|when|once|unless|after|not|never|until|above|beyond)\b", re.IGNORECASE)
EACH_USER: Final = re.compile(r"\b(?:each|every|per)[\s-]user\b", re.IGNORECASE)
DYNAMIC: Final = re.compile(
    r"\blimits?\s+(?:is|are)\s+dynamic\b|\bdynamic(?:ally)?\s+(?:rate[\s-]?)?(?:limit|adjust|throttl)"
    r"|\badjusted dynamically\b|\bdynamic algorithm\b",
    re.IGNORECASE,
)
CALLED: Final = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE)\s+(?:https?://[^\s/]+)?(?P<path>/[\w{}<>:./-]+)")


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read plain sentences, and say nothing where the same section gives a number."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text = statement.text
        said = LIMITED.search(text)
        if not said or CONDITION.search(text[: said.end()]) or HYPOTHETICAL.search(text):
            continue
        if evidence.whose.foreign(statement) or re.search(r"web[\s_-]?hook", text, re.IGNORECASE):
            continue
        section = list(evidence.section(statement.passage))
        if not any(_rated(passage.text) for passage in section):
            value = _value(evidence, statement)
            yield Candidate(fact_kind="rate_limit_unquantified", value=value, places=place(statement), strength=0.75)


def _rated(text: str) -> bool:
    unit = r"(?:second|minute|hour|day|month)"
    return bool(
        re.search(rf"\d[^.]{{0,60}}(?:\b(?:per|an?|each|every|in)\s+(?:\d+\s+)?{unit}|/\s?{unit}|rp[smh]\b)", text)
    )


def _value(evidence: Evidence, statement: Statement) -> dict[str, Json]:
    section = list(evidence.section(statement.passage))
    around = " ".join(passage.text for passage in section)
    value: dict[str, Json] = {"limited": True}
    if EACH_USER.search(statement.text):
        value["scope"] = "user"
    if DYNAMIC.search(around):
        value["dynamic"] = True
    paths = sorted({found["path"] for passage in section for found in CALLED.finditer(passage.text)})
    if len(paths) == 1:
        value["applies_to"] = paths[0]
    return value


DETECTOR: Final = Detector(
    fact_kind="rate_limit_unquantified",
    summary="that requests are limited, without a number",
    queries=("requests are subject to rate limits",),
    detect=detect,
)
