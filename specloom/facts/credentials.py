"""Credentials in what the docs say: in sentences, lists and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.credential_examples import CREDENTIAL, NOT_CREDENTIAL, QUERY_NAMES, authorization
from specloom.facts.evidence import Candidate, Statement, place, statements
from specloom.facts.headers import HEADER
from specloom.facts.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage
    from specloom.model.source import Json

SAYS_BASIC: Final = re.compile(
    r"\b(?:HTTP[\s-]+)?Basic\b[\s-]*(?:access\s+)?(?:HTTP\s+)?auth"
    r"|\bHTTP\s+Basic\b|\bbasic auth(?:entication"
    r"|orization)?\b|\bBasic access authentication\b",
    re.IGNORECASE,
)
SAYS_DIGEST: Final = re.compile(r"\b(?:HTTP )?Digest auth", re.IGNORECASE)
SAYS_BEARER: Final = re.compile(
    r"\bBearer\b(?:\s+(?:auth\w*|tokens?|scheme|<|\{|\$|\[|YOUR|ACCESS|API"
    r"|\.\.\.|…|x{3}|[A-Za-z0-9._-]{12,})|[`'\"]|\s*$)|\bbearer[- ](?:auth"
    r"|token)|word [`\"<]*Bearer|`Bearer`",
    re.IGNORECASE,
)
NEGATED: Final = re.compile(
    r"\b(?:not|no longer|never|isn'?t|aren'?t|don'?t|doesn'?t|cannot|can'?t"
    r"|unsupported|deprecated|removed|instead of|rather than|unlike|previously|formerly)\b",
    re.IGNORECASE,
)
PLACED: Final = re.compile(
    r"\b(?:pass|send|includ|set|provid|suppl|add|specif|us(?:e|ing)|put|attach|authenticat|via"
    r"|through|in|with|require|header|parameter|accept|contain)",
    re.IGNORECASE,
)
HEADER_WORD: Final = re.compile(r"\bheaders?\b", re.IGNORECASE)
QUERY_WORD: Final = re.compile(
    r"\b(?:query|url|get)[\s-]*(?:string)?[\s-]*(?:param(?:eter)?s?"
    r"|arguments?|string|variables?)\b|\bas a (?:url )?(?:query )?param(?:eter)?\b"
    r"|\bquery ?string\b|\bin the (?:request )?(?:query|url)\b",
    re.IGNORECASE,
)
NAMED: Final = re.compile(r"[`\"'*]\??(?P<name>[A-Za-z][\w.-]*)(?:\s*[:=][^`\"'*]*)?[`\"'*]")
SENT_HEADERS: Final = re.compile(
    r"\b(?:authenticat|private|every|all|each|must|need|requir|sign)\w*\b[^.]*\bheaders?\b"
    r"|\bheaders?\b[^.]*\b(?:authenticat|must|need|requir|every|each request)",
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
ALONE: Final = re.compile(r"^\W*Authorization:\s*[A-Za-z][\w-]*\s+\S+\W*$")
"""A line that is nothing but the header."""
PREFIXED: Final = re.compile(
    r"\b(?:prefix(?:ed)?|preced(?:ed)?|begin(?:s|ning)?|start(?:s|ing)?)\b[^.]{0,20}?\b(?:with|by|of)\s+"
    r"(?:the\s+)?(?:(?:string|word|literal|keyword|prefix|scheme)\s+)?[\"`'“](?P<word>[A-Za-z][\w-]*)\s*[\"`'”]",
    re.IGNORECASE,
)
CALLED_WITH: Final = re.compile(
    r"`[^`\s]*\s?(?:https?://|/)[^`\s]*[?&](?P<name>[A-Za-z][\w.-]*)=(?:[{<\[$]|your|my|xxx|API_?KEY)[^`]*`",
    re.IGNORECASE,
)
PLACEHOLDER: Final = re.compile(r"[<{$\[][\w-]*$|\b(?:your|my)[-_]\w[\w-]*$", re.IGNORECASE)
NONE: Final = re.compile(
    r"\b(?:do(?:es)? not|don'?t|doesn'?t|no|without)\b(?:\s+(?:currently"
    r"|need(?:ed)?|requir(?:e[sd]?|ing)|any|an|to|use|have|want|unnecessarily|burden"
    r"|developers|ourselves|\(or|\)|with|be|provide|form of|kind of|type of"
    r"|special|cumbersome|user|the|your|for|or|and)\b[\s()]*){0,12}\s*"
    r"(?:authentication|authorization|authenticate|api[\s-](?:keys?|tokens?)|credentials?"
    r"|access tokens?|log ?in|registration|sign(?:ing)?[ -]?up)\b(?!\s+(?:header|failed|error))"
    r"|\b(?:do(?:es)? not|don'?t|doesn'?t|no) (?:need"
    r"|have|require[ds]?|needed) to be (?:authenticated|authorized|logged in|signed in)\b"
    r"|\bauth(?:entication|orization)?\s*(?:is\s+)?(?:required|needed)\W{0,8}(?:false|no\b|none)"
    r"|\b(?:authentication|authorization|(?:api )?(?:key|token)s?) (?:is|are) (?:not"
    r"|never|n't) (?:required|needed|necessary)"
    r"|\b(?:can be|are|is) (?:accessed|used|called|available"
    r"|queried)\b[^.]{0,40}\bwithout (?:an? |any )?(?:auth\w*|api key"
    r"|token|credential|account)"
    r"|\b(?:endpoints?|routes?|api|calls|requests) (?:is|are) (?:all )?(?:unauthenticated"
    r"|public(?:ly accessible)?|open)\b[^.]{0,30}\b(?:no|without)\b",
    re.IGNORECASE,
)
NOT_NONE: Final = re.compile(
    r"\bauthorization (?:for|to)\b|\bpermissions?\b|\b(?:share|expose|commit"
    r"|leak|publish|if (?:you|no|the|your)|fail|invalid"
    r"|error|40[13]|reject|unauthorized|denied|without (?:a )?(?:valid|proper)|wrong|missing"
    r"|will not|cannot|can'?t|must|should not|refuse|redirect|webhook|restart"
    r"|refresh|expire|password|to (?:access|view|read|see|use) the (?:\w+ )?(?:index"
    r"|docs|documentation|schema|explorer|playground|sandbox))\b",
    re.IGNORECASE,
)
ALL_EXCEPT: Final = re.compile(
    r"\ball (?:routes|endpoints|requests|methods|resources|calls)?\s*(?:except|other than|apart from|but)\b",
    re.IGNORECASE,
)
OAUTH1: Final = re.compile(r"\bOAuth[\s-]*1(?:\.0a?|a)\b", re.IGNORECASE)
OAUTH2: Final = re.compile(
    r"\b(?:authenticat|authoriz|us(?:es?|ing)|support|via|requir|protected"
    r"|secur|through)\w*\b[^.]{0,60}\bOAuth\s*(?:2(?:\.0)?"
    r"|v2)\b|\bOAuth\s*2(?:\.0)?\b[^.]{0,50}\b(?:authenticat|authoriz|access token"
    r"|to access|is required|for auth)",
    re.IGNORECASE,
)
SESSION: Final = re.compile(
    r"\bsession(?:[- ]based)?[- ](?:auth\w*|cookies?|tokens?)\b"
    r"|\bcookie(?:[- ]based)?[- ]auth\w*|\bauthenticat\w+ (?:via|with|using|by) (?:a "
    r"|the )?(?:session|cookie)",
    re.IGNORECASE,
)
UNSUPPORTED: Final = re.compile(
    r"\b(?:not|no longer|isn'?t|aren'?t|doesn'?t|does not|never)\b[^.]{0,30}\b(?:support"
    r"|accept|allow|possible|available|work|permitted)|\bunsupported\b|\b(?:has"
    r"|have) been (?:removed|disabled|discontinued)\b",
    re.IGNORECASE,
)
RECEIVER: Final = re.compile(
    r"\byour (?:own )?(?:underlying )?(?:api )?(?:backend|api server|web ?server"
    r"|web application|receiver|server|webhook|endpoint)s?\b",
    re.IGNORECASE,
)
JWT_SIGNED: Final = re.compile(r"\bsign\b[^.]{0,30}\bJWT\b|\bJWT\b[^.]{0,40}\b(?:signed|private key)", re.IGNORECASE)


def in_prose(evidence: Evidence, passage: Passage, *, headed: bool) -> Iterator[Candidate]:
    """Read what sentences and table rows say about credentials."""
    if any(RECEIVER.search(p.text) and re.search("backend|receiver", p.text) for p in evidence.section(passage)):
        return
    for statement in statements(passage):
        text = statement.text
        if evidence.whose.names_other(text) or HYPOTHETICAL.search(text) or RECEIVER.search(text):
            continue
        yield from _negative(statement)
        if UNSUPPORTED.search(text):
            continue
        yield from _spoken(statement, headed=headed)
        yield from _listed(evidence, statement, headed=headed)


def _listed(evidence: Evidence, statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    """Read `X-Api-Key: …` in a list or table that is introduced by `send these headers with every request`."""
    passage = statement.passage
    if headed or PARAMETER_COLUMN.search(" ".join(passage.header[:1])):
        yield from _row(statement, headed=headed)
    name = HEADER.match(statement.text.lstrip("`*\"' "))
    if passage.kind not in {PassageKind.LIST_ITEM, PassageKind.TABLE} or not name or not CREDENTIAL.search(name[1]):
        return
    lead = next((p.text for p in reversed(evidence.before(passage, 6)) if p.kind is PassageKind.PARAGRAPH), "")
    if SENT_HEADERS.search(lead) and not NOT_CREDENTIAL.search(name[1]) and name[1].lower() != "authorization":
        value: dict[str, Json] = {"type": "apiKey", "in": "header", "name": name[1]}
        yield Candidate(fact_kind="auth", value=value, places=place(statement), strength=0.88 if headed else 0.82)


def _row(statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    """Read a row that names a credential, and either its place or, in a table of parameters, whose it is."""
    cells = [cell.strip("`*\"' ") for cell in statement.row.cells] if statement.row else []
    name = next((cell for cell in cells if QUERY_NAMES.fullmatch(cell)), "")
    placed = any(IN_QUERY.fullmatch(cell) for cell in cells)
    yours = bool(YOUR_KEY.search(" ".join(cells))) and not any(IN_OTHER.search(cell) for cell in cells)
    if name and name.lower() not in NOT_ALONE and (placed if headed else yours):
        value: dict[str, Json] = {"type": "apiKey", "in": "query", "name": name}
        yield Candidate(fact_kind="auth", value=value, places=place(statement), strength=0.85 if headed else 0.8)


def _negative(statement: Statement) -> Iterator[Candidate]:
    text = statement.text
    if (
        SAYS_BASIC.search(text) or re.search(r"username (?:and|or|/) password", text, re.IGNORECASE)
    ) and UNSUPPORTED.search(text):
        yield Candidate(
            fact_kind="auth_unsupported",
            value={"type": "http", "scheme": "basic"},
            places=place(statement),
            strength=0.85,
        )
    none = NONE.search(text)
    exempt = ALL_EXCEPT.search(text) and re.search(r"key|token|auth", text, re.IGNORECASE)
    if (none and not NOT_NONE.search(text)) or exempt:
        yield Candidate(fact_kind="auth", value={"type": "none"}, places=place(statement), strength=0.82)


def _spoken(statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    text = statement.text
    base: dict[str, Json] = {"in": "header", "name": "Authorization"}
    sure = 0.9 if headed else 0.72

    def made(value: Mapping[str, Json], strength: float = sure) -> Candidate:
        return Candidate(fact_kind="auth", value=value, places=place(statement), strength=strength)

    basic, bearer = SAYS_BASIC.search(text), SAYS_BEARER.search(text)
    if (
        basic
        and not _negated(text, basic)
        and (headed or re.search(r"\b(?:api|requests?|endpoints?|calls?|we|our)\b", text, re.IGNORECASE))
    ):
        yield made({"type": "http", "scheme": "basic", **base})
    if bearer and not _negated(text, bearer) and re.search(r"header|authoriz|authenticat|token", text, re.IGNORECASE):
        named = [n for n in _header_names(text) if n.lower() != "authorization" and "-" in n]
        if not named:
            yield made({"type": "http", "scheme": "bearer", **base})
    if headed and SAYS_DIGEST.search(text) and not NEGATED.search(text):
        yield made({"type": "http", "scheme": "digest", **base}, 0.82)
    if OAUTH1.search(text) and headed:
        yield made({"type": "oauth1"}, 0.88)
    if headed and OAUTH2.search(text) and not re.search(r"\b(?:library|libraries|register|app)\b", text, re.IGNORECASE):
        yield made({"type": "oauth2"}, 0.6)
    if headed and SESSION.search(text) and not NEGATED.search(text):
        yield made({"type": "session"}, 0.75)
    if headed and JWT_SIGNED.search(text):
        yield made({"type": "http", "scheme": "bearer", **base, "bearer_format": "JWT"}, 0.75)
    yield from (made(value, strength) for value, strength in _placed(statement, headed=headed))


def _negated(text: str, found: re.Match[str]) -> bool:
    return bool(NEGATED.search(text[max(0, found.start() - 40) : found.start()]))


def _header_names(text: str) -> list[str]:
    names = [found[1] for found in HEADER.finditer(text)]
    ticked = [found["name"] for found in NAMED.finditer(text)]
    return [
        name for name in dict.fromkeys([*names, *ticked]) if CREDENTIAL.search(name) and not NOT_CREDENTIAL.search(name)
    ]


def _placed(statement: Statement, *, headed: bool) -> Iterator[tuple[dict[str, Json], float]]:
    """`Pass the key in the X-Api-Key header` and `as the api_key query parameter`."""
    text = statement.text
    sure = 0.88 if headed else 0.75
    if PLACED.search(text) or (headed and ALONE.match(text)):
        yield from ((value, sure) for value in _schemed(text))
    yield from ((value, 0.82 if headed else 0.75) for value in _called(text))
    if not PLACED.search(text) or not re.search(r"key|token|auth|credential|secret", text, re.IGNORECASE):
        return
    header_word, query_word = HEADER_WORD.search(text), QUERY_WORD.search(text)
    for found in [*HEADER.finditer(text), *NAMED.finditer(text)]:
        name = found[1]
        if name.lower() == "authorization":
            continue
        if (
            not CREDENTIAL.search(name)
            or NOT_CREDENTIAL.search(name)
            or _negated(text, found)
            or PLACEHOLDER.search(text[: found.end()])
        ):
            continue
        near = text[max(0, found.start() - 60) : found.end() + 40]
        if HEADER_WORD.search(near) and ("-" in name) and not (QUERY_WORD.search(near) and "_" in name):
            value: dict[str, Json] = {"type": "apiKey", "in": "header", "name": name}
            yield value, sure
        elif query_word and _query_name(name, headed=headed) and not (header_word and "-" in name):
            yield {"type": "apiKey", "in": "query", "name": name}, sure


def _query_name(name: str, *, headed: bool) -> bool:
    """Tell a credential's name; the short ones have other meanings outside a section about authentication."""
    return bool(QUERY_NAMES.fullmatch(name)) and (headed or name.lower() not in {"auth", "key", "token"})


def _called(text: str) -> Iterator[dict[str, Json]]:
    """Read an address between words whose query has a place for the credential: `/now?apikey={key}`."""
    for found in CALLED_WITH.finditer(text):
        if QUERY_NAMES.fullmatch(found["name"]) and not re.fullmatch(
            r"(?i)client_(?:id|secret)|auth|key|token|access_token", found["name"]
        ):
            yield {"type": "apiKey", "in": "query", "name": found["name"]}


def _schemed(text: str) -> Iterator[dict[str, Json]]:
    """Read ``Authorization`` with ``Token <key>``: a word of the API's own before the token."""
    if not re.search(r"\bAuthorization\b", text):
        return
    if re.search(r"`Authorization:\s*[<{$\[][\w -]+[>}\]]?`", text):
        yield {"type": "apiKey", "in": "header", "name": "Authorization", "format": "{token}"}
    if (word := PREFIXED.search(text)) and not re.fullmatch(r"(?i)bearer|basic|digest", word["word"]):
        yield {"type": "apiKey", "in": "header", "name": "Authorization", "format": f"{word['word']} {{token}}"}
    for found in re.finditer(r"[`\"](?:Authorization\s*:\s*)?(?P<value>[^`\"]{3,120})[`\"]", text):
        value = found["value"].strip()
        if re.match(r"(?i)authorization$|bearer|basic|digest|https?:", value) or " " not in value:
            continue
        if (made := authorization(value)) and made.get("format") and len(value.split()) == 2:
            yield made
