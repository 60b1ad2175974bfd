"""How deliveries of webhooks authenticate themselves without a signature: a token in a header, or basic and so on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, lines_within, place, statements
from specloom.facts.requests.headers import HEADER
from specloom.facts.requests.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"web[\s_-]?hooks?|call[\s-]?backs?|postbacks?", re.IGNORECASE)
FIELD: Final = re.compile(
    r"(?:web_?hook_?)?auth(?:entication|orization)?_?(?:types?|methods?|modes?|schemes?|kinds?)", re.IGNORECASE
)
"""A member of a webhook that says how its deliveries authenticate."""
MODE: Final = re.compile(
    r"none|(?:http_?)?basic(?:_?auth\w*)?|bearer(?:_?token)?|oauth_?(?:2(?:\.0)?)?(?:_?client_?credentials)?|api_?key"
    r"|digest|hmac|header|token|custom|m_?tls",
    re.IGNORECASE,
)
NO_MODE: Final = frozenset({"header", "token", "custom", "hmac"})
"""Words that are modes only beside one that can be nothing else."""
LISTED: Final = re.compile(
    r"[`\"'](?P<ticked>[\w .-]{2,30})[`\"']|(?:^|\n|[:|,]\s)\s?(?P<plain>[\w.-]{2,30})(?=\s?(?:$|\n|,|\||\())"
)
METHODS: Final = re.compile(
    r"\bauthentication (?:methods?|types?|modes?|schemes?|options?)\b[^.:;]{0,30}:\s*(?P<list>[^.;:]{4,120})",
    re.IGNORECASE,
)
"""A sentence that counts them up: `three authentication methods: API key, basic, and bearer token`."""
SPOKEN: Final = (
    ("api_key", r"\bapi[\s-]?keys?\b"),
    ("basic", r"\bbasic\b"),
    ("bearer", r"\bbearer\b"),
    ("oauth2", r"\boauth\b"),
    ("mtls", r"\bm(?:utual )?tls\b"),
    ("none", r"\b(?:none|no authentication)\b"),
)
SENDS: Final = re.compile(
    r"\b(?:sen[dt]s?|sending|include[sd]?|contain(?:s|ed)?|carr(?:y|ies|ied)|pass(?:es|ed)?|add(?:s|ed)?|put(?:s)?|set|"
    r"transmit(?:s|ted)?|deliver(?:s|ed)?|attach(?:es|ed)?|ha(?:s|ve)|come[s]? with|accompanied|present(?:ed)?)\b",
    re.IGNORECASE,
)
DELIVERY: Final = re.compile(
    r"\b(?:(?:web[\s_-]?)?hooks?|call[\s-]?backs?|notifications?|deliver(?:y|ies)|events?)\b", re.IGNORECASE
)
TOKEN: Final = re.compile(
    r"\b(?:(?:auth|access|bearer|verification|security)?_?token|secret|password|api key|shared key)\b", re.IGNORECASE
)
TOKEN_HEADER: Final = re.compile(r"(?:token|secret|key|auth(?:ori[sz]ation|entication)?)$", re.IGNORECASE)
NAMED: Final = re.compile(rf"{HEADER.pattern}|\b(?P<plain>Authorization|authori[sz]ation(?= header))\b")
SIGNED: Final = re.compile(r"\bsign(?:ed|ing|ature)|\bhmac|\bhash|\bdigest|\bsha-?\d", re.IGNORECASE)
CALLS: Final = re.compile(
    r"\b(?:api (?:calls?|requests?)|(?:calls?|requests?) to (?:the|our) (?:\w+ )?api"
    r"|(?:you|client|caller)s? (?:must|should|need)|authenticat\w+ (?:with|to) (?:the|our) api|access token)\b",
    re.IGNORECASE,
)
"""Words of what the client sends, not of what it receives."""
BASIC: Final = re.compile(r"\bbasic (?:access |http )?auth\w*|\bAuthorization: Basic\b", re.IGNORECASE)
SECURED: Final = re.compile(
    r"\b(?:support|secur|protect|authenticat|us(?:e|es|ing)|sen[dt]|includ|provid|add|enabl|specif|configur|set|requir)",
    re.IGNORECASE,
)
RECEIVER: Final = re.compile(
    r"\b(?:web[\s_-]?hook|call[\s-]?back|notification)s?\b[^.;]{0,100}\bbasic\b|\bbasic\b[^.;]{0,100}"
    r"\b(?:web[\s_-]?hook|call[\s-]?back|notification|your (?:endpoint|server|url))s?\b"
    r"|\byour (?:endpoint|server|url)\b[^.;]{0,60}\bbasic\b",
    re.IGNORECASE,
)
NOT: Final = re.compile(
    r"\b(?:not|no|never|cannot|don'?t|doesn'?t|isn'?t|aren'?t|without|if (?:using|you use|you are using))\b",
    re.IGNORECASE,
)
SUPPOSED: Final = re.compile(
    r"\b(?:suppose|imagine|hypothetical(?:ly)?|for example|for instance|could)\b", re.IGNORECASE
)
"""What may be set is how it works here: the receiver chooses."""
MANAGED: Final = re.compile(r"\b(?:create|creating|creation|list|manage|register|subscri\w+ to|api)\b", re.IGNORECASE)
"""Calls about webhooks authenticate like all others."""

HEADER_SHOWN: Final = re.compile(r"\s*(?P<name>[A-Za-z][\w-]*):\s?\S")
HEADED: Final = re.compile(r"web[\s_-]?hook|call[\s-]?back", re.IGNORECASE)
OURS: Final = re.compile(
    r"\brequests? (?:that )?we (?:send|make)\b|\bwe (?:will )?(?:send|include|add|pass|attach|put)\b|\bsent to your?\b"
    r"|\b(?:will|can) (?:put|send|include|add|pass|attach)\b",
    re.IGNORECASE,
)
"""What a page on deliveries says of them without naming them: `every request that we send`."""
AGAINST: Final = re.compile(r"\b(?:unauthori[sz]ed|prevent|secur|protect|verif|authentic)", re.IGNORECASE)
"""What an `Authorization` header is for, where no token is mentioned."""
SECRET_HEADER: Final = re.compile(r"^X-[\w-]*(?:secret|token)$", re.IGNORECASE)
EVENT_HEADER: Final = re.compile(r"^X-[\w-]*(?:event|topic|hook-id|delivery)(?:-(?:id|type|name))?$", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read the member that chooses a mode, and sentences about the header or the scheme of deliveries."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if evidence.whose.aside(passage) or evidence.whose.old(passage):
            continue
        if passage.kind is PassageKind.CODE:
            yield from _shown(passage)
            continue
        around = " ".join([passage.path, *passage.headings])
        if modes := _modes(passage) if ABOUT.search(around) else []:
            yield _candidate(passage, {"modes": modes}, 0.85)
        for statement in statements(passage):
            about = bool(ABOUT.search(statement.text)) or bool(ABOUT.search(around))
            if not about or SUPPOSED.search(statement.text) or evidence.whose.foreign(statement):
                continue
            if value := _header(statement) or _counted_up(statement) or _basic(statement):
                yield _candidate(statement, value, 0.82 if ABOUT.search(statement.text) else 0.75)


def _candidate(spot: Statement | Passage, value: dict[str, Json], strength: float) -> Candidate:
    return Candidate(fact_kind="webhook_auth", value=value, places=place(spot), strength=strength)


def _shown(passage: Passage) -> Iterator[Candidate]:
    """Read a secret among the headers of a delivery that is shown, where nothing in them is signed."""
    lines = passage.text.split("\n")
    names = [found["name"] for line in lines if (found := HEADER_SHOWN.match(line))]
    secrets = [name for name in names if SECRET_HEADER.search(name)]
    delivered = any(EVENT_HEADER.search(name) for name in names)
    if (
        len(secrets) == 1
        and delivered
        and not SIGNED.search(passage.text)
        and ABOUT.search(" ".join([passage.path, *passage.headings]))
    ):
        spot = lines_within(passage, re.compile(re.escape(secrets[0])), room=1)
        value: dict[str, Json] = {"header": secrets[0], "kind": "clear-text token"}
        yield Candidate(fact_kind="webhook_auth", value=value, places=(spot,), strength=0.75)


def _modes(passage: Passage) -> list[Json]:
    """Return the values of a member called `auth_type` or the like, two of which name schemes."""
    for parameter in parameters(passage):
        if not FIELD.fullmatch(parameter.name.split(".")[-1]):
            continue
        listed = [(found["ticked"] or found["plain"]).strip().lower() for found in LISTED.finditer(parameter.text)]
        modes = [name for name in dict.fromkeys(listed) if MODE.fullmatch(re.sub(r"[\s-]", "_", name))]
        if len(modes) > 1 and set(modes) - NO_MODE - {"none"}:
            return list(modes)
    return []


def _header(statement: Statement) -> dict[str, Json]:
    """Read a sentence that says that deliveries carry a token, as it is, in a header."""
    text = statement.text
    names = [found[1] or found["plain"].capitalize() for found in NAMED.finditer(text)]
    names = [re.sub("ris", "riz", name) if "-" not in name else name for name in names if TOKEN_HEADER.search(name)]
    if len(names) != 1 or not re.search(r"\bheader", text, re.IGNORECASE) or statement.row:
        return {}
    if SIGNED.search(text) or CALLS.search(text) or NOT.search(text):
        return {}
    above = " ".join([statement.passage.path, *statement.passage.headings])
    ours = DELIVERY.search(text) or (HEADED.search(above) and OURS.search(text))
    token = TOKEN.search(text.replace(names[0], " ")) or (names[0] == "Authorization" and AGAINST.search(text))
    if not (ours and token and SENDS.search(text)):
        return {}
    kind = "bearer token" if re.search(r"\bbearer\b", text, re.IGNORECASE) else "clear-text token"
    value: dict[str, Json] = {"header": names[0], "kind": kind}
    return {**value, "default": True} if re.search(r"\bby default\b", text, re.IGNORECASE) else value


def _counted_up(statement: Statement) -> dict[str, Json]:
    """Read a sentence that lists the methods that webhooks authenticate by."""
    found = METHODS.search(statement.text)
    if not found or not ABOUT.search(statement.text) or CALLS.search(statement.text):
        return {}
    modes = [name for name, words in SPOKEN if re.search(words, found["list"], re.IGNORECASE)]
    return {"modes": list(modes)} if len(modes) > 1 else {}


def _basic(statement: Statement) -> dict[str, Json]:
    """Read a sentence that says that the receiver of deliveries may ask for basic authentication."""
    text = statement.text
    if not BASIC.search(text) or not RECEIVER.search(text) or not SECURED.search(text):
        return {}
    if NOT.search(text) or CALLS.search(text) or MANAGED.search(text):
        return {}
    return {"modes": ["basic"]}


DETECTOR: Final = Detector(
    fact_kind="webhook_auth",
    summary="how deliveries of webhooks authenticate themselves without a signature",
    queries=("webhook requests carry a token in a header", "basic authentication for webhook deliveries"),
    detect=detect,
)
