"""The status that says that credentials are missing or wrong, with the code of the error or what it means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place, statements
from specloom.facts.speech.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"\b40[13]\b")
STATUS: Final = re.compile(r"(?<![\w.:$#-])(?<![\w.]/)(40[13])(?![\w-]|\.\d)|(?<=40\d/)(40[13])\b")
OF_WHAT: Final = r"(?:api|access|auth|authentication|bearer|secret|authorization|security|session|client|your)"
NOUN: Final = (
    rf"(?:(?:valid |proper |correct )?(?:{OF_WHAT}[\s_-]){{0,4}}(?:keys?|tokens?|credentials?|authentication"
    r"|authorization header|(?:user ?name|login)(?: (?:or|and|/) password)?))"
)
BAD: Final = (
    r"(?:missing|invalid|expired|incorrect|wrong|bad|unrecogni[sz]ed|revoked|malformed|absent|unknown"
    r"|not (?:provided|supplied|given|specified|sent|included|present|valid|recogni[sz]ed|found|correct))"
)
SEVERAL: Final = rf"{BAD}(?:(?:,|,? or|,? and|/)\s*{BAD}){{0,3}}"
SENT: Final = r"(?: (?:provided|supplied|given|sent|used|details|you \w+))?(?: in the [\w -]{3,24} header)?"
READINGS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        (rf"\bwithout (?:an? |any |the )?valid (?P<noun>{NOUN})\b", "missing or invalid"),
        (rf"\bno valid (?P<noun>{NOUN})\b", "no valid"),
        (rf"\b(?P<bad>{SEVERAL})\s+(?P<noun>{NOUN})\b", ""),
        (
            rf"(?<!in the )\b(?P<noun>{NOUN}){SENT} (?:is|was|are|were|has been|being) (?:either )?(?P<bad>{SEVERAL})",
            "",
        ),
        (r"\b(?P<noun>(?:not|never) (?:(?:properly|correctly|currently|yet) )?authenticated)\b", "="),
    )
)
"""How it is said that credentials fail, and what that means in a few words."""
PLAINER: Final = {
    **dict.fromkeys(("not provided", "not supplied", "not given", "not specified", "not sent"), "missing"),
    **dict.fromkeys(("not included", "not present", "not found", "absent"), "missing"),
    **dict.fromkeys(("not valid", "not recognized", "not recognised", "not correct"), "invalid"),
}
HEADED: Final = re.compile(r"\W*(?:(?:http|error|status|code)\W+){0,3}(40[13])\b.{0,60}", re.IGNORECASE)
"""A section about one status."""
ANSWERED: Final = re.compile(
    r"return|respon|receiv|result|status|error|code|http|answer|reject|fail|\bget", re.IGNORECASE
)
CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:_[a-z0-9]+)+|(?:[A-Z][a-z]+){2,6}")
"""A name that programs compare: the cell of a table that holds nothing else."""
ELSEWHERE: Final = re.compile(
    r"web[\s-]?hook|callback|your (?:server|endpoint)|refresh token|permission|rate limit|client[_ ]secret|device",
    re.IGNORECASE,
)
OMITTED: Final = re.compile(
    r"\b(?:did|do|does)(?: not|n'?t) (?:provide|include|send|supply)\b[^.]{0,20}\bor\b", re.IGNORECASE
)
"""Half of what such a sentence says would be left out."""
LONGEST: Final = 60
IN_WORDS: Final = 0.4
"""Not suggested: what 401 means says RFC 9110, and the words for it are ours. A code is what programs compare."""


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read rows and sentences that name one status, and how credentials fail."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if evidence.whose.aside(passage) or evidence.whose.old(passage) or evidence.whose.surface(passage):
            continue
        for statement in statements(passage) if passage.kind is not PassageKind.CODE else ():
            value = _value(statement)
            if value and not HYPOTHETICAL.search(statement.text) and not evidence.whose.foreign(statement):
                strength = 0.86 if "code" in value else IN_WORDS
                yield Candidate(fact_kind="error_status", value=value, places=place(statement), strength=strength)


def _value(statement: Statement) -> dict[str, Json]:
    text = statement.text
    statuses = list(dict.fromkeys(one or other for one, other in STATUS.findall(text)))
    headed = HEADED.fullmatch(statement.passage.headings[-1]) if statement.passage.headings else None
    if headed and not statuses:
        statuses = [headed[1]]
    if len(statuses) != 1 or ELSEWHERE.search(text) or not (statement.row or headed or ANSWERED.search(text)):
        return {}
    meaning = "" if OMITTED.search(text) else _meaning(text)
    if not meaning:
        return {}
    codes = (
        [cell.strip("` ") for cell in statement.row.cells if CODE.fullmatch(cell.strip("` "))] if statement.row else []
    )
    if len(codes) == 1:
        return {"status": int(statuses[0]), "code": codes[0]}
    return {"status": int(statuses[0]), "meaning": meaning}


def _meaning(text: str) -> str:
    """Return the first way of failing that a text names, in a few words: `missing or invalid API key`."""
    for pattern, said in READINGS:
        if found := pattern.search(text):
            if said == "=":
                return found["noun"].lower()
            bad = said or re.sub(
                rf"\b(?:{'|'.join(PLAINER)})\b", lambda one: PLAINER[one[0].lower()], found["bad"], flags=re.IGNORECASE
            )
            meaning = f"{bad.lower()} {_noun(found['noun'])}"
            return meaning if len(meaning) <= LONGEST else ""
    return ""


def _noun(text: str) -> str:
    plain = re.sub(r"^(?:(?:your|valid|proper|correct|client)\s+)+", "", text.strip().lower())
    return re.sub(r"\bapi\b", "API", plain.replace("_", " "))


DETECTOR: Final = Detector(
    fact_kind="error_status",
    summary="the status that says that credentials are missing or wrong",
    queries=("401 Unauthorized: the API key is missing or invalid",),
    detect=detect,
)
