"""A header that every request should carry though it authenticates nobody: who is calling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_examples import CREDENTIAL
from specloom.facts.evidence import Candidate, Detector, place, statements
from specloom.facts.requests.header_layouts import laid_out
from specloom.facts.requests.header_lists import NAME, listed_headers, lists_header
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement

ABOUT: Final = re.compile(r"user[- ]agent|\bheaders?\b|\bcontent-type\b", re.IGNORECASE)
AGENT: Final = re.compile(
    r"\buser-agent\b|\buser agent (?:string|(?:HTTP |request )*header)\b"
    r"|\buser agent\b(?=[^.]*\bheaders\b)|\bvalid User Agent\b",
    re.IGNORECASE,
)
SENT: Final = re.compile(
    r"\bheaders?\b|\brequests?\b|\bapplications\b|\bscripts\b|\bconsumers\b|\bclients\b"
    r"|`User-Agent`|\byour (?:app|application"
    r"|script|tool|client)\b",
    re.IGNORECASE,
)
MUST: Final = re.compile(
    r"\b(?:must|requir|mandatory|should|please|need to|have to|provide|include|specify|set|send|identif)", re.IGNORECASE
)
ALL_CALLS: Final = r"\b(?:all|every|each|any)\b[^.]{0,20}\b(?:requests?|calls?|endpoints?|operations?)\b"
ALWAYS: Final = re.compile(
    rf"(?P<name>{NAME})[`*\"']*\s+(?:HTTP\s+|request\s+)*header\b[^.]{{0,20}}"
    rf"\b(?:required|mandatory|must|needed)\b[^.]{{0,40}}{ALL_CALLS}"
    rf"|{ALL_CALLS}[^.]{{0,30}}\b(?:must|required to|need to|have to)\b[^.]{{0,40}}[`*\"'](?P<other>{NAME})[`*\"']+"
    r"\s+(?:HTTP\s+|request\s+)*header\b"
    rf"|^\W*(?P<listed>{NAME})[`*\"']*\s*[:–—-]\s*\W*(?:mandatory|required)\s+(?:HTTP\s+|request\s+)*header\b",
    re.IGNORECASE,
)
TYPE_OF_CONTENT: Final = re.compile(
    r"\b(?P<name>Content-Type|Accept)\b[`*\"']*(?:\s*(?::|to|as|of|set to|=)\s*[`*\"']*(?:application|text)/"
    r"|\s+(?:HTTP\s+|request\s+)*"
    r"(?:headers?|value)\b)"
    r"|\bheaders?\b[\s:]+[`*\"']*(?P<other>Content-Type|Accept)\b",
    re.IGNORECASE,
)
ASKED_TYPE: Final = re.compile(
    r"\b(?:must|need to|have to|has to|needs|required?|requires|mandatory|should"
    r"|make sure|be sure|ensure (?:that )?(?:you|to)(?: set| send| include)|always)\b",
    re.IGNORECASE,
)
ALWAYS_SENT: Final = re.compile(
    r"\b(?:always|must|should|make sure to|be sure to)\s+(?:always\s+)?(?:send|set|include|pass|specify|add|use)\b"
    r"(?:[^.]{0,30}?\b(?P<name>Accept|Content-Type)[`*\"']*\s*(?::|to|as|=)?\s*[`*\"']*application/"
    r"|\s+(?:an?|the)\s+[`*\"']*(?P<sent>Accept|Content-Type)[`*\"']*\s+(?:HTTP\s+|request\s+)*header\b)",
    re.IGNORECASE,
)
"""An order to callers, whatever it says of the answers that they then get."""
NO_TYPE: Final = re.compile(
    r"\brespon(?:d|se)s?\b|\breturn|\bweb-?hook|\bupload|\bmultipart\b|\b4\d\d\b|\berror|\bwe (?:send|set)\b"
    r"|\bnot\b|\bforce\b"
    r"|\btoken (?:endpoint|request)|grant_type|x-www-form",
    re.IGNORECASE,
)
CONSEQUENCE: Final = re.compile(r"\botherwise\b|,? so (?:that|we)\b|\s[—–]\s", re.IGNORECASE)
"""What would happen else, which is not what must be told."""
OTHER_WAY: Final = re.compile(r"\bheader\b.{0,60}\bor (?:append|add|put|use|end)\b", re.IGNORECASE)
"""What may be done in place of it."""
OTHER_KIND: Final = re.compile(
    r"user-agent|version|signature|authori|content-|accept|idempot|rate|retry|request-id|correlation|trace",
    re.IGNORECASE,
)
FORBIDDEN: Final = re.compile(
    r"\b(?:browser|cannot|can't|parse|webhooks?|we (?:send|set)|our user[- ]agent|sdk"
    r"|overrid\w+|will be (?:included|sent)|external (?:services|sites|systems)|third[- ]party)\b",
    re.IGNORECASE,
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that ask callers to name themselves."""
    places: list[Place] = []
    others: list[tuple[str, Place]] = []
    wanted = {id(passage) for passage in evidence.about(ABOUT, DETECTOR.queries)}
    for passage in evidence.passages:
        if id(passage) not in wanted and not lists_header(passage):
            continue
        if evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        others.extend(listed_headers(evidence, passage))
        others.extend(laid_out(evidence, passage))
        if passage.kind is PassageKind.CODE:
            continue
        for statement in statements(passage):
            if (
                AGENT.search(statement.text)
                and SENT.search(statement.text)
                and MUST.search(statement.text)
                and not FORBIDDEN.search(statement.text)
            ):
                places.extend(place(statement))
            others.extend((name, spot) for name in _types(statement) for spot in place(statement))
            others.extend((name, spot) for name in _always(statement) for spot in place(statement))
    yield from _named(others)
    if places:
        value = {"name": "User-Agent"}
        yield Candidate(fact_kind="required_header", value=value, places=tuple(dict.fromkeys(places)), strength=0.8)


def _types(statement: Statement) -> Iterator[str]:
    """Read that the type of what is sent, or asked for, must be told."""
    text = statement.text
    always = ALWAYS_SENT.search(text)
    if always and not statement.row:
        name = always["name"] or always["sent"]
        yield "Content-Type" if name.lower() == "content-type" else "Accept"
    text = text[: found.start()] if (found := CONSEQUENCE.search(text)) else text
    if ASKED_TYPE.search(text) and not NO_TYPE.search(text) and not OTHER_WAY.search(text):
        for found in TYPE_OF_CONTENT.finditer(text):
            yield "Content-Type" if (found["name"] or found["other"]).lower() == "content-type" else "Accept"


def _always(statement: Statement) -> Iterator[str]:
    """Read the name of a header that all calls must carry, credentials, versions and types of content aside."""
    for found in ALWAYS.finditer(statement.text):
        name = found["name"] or found["other"] or found["listed"]
        if not OTHER_KIND.search(name) and not CREDENTIAL.search(name) and not FORBIDDEN.search(statement.text):
            yield name


def _named(found: list[tuple[str, Place]]) -> Iterator[Candidate]:
    for name in dict.fromkeys(name for name, _ in found):
        places = tuple(dict.fromkeys(spot for one, spot in found if one == name))
        yield Candidate(fact_kind="required_header", value={"name": name}, places=places, strength=0.75)


DETECTOR: Final = Detector(
    fact_kind="required_header",
    summary="headers that every request should carry",
    queries=("requests must have a User-Agent header that identifies your application",),
    detect=detect,
)
