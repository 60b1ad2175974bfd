"""The grants of OAuth 2.0 by their names: in sentences, in examples, in lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.passage import Passage

FLOWS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "authorizationCode",
            (
                r"response_type\W{1,12}code\b|`authorization_code`|grant_type\W{1,12}authorization_code"
                r"|authori[sz]ation[-_ ]code\W{1,3}(?:flow|grant)|three-legged|3-legged"
                r"|\bweb (?:application|server) flow|\bcode[- ]grant\b|\bgrant[- ]code\b[^.]{0,20}\bflow"
            ),
        ),
        (
            "clientCredentials",
            (
                r"grant_type\W{1,12}client_credentials|\bclient_credentials\b|client[- ]credentials?\W{1,3}(?:flow"
                r"|grant)|two-legged|2-legged"
            ),
        ),
        ("password", r"grant_type\W{1,12}password\b|password\W{1,3}(?:flow|grant)|resource owner password"),
        ("implicit", r"response_type\W{1,12}token\b|implicit\W{1,3}(?:flow|grant)"),
        (
            "deviceCode",
            r"grant_type\W{1,60}device_code|device (?:authorization |code )?(?:flow|grant)|/device/code\b",
        ),
    )
)
NAMES: Final = (
    ("authorizationCode", r"authori[sz]ation[- _]code"),
    ("clientCredentials", r"client[- _]credentials?"),
    ("password", r"(?:resource owner )?password(?! (?:and|or|&|,))"),
    ("implicit", r"implicit"),
    ("deviceCode", r"device[- _]code"),
)
LISTED: Final = re.compile(
    r"(?P<list>(?:(?:"
    + "|".join(words for _, words in NAMES)
    + r"|refresh[- _]token)(?:\s+(?:with|\+)\s+PKCE)?\W{0,4}(?:(?:,|and|or|&|/)\s+)*(?:the\s+)?){2,6})"
    + r"(?:OAuth\S*\s+)?(?:flows?|grants?)\b"
    + r"|(?:flows?|grants?|grant types?)\b(?:\s+(?:are|of|supported|include|is)){0,3}\W{1,4}(?P<named>(?:(?:"
    + "|".join(words for _, words in NAMES)
    + r"|refresh[- _]token)\W{0,4}(?:(?:,|and|or|&|/)\s+)*){1,6})",
    re.IGNORECASE,
)
"""Flows that share one noun: `the authorization code and implicit flows`."""
GRANT_ITEM: Final = re.compile("\\W*(?:" + "|".join(words for _, words in NAMES) + ")\\W*", re.IGNORECASE)
GRANT_LEAD: Final = re.compile(r"\bgrants?(?: types?)?\b[^.]*:\W*$|\bflows\b[^.]*:\W*$", re.IGNORECASE)
REFUSED: Final = re.compile(
    r"^[^.;]{0,30}\b(?:is|are)\s+(?:not|no longer|un)\s?(?:supported|available|allowed|offered)"
)
UNSUPPORTED: Final = re.compile(
    r"(?:\b(?:not|no longer|never|isn'?t|doesn'?t|don'?t|cannot|can'?t)\s+(?:\w+\s+){0,2}?"
    r"(?:support|allow|accept|offer|use|provide|recommend|implement|enable|permit)\w*|\bdeprecated|\bremoved)\b[^.]{0,40}",
    re.IGNORECASE,
)


CLIENT_PAIR: Final = re.compile(
    r"\bclient[\s_-]?id\b.{0,80}\bclient[\s_-]?secret\b|\btoken (?:endpoint|request|url)\b", re.IGNORECASE | re.DOTALL
)
NEAR: Final = 600
"""Characters of a paragraph in which its sentences speak of one pair."""
GRANT: Final = re.compile(r"\bgrant_type\b|/token\b|\bclient[\s_-]credentials\b", re.IGNORECASE)
SENT_TO: Final = re.compile(r"\bredirect_uri\b|\bauthori[sz](?:e|ation) (?:url|endpoint|page)\b", re.IGNORECASE)
"""Where users are sent to, which no call is."""
WITH_CODE: Final = re.compile("response_type", re.IGNORECASE)
BY_PASSWORD: Final = re.compile(r"grant_type\W{1,12}password\b", re.IGNORECASE)
"""Some clients send along what a flow does not need: a password asks for no code."""


def stated(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the flows that are named or shown, and the words to find them by."""
    for flow, pattern in FLOWS:
        found = pattern.search(text)
        if found and not _denied(text, found) and not (WITH_CODE.match(found[0]) and BY_PASSWORD.search(text)):
            yield flow, pattern
    for listed in LISTED.finditer(text):
        if _denied(text, listed):
            continue
        for flow, words in NAMES:
            if re.search(words, listed["list"] or listed["named"], re.IGNORECASE):
                yield flow, re.compile(words, re.IGNORECASE)


def listed(evidence: Evidence, passage: Passage) -> Iterator[str]:
    """Read an item that is nothing but the name of a grant, in a list of the grants there are."""
    if passage.kind is not PassageKind.LIST_ITEM or not GRANT_ITEM.fullmatch(passage.text.strip()):
        return
    lead = next((p.text for p in reversed(evidence.before(passage, 8)) if p.kind is PassageKind.PARAGRAPH), "")
    if GRANT_LEAD.search(lead) and not UNSUPPORTED.search(lead):
        yield from (flow for flow, words in NAMES if re.search(words, passage.text, re.IGNORECASE))


def _denied(text: str, found: re.Match[str]) -> bool:
    return bool(
        UNSUPPORTED.search(text[max(0, found.start() - 60) : found.start()]) or REFUSED.search(text[found.end() :])
    )


def for_token(evidence: Evidence, statement: Statement) -> bool:
    """Tell the credentials of a client that asks for a token from those of calls."""
    passage = statement.passage
    near = passage.text[:NEAR] if statement.row is None else statement.text
    return bool(CLIENT_PAIR.search(" ".join([*passage.headings[-1:], near]))) and any(
        GRANT.search(p.text) for p in (*evidence.before(passage, 6), passage, *evidence.after(passage, 6))
    )
