"""How a webhook proves where it comes from: the header, the algorithm and the encoding of its signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.signatures import SIGNATURE_HEADER, algorithm_in, beside, first_of
from specloom.facts.evidence import Candidate, Detector, lines_within, neighbours_joined, place
from specloom.facts.requests.headers import HEADER
from specloom.facts.speech import tongues
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"webhook|signature|\bhmac\b|ed25519|x-hub|callback", re.IGNORECASE)
HOOKS: Final = re.compile(
    r"web[\s_-]?hooks?|\bhooks?\b|event (?:notification|deliver|subscription)|outgoing|callbacks?"
    r"|interactions?|event callback|notifications?|verif\w+ (?:requests?|signatures?)|request signing|signing secret",
    re.IGNORECASE,
)
SIGNATURE: Final = re.compile(rf"signature|hmac|digest|signed|\bsign\b|{tongues.SIGNATURE}", re.IGNORECASE)
HEX: Final = re.compile(
    r"hex(?:adecimal)?[\s_-]?(?:digest|encoded|string)?|hexdigest|\.hex\b|[\"']hex[\"']|bin2hex|ToHexString",
    re.IGNORECASE,
)
BASE64: Final = re.compile(r"base[\s_-]?64|b64encode", re.IGNORECASE)
NO_SIGNATURE: Final = re.compile(
    r"\b(?:not|no|never|don'?t|does not|without|aren'?t|isn'?t)\b[^.]{0,30}\bsign", re.IGNORECASE
)
OWN_REQUEST: Final = re.compile(
    r"\b(?:sign|signed|signing) (?:\w+ ){0,2}(?:request|call)s?\b|\brequests? signing\b|\byour signature\b"
    r"|\bsignature\b[^.]{0,60}\b(?:to|in|with) (?:the|your|each|every|all) (?:api )?(?:request|call)s?\b",
    re.IGNORECASE,
)
RECEIVED: Final = re.compile(
    r"web[\s_-]?hook|callback|notification|\bevents?\b|\breceiv|\bincoming\b|\bdeliver|\bwe (?:sign|send|include)"
    r"|\bverif|\bvalidat|\bcompar|interaction",
    re.IGNORECASE,
)
STATIC: Final = re.compile(
    r"(?:`?(?P<name>[A-Z][\w-]+)`?\s+header\b|header\s+`(?P<other>[\w-]+)`|`(?P<token>X-[\w-]+-(?:Token|Secret))`)",
    re.IGNORECASE,
)
COMPARED: Final = re.compile(r"\b(?:verif|validat|check|compar|match|ensure|confirm|authentic)", re.IGNORECASE)
IN_BODY: Final = re.compile(
    r"\b(?:body|payload|parameters?|fields?|property|properties|attributes?|json|key|post data"
    r"|\w+[dD]ata)\b",
    re.IGNORECASE,
)
FIELD: Final = re.compile(
    r"`(?P<name>(?:\w+[_.])?(?:signature|hmac|sign|sig|digest|hmacSignature|\w+Signature"
    r"|\w+_signature))`",
    re.IGNORECASE,
)
"""A member that holds a signature, where it travels in no header."""
PLAIN_HEADER: Final = re.compile(
    r"`(?P<name>Signature)`\s+(?:(?:HTTP|request)\s+)?header\b|\bheader\s+(?:named\s+|called\s+)?`(?P<called>Signature)`",
    re.IGNORECASE,
)
SECRET: Final = re.compile(r"\b(?:secret|shared|token)\b", re.IGNORECASE)
NOT_HOOKS: Final = re.compile(
    r"signed (?:urls?|links?)|asset|oauth_signature|oauth[^.]{0,80}base string|signature base string|presigned"
    r"|aws",
    re.IGNORECASE,
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Names and algorithms are gathered over the pages about webhooks, since header and hash often stand apart."""
    headers: dict[str, list[Place]] = {}
    algorithms: dict[str, list[Place]] = {}
    encodings: dict[str, int] = {}
    fields: dict[str, list[Place]] = {}
    static: dict[str, list[Place]] = {}
    passages = [one for one in evidence.about(ABOUT, DETECTOR.queries) if _about_hooks(evidence, one)]
    for passage in passages:
        for name in _signature_headers(passage) if not _of_requests(passage) else ():
            headers.setdefault(name, []).append(_spot(passage, re.compile(re.escape(name), re.IGNORECASE)))
        for name in _signature_fields(passage):
            fields.setdefault(name, []).append(place(passage)[0])
        if algorithm := _algorithm(passage):
            algorithms.setdefault(algorithm, []).append(_spot(passage, re.compile(r"sha|ed25519|hmac", re.IGNORECASE)))
        if SIGNATURE.search(passage.text) or passage.kind is PassageKind.CODE:
            for name, pattern in (("hex", HEX), ("base64", BASE64)):
                encodings[name] = encodings.get(name, 0) + bool(pattern.search(passage.text))
        if found := _shared_secret(passage):
            static.setdefault(found, []).append(place(passage)[0])
    yield from _facts(headers, algorithms, encodings, static)
    yield from beside(passages, headers, algorithms) if not fields else ()
    if algorithms and fields and not headers:
        yield _in_body(fields, algorithms, encodings)


def _about_hooks(evidence: Evidence, passage: Passage) -> bool:
    if evidence.whose.old(passage) or evidence.whose.aside(passage) or NOT_HOOKS.search(passage.text):
        return False
    around = " ".join([passage.path, *passage.headings])
    if HOOKS.search(around):
        return True
    near = " ".join(p.text for p in (*evidence.before(passage, 2), passage) if p.headings == passage.headings)
    return bool(re.search(r"web[\s_-]?hook", near, re.IGNORECASE))


def _of_requests(passage: Passage) -> bool:
    """Tell a signature that the client puts on its own calls: `add it to the request; you have signed your request`."""
    around = " ".join([*passage.headings[1:], passage.text])
    return bool(OWN_REQUEST.search(around)) and not RECEIVED.search(around)


def _signature_headers(passage: Passage) -> list[str]:
    names = {found[1].strip(): None for found in HEADER.finditer(passage.text) if SIGNATURE_HEADER.search(found[1])}
    written = [
        name
        for name in names
        if (re.search(r"[A-Z]|^x-", name) or f"`{name}`" in passage.text)
        and not re.match(r"(?i)hmac-|content-|rsa-|pre-|non-|multi-|self-|ecdsa", name)
    ]
    return [*_plain_headers(passage), *written]


def _plain_headers(passage: Passage) -> list[str]:
    """Return the names without a hyphen that are said to be headers: ``the `Signature` header``."""
    return list(dict.fromkeys(found["name"] or found["called"] for found in PLAIN_HEADER.finditer(passage.text)))


def _signature_fields(passage: Passage) -> list[str]:
    """Return the members of what is delivered that hold a signature."""
    if passage.kind is PassageKind.CODE or not IN_BODY.search(passage.text) or _of_requests(passage):
        return []
    headers = set(_plain_headers(passage))
    return [found[1] for found in FIELD.finditer(passage.text) if found[1] not in headers]


def _in_body(
    fields: dict[str, list[Place]], algorithms: dict[str, list[Place]], encodings: dict[str, int]
) -> Candidate:
    algorithm = max(algorithms, key=lambda name: len(algorithms[name]))
    name = max(fields, key=lambda one: len(fields[one]))
    value: dict[str, Json] = {"param": name, "algorithm": algorithm}
    if encoding := max((one for one in encodings if encodings[one]), key=lambda one: encodings[one], default=""):
        value["encoding"] = encoding
    spots = tuple(dict.fromkeys([*fields[name], *algorithms[algorithm]]))
    return Candidate(fact_kind="webhook_signature", value=value, places=spots, strength=0.8)


def _algorithm(passage: Passage) -> str:
    if passage.kind is not PassageKind.CODE and not SIGNATURE.search(" ".join([*passage.headings, passage.text])):
        return ""
    if passage.kind is not PassageKind.CODE and NO_SIGNATURE.search(passage.text):
        return ""
    named = algorithm_in(passage.text)
    return named or (_in_steps(passage.text) if passage.kind is PassageKind.CODE else "")


def _in_steps(code: str) -> str:
    """Read the one hash of a code block that makes an HMAC of it on another line."""
    hashes = {found.replace("-", "").upper() for found in re.findall(r"sha-?(?:1|256|512)\b", code, re.IGNORECASE)}
    return f"HMAC-{hashes.pop()}" if len(hashes) == 1 and re.search(r"hmac", code, re.IGNORECASE) else ""


def _shared_secret(passage: Passage) -> str:
    """Find a header that carries a secret of the receiver's choice, to be compared as it is."""
    if passage.kind is PassageKind.CODE or re.search(r"signature|hmac", passage.text, re.IGNORECASE):
        return ""
    text = " ".join(passage.text.split())
    found = STATIC.search(text)
    if not found or not (COMPARED.search(text) and SECRET.search(text)):
        return ""
    name = found["name"] or found["other"] or found["token"] or ""
    return name if name.lower() == "authorization" or "-" in name else ""


def _spot(passage: Passage, wanted: re.Pattern[str]) -> Place:
    return lines_within(passage, wanted, room=1) if passage.kind is PassageKind.CODE else place(passage)[0]


def _facts(
    headers: dict[str, list[Place]],
    algorithms: dict[str, list[Place]],
    encodings: dict[str, int],
    static: dict[str, list[Place]],
) -> Iterator[Candidate]:
    if headers and algorithms:
        algorithm = max(algorithms, key=lambda a: len(algorithms[a]))
        name = first_of(headers, algorithms)
        value: dict[str, Json] = {"header": name, "algorithm": algorithm}
        if encoding := max((e for e in encodings if encodings[e]), key=lambda e: encodings[e], default=""):
            value["encoding"] = encoding
        both = [*headers[name], *algorithms[algorithm]]
        shared = [spot for spot in headers[name] if spot in algorithms[algorithm]]
        yield Candidate(
            fact_kind="webhook_signature",
            value=value,
            places=tuple(dict.fromkeys([*shared, *neighbours_joined(both, gap=3)])),
            strength=0.92 if shared else 0.85,
        )
    elif headers:
        name = max(headers, key=lambda h: len(headers[h]))
        yield Candidate(
            fact_kind="webhook_signature",
            value={"header": name},
            places=tuple(dict.fromkeys(headers[name])),
            strength=0.6,
        )
    elif static and not algorithms:
        name = max(static, key=lambda h: len(static[h]))
        yield Candidate(
            fact_kind="webhook_signature",
            value={"header": name, "algorithm": "shared-secret"},
            places=tuple(dict.fromkeys(static[name])),
            strength=0.7,
        )


DETECTOR: Final = Detector(
    fact_kind="webhook_signature",
    summary="how a webhook is verified",
    queries=("verify webhook signature header HMAC SHA256 with the secret",),
    detect=detect,
)
