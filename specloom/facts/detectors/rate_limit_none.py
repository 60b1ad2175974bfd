"""That requests are not limited at all: said of this API, not of a host or of the number of something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place, statements
from specloom.facts.speech.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement

ABOUT: Final = re.compile(r"rate[\s_-]?limit|throttl|\bno limits?\b|\bunlimited\b|\blimit", re.IGNORECASE)
NONE: Final = re.compile(
    r"\b(?:there (?:are|is) (?:currently )?no (?:\w+ )?rate[- ]?limit|(?:api|we|requests?"
    r"|calls|endpoints?)\b[^.]{0,30}\b(?:does|do|is|are)"
    r"(?: not|n't) (?:currently )?(?:have |impose |enforce |apply )?(?:any )?(?:rate[- ]?limit|throttl)|"
    r"\bno rate[- ]?limit(?:s|ing|ations?)? (?:is|are|apply|applies|on|for|in place|enforced|imposed)\b"
    r"|\bno (?:usage |call |request )?limits? (?:on|to) the (?:number|amount) of (?:[\w-]+ ){0,3}?(?:requests"
    r"|calls|queries)\b"
    r"|\bunlimited (?:number of )?(?:api )?(?:requests|calls|queries)\b"
    r"|\b(?:requests|calls|queries|apis?) (?:is|are) (?:currently )?(?:not (?:rate[- ]?)?limited|unlimited"
    r"|not throttled)\b)",
    re.IGNORECASE,
)
OF_LIMITS: Final = re.compile(
    r"(?:is|are|does|do) .*\b(?:rate[- ]?limit|limit(?:s|ed)?\b|throttl).*\?"
    r"|(?:(?:api|request|usage|rate|call)s?[\s-]+)*(?:limits?|limiting|limitations?|throttling)",
    re.IGNORECASE,
)
"""A heading about limits on calls, or a question that asks for them."""
ANSWER: Final = re.compile(
    r"\W*(?:(?:no,?\s+)?(?:there (?:are|is)|we have|the api has) "
    r"(?:currently |at (?:the|this) (?:moment|point|time) )?no "
    r"(?:\w+ )?(?:rate[- ])?limit(?:s|ing)?(?: on (?:the|our|this) (?:\w+ )?apis?)?"
    r"|(?:none|no limits?|not implemented|not (?:rate[- ]?)?limited|unlimited))"
    r"(?:[ ,]+(?:yet|currently|(?:at|for) (?:the|this) (?:moment|point|time)|for now|in place))?\W*",
    re.IGNORECASE,
)
"""What says it under such a heading, and is the whole sentence."""
SPOKEN: Final = re.compile(
    r"\bthe api (?:currently )?has no (?:rate[- ])?limits?\b"
    r"|\bwe (?:do not|don['’]t) (?:currently )?limit the (?:number|amount) of (?:api )?(?:requests|calls|queries)\b"
    r"|\bthere (?:are|is) (?:currently )?no (?:official|hard|fixed|strict|enforced) (?:rate[- ])?limit(?:s|ing)?\b"
    r"(?! (?:on|to) (?:the )?(?:size|length))",
    re.IGNORECASE,
)
POLITELY: Final = re.compile(
    r",? but (?:please|be|we ask|try|use|do not)\b.*$|(?<=limits), but (?=\w+ \w+ have said).*$", re.IGNORECASE
)
"""What is asked of people is no limit."""
OTHERWISE: Final = re.compile(
    r"\b(?:if|unless|when|provider|host(?:ing)?|webhooks?|plan|in this way|although|but)\b", re.IGNORECASE
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Take only plain sentences: a condition or an exception makes it another fact."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if passage.kind is PassageKind.CODE or evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        for statement in statements(passage):
            if (
                (_plain(statement.text) or _answers(statement))
                and not evidence.whose.foreign(statement)
                and not evidence.whose.surface(passage)
            ):
                yield Candidate(
                    fact_kind="rate_limit_none", value={"none": True}, places=place(statement), strength=0.8
                )


def _answers(statement: Statement) -> bool:
    """Tell the answer to a heading about limits: `Currently none`."""
    heading = statement.passage.headings[-1].strip("#* `") if statement.passage.headings else ""
    text = re.sub(
        r"^\W*(?:currently|at the moment|at this (?:point|time)|no|right now)[, ]+",
        "",
        statement.text,
        flags=re.IGNORECASE,
    )
    return bool(OF_LIMITS.fullmatch(heading)) and any(ANSWER.fullmatch(one) for one in (text, statement.text))


def _plain(text: str) -> bool:
    text = POLITELY.sub("", text)
    return (
        bool(NONE.search(text) or SPOKEN.search(text)) and not OTHERWISE.search(text) and not HYPOTHETICAL.search(text)
    )


DETECTOR: Final = Detector(
    fact_kind="rate_limit_none",
    summary="that requests are not limited",
    queries=("the API has no rate limits",),
    detect=detect,
)
