"""What stands around a line that may show or tell of a credential, as yes or no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credentials import ALL_KINDS, RECEIVER
from specloom.facts.speech import tongues
from specloom.facts.speech.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

ACCESS: Final = re.compile(
    r"auth(?!or)|credential|api[\s_-]?keys?\b|\btokens?\b|security|\bsign(?:ing|ed|atures?)?\b|log ?in\b"
    rf"|{tongues.AUTHENTICATION}|{tongues.CREDENTIAL}",
    re.IGNORECASE,
)
DELIVERED: Final = re.compile(
    r"web-?hook|call-?back|\bdeliver(?:y|ies|ed)\b|\bhook\b|\bincoming\b"
    r"|\bwe (?:\w+ )?(?:send|include|add|sign|attach|pass)\b",
    re.IGNORECASE,
)
"""What the API calls, and not what calls it."""
ANSWERED: Final = re.compile(r"\brespon[sd]|\breturn|\brate\b|\blimits?\b|\berrors?\b", re.IGNORECASE)
NOBODY: Final = re.compile(r"https?://(?:www\.)?example\.(?:com|org|net)\b", re.IGNORECASE)
"""A host that stands for one of the reader's own."""
OBTAINED: Final = re.compile(
    r"\boauth|\bgrant|\bsso\b|saml|scim|log ?in\b|obtain|generat|creat|refresh|revok|register|third[- ]party",
    re.IGNORECASE,
)
"""Sections on how one comes by a credential rather than on how calls carry it."""
EXCHANGE: Final = re.compile(
    r"grant_type|client_secret|redirect_uri|/oauth2?/|/token\b|code_verifier|refresh_token|/login\b|/auth\b|/sessions?\b",
    re.IGNORECASE,
)
CALL: Final = re.compile(
    r"\bcurl\b|\bwget\b|\b(?:GET|POST|PUT|DELETE|PATCH)\s+[/h{]|\bfetch\(|requests\.|\bhttp(?:ie|s)? |axios|HttpClient"
    r"|Net::HTTP|urllib|xmlrpc"
)
ANSWER: Final = re.compile(r"HTTP/\d\S* \d\d\d|\b[Ss]tatus\b.{0,4}\b[2345]\d\d\b|^\s*[\[{]")
ADDRESS: Final = re.compile(r"https?://[^\s\"'`<>)]+")
MOST_ADDRESSES: Final = 20
LONGEST: Final = 20_000
"""Characters of an example that are looked at."""
TELLS: Final = re.compile(
    r"\b(?:pass|sen[dt]|includ|append|set|provid|suppl|add|specif|us(?:e|ing)|put|attach|authenticat|authori[sz]|requir"
    rf"|must|need|accept|expect|via|through)|{tongues.SENT}",
    re.IGNORECASE,
)
EVERY: Final = re.compile(
    r"\b(?:each|every|all|any|subsequent|further)\b[^.]{0,30}\b(?:requests?|calls?|endpoints?|methods?|quer)"
    rf"|\bauthenticat\w+|\bauthori[sz](?:e|ed|ation)\b|{tongues.AUTHENTICATION}",
    re.IGNORECASE,
)
DOUBTED: Final = re.compile(
    r"\b(?:not|no longer|never|isn'?t|aren'?t|don'?t|doesn'?t|cannot|can'?t|unsupported|deprecated|removed|instead of"
    r"|rather than|unlike|previously|formerly|without|invalid|missing|wrong|error|fail\w*|40[13])\b",
    re.IGNORECASE,
)
MUST: Final = re.compile(r"\brequire|\bmust\b|\bmandatory", re.IGNORECASE)
RETURNED: Final = re.compile(
    r"\brespon(?:se|ds?)\b[^.]{0,60}\b(?:contain|includ|header|cookie|has|carr|return)\w*|\breturn(?:s|ed)?\b[^.]{0,60}\b(?:header|cookie|token)"
    r"|\bsets? an? cookie|\bset-cookie\b",
    re.IGNORECASE,
)
"""What the API gives back."""
SAID: Final = {
    "returned": RETURNED,
    "tells": TELLS,
    "every": EVERY,
    "doubted": DOUBTED,
    "must": MUST,
    "exchange": EXCHANGE,
}


def around(evidence: Evidence, passage: Passage) -> frozenset[str]:
    """Say what file, headings and the call around a passage tell."""
    below = passage.headings[1:] if evidence.titled else passage.headings
    where = f"{' / '.join(below)} {passage.path}"
    whose = evidence.whose
    headed = bool(ACCESS.search(where))
    foreign = whose.aside(passage) or whose.old(passage) or whose.surface(passage) not in {"", "graphql"}
    foreign = foreign or bool(DELIVERED.search(where)) or bool(ANSWERED.search(" ".join(passage.headings[-1:])))
    signs = {
        "headed": headed,
        "below": bool(below) and bool(ACCESS.search(below[-1])),
        "foreign": foreign,
        "obtained": bool(OBTAINED.search(where)),
    }
    if passage.kind is PassageKind.CODE:
        text = passage.text[:LONGEST]
        hosts = [found.group() for _, found in zip(range(MOST_ADDRESSES), ADDRESS.finditer(text), strict=False)]
        ours = any(whose.calls(url) for url in hosts)
        signs |= {
            "foreign": foreign or (bool(hosts) and not headed and all(map(NOBODY.match, hosts))),
            "code": True,
            "call": bool(CALL.search(text)),
            "ours": ours,
            "theirs": bool(hosts) and not ours,
            "exchange": bool(EXCHANGE.search(text)),
            "answer": bool(ANSWER.search(text)),
        }
    return frozenset(name for name, holds in signs.items() if holds)


def told(evidence: Evidence, text: str) -> frozenset[str]:
    """Say what the words of a sentence or a row tell."""
    other = ALL_KINDS.search(text) or HYPOTHETICAL.search(text) or RECEIVER.search(text) or DELIVERED.search(text)
    foreign = {"foreign"} if other or evidence.whose.names_other(text) else set()
    return frozenset(name for name, words in SAID.items() if words.search(text)) | foreign
