"""Ways to authenticate that have no name in the request: nothing at all, OAuth, sessions, a key that goes somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import place
from specloom.facts.ranking.access.surroundings import LONGEST
from specloom.facts.ranking.access.ways import Mention, Way, line_of
from specloom.facts.speech import tongues

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.facts.evidence import Statement
    from specloom.model.passage import Passage

ACCESS: Final = (
    r"\b(?:auth\w*|(?:api |access )?(?:keys?|tokens?)|credentials?|accounts?|log(?:ged)?[ -]?in\b|registration"
    r"|sign(?:ed|ing)?[ -]?(?:up|in)\b)"
)
NO: Final = r"\b(?:no|not|n['o]t|never|neither|without|cannot|can't)"
CALLS: Final = (
    r"(?:apis?|requests?|endpoints?|calls?|routes?|methods?|quer(?:y|ies)|resources?|data|service|operations?)"
)
UNNEEDED: Final = (
    rf"{NO}\b[^.;,]{{0,40}}\b(?:need|requir\w*|necessary|mandatory|have to)\b[^.;]{{0,40}}\b{ACCESS}"
    rf"|{ACCESS}\b[^.;]{{0,25}}{NO}\b[^.;]{{0,15}}\b(?:need|requir|necessar|mandator)"
    rf"|(?:need|requires?|with) no\b[^.;]{{0,20}}\b{ACCESS}"
    rf"|\bno\b[^.;]{{0,15}}\b{ACCESS}\b[^.;]{{0,25}}\b(?:need|requir|necessar|involved)|{tongues.NEEDS_NONE}"
)
LACKING: Final = (
    r"\b(?:without|no|not) (?:(?:any|an?|the|your|using|providing|sending|being|form|of|user|valid|be) ){0,4}"
    rf"{ACCESS}\b"
)
OPEN: Final = (
    rf"{CALLS}\b[^.;,]{{0,40}}\b(?:is|are|be)\b[^.;,]{{0,25}}"
    r"\b(?:public(?:ly)?|open|free(?:ly)?|unauthenticated|anonymous(?:ly)?)\b"
)
FOR_ALL: Final = (
    r"\b(?:publicly|freely) (?:available|accessible|readable)"
    r"|\bpublic (?:apis?|endpoints?|routes?|methods?|data|resources?)|everybody|everyone|anyone|\bopen (?:api|to|data)"
)
OF_RIGHTS: Final = (
    r"permission|scope|\brole|admin|share|expose|private|web-?hook|docs\b|documentation|source|github|repositor"
    r"|licen[sc]e|third|refresh|browser|without having to|copy"
)
SESSION: Final = (
    r"\bsession\b[^.]{0,40}\b(?:auth|cookie|token|log)"
    r"|\bcookies?\b[^.]{0,60}\b(?:auth|session|log(?:ged)? ?in|sent|request)"
    r"|\bauth\w*[^.]{0,40}\b(?:session|cookie)|logged in|会话|\bset-cookie\b|cookies?\.txt"
)


def _compiled(words: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {sign: re.compile(pattern, re.IGNORECASE | re.DOTALL) for sign, pattern in words.items()}


NONE: Final = _compiled(
    {
        "unneeded": UNNEEDED,
        "lacking": LACKING,
        "open": OPEN,
        "anonymous": r"\b(?:anonymous|unauthenticated|non-authenticated)\b",
        "optional": rf"{ACCESS}\b[^.;]{{0,30}}\b(?:optional|alternatively)|\boptional\w*\b[^.;]{{0,30}}\b{ACCESS}",
        "for all": FOR_ALL,
    }
)
"""What may say that calls need nothing."""
BESIDE_NONE: Final = _compiled(
    {
        "calls": rf"\b{CALLS}\b",
        "if": r"\b(?:if|when|unless|should|must|cannot|can't|will not|won't|until|provided|valid|where|once)\b",
        "refused": r"\berror|\bfail|\binvalid|\b40[13]\b|\bdenied|reject|missing|expire|wrong|refus|discourag"
        r"|unauthori[sz]ed",
        "reads": r"\b(?:read(?:s|ing|-?only)?|GET|public|published|search\w*|list\w*|brows\w+|fetch\w*|retriev\w+"
        r"|consum\w+)\b",
        "in general": r"\b(?:all|most|every|any|generally|currently|by default)\b",
        "of rights": OF_RIGHTS,
        "other": r"\b(?:other|another|differen\w+) (?:\w+ )?(?:method|way|form|kind|scheme)|no other|differentiate",
        "long": r".{220}",
    }
)
"""What stands beside it, for and against."""
WHOLE: Final = _compiled(
    {
        "oauth2": r"\boauth\s*[-v]?\s*2(?:\.0)?\b|\boauth\b(?!\s*1|_| oauth_)|openid connect",
        "oauth1": r"\boauth[\s-]*1(?:\.0a?|a)?\b|oauth_consumer_key|oauth_signature",
        "session": SESSION,
        "apiKey": r"\b(?:api|access|auth\w*)[\s_-]?(?:key|token)s?\b"
        r"|\b(?:key|token)\b[^.]{0,40}\b(?:required|needed|obtain|register)",
    }
)
DENIED: Final = re.compile(r"\b(?:not|no longer|never|n't|instead of|rather than|unlike|without)\b", re.IGNORECASE)
COOKIE_FLAG: Final = re.compile(r"(?:^|\s)(?:-b|--cookie|-c) |\bCookie:")


def shown_whole(passage: Passage, signs: frozenset[str]) -> Iterator[Mention]:
    """Yield a session where an example keeps or sends a cookie, and OAuth 1 where it signs."""
    text = passage.text[:LONGEST]
    if "oauth_signature" in text or "oauth_consumer_key" in text:
        yield Mention(Way("whole", "oauth1"), line_of(passage, text.index("oauth_")), signs)
    if flag := COOKIE_FLAG.search(text):
        yield Mention(Way("whole", "session"), line_of(passage, flag.start()), signs | {"flag"})


def told_whole(statement: Statement, signs: frozenset[str]) -> Iterator[Mention]:
    """Yield the ways that a sentence or a row speaks of, and that none is needed where it may say so."""
    text, spot = statement.text, place(statement)[0]
    for kind, words in WHOLE.items():
        if found := words.search(text):
            denied = DENIED.search(text, max(0, found.start() - 40), found.end() + 30)
            yield Mention(Way("whole", kind), spot, signs | ({"denied"} if denied else set()))
    if said := {sign for sign, words in NONE.items() if words.search(text)}:
        beside = {sign for sign, words in BESIDE_NONE.items() if words.search(text)}
        if "refused" in beside and "unneeded" not in said:
            return  # calls without a key fail
        yield Mention(Way("whole", "none"), spot, (signs - {"doubted"}) | said | beside)
