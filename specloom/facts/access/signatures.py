"""Signatures of deliveries: what algorithms are called, and which one a header holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, place, statements
from specloom.facts.requests.headers import HEADER
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.evidence import Place
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
r"|hmac\.new)\(.{0,60}sha-?512")),
    ("HMAC-SHA384", r"hmac[\s_-]*(?:with\s+|using\s+)?(?:sha|hsa)[-_]?384|sha[-_]?384[\s_-]*hmac"),
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
    ("RSA-SHA256", (r"rsa\b[^\n]{0,50}\bsha-?256\s+digest|rsa[\s_-]*(?:with\s+)?sha[-_]?256"
r"|sha256[\s_-]*(?:with\s+)?rsa")),
    ("RSA-SHA1", r"rsa[\s_-]*(?:with\s+)?sha[-_]?1\b|sha1[\s_-]*(?:with\s+)?rsa"),
    ("HMAC-MD5", r"hmac[\s_-]*md5|md5[\s_-]*hmac|hmac\b[^.\n]{0,40}\b(?:with|using|by)\W{1,3}md5\b"),
)  # fmt: skip
WITH_SECRET: Final = re.compile(
    r"\bsign\w*\b[^.]{0,80}\bsecret\b[^.]{0,40}\bSHA-?(?P<bits>1|256|384|512)\b"
    r"|\bSHA-?(?P<first>1|256|384|512)\b[^.]{0,60}\bsign\w*\b[^.]{0,60}\bsecret\b",
    re.IGNORECASE,
)
"""A hash that a secret signs with is an HMAC, whatever it is called."""
UNNAMED: Final = re.compile(r"\bsignature header\b|\b(?:an?|the) header\b[^.]{0,40}\bsign|\bJW[ST]\b", re.IGNORECASE)
"""A signature that is there, though in a header without a name or in the body itself."""


def algorithm_in(text: str) -> str:
    """Return the first algorithm that a text names."""
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
    if any(UNNAMED.search(passage.text) for passage in passages):
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
