"""Signatures of deliveries: what algorithms are called, and which one a header holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, place, statements
from specloom.facts.requests.headers import HEADER
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specloom.facts.evidence import Place, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

SIGNATURE_HEADER: Final = re.compile(
    r"(?:signature|hmac|digest|-sig|-sign|-verification)(?:-?(?:v?\d+|sha-?\d+|256|512|ed25519))*$"
    r"|^x-hub-signature|-signature-",
    re.IGNORECASE,
)
ALGORITHMS: Final = (
    ("HMAC-SHA512", (r"hmac[\s_-]*(?:with\s+|using\s+)?sha[-_]?512|sha[-_]?512[\s_-]*hmac"
r"|hmac\w*\(.{0,40}sha512|sha512=|(?:createHmac|hash_hmac|hexdigest"
r"|hmac\.new)\(.{0,60}sha-?512|hmac[^.\n]{0,60}sha-?512|sha-?512[^.\n]{0,40}hmac")),
    ("HMAC-SHA384", (r"hmac[\s_-]*(?:with\s+|using\s+)?(?:sha|hsa)[-_]?384|sha[-_]?384[\s_-]*hmac"
r"|hmac[^.\n]{0,60}sha-?384")),
    ("HMAC-SHA256", (r"hmac[\s_-]*(?:hex ?digest)?[\s_(-]*(?:with\s+"
r"|using\s+)?(?:the\s+)?sha[-_]?(?:2[-_]?)?256|sha[-_]?256[\s_-]*hmac"
r"|hmac\w*\(.{0,80}sha-?256|sha256=|(?:createHmac|hash_hmac|hexdigest|HMAC\.new|hmac\.new"
r"|digest)\(.{0,120}sha-?256|Hmac\w*Sha256|HmacSHA256"
r"|HMAC_?SHA256|hmac[^.\n]{0,80}sha-?256|sha-?256[^.\n]{0,60}hmac")),
    ("HMAC-SHA1", (r"hmac[\s_-]*(?:with\s+|using\s+)?sha[-_]?1\b|sha[-_]?1[\s_-]*hmac|sha1=|(?:createHmac"
r"|hash_hmac|hexdigest|hmac\.new)\(.{0,60}sha-?1\b|HmacSHA1|hmac[^.\n]{0,60}sha-?1\b")),
    ("Ed25519", r"ed25519"),
    ("ECDSA", r"\becdsa\b"),
    ("RS256", r"\bRS256\b"),
    ("ES256", r"\bES256\b"),
    ("RSA-SHA512", r"rsa[\s_-]*(?:with\s*)?sha[-_]?512|sha-?512[\s_-]*(?:with\s*)?rsa"),
    ("RSA-SHA256", (r"rsa\b[^\n]{0,50}\bsha-?256\s+digest|rsa[\s_-]*(?:with\s*)?sha[-_]?256"
r"|sha-?256[\s_-]*(?:with\s*)?rsa")),
    ("RSA-SHA1", r"rsa[\s_-]*(?:with\s*)?sha[-_]?1\b|sha-?1[\s_-]*(?:with\s*)?rsa"),
    ("RSA-MD5", r"rsa[\s_-]*(?:with\s*)?md5|md5[\s_-]*(?:with\s*)?rsa"),
    ("HMAC-MD5", r"hmac[\s_-]*md5|md5[\s_-]*hmac|hmac\b[^.\n]{0,40}\b(?:with|using|by)\W{1,3}md5\b"),
)  # fmt: skip
MARKS: Final = re.compile(r"[`*]+")
WITH_SECRET: Final = re.compile(
    r"\bsign\w*\b[^.]{0,80}\bsecret\b[^.]{0,40}\bSHA-?(?P<bits>1|256|384|512)\b"
    r"|\bSHA-?(?P<first>1|256|384|512)\b[^.]{0,60}\bsign\w*\b[^.]{0,60}\bsecret\b",
    re.IGNORECASE,
)
"""A hash that a secret signs with is an HMAC, whatever it is called."""
UNNAMED: Final = re.compile(r"\bsignature header\b|\b(?:an?|the) header\b[^.]{0,40}\bsign|\bJW[ST]\b", re.IGNORECASE)
"""A signature that is there, though in a header without a name or in the body itself."""

SIGNED_DELIVERY: Final = re.compile(
    r"\bsign(?:s|ed|ing)?\s+(?:(?:the|each|every|all|your|its|our|outgoing)\s+)*(?:web[\s-]?hooks?|payloads?|deliver(?:y|ies)"
    r"|events?|notifications?|call[\s-]?backs?)\b",
    re.IGNORECASE,
)
"""`The secret is used to sign the webhook payload`: what is signed is what is delivered."""
IN_WORDS: Final = re.compile(
    r"(?<![\w`-])(?P<plain>Signature) header\b"
    r"|(?<![\w-])(?P<usual>Authorization)[`*\"']{0,2} (?:HTTP |request )?header\b"
)
"""A header whose name is a word, or one that mostly holds something else."""
HASHED: Final = re.compile(
    r"\bhmac|\b(?:sha-?(?:1|2|256|384|512)|md5)\b[\s-]*(?:hash|digest|checksum)|hash_hmac", re.IGNORECASE
)
OTHER_HEADER: Final = re.compile(
    r"^(?:content|user|hmac|sha|rsa|base|aes|utf|iso|www|post|non|http)-|(?:-|^)(?:id|key|event|topic|type|timestamp|time"
    r"|delivery|agent|version|token|secret|nonce|request|attempt|retry|encoding)$",
    re.IGNORECASE,
)
"""What stands beside a signature and is none."""
SIGNED: Final = re.compile(r"\bsignature|\bsigned\b|\bhmac|\b(?:sha-?\d+|md5)\b[\s-]*hash|\bhashed\b", re.IGNORECASE)
DELIVERIES: Final = re.compile(r"\b(?:web[\s-]?hooks?|call[\s-]?backs?|notifications?)\b", re.IGNORECASE)
SAME: Final = re.compile(
    r"\bsame\s+(?:\w+\s+){0,2}?(?:authentication|authori[sz]ation|signature|signing|signed|headers?|algorithm|method|way"
    r"|scheme|mechanism|manner)\b|\bsigned\b[^.]{0,30}\b(?:just )?(?:as|like) (?:\w+ ){0,2}(?:requests?|calls?)\b",
    re.IGNORECASE,
)
FAMILY: Final = re.compile(r"\b(?:RSA|HMAC|ECDSA|Ed25519)\b", re.IGNORECASE)
PLAIN_HASH: Final = re.compile(
    r"\b(?:signature|value|header|hash|digest)\b[^.]{0,40}\bis\b[^.]{0,30}?\b(?P<hash>SHA-?(?:1|2|256|384|512)|MD5)\b"
    r"[\s-]*(?:hash|digest|checksum|sum)",
    re.IGNORECASE,
)
UNLIKE: Final = re.compile(r"\bnot\b|n't\b|\bdifferent", re.IGNORECASE)


def algorithm_in(text: str) -> str:
    """Return the first algorithm that a text names."""
    text = MARKS.sub("", text)
    if named := next((name for name, pattern in ALGORITHMS if re.search(pattern, text, re.IGNORECASE)), ""):
        return named
    hashed = WITH_SECRET.search(text)
    return f"HMAC-SHA{hashed['bits'] or hashed['first']}" if hashed else ""


def first_of(headers: Mapping[str, Sequence[Place]], algorithms: Mapping[str, Sequence[Place]]) -> str:
    """Return the header that is to be checked: the one named most often, or whose name fits the algorithm."""
    algorithm = max(algorithms, key=lambda name: len(algorithms[name]))
    return max(headers, key=lambda name: (bool(re.search(r"256", name)) == ("256" in algorithm), len(headers[name])))


def _older(passages: Sequence[Passage], chosen: str) -> Iterator[Candidate]:
    """Yield the other headers, where each holds a signature of another kind."""
    paired: dict[str, tuple[str, Place]] = {}
    for passage in passages:
        for name, algorithm in _paired(passage):
            paired.setdefault(name, (algorithm, place(passage)[0]))
    if chosen not in paired or len({algorithm for algorithm, _ in paired.values()}) != len(paired):
        return
    for name, (algorithm, spot) in paired.items():
        if name != chosen:
            value: dict[str, Json] = {"header": name, "algorithm": algorithm}
            yield Candidate(fact_kind="webhook_signature", value=value, places=(spot,), strength=0.82)


def _paired(passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield each signature header with the algorithm that is named behind it, before the next header."""
    for statement in statements(passage) if passage.kind is not PassageKind.CODE else ():
        found = [one for one in HEADER.finditer(statement.text) if SIGNATURE_HEADER.search(one[1])]
        ends = [*(one.start() for one in found[1:]), len(statement.text)]
        for one, end in zip(found, ends, strict=bool(found)):
            said = statement.text[one.end() : end]
            named = [name for name, pattern in ALGORITHMS if re.search(pattern, said, re.IGNORECASE)]
            if len(named) == 1:
                yield one[1], named[0]


def _unnamed(passages: Sequence[Passage], algorithms: Mapping[str, Sequence[Place]]) -> Iterator[Candidate]:
    """Yield the algorithm alone, where a signature has no header with a name."""
    if any(
        UNNAMED.search(one.text) or (SIGNED_DELIVERY.search(one.text) and algorithm_in(one.text)) for one in passages
    ):
        algorithm = max(algorithms, key=lambda name: len(algorithms[name]))
        spots = tuple(dict.fromkeys(algorithms[algorithm]))
        yield Candidate(fact_kind="webhook_signature", value={"algorithm": algorithm}, places=spots, strength=0.72)


def beside(
    passages: Sequence[Passage], headers: Mapping[str, Sequence[Place]], algorithms: Mapping[str, Sequence[Place]]
) -> Iterator[Candidate]:
    """Yield what there is beside the one header with its algorithm: older ones, or an algorithm without a header."""
    if headers and algorithms:
        yield from _older(passages, first_of(headers, algorithms))
    elif algorithms:
        yield from _unnamed(passages, algorithms)


def headers_in_words(passage: Passage) -> list[str]:
    """Return the headers that only the words around them tell to hold a signature, where no name says so.

    That is `Signature` or `Authorization`, or the one header that is named beside a hash.
    """
    if passage.kind is PassageKind.CODE:
        return []
    text = " ".join(passage.text.split())
    signed = SIGNED.search(text)
    found = [one["plain"] or one["usual"] for one in IN_WORDS.finditer(text) if one["plain"] or signed]
    hashed = HASHED.search(text) and re.search(r"\bheaders?\b", " ".join([text, *passage.header]), re.IGNORECASE)
    named = dict.fromkeys(one[1] for one in HEADER.finditer(text) if _could_hold(one[1])) if hashed else {}
    return [*dict.fromkeys(found), *(named if len(named) == 1 else ())]


def _could_hold(name: str) -> bool:
    return bool(re.match(r"x-|[A-Z][\w-]*-[A-Z]", name)) and not OTHER_HEADER.search(name)


def like_requests(passages: Sequence[Passage]) -> list[Statement]:
    """Return what says that deliveries are signed as calls are: how that is done stands elsewhere."""
    return [
        statement
        for passage in passages
        if passage.kind is not PassageKind.CODE
        for statement in statements(passage)
        if DELIVERIES.search(statement.text) and SAME.search(statement.text) and not UNLIKE.search(statement.text)
    ]


def of_family(algorithms: Mapping[str, list[Place]], said: Iterable[str]) -> dict[str, list[Place]]:
    """Return the algorithms of the family that is named: of `the same RSA method`, those with RSA."""
    families = {found[0].upper() for text in said for found in FAMILY.finditer(text)}
    return {
        name: spots
        for name, spots in algorithms.items()
        if not families or any(one in name.upper() for one in families)
    }


def plain_hash(passages: Sequence[Passage]) -> dict[str, list[Place]]:
    """Return the hash that a header is said to hold, where nothing says that a secret is its key."""
    out: dict[str, list[Place]] = {}
    for passage in passages:
        found = PLAIN_HASH.search(passage.text) if passage.kind is not PassageKind.CODE else None
        if found:
            name = re.sub(r"SHA-?", "SHA-", found["hash"].upper())
            out.setdefault(name, []).append(place(passage)[0])
    return out
