"""How a webhook proves where it comes from: the header, the algorithm and the encoding of its signature."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.facts.access.signatures import (
    SIGNATURE_HEADER,
    algorithm_in,
    beside,
    first_of,
    headers_in_words,
    like_requests,
    of_family,
    plain_hash,
)
from specloom.facts.evidence import Candidate, Detector, lines_within, neighbours_joined, place
from specloom.facts.requests.headers import HEADER
from specloom.facts.speech import tongues
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"webhook|signature|\bhmac\b|ed25519|x-hub|callback", re.IGNORECASE)
HOOKS: Final = re.compile(
    r"web[\s_-]?hooks?|\bhooks?\b|event (?:notification|deliver|subscription)|outgoing|callbacks?"
    r"|interactions?|event callback|notifications?|verif\w+ (?:requests?|signatures?)|request signing|signing secret",
    re.IGNORECASE,
)
SIGNATURE: Final = re.compile(rf"signature|hmac|digest|signed|\bsign(?:s|ing)?\b|{tongues.SIGNATURE}", re.IGNORECASE)
HEX: Final = re.compile(
    r"hex(?:adecimal)?[\s_-]?(?:digest|encoded|string)?|hexdigest|\.hex\b|[\"']hex[\"']|bin2hex|ToHexString",
    re.IGNORECASE,
)
BASE64: Final = re.compile(r"base[\s_-]?64|b64encode", re.IGNORECASE)
ENCODINGS: Final = (("hex", HEX), ("base64", BASE64))
STAMP: Final = re.compile(r"-timestamp$", re.IGNORECASE)
"""A header with the time of sending, which is signed, too."""
AS_REQUESTS: Final = 0.8
"""How sure we are where header or algorithm are those that calls are signed with."""
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


@dataclass(frozen=True, slots=True)
class _Found:
    """What passages tell of signatures, each with its places."""

    headers: dict[str, list[Place]] = field(default_factory=dict)
    in_words: dict[str, list[Place]] = field(default_factory=dict)
    algorithms: dict[str, list[Place]] = field(default_factory=dict)
    encodings: Counter[str] = field(default_factory=Counter)
    stamps: Counter[str] = field(default_factory=Counter)
    fields: dict[str, list[Place]] = field(default_factory=dict)
    static: dict[str, list[Place]] = field(default_factory=dict)

    @property
    def more(self) -> dict[str, Json]:
        """Return the encoding and the header with the time that are told most often, as parts of the value."""
        told = {"encoding": self.encodings, "timestamp_header": self.stamps}
        return {name: counted.most_common(1)[0][0] for name, counted in told.items() if counted}


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Names and algorithms are gathered over the pages about webhooks, since header and hash often stand apart."""
    passages = [one for one in evidence.about(ABOUT, DETECTOR.queries) if _about_hooks(evidence, one)]
    found = _gathered([one for one in passages if not _of_requests(one)], _Found())
    found = _gathered([one for one in passages if _of_requests(one)], found, named=False)
    if not (found.headers and found.algorithms):
        found.headers.update({} if found.headers else found.in_words)
        if same := like_requests(passages):
            yield from _as_requests(evidence, found, same)
            return
    if found.headers and not found.algorithms:
        found.algorithms.update(plain_hash(passages))
    yield from _facts(found)
    yield from beside(passages, found.headers, found.algorithms) if not found.fields else ()
    if found.algorithms and found.fields and not found.headers:
        yield _in_body(found)


def _gathered(passages: Iterable[Passage], found: _Found, *, named: bool = True) -> _Found:
    """Add what passages tell; the headers of those about what the client signs itself are not `named`."""
    for passage in passages:
        for name in _signature_headers(passage) if named else ():
            found.headers.setdefault(name, []).append(_spot(passage, re.compile(re.escape(name), re.IGNORECASE)))
        for name in headers_in_words(passage) if named else ():
            found.in_words.setdefault(name, []).append(place(passage)[0])
        found.stamps.update([*dict.fromkeys(one[1] for one in HEADER.finditer(passage.text) if STAMP.search(one[1]))])
        for name in _signature_fields(passage) if named else ():
            found.fields.setdefault(name, []).append(place(passage)[0])
        if algorithm := _algorithm(passage):
            spot = _spot(passage, re.compile(r"sha|ed25519|hmac", re.IGNORECASE))
            found.algorithms.setdefault(algorithm, []).append(spot)
        if SIGNATURE.search(passage.text) or passage.kind is PassageKind.CODE:
            found.encodings.update(name for name, pattern in ENCODINGS if pattern.search(passage.text))
        if secret := _shared_secret(passage):
            found.static.setdefault(secret, []).append(place(passage)[0])
    return found


def _as_requests(evidence: Evidence, found: _Found, same: Sequence[Statement]) -> Iterator[Candidate]:
    """Read how calls are signed, where the docs say that deliveries are signed in the same way."""
    about = (one for one in evidence.about(SIGNATURE) if not (evidence.whose.old(one) or evidence.whose.aside(one)))
    calls = _gathered([one for one in about if not NOT_HOOKS.search(one.text)], _Found())
    headers = found.headers or calls.headers or calls.in_words
    algorithms = found.algorithms or of_family(calls.algorithms, [statement.text for statement in same])
    if headers and algorithms:
        name, algorithm = first_of(headers, algorithms), max(algorithms, key=lambda one: len(algorithms[one]))
        spots = tuple(dict.fromkeys([*place(*same), *headers[name], *algorithms[algorithm]]))
        value: dict[str, Json] = {"header": name, "algorithm": algorithm}
        yield Candidate(fact_kind="webhook_signature", value=value, places=spots, strength=AS_REQUESTS)


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


def _in_body(found: _Found) -> Candidate:
    algorithm = max(found.algorithms, key=lambda name: len(found.algorithms[name]))
    name = max(found.fields, key=lambda one: len(found.fields[one]))
    value: dict[str, Json] = {"param": name, "algorithm": algorithm, **found.more}
    spots = tuple(dict.fromkeys([*found.fields[name], *found.algorithms[algorithm]]))
    return Candidate(fact_kind="webhook_signature", value=value, places=spots, strength=0.8)


def _algorithm(passage: Passage) -> str:
    if passage.kind is not PassageKind.CODE and not SIGNATURE.search(" ".join([*passage.headings, passage.text])):
        return ""
    if passage.kind is not PassageKind.CODE and NO_SIGNATURE.search(passage.text):
        return ""
    text = passage.text if passage.kind is PassageKind.CODE else " ".join(passage.text.split())
    return algorithm_in(text) or (_in_steps(passage.text) if passage.kind is PassageKind.CODE else "")


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


def _facts(found: _Found) -> Iterator[Candidate]:
    if found.headers and found.algorithms:
        algorithm = max(found.algorithms, key=lambda name: len(found.algorithms[name]))
        name = first_of(found.headers, found.algorithms)
        value: dict[str, Json] = {"header": name, "algorithm": algorithm, **found.more}
        both = [*found.headers[name], *found.algorithms[algorithm]]
        shared = [spot for spot in found.headers[name] if spot in found.algorithms[algorithm]]
        places = tuple(dict.fromkeys([*shared, *neighbours_joined(both, gap=3)]))
        yield Candidate(fact_kind="webhook_signature", value=value, places=places, strength=0.92 if shared else 0.85)
    elif found.headers:
        yield _named(found.headers, {}, 0.6)
    elif found.static and not found.algorithms:
        yield _named(found.static, {"algorithm": "shared-secret"}, 0.7)


def _named(headers: Mapping[str, Sequence[Place]], more: Mapping[str, Json], strength: float) -> Candidate:
    """Return the header that is named most often, with what else is known."""
    name = max(headers, key=lambda one: len(headers[one]))
    places = tuple(dict.fromkeys(headers[name]))
    return Candidate(fact_kind="webhook_signature", value={"header": name, **more}, places=places, strength=strength)


DETECTOR: Final = Detector(
    fact_kind="webhook_signature",
    summary="how a webhook is verified",
    queries=("verify webhook signature header HMAC SHA256 with the secret",),
    detect=detect,
)
