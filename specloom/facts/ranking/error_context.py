"""What stands around a shape that could be an error, and what its values tell, each a yes or no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_fields import LIMITED, PRESENTED
from specloom.facts.errors.error_words import HEADING, SAYS_ERROR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.facts.errors.sightings import Sighting
    from specloom.facts.evidence import Evidence

STATUS: Final = re.compile(r"\b[45]\d\d\b|\b[45]xx\b", re.IGNORECASE)
STATUS_LINE: Final = re.compile(
    r"HTTP/[\d.]+\s+[45]\d\d|^\W{0,4}[45]\d\d\b|status\W{1,12}[45]\d\d\b", re.IGNORECASE | re.MULTILINE
)
ERROR: Final = re.compile(
    r"\berrors?\b|\bfaults?\b|\bproblem\b|\bexceptions?\b|\bfailed (?:calls?|requests?|responses?)|\bunsuccessful"
    r"|错误|\bfehler|\berr(?:o|os|ores|eurs?)\b",
    re.IGNORECASE,
)
"""Words for an error itself, not for something that did not succeed."""
TICKED: Final = re.compile(r"`[^`]*`")
WENT_WELL: Final = re.compile(r"(?<!un)success|\b20[0-9]\b|成功", re.IGNORECASE)
TROUBLE: Final = re.compile(
    r"\berror|invalid|not found|missing|unauthori[sz]ed|forbidden|denied|fail|incorrect|required|wrong|expired|exceed"
    r"|not (?:valid|allowed|supported|exist|permitted|provided)|can(?:no|')t\b|unable|too many|bad request"
    r"|must\b|does ?n[o']t|\bno such\b|unknown|not (?:be )?(?:known|found|available)"
    r"|错误|失败|inválid|ungültig",
    re.IGNORECASE,
)
"""What the values of an error say."""
FAILED: Final = re.compile(
    r"^(?:ok|success|successful|succeeded)=(?:false|no|0)$|^(?:status|result|state|type|_type|object)=[\"']?(?:error|fail\w*|ko|nok)$",
    re.IGNORECASE,
)
WELL: Final = re.compile(
    r"^(?:ok|success\w*)=true$|^(?:status|result|message|msg|state)=[\"']?(?:ok|success\w*)\W*$|^(?:code|status\w*)=20\d$",
    re.IGNORECASE,
)
STATE: Final = re.compile(r"\w*(?:status|state|result|type)=", re.IGNORECASE)
"""What a thing is in, which may be that it failed."""
FAULTY: Final = re.compile(r"^\w*(?:code|status)\w*=[\"']?(?:[45]\d\d\b|-\d)", re.IGNORECASE)
SENT: Final = re.compile(
    r"\bcurl\b.*(?:-d\b|--data|-X)|\b(?:POST|PUT|PATCH)\s+/|\brequest body|\bpayload sent", re.IGNORECASE | re.DOTALL
)
OTHER: Final = re.compile(r"web-?hooks?|callback|\bevents?\b|notification", re.IGNORECASE)
GRANT: Final = re.compile(r"oauth|\btokens?\b|graph-?ql|batch|import|upload", re.IGNORECASE)
RESPONSE: Final = re.compile(r"respon[sd]|return|answer|body|format|structure|schema|返回", re.IGNORECASE)


def context(evidence: Evidence, sighting: Sighting) -> dict[str, bool]:
    """Say what stands around a sighting, and what its values tell."""
    passage, whose = sighting.passage, evidence.whose
    heading = passage.headings[-1] if passage.headings else ""
    above, near = " / ".join(passage.headings), f"{sighting.lead}\n{sighting.said}"
    last = sighting.lead.rsplit("\n", 1)[-1]
    where = f"{passage.path} {above} {' '.join(sighting.shape.fields)}"
    return {
        "headed": any(HEADING.search(one) for one in passage.headings),
        "filed": bool(HEADING.search(passage.path.replace("_", " ").replace("-", " "))),
        "said": bool(SAYS_ERROR.search(f"{last} {passage.term} {sighting.said if sighting.way != 'code' else ''}")),
        "worded": bool(
            ERROR.search(f"{above} {last} {TICKED.sub(' ', sighting.said) if sighting.way != 'code' else ''}")
        ),
        "presented": bool(PRESENTED.search(last)),
        "status": bool(STATUS_LINE.search(sighting.said[-300:]) or STATUS.search(heading) or STATUS.search(last)),
        "well": bool(WENT_WELL.search(f"{heading} {last}")) and not PRESENTED.search(last),
        "trouble": any(TROUBLE.search(value.partition("=")[2]) for value in sighting.values if not STATE.match(value)),
        "failed": any(FAILED.search(value) for value in sighting.values),
        "faulty": any(FAULTY.search(value) for value in sighting.values),
        "succeeded": any(WELL.search(value) for value in sighting.values),
        "sent": bool(SENT.search(near)),
        "other": bool(OTHER.search(where)),
        "grant": bool(GRANT.search(where)),
        "limited": bool(LIMITED.search(f"{heading} {last}")),
        "aside": whose.aside(passage) or whose.old(passage) or bool(whose.surface(passage)),
        "response": bool(
            RESPONSE.search(f"{heading} {last} {sighting.said if sighting.way in {'sentence', 'inline'} else ''}")
        ),
    }


def plainness(context: Mapping[str, bool]) -> float:
    """Say how plainly a sighting is an error, for the order of places and the share of a shape."""
    plain = context["headed"] + context["said"] + context["presented"] + context["status"] + context["trouble"]
    return max(0.0, plain + context["failed"] - context["well"] - context["other"] - 2 * context["aside"])
