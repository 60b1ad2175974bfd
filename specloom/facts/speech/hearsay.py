"""Sentences on what somebody else's API demands are not read: `Stripe requires a key`, in the docs of a shop."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import sentences
from specloom.facts.speech.speaker import COMMON
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.facts.speech.whose import Ownership
    from specloom.model.passage import Document, Passage

VERB: Final = (
    r"(?:needs|requires|uses|expects|accepts|wants|demands|returns|responds|answers|authenticates|signs|issues)"
)
DEMANDS: Final = re.compile(
    r"(?:^|[,;:—–(]\s{1,3}"
    r"|\b(?:but|and|since|because|that|while|where|when|if|as)\s{1,3})(?P<the>[Tt]he\s{1,3})?"
    r"(?P<name>[A-Z][\w.]{1,40}(?:\s[A-Z][\w.]{1,40}){0,2})(?:['’]s)?(?:\s(?:REST|HTTP|web|public|own))?"
    r"(?P<api>\sAPIs?)?"
    rf"(?:\s(?:also|will|currently|only|itself|then|now|always))?\s{{1,3}}{VERB}\b"
)
OF_GROUP: Final = re.compile(
    r"\b(?:your|their|most|many|some|other)\s(?:own\s)?(?:(?:identity|payment|email|e-mail|sms|cloud"
    r"|model|embedding|upstream|third[- ]party|external|hosting|storage|other)\s){1,2}(?:providers?|vendors?|services?"
    rf"|gateways?|companies|carriers?)(?:['’]s? apis?)?\s(?:also\s|may\s|will\s)?(?:{VERB}|need|require|use|expect"
    r"|accept|return|respond)\b",
    re.IGNORECASE,
)
"""`Your payment provider requires …`."""
TELLS: Final = re.compile(rf"\b{VERB}\b|{OF_GROUP.pattern}", re.IGNORECASE)
OWN: Final = re.compile(r"\b(?:our|we|us)\b(?! (?:do|handle|take|send|store|call|pass|forward))", re.IGNORECASE)
SELDOM, SELDOM_SHARE = 4, 0.03
"""Passages that name a vendor; whom the docs name all the time is the one whose docs they are."""
NO_VENDOR: Final = frozenset(
    {"openid", "oauth2", "openapi", "swagger", "websocket", "websockets", "markdown", "javascript", "typescript"}
    | {"production", "sandbox", "staging", "test", "live", "admin", "admins", "developer", "developers", "partner"}
    | {"partners", "connect", "core", "cloud", "sdk", "cli", "application", "applications", "authentication"}
    | {"authorization", "pagination", "versioning", "idempotency", "endpoint", "endpoints", "response", "responses"}
)
"""Words that docs write with a capital and that are no company."""


@dataclass(frozen=True, slots=True)
class Words:
    """How the docs use words: those of titles, headings and paths, those in small letters, and in how many passages."""

    shown: frozenset[str]
    small: frozenset[str]
    mentions: Counter[str]
    often: float


def own_words(documents: Sequence[Document], whose: Ownership) -> tuple[Document, ...]:
    """Return the documents without what they tell of others; what tells nothing of others stays the very same."""
    words = words_of(documents)
    return tuple(replace(d, passages=_kept(d.passages, whose, words)) for d in documents)


def words_of(documents: Sequence[Document]) -> Words:
    """Count words."""
    texts = {text for d in documents for text in (d.path, d.title, *(h for p in d.passages for h in p.headings))}
    prose = [p.text for d in documents for p in d.passages if p.kind is not PassageKind.CODE]
    mentions = Counter(name.lower() for text in prose for name in set(re.findall(r"\b[A-Z][A-Za-z0-9]+", text)))
    return Words(
        shown=frozenset(word.lower() for text in texts for word in re.findall(r"[A-Za-z][A-Za-z0-9]+", text)),
        small=frozenset(word for text in prose for word in re.findall(r"\b[a-z][a-z0-9]+\b", text)),
        mentions=mentions,
        often=max(SELDOM, SELDOM_SHARE * len(prose)),
    )


def _kept(passages: Sequence[Passage], whose: Ownership, words: Words) -> tuple[Passage, ...]:
    out = []
    for passage in passages:
        if passage.kind not in {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM} or not TELLS.search(passage.text):
            out.append(passage)
            continue
        said = sentences(passage.text)
        kept = [one for one in said if not of_others(one, whose, words)]
        if len(kept) == len(said):
            out.append(passage)
        elif kept:
            out.append(replace(passage, text=" ".join(kept)))
    return tuple(out)


def of_others(sentence: str, whose: Ownership, words: Words) -> bool:
    """Tell whether a sentence is about what another vendor demands."""
    if OWN.search(sentence) or any(word.lower() in whose.names for word in re.findall(r"[A-Za-z]\w+", sentence)):
        return False
    if OF_GROUP.search(sentence):
        return True
    return any(
        _is_vendor(found["name"], whose, words)
        and not (found["the"] and not found["api"] and "API" not in found["name"])
        for found in DEMANDS.finditer(sentence)
    )


def _is_vendor(name: str, whose: Ownership, words: Words) -> bool:
    """Tell a name that the docs write as nothing else, and seldom, and that has no page or section of its own."""
    parts = [part.lower().rstrip(".") for part in name.split()]
    vendor = [part for part in parts if part not in COMMON and part not in NO_VENDOR]
    if not vendor or vendor[0] != parts[0] or vendor[0] not in whose.proper:
        return False
    return not words.shown & set(vendor) and vendor[0] not in words.small and words.mentions[vendor[0]] <= words.often
