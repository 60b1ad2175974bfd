"""Which code blocks of an endpoint are JSON examples, and whether they are sent or come back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.facts.draft.endpoints import GENERIC
from specloom.facts.draft.mentions import METHODS
from specloom.facts.draft.sample import sample
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.facts.draft.endpoints import Endpoint
    from specloom.model.passage import Passage

RESPONSE: Final = re.compile(
    r"\brespon(?:se|ds)|\breturns?\b|\bresult|\boutput\b|\bsuccess|\bcontent example\b|\banswer", re.IGNORECASE
)
REQUEST: Final = re.compile(
    r"\brequest\b|\bbody\b|\bpayload\b|\bparameters?\b|\binput\b|\bsend\b|\bpost\b", re.IGNORECASE
)
CURL_DATA: Final = re.compile(
    r"(?:-d|--data(?:-raw|-binary)?|--json)[\s=]+(?P<q>['\"])(?P<body>[\[{].*?)(?P=q)(?:\s|$|\\)", re.DOTALL
)
SENDS: Final = re.compile(rf"\s*(?:{METHODS})\s+(?:/|https?://)")
ANSWERS: Final = re.compile(r"\s*HTTP/\d")
PROGRAM: Final = re.compile(r"\w\(|\w\s*=\s|=>|\bfunction\b")
ANNOUNCED: Final = re.compile(
    r"\W*(?:(?:example|sample|json|success(?:ful)?|error)\s+)*(?:requests?|responses?)\b[^.]{0,60}", re.IGNORECASE
)
NEAR: Final = 6
"""Passages between an announcement and its example: headers, a remark, an attribute list."""
LONGEST_EXAMPLE: Final = 4_000
JUST_BEFORE: Final = 120
"""Characters of the paragraph before an example that tell what it shows."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A JSON value that the docs show, its passage, the headings below the endpoint's, and what is said before it."""

    passage: Passage
    value: Any
    headings: tuple[str, ...]
    before: str

    @property
    def sent(self) -> bool:
        """Tell what is sent from what comes back: by the example itself, the headings, or the words before it."""
        if CURL_DATA.search(self.passage.text) or SENDS.match(self.passage.text):
            return True
        if ANSWERS.match(self.passage.text):
            return False
        announced = [self.before] if ANNOUNCED.fullmatch(self.before) else []
        for text in (*announced, *reversed(self.headings[-2:]), self.before):
            if RESPONSE.search(text):
                return False
            if REQUEST.search(text):
                return True
        return False


def samples(endpoint: Endpoint) -> list[Sample]:
    """Return the examples among what is said of an endpoint."""
    out = []
    for at, passage in enumerate(endpoint.passages):
        value = _value(passage.text) if passage.kind is PassageKind.CODE else None
        if isinstance(value, dict | list) and value:
            below = passage.headings[len(endpoint.headings) :]
            headings = tuple(heading for heading in below if not GENERIC.fullmatch(heading))
            out.append(Sample(passage, value, headings, _before(endpoint.passages[max(0, at - NEAR) : at])))
    return out


def example_of(shown: Sequence[Sample]) -> dict[str, Any]:
    """Return the first example as a member of a media type; one that is too long to be read stays in the docs."""
    return {"example": shown[0].value} if shown and len(shown[0].passage.text) <= LONGEST_EXAMPLE else {}


def _value(text: str) -> Any | None:  # noqa: ANN401 - any JSON value
    if data := CURL_DATA.search(text):
        return sample(data["body"])
    at = 0
    for line in text.split("\n"):
        if line.lstrip()[:1] in {"{", "["}:
            return sample(text[at:])
        if PROGRAM.search(line):
            return None  # part of a program, not what is sent
        at += len(line) + 1
    return None


def _before(passages: Sequence[Passage]) -> str:
    """Return what was announced (`Response 201`) not far before an example, or the end of what is said just before."""
    told = [one for one in passages if one.kind not in {PassageKind.CODE, PassageKind.TABLE}]
    for other in reversed(told):
        if ANNOUNCED.fullmatch(line := other.text.split("\n")[0]):
            return line
    return told[-1].text[-JUST_BEFORE:] if told and told[-1] is passages[-1] else ""
