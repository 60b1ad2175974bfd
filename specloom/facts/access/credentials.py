"""Credentials in what the docs say: in sentences, lists and tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_examples import CREDENTIAL, NOT_CREDENTIAL, QUERY_NAMES
from specloom.facts.access.credential_places import NEGATED, SIGNATURE, header_names, negated, placed
from specloom.facts.access.credential_tables import in_path, in_table, on_line, signs
from specloom.facts.access.grants import SENT_TO, for_token
from specloom.facts.access.refused import needs_none, refused
from specloom.facts.evidence import Candidate, Statement, place, statements
from specloom.facts.requests.headers import HEADER
from specloom.facts.speech.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage
    from specloom.model.source import Json

SAYS_BASIC: Final = re.compile(
    r"(?:(?<!most )\b(?:HTTP[\s-]+)?Basic\b[\s-]*(?:access\s+)?(?:HTTP\s+)?auth(?:entication|orization)?\b"
    r"|\bHTTP\s+Basic\b|\bBasic access authentication\b)(?!\s+(?:flow|process|steps|set-?up|concept)s?\b)",
    re.IGNORECASE,
)
AS_USER: Final = re.compile(
    r"\b(?:key|token)\b[^.]{0,40}\bas (?:the |your |a )?(?:basic auth\w* )?(?:user ?name|password)\b"
    r"|\bbase-?64\b[^.]{0,60}\b(?:user ?name|user|email|login|key)\s?:\s?\w*(?:pass\w*|secret|token)\b",
    re.IGNORECASE,
)
"""Basic by what it is made of."""
SAYS_DIGEST: Final = re.compile(r"\b(?:HTTP )?Digest auth", re.IGNORECASE)
SAYS_BEARER: Final = re.compile(
    r"\bBearer\b(?:\s+(?:auth\w*|tokens?|scheme|<|\{|\$|\[|YOUR|ACCESS|API"
    r"|\.\.\.|…|x{3}|[A-Za-z0-9._-]{12,})|[`'\"]|\s*$)|\bbearer[- ](?:auth"
    r"|token)|word [`\"<]*Bearer|`Bearer`|\bAuthorization\b\W{1,8}Bearer\b",
    re.IGNORECASE,
)
SENT_HEADERS: Final = re.compile(
    r"\b(?:authenticat|private|every|all|each|must|need|requir|sign|send|expect)\w*\b[^.]*\bheaders?\b"
    r"|\bheaders?\b[^.]*\b(?:authenticat|must|need|requir|every|each request|expected)",
    re.IGNORECASE,
)
RESPONDED: Final = re.compile(r"\brespon(?:se|d)|\breturn", re.IGNORECASE)
LONE: Final = re.compile(r"`(?P<name>[A-Za-z]\w*(?:[Kk]ey|[Tt]oken|[Ss]ecret)(?:Id|ID|_id)?)`")
IN_HEADER: Final = re.compile(r"\bin the (?:\w+ )?headers?\W*$", re.IGNORECASE)
"""What leads to a list of names and nothing else: `in the header:`."""
OF_ONE_KEY: Final = re.compile(
    r"\b(?:key|token|credential|secret)s?\b[^.]*\b(?:places|ways|one of|either|as)\b[^.]*:\W*$", re.IGNORECASE
)
"""What leads to a list of the places where one key may be: `in one of these places:`."""
PLACE_OF: Final = re.compile(
    r"^\W*(?:(?:in|as|via|through)\s+)?(?:an?\s+|the\s+)?(?:(?:url|http|request|custom)\s+)*"
    r"(?P<where>query|header|cookie)\b(?:[\s-]*(?:string|param(?:eter)?|field))*\s+(?:named|called)\s+"
    r"[`\"'*]+(?P<name>[A-Za-z][\w-]*)[`\"'*]",
    re.IGNORECASE,
)
PARAMETER_COLUMN: Final = re.compile(r"^\W*(?:query[\s-]*(?:string )?)?param(?:eter)?s?\b", re.IGNORECASE)
IN_QUERY: Final = re.compile(r"(?:url )?query(?:[\s-]*(?:string|param(?:eter)?))?|url param(?:eter)?", re.IGNORECASE)
IN_OTHER: Final = re.compile(r"\b(?:body|header|path|form|json|webhook)\b", re.IGNORECASE)
YOUR_KEY: Final = re.compile(
    r"\byour (?:\w+ ){0,2}?(?:api|access|application|app)[\s-]?(?:key|token|id)\b", re.IGNORECASE
)
NOT_ALONE: Final = frozenset({"client_id", "client_secret", "key", "token", "auth", "access_token"})
"""Names with other meanings where nothing around speaks of authentication."""
OAUTH1: Final = re.compile(r"\bOAuth[\s-]*1(?:\.0a?|a)\b", re.IGNORECASE)
OAUTH2: Final = re.compile(
    r"\b(?:authenticat|authoriz|us(?:es?|ing)|support|via|requir|protected"
    r"|secur|through)\w*\b[^.]{0,60}\bOAuth\s*(?:2(?:\.0)?"
    r"|v2)\b|\bOAuth\s*2(?:\.0)?\b[^.]{0,50}\b(?:authenticat|authoriz|access token"
    r"|to access|is required|for auth)",
    re.IGNORECASE,
)
SESSION: Final = re.compile(
    r"\bsession(?:[- ]based)?[- ](?:auth\w*|cookies?|tokens?)\b|\bauth(?:entication|orization) cookie\b"
    r"|\b(?:sets?|returns?|receives?|issues?|sends?)\b[^.]{0,30}\bcookie\b[^.]{0,80}\bauth(?:enticat|oriz)\w+"
    r"|\blogged in(?:to)?\b[^.]{0,40}\busing\b[^.]{0,20}\bbrowser session\b"
    r"|\bcookie(?:[- ]based)?[- ]auth\w*|\bauthenticat\w+ (?:via|with|using|by) "
    r"(?:(?:a|the|browser) )*(?:session|cookie)"
    r"|\bcookie\b[^.]{0,60}\b(?:sent|included|passed|returned|presented)\b[^.]{0,20}"
    r"\b(?:with|in|on) (?:each|every|all|subsequent|further|later)\b",
    re.IGNORECASE,
)
OF_TOKENS: Final = re.compile(r"header|authoriz|authenticat|token", re.IGNORECASE)
SESSION_HEADER: Final = re.compile(r"\b(?:[A-Za-z]+-)+Session(?:-(?:Token|Id|Key))?\b", re.IGNORECASE)
NOT_SESSION: Final = re.compile(r"\b(?:docs|documentation|explorer|console|playground|headers?)\b", re.IGNORECASE)
OAUTH2_ITSELF: Final = re.compile(
    r"^\W*(?:the\s+)?OAuth\s*2(?:\.0)?\b(?=\W*$|\s+(?:authenticat\w*"
    r"|authori[sz]ation\b(?! (?:endpoint|url|server|page))|as per|is (?:required|supported|used)|security|access))"
    r"|\bauthenticat\w+\b[^.]{0,40}\bOAuth\s*2(?:\.0)?\b",
    re.IGNORECASE,
)
ADDRESS: Final = re.compile(r"\W*https?://\S+")
"""Nothing but an address: a path called oauth2 says nothing of how calls are authenticated."""
UNSUPPORTED: Final = re.compile(
    r"\b(?:not|no longer|isn'?t|aren'?t|doesn'?t|does not|never)\b[^.]{0,30}\b(?:support"
    r"|accept|allow|possible|available|work|permitted)|\bunsupported\b|\b(?:has"
    r"|have) been (?:removed|disabled|discontinued)\b",
    re.IGNORECASE,
)
DENIED_PART: Final = re.compile(
    r"\b(?:instead of|rather than|as opposed to|unlike)\b[^,.;]*[,.;]?"
    r"|\([^()]*\b(?:not|un)\s?(?:support|accept|allow)[^()]*\)"
    r"|\b(?:when|if|unless|because|since|while|although)\b[^,.;]*"
    r"\b(?:not|doesn'?t|don'?t|cannot|can'?t)\b[^,.;]{0,30}"
    r"\b(?:support|accept|allow|possible|available|work|permitted)[^,.;]*",
    re.IGNORECASE,
)
"""Asides that say what is not done, beside what is."""
ALL_KINDS: Final = re.compile(
    r"\b(?:all (?:the |of the )?(?:common|popular|standard|usual|kinds|types)|every (?:type|kind))\b[^.]{0,30}\bauth",
    re.IGNORECASE,
)
"""What a platform that connects others can do is not how it is called itself."""
RECEIVER: Final = re.compile(
    r"\byour (?:own )?(?:underlying )?(?:api )?(?:backend|api server|web ?server"
    r"|web application|receiver|server|webhook|endpoint)s?\b(?!\s+(?:api\s+)?(?:token|key)s?\b)",
    re.IGNORECASE,
)
JWT_SIGNED: Final = re.compile(
    r"\bsign\b[^.]{0,30}\bJWT\b|\bJWT\b[^.]{0,40}\b(?:signed|private key)"
    r"|\bJWT\b[^.;]{0,30}\bin (?:the |an |your )?\W?Authorization\W{1,2}header\b",
    re.IGNORECASE,
)


def in_prose(evidence: Evidence, passage: Passage, *, headed: bool) -> Iterator[Candidate]:
    """Read what sentences and table rows say about credentials."""
    if any(RECEIVER.search(p.text) and re.search("backend|receiver", p.text) for p in evidence.section(passage)):
        return
    for statement in statements(passage):
        text = statement.text
        if (
            ALL_KINDS.search(text)
            or evidence.whose.names_other(text)
            or HYPOTHETICAL.search(text)
            or RECEIVER.search(text)
        ):
            continue
        yield from needs_none(statement, headed=headed)
        yield from refused(statement)
        affirmed = replace(statement, text=DENIED_PART.sub(" ", text))
        if UNSUPPORTED.search(affirmed.text):
            continue
        yield from _spoken(evidence, affirmed, headed=headed)
        yield from _listed(evidence, affirmed, headed=headed)


def _listed(evidence: Evidence, statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    """Read `X-Api-Key: …` in a list or table that is introduced by `send these headers with every request`."""
    passage = statement.passage
    yield from in_table(statement, headed=headed)
    yield from (*on_line(evidence, statement), *in_path(statement)) if headed else ()
    if headed or PARAMETER_COLUMN.search(" ".join(passage.header[:1])):
        yield from _row(statement, headed=headed)
    if headed and (lone := LONE.fullmatch(statement.text)) and IN_HEADER.search(_lead(evidence, passage)):
        alone: dict[str, Json] = {"type": "apiKey", "in": "header", "name": lone["name"]}
        yield Candidate(fact_kind="auth", value=alone, places=place(statement), strength=0.8)
        return
    spot = PLACE_OF.match(statement.text) if headed and passage.kind is PassageKind.LIST_ITEM else None
    if spot and OF_ONE_KEY.search(_lead(evidence, passage)):
        there: dict[str, Json] = {"type": "apiKey", "in": spot["where"].lower(), "name": spot["name"]}
        yield Candidate(fact_kind="auth", value=there, places=place(statement), strength=0.85)
        return
    name = HEADER.match(statement.text.lstrip("`*\"' "))
    if (
        passage.kind not in {PassageKind.LIST_ITEM, PassageKind.TABLE}
        or not name
        or not (CREDENTIAL.search(name[1]) or SIGNATURE.search(name[1]))
    ):
        return
    lead = _lead(evidence, passage)
    if (
        SENT_HEADERS.search(lead)
        and not RESPONDED.search(lead)
        and not NOT_CREDENTIAL.search(name[1])
        and name[1].lower() != "authorization"
    ):
        value: dict[str, Json] = {"type": "apiKey", "in": "header", "name": name[1]}
        value |= {"signature": True} if SIGNATURE.search(name[1]) else {}
        yield Candidate(fact_kind="auth", value=value, places=place(statement), strength=0.88 if headed else 0.82)


def _lead(evidence: Evidence, passage: Passage) -> str:
    return next((p.text for p in reversed(evidence.before(passage, 6)) if p.kind is PassageKind.PARAGRAPH), "")


def _row(statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    """Read a row that names a credential, and either its place or, in a table of parameters, whose it is."""
    cells = [cell.strip("`*\"' ") for cell in statement.row.cells] if statement.row else []
    name = next((cell for cell in cells if QUERY_NAMES.fullmatch(cell)), "")
    placed = any(IN_QUERY.fullmatch(cell) for cell in cells)
    placed = placed or (headed and signs(statement.passage))
    yours = bool(YOUR_KEY.search(" ".join(cells))) and not any(IN_OTHER.search(cell) for cell in cells)
    if name and name.lower() not in NOT_ALONE and (placed if headed else yours):
        value: dict[str, Json] = {"type": "apiKey", "in": "query", "name": name}
        yield Candidate(fact_kind="auth", value=value, places=place(statement), strength=0.85 if headed else 0.8)


def _spoken(evidence: Evidence, statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    text = statement.text
    base: dict[str, Json] = {"in": "header", "name": "Authorization"}
    sure = 0.9 if headed else 0.72

    def made(value: Mapping[str, Json], strength: float = sure) -> Candidate:
        return Candidate(fact_kind="auth", value=value, places=place(statement), strength=strength)

    basic, bearer = SAYS_BASIC.search(text), SAYS_BEARER.search(text)
    if (
        basic
        and not negated(text, basic)
        and not for_token(evidence, statement)
        and (
            headed
            or re.search(
                r"\b(?:api|requests?|endpoints?|calls?|we|our)\b|\buser ?name\b[^;]{0,60}\bpassword\b"
                r"|\b(?:to )?authenticat\w+,? us",
                text,
                re.IGNORECASE,
            )
        )
    ):
        yield made({"type": "http", "scheme": "basic", **base})
    if bearer and not negated(text, bearer) and OF_TOKENS.search(text) and not _own_bearer(text, bearer):
        yield made({"type": "http", "scheme": "bearer", **base})
    if (
        headed
        and not basic
        and AS_USER.search(text)
        and not NEGATED.search(text)
        and not for_token(evidence, statement)
    ):
        yield made({"type": "http", "scheme": "basic", **base}, 0.82)
    if headed and SAYS_DIGEST.search(text) and not NEGATED.search(text):
        yield made({"type": "http", "scheme": "digest", **base}, 0.82)
    if OAUTH1.search(text) and headed:
        yield made({"type": "oauth1"}, 0.88)
    if _by_oauth2(text, headed=headed):
        yield made({"type": "oauth2"}, 0.6)
    if headed and _by_session(evidence, statement):
        yield made({"type": "session"}, 0.75)
    if headed and JWT_SIGNED.search(text):
        yield made({"type": "http", "scheme": "bearer", **base, "bearer_format": "JWT"}, 0.75)
    yield from (made(value, strength) for value, strength in _placed(statement, headed=headed))


def _placed(statement: Statement, *, headed: bool) -> Iterator[tuple[dict[str, Json], float]]:
    """Read a name and its place, but for what an address for people has."""
    if not SENT_TO.search(statement.text):
        yield from placed(statement.text, headed=headed, heading="".join(statement.passage.headings[-1:]))


def _own_bearer(text: str, bearer: re.Match[str]) -> bool:
    """Tell a bearer token that travels in a header of its own: `X-Quay-Token: Bearer …`."""
    for name in header_names(text):
        if name.lower() == "authorization" or "-" not in name:
            continue
        quoted = re.escape(name)
        before, after = text[: bearer.start()], text[bearer.end() :]
        if re.search(rf"{quoted}\W{{0,6}}$|{quoted}\b[^.;,]{{0,25}}\b(?:with|to|as)\b[^.;,]{{0,25}}$", before):
            return True
        if re.match(rf"[^.;,]{{0,40}}\b(?:in|via|through|using|as)\b[^.;,]{{0,15}}{quoted}", after):
            return True
    return False


def _by_session(evidence: Evidence, statement: Statement) -> bool:
    """Tell a session as such from a session's token in a header of its own, which is a key."""
    text = statement.text
    if not (found := SESSION.search(text)) or NEGATED.search(text) or NOT_SESSION.search(text):
        return False
    if re.search("token", found[0], re.IGNORECASE) and not re.search("cookie", text, re.IGNORECASE):
        return not evidence.about(SESSION_HEADER)
    return not any(HEADER.fullmatch(heading) for heading in statement.passage.headings[-1:])


def _by_oauth2(text: str, *, headed: bool) -> bool:
    if ADDRESS.fullmatch(text):
        return False
    if OAUTH2_ITSELF.search(text):
        return True
    return bool(
        headed
        and OAUTH2.search(text)
        and not re.search(r"\b(?:library|libraries|register|app|link(?:ed|ing)?|providers?)\b", text, re.IGNORECASE)
    )
