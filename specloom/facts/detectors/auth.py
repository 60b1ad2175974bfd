"""How a client proves who it is: scheme, place, name and form of the credential, or that none is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_examples import in_code
from specloom.facts.access.credential_tables import in_body
from specloom.facts.access.credentials import in_prose
from specloom.facts.evidence import Candidate, Detector
from specloom.facts.speech import tongues
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"auth|\btokens?\b|api[\s_-]?keys?|credential|\bbearer\b|\bbasic\b|secret|\bkey\b"
    r"|sign(?:ed)? in|log ?in|session|cookie|curl|access|public|signature|security"
    rf"|{tongues.AUTHENTICATION}|{tongues.CREDENTIAL}",
    re.IGNORECASE,
)
HEADING: Final = re.compile(
    r"auth(?!or\b)|credential|api[\s_-]?keys?|access token|tokens?\b|security|getting started"
    rf"|making (?:an? |your first )?(?:\w+ )?(?:request|call)|{tongues.AUTHENTICATION}",
    re.IGNORECASE,
)
NOT_CALLS: Final = re.compile(
    r"webhook|\boauth\b.*(?:flow|server|client|applications?|apps?)"
    r"|dynamic client|callback|embedder|third[- ]party|single sign|\bsso\b|\bsaml\b|\bscim\b",
    re.IGNORECASE,
)
BARE_KEY: Final[dict[str, Json]] = {"type": "apiKey"}
COMMAND: Final = re.compile(r"\s*(?:\$\s*)?(?:curl|https?\s+(?:GET|POST|PUT|PATCH|DELETE))\s+\S")
"""A call that stands between paragraphs as if it were one."""


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Sum up what prose says and examples show; an example alone counts only when it calls this API."""
    found: list[list[Candidate]] = []
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if _elsewhere(evidence, passage):
            continue
        headed = any(HEADING.search(heading) for heading in passage.headings)
        found.append(list(in_body(evidence, passage)) if headed else [])
        if passage.kind is PassageKind.CODE or COMMAND.match(passage.text):
            found[-1].extend(in_code(passage, evidence.whose, headed=headed))
        else:
            found[-1].extend(in_prose(evidence, passage, headed=headed))
    yield from _weighed(found)


def _elsewhere(evidence: Evidence, passage: Passage) -> bool:
    if (
        evidence.whose.aside(passage)
        or evidence.whose.old(passage)
        or evidence.whose.surface(passage) not in {"", "graphql"}
    ):
        return True
    below = passage.headings[1:] if evidence.titled else passage.headings
    named = [bool(NOT_CALLS.search(heading)) for heading in below]
    about = bool(named) and not named[-1] and bool(HEADING.search(below[-1]))
    return bool(NOT_CALLS.search(passage.path.replace("-", " ").replace("_", " "))) or (any(named) and not about)


def _weighed(passages: list[list[Candidate]]) -> Iterator[Candidate]:
    """Many examples of one scheme make it sure; a lone example beside a well-attested scheme stays doubtful.

    What one call sends together with a well-attested credential is needed beside it.
    """
    found = [candidate for read in passages for candidate in read]
    counts: dict[str, int] = {}
    for candidate in found:
        counts[_key(candidate)] = counts.get(_key(candidate), 0) + 1
    stated = {
        _key(candidate)
        for candidate in found
        if "example" not in candidate.doubts and candidate.strength >= 0.8 and candidate.value.get("type") != "none"
    }
    spelled = {_key(candidate): candidate.value for candidate in sorted(found, key=lambda one: one.strength)}
    passed = any(one.value.get("scheme") == "bearer" or one.value.get("name") == "access_token" for one in found)
    together = {_key(one) for read in passages if stated & set(map(_key, read)) for one in read}
    unplaced = _told_better(found)
    for candidate in found:
        key = _key(candidate)
        if candidate.value in unplaced:
            continue
        if passed and candidate.value.get("type") == "oauth2":
            continue  # the token of the flow travels as a bearer token or a parameter: one way, not two
        if (
            "example" in candidate.doubts
            and key not in stated
            and stated
            and key not in together
            and not (counts[key] >= 3 and candidate.strength >= 0.8)
        ):
            continue
        yield Candidate(
            fact_kind=candidate.fact_kind,
            value=spelled[key],
            places=candidate.places,
            strength=min(0.97, candidate.strength + 0.02 * min(counts[key], 5)),
        )


def _told_better(found: list[Candidate]) -> list[dict[str, Json]]:
    """Return the key without a place, where another credential has one."""
    return [BARE_KEY] if {one.value.get("type") for one in found if one.value != BARE_KEY} - {"none"} else []


def _key(candidate: Candidate) -> str:
    value = candidate.value
    return "/".join(
        str(value.get(key, "")).lower() for key in ("type", "in", "name", "scheme", "format", "bearer_format")
    )


DETECTOR: Final = Detector(
    fact_kind="auth",
    summary="how requests are authenticated",
    queries=(
        "how to authenticate API requests: API key, token, Authorization header",
        "HTTP basic authentication with username and password",
        "no authentication required, public API",
    ),
    detect=detect,
)
