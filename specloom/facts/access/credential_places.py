"""Where sentences put a credential: in a header of its own, after a word in `Authorization`, in the query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_examples import CREDENTIAL, NOT_CREDENTIAL, QUERY_NAMES, authorization
from specloom.facts.access.credential_examples import SHOWN as EXAMPLE_VALUE
from specloom.facts.requests.headers import HEADER
from specloom.facts.speech import tongues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.source import Json

PLACED: Final = re.compile(
    r"\b(?:pass|sen[dt]|includ|append|set|provid|suppl|add|specif|us(?:e|ing)|put|attach|authenticat|via"
    rf"|through|in|with|require|header|parameter|accept|contain)|{tongues.SENT}|{tongues.HEADER}|{tongues.PARAMETER}",
    re.IGNORECASE,
)
HEADER_WORD: Final = re.compile(rf"\bheaders?\b|{tongues.HEADER}", re.IGNORECASE)
QUERY_WORD: Final = re.compile(
    r"\b(?:query|url|get)[\s`\"'-]*(?:string)?[\s-]*(?:param(?:eter)?s?"
    r"|arguments?|string|variables?)\b|\bas a (?:url |query |request )*param(?:eter)?\b"
    rf"|\bquery ?string\b|\b(?:in|to) the (?:request )?(?:query|url)\b|{tongues.PARAMETER}",
    re.IGNORECASE,
)
OF_CREDENTIAL: Final = re.compile(rf"key|token|auth|credential|secret|session|{tongues.CREDENTIAL}", re.IGNORECASE)
ANY_PARAMETER: Final = re.compile(
    r"\bparam(?:eter)?s?\b[^.]{0,30}\b(?:with|of|in|to|on) (?:each|every|all|any)\b[^.]{0,12}\b(?:requests?|calls?)\b",
    re.IGNORECASE,
)
ELSEWHERE: Final = re.compile(r"\b(?:headers?|body|form|json|path|payload|field|cookie)\b", re.IGNORECASE)
NAMED: Final = re.compile(r"[`\"'*]\??(?P<name>[A-Za-z][\w.-]*)(?:\s*[:=][^`\"'*]*)?[`\"'*]")
NAMED_HEADER: Final = re.compile(
    r"[`\"'*](?P<name>[A-Za-z][\w-]*)[`\"'*]+\s+(?:(?:HTTP|request|custom)\s+)*headers?\b"
    r"|\bheaders?\s+(?:fields?\s+)?(?:with\s+(?:the\s+)?(?:name|key)|named|called|is\s+called)\s*:?\s*[`\"'*]*"
    r"(?P<called>[A-Za-z][\w-]*)",
    re.IGNORECASE,
)
"""A header that is said to be one: `the apikey header`, whatever it is called."""
IN_HEADERS: Final = re.compile(
    r"(?P<names>[`\"'*]+[A-Za-z][\w-]*[`\"'*]+(?:(?:,|\s+and|\s+or)+\s+[`\"'*]+[A-Za-z][\w-]*[`\"'*]+)*)\s+"
    r"(?:(?:fields?|param(?:eter)?s?|keys?|values?|pairs?)\s+)?(?:in|as|to|via|through)\s+(?:an?\s+|the\s+|your\s+|each\s+)?"
    r"(?:(?:HTTP|request|custom)\s+)*headers?\b",
    re.IGNORECASE,
)
"""`the shipkey and shipid fields in the request header`"""
SHOWN_QUERY: Final = re.compile(r"`[?&](?P<name>[A-Za-z][\w.-]*)=[^`&\s]*`")
"""The query alone: `?token=YOUR_TOKEN`."""
NOT_HEADERS: Final = frozenset({"auth", "key", "authentication", "bearer", "password", "secret"})
EITHER: Final = re.compile(
    r"[`\"'*]*\s*,?\s*or\s+(?:in|as|via|through)\s+(?:an?\s+|the\s+)?(?:url\s+)?query(?![^.;]*[`\"])"
)
"""`… or as a query parameter`: by the same name, where no other one is given."""
SNAKE: Final = re.compile(r"(?<![\w`\"'*<{$./?&=-])(?P<name>[a-z]+(?:_[a-z]+)+)(?![\w=`\"'*>}(-]|\.\w)")
TITLED: Final = re.compile(
    r"(?:client|consumer|app|application|user|access|refresh)\s+(?:id|key|secret|token|credentials?)\b", re.IGNORECASE
)
"""What a field of a form is called."""
ALSO: Final = re.compile(
    r"\bor\s+(?:also\s+|alternatively\s+)?(?:via|in|as|through|using|with|by)\s+(?:an?\s+|the\s+)?[`\"'*]+\??(?P<name>[A-Za-z][\w.-]*)"
    r"(?:=[^`\"'*\s]*)?[`\"'*]+\s+(?:(?:url|query|get)[\s-]*)+(?:string\s+)?(?:param(?:eter)?|argument)?s?\b",
    re.IGNORECASE,
)
"""The second place of a key that a header has: `or via the ak query parameter`, whatever it is called."""
NOT_SENT: Final = re.compile(
    r"\brespon\w+\s+(?:(?:will|would|should|also)\s+)*(?:contains?|includes?|has|have|carr\w+|returns?)\s+(?:an?\s+|the\s+)?\W*$"
    r"|\bAuthorization\W{1,3}$",
    re.IGNORECASE,
)
"""What leads to the header of an answer, or to the word that stands before a token."""
AS_SCHEME: Final = re.compile(
    r"[`\"'*]*\s+(?:(?:auth\w*\s+)?(?:scheme|prefix|keyword)|as (?:\w+ )?(?:user|user ?name|login|password))\b",
    re.IGNORECASE,
)
SHOWN: Final = re.compile(r"`+\s*Authorization:\s*[\w-]+\s+[<{$\[]")
ALONE: Final = re.compile(r"^\W*Authorization:\s*(?:[A-Za-z][\w-]*\s+\S+|(?=\S*\d)[\w.-]{16,})(?:,\s+\S+)*\W*$")
"""A line that is nothing but the header."""
SIGNATURE: Final = re.compile(r"(?:^|[-_])(?<!server-)(?<!response-)(?:sign|signature|hmac)$", re.IGNORECASE)
REQUIRED: Final = re.compile(
    r"\b(?:requests?|calls?|endpoints?)\b[^.]{0,60}\b(?:requires?|must|needs?)\b"
    r"|\b(?:requires?|must|needs?)\b[^.]{0,80}\bheaders?\b|\b(?:add|include|pass|send"
    r"|put)\b[^.]{0,60}\bsignature\b[^.]{0,60}\bheaders?\b",
    re.IGNORECASE,
)
RECEIVED: Final = re.compile(
    r"\b(?:we|our|events?|deliver\w*|payloads?|receiv\w+|verif\w+|call-?backs?|notif\w+|respon\w+|web-?hooks?"
    r"|incoming|your (?:server|endpoint))\b",
    re.IGNORECASE,
)
"""What speaks of signatures that a client gets, not of those that it makes."""
LABELLED: Final = re.compile(
    r"^\W*(?:(?:as|in|via)\s+(?:an?\s+|the\s+)?)?(?:HTTP\s+|request\s+|url\s+)?(?P<where>headers?"
    r"|query(?:[\s-]*string)?(?:\s+param(?:eter)?)?)"
    r"\s*[`*]*\s*[:–—-]\s*`\??(?P<name>[A-Za-z][\w-]*_[\w-]*)(?:[=:][^`]*)?`\W*$",
    re.IGNORECASE,
)
"""An item that is nothing but a place and a name: `Header: x_demo_api_key`."""
PREFIXED: Final = re.compile(
    r"\b(?:prefix(?:ed)?|preced(?:ed)?|begin(?:s|ning)?|start(?:s|ing)?)\b[^.]{0,20}?\b(?:with|by|of)\s+"
    r"(?:the\s+)?(?:(?:string|word|literal|keyword|prefix|scheme)\s+)?[\"`'“](?P<word>[A-Za-z][\w-]*)\s*[\"`'”]",
    re.IGNORECASE,
)
BARE: Final = re.compile(
    r"`+\s*Authorization:\s*(?:[<{$\[][\w -]+[>}\]]?"
    r"|(?:(?:your|my|the)[-_ ])?(?:(?!bearer\b|basic\b|token\b|oauth\b|apikey\b)\w+[-_])?(?:api|access"
    r"|secret)[-_ ]?(?:key|token)|(?=\w*\d)[\w.-]{16,}"
    r"(?:[-_ ]here)?)\s*`",
    re.IGNORECASE,
)
"""`Authorization: <key>`: nothing before the key."""
CALLED_WITH: Final = re.compile(
    r"`[^`\s]*\s?(?:https?://|/)(?:[^`\s{}<>]|[{<][^`{}<>]*[}>])*[?&](?P<name>[A-Za-z][\w.-]*)=(?:[{<\[$]|your"
    r"|my|xxx|API_?KEY)[^`]*`",
    re.IGNORECASE,
)
COOKIE: Final = re.compile(
    r"\bcookie\s+(?:(?:is|that is|which is)\s+)?(?:named|called)\s*:?\s*[`\"'*]+(?P<called>[A-Za-z][\w.-]*)"
    r"|[`\"'*](?P<name>[A-Za-z][\w.-]*)[`\"'*]+\s+cookie\b",
    re.IGNORECASE,
)
OF_TOKEN: Final = re.compile(
    r"\b(?:access|api|auth\w*)[\s_-]?(?:tokens?|keys?)\b|\bcredentials?\b|\bthe tokens?\b", re.IGNORECASE
)
NOT_OURS: Final = re.compile(
    r"\bsessions?\b|\bcsrf\b|\bxsrf\b|\bbrowser\b|\bexpires?\b|\brefresh\b|\bset-cookie\b|\breturn", re.IGNORECASE
)
"""Cookies that the server sets, or that are not what the call is known by."""
SPOKEN_QUERY: Final = re.compile(
    r"\b(?:GET|URL|query)\W{1,3}(?:string\s+)?(?:param(?:eter)?|argument|variable)\b[^`]{0,30}", re.IGNORECASE
)
NEAR: Final = 200
"""Characters before a name that may say that it is none."""
PLACEHOLDER: Final = re.compile(r"[<{$\[][\w-]*$|\b(?:your|my)[-_]\w[\w-]*$", re.IGNORECASE)
KEY_NEEDED: Final = re.compile(
    r"\b(?:an?|your) (?:\w+ )?(?:api|access)[\s-]key is (?:required|needed|necessary)\b[^.]{0,30}"
    r"\b(?:calls?|requests?|use|access)\b",
    re.IGNORECASE,
)
"""That there is a key, wherever it goes."""
NEGATED: Final = re.compile(
    r"\b(?:not|no longer|never|isn'?t|aren'?t|don'?t|doesn'?t|cannot|can'?t"
    r"|unsupported|deprecated|removed|instead of|rather than|unlike|previously|formerly)\b",
    re.IGNORECASE,
)


def negated(text: str, found: re.Match[str]) -> bool:
    """Tell whether the words just before deny what was found."""
    return bool(NEGATED.search(text[max(0, found.start() - 40) : found.start()]))


def header_names(text: str) -> list[str]:
    """Return the names of credentials in `text`, placeholders left out."""
    found = [*HEADER.finditer(text), *NAMED.finditer(text)]
    names = [one[1] for one in found if not PLACEHOLDER.search(text[: one.end(1)]) and _written(text, one)]
    return [name for name in dict.fromkeys(names) if CREDENTIAL.search(name) and not NOT_CREDENTIAL.search(name)]


def placed(text: str, *, headed: bool, heading: str = "") -> Iterator[tuple[dict[str, Json], float]]:
    """`Pass the key in the X-Api-Key header` and `as the api_key query parameter`."""
    sure = 0.88 if headed else 0.75
    if PLACED.search(text) or SHOWN.search(text) or ALONE.match(text) or (headed and BARE.search(text)):
        yield from ((value, sure) for value in _schemed(text))
    yield from (
        (value, 0.82 if headed else 0.75)
        for value in _called(text, told=headed and any(map(SPOKEN_QUERY.search, (text, heading))))
    )
    yield from ((value, sure) for value in _queried(text) if headed)
    yield from ((value, sure) for value in _cookies(text) if headed)
    if headed and KEY_NEEDED.search(text) and not NEGATED.search(text):
        yield {"type": "apiKey"}, 0.7
    if headed and (labelled := LABELLED.match(text)) and CREDENTIAL.search(labelled["name"]):
        where = "header" if labelled["where"].lower().startswith("h") else "query"
        yield {"type": "apiKey", "in": where, "name": labelled["name"]}, sure
    yield from ((value, 0.78) for value in (_signed(text) if headed else ()))
    if not PLACED.search(text) or not OF_CREDENTIAL.search(text):
        return
    yield from ((value, sure) for value in _said_headers(text))
    header_word = HEADER_WORD.search(text)
    query_word = QUERY_WORD.search(text) or (not ELSEWHERE.search(text) and ANY_PARAMETER.search(text))
    for found in [*HEADER.finditer(text), *NAMED.finditer(text), *SNAKE.finditer(text)]:
        name = found[1]
        if not _credential(text, found, name) or AS_SCHEME.match(text, found.end()):
            continue
        near = text[max(0, found.start() - 60) : found.end() + 40]
        if HEADER_WORD.search(near) and ("-" in name) and not (QUERY_WORD.search(near) and "_" in name):
            if _written(text, found):
                yield _own_header(name), sure
        elif (
            query_word and _query_name(name, headed=headed or _filled(text, name)) and not (header_word and "-" in name)
        ):
            yield {"type": "apiKey", "in": "query", "name": name}, sure


def _said_headers(text: str) -> Iterator[dict[str, Json]]:
    for found in NAMED_HEADER.finditer(text):
        name = found["name"] or found["called"]
        sent = name.lower() not in NOT_HEADERS and not NOT_SENT.search(
            text[max(0, found.start() - NEAR) : found.start()]
        )
        if sent and _credential(text, found, name):
            yield _own_header(name)
            if EITHER.match(text, found.end()):
                yield {"type": "apiKey", "in": "query", "name": name}
            if also := ALSO.search(text, found.end()):
                yield {"type": "apiKey", "in": "query", "name": also["name"]}
    for listed in IN_HEADERS.finditer(text):
        for found in NAMED.finditer(text, listed.start("names"), listed.end("names")):
            if found["name"].lower() not in NOT_HEADERS and _credential(text, found, found["name"]):
                yield _own_header(found["name"])


def _signed(text: str) -> Iterator[dict[str, Json]]:
    """Read the header that holds the signature of each call, where calls must have one."""
    if REQUIRED.search(text) and HEADER_WORD.search(text) and not RECEIVED.search(text):
        for name in dict.fromkeys(found["name"] for found in NAMED.finditer(text)):
            if SIGNATURE.search(name) and not re.search(r"timestamp|version|method|algorithm", name, re.IGNORECASE):
                yield {**_own_header(name), "signature": True}


def _credential(text: str, found: re.Match[str], name: str) -> bool:
    return bool(
        name.lower() != "authorization"
        and CREDENTIAL.search(name)
        and not NOT_CREDENTIAL.search(name)
        and not negated(text, found)
        and not PLACEHOLDER.search(text[max(0, found.end() - NEAR) : found.end()])
    )


def _written(text: str, found: re.Match[str]) -> bool:
    """Tell a header's name from English words with a hyphen: `the client-id and client-secret`."""
    name = found[1]
    quoted = found.start(1) > 0 and text[found.start(1) - 1] in "`\"'*?\u201c\u2018"
    beside = re.match(r"\W{0,2}\s+(?:\w+\s+)?headers?\b", text[found.end(1) :], re.IGNORECASE)
    return (
        quoted
        or bool(beside)
        or name != name.lower()
        or name.startswith("x-")
        or bool(re.match(r"\s*:", text[found.end(1) :]))
    )


def _own_header(name: str) -> dict[str, Json]:
    return {"type": "apiKey", "in": "header", "name": name}


def _filled(text: str, name: str) -> bool:
    """Tell a short name that an address in the sentence has a place for: `?key=yourKey`."""
    return bool(re.search(rf"[?&]{re.escape(name)}=(?:your|my|\{{|<|\[|\$|x{{3}})", text, re.IGNORECASE))


def _query_name(name: str, *, headed: bool) -> bool:
    """Tell a credential's name; the short ones have other meanings outside a section about authentication."""
    return bool(QUERY_NAMES.fullmatch(name)) and (headed or name.lower() not in {"auth", "key", "token"})


def _called(text: str, *, told: bool) -> Iterator[dict[str, Json]]:
    """Read an address between words whose query has a place for the credential: `/now?apikey={key}`."""
    for found in CALLED_WITH.finditer(text):
        name = found["name"]
        if QUERY_NAMES.fullmatch(name) and not re.fullmatch(
            r"(?i)client_(?:id|secret)" if told else r"(?i)client_(?:id|secret)|auth|key|token|access_token", name
        ):
            yield {"type": "apiKey", "in": "query", "name": name}


def _queried(text: str) -> Iterator[dict[str, Json]]:
    """Read a query that stands alone: `add ?token=… to every URL`."""
    for shown in SHOWN_QUERY.finditer(text) if PLACED.search(text) or SHOWN_QUERY.fullmatch(text) else ():
        if QUERY_NAMES.fullmatch(shown["name"]) and not negated(text, shown):
            yield {"type": "apiKey", "in": "query", "name": shown["name"]}


def _cookies(text: str) -> Iterator[dict[str, Json]]:
    """Read `add a cookie named sid with the token as value`; a session's own cookie is a session."""
    if not OF_TOKEN.search(text) or NOT_OURS.search(text):
        return
    for found in COOKIE.finditer(text):
        if not negated(text, found):
            yield {"type": "apiKey", "in": "cookie", "name": found["name"] or found["called"]}


def _schemed(text: str) -> Iterator[dict[str, Json]]:
    """Read ``Authorization`` with ``Token <key>``: a word of the API's own before the token."""
    if not re.search(r"\bAuthorization\b", text):
        return
    if BARE.search(text):
        yield {"type": "apiKey", "in": "header", "name": "Authorization", "format": "{token}"}
    if (word := PREFIXED.search(text)) and not re.fullmatch(r"(?i)bearer|basic|digest", word["word"]):
        yield {"type": "apiKey", "in": "header", "name": "Authorization", "format": f"{word['word']} {{token}}"}
    for found in re.finditer(r"[`\"](?:Authorization\s*:\s*)?(?P<value>[^`\"]{3,120})[`\"]", text):
        value = found["value"].strip()
        if (
            re.match(r"(?i)authorization$|bearer|basic|digest|[\w-]+:|(?:get|post|put|patch|delete) ", value)
            or " " not in value
            or TITLED.match(value)
        ):
            continue
        if (made := authorization(value)) and made.get("format") and len(EXAMPLE_VALUE.sub("<>", value).split()) == 2:
            yield made
