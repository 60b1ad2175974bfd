"""Credentials in example calls: headers, flags of curl, query strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, lines_within, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.facts.speech.whose import Ownership
    from specloom.model.passage import Passage
    from specloom.model.source import Json

HEADER_LINE: Final = re.compile(
    r"(?:(?:-H|--header)[ =]*[\"']?|[\"'{,]\s*[\"']?|^\s*|(?<=\S )(?=[A-Za-z][\w-]*:[\"'])|\.(?:set|header|add"
    r"|setRequestHeader|addHeader)\(\s*[\"'])(?P<name>(?!headers\b)[A-Za-z][\w-]*)[\"']?\s*(?:[:=]>?"
    r"|,|\]\s*=)\s*(?:f|`|new )?[\"'`]?(?P<value>[^\"'`\n]{0,300})",
    re.MULTILINE,
)
CREDENTIAL: Final = re.compile(
    r"(?:^|[-_])(?:api[-_]?key|apikey|api[-_]?token|access[-_]?(?:token|key)|auth(?:entication"
    r"|orization)?[-_]?(?:token|key)?|app(?:lication)?[-_]?(?:key|token|id)|api[-_]?user(?:name)?|private[-_]?(?:token"
    r"|key)|secret[-_]?(?:key|token)?|"
    r"session(?:[-_]?(?:token|id|key))?|subscription[-_]?key|client[-_]?(?:key|secret"
    r"|id)|consumer[-_]?(?:key|secret)|token|user[-_]?(?:token|key)|account[-_]?(?:token"
    r"|key)|(?:project|team|workspace|service|server|master|job|deploy|bearer"
    r"|partner|publishable)[-_](?:access[-_])?(?:token|key)|key|password|secret)$",
    re.IGNORECASE,
)
NOT_CREDENTIAL: Final = re.compile(
    r"proxy-|idempoten|csrf|xsrf|next|page|cursor|continuation|sort|partition|cache"
    r"|primary|foreign|device|push|upload|webhook|sync|client-request|hub-|hook|request-?id|refresh",
    re.IGNORECASE,
)
QUERY_NAMES: Final = re.compile(
    r"(?:[\w.]*_)?(?:api[-_.]?key|apikey|api[-_]?token|access[-_]?(?:token"
    r"|key)|auth(?:[-_]?(?:token|key))?|private_token|app[-_]?id|app[-_]?key"
    r"|appid|user[-_]?key|subscription[-_]key|consumer_(?:key|secret)|token|key|client_id"
    r"|client_secret)",
    re.IGNORECASE,
)
QUERY: Final = re.compile(r"[?&](?:\s*\n[ \t]+)?(?P<name>[A-Za-z][\w.-]*)=(?P<value>[^&\s\"'`)>]*)")
COMMAND_QUERY: Final = re.compile(
    r"^[ \t]*(?:\$[ \t]*)?curl[ \t][^\n?]{0,200}\?(?P<name>[A-Za-z][\w.-]*)=[^&\s\"'`]+[\"']?[ \t]*$", re.MULTILINE
)
"""A command on one line whose query is the key and nothing else."""
PARAMS: Final = re.compile(r"\bparams\s*[=:]\s*\{[^{}]{0,200}?[\"'](?P<name>[A-Za-z][\w.-]*)[\"']\s*:")
"""How a query is passed in Python and JavaScript; only its first name."""
OWN_CALL: Final = re.compile(r"https?://[^\s\"'`<>)]+")
NOBODY: Final = re.compile(r"https?://(?:www\.)?example\.(?:com|org|net)\b", re.IGNORECASE)
"""A host that stands for one of the reader's own."""
BASIC_FLAG: Final = re.compile(r"(?:^|\s)(?:-u|--user)[ =]+[\"']?[^\s\"']+:?[^\s\"']*", re.MULTILINE)
BASIC_CALL: Final = re.compile(r"\bauth\s*=\s*(?:\w+\.)*(?:HTTPBasicAuth)?\([^()\n]*,|\bHTTPBasicAuth\(")
"""How Python passes a name and a password."""
USERINFO: Final = re.compile(r"https?://[^\s/@:\"']+(?::[^\s/@\"']*)?@[\w.-]+")
OAUTH_TALK: Final = re.compile(
    r"grant_type|client_assertion|/oauth2?/|code_verifier|redirect_uri|oauth_(?:nonce|signature)|Link: <", re.IGNORECASE
)
SIGNING: Final = re.compile(r"\bopenssl\b|-hmac\b|\becho\s+-n\b")
"""A shell that computes a signature: what it signs is no call."""
SCHEME_TOKEN: Final = re.compile(r"^(?P<scheme>[A-Za-z][\w-]{1,30})[ :]\s*(?P<rest>\S.*)$")
NO_SCHEME: Final = re.compile(r"your|my|the|api|access|insert|place|some|auth", re.IGNORECASE)
NO_REST: Final = re.compile(r"(?:key|token|here|value)\b", re.IGNORECASE)
"""What makes one phrase of it: `SECRET KEY`."""
SHOWN: Final = re.compile(r"[<{\[][^<>{}\[\]]*[>}\]]")
"""A placeholder, whatever words it has."""
PAIR: Final = re.compile(r"[<{\[][^<>{}\[\]]*[>}\]]:[<{\[][^<>{}\[\]]*[>}\]]")
KEY_SCHEME: Final = re.compile(r"(?:api-?key|apikey|apitoken)$", re.IGNORECASE)
NAMED_FORM: Final = re.compile(r"^(?P<key>[A-Za-z_]+)=(?:$|\")")
TOKEN: Final = re.compile(
    r"[<{$\[]|(?i:token|key|secret|your|xxx|\.\.\.|…)|[A-Za-z0-9_.-]{16,}|\b(?=[a-z0-9]*[a-z])(?=\w*\d\w*\d)\w{8,}"
)
MOST_WORDS: Final = 6
PARAM_FORM: Final = re.compile(r"^(?P<key>[A-Za-z_]+)=[\"']?(?P<rest>.+)$")

SIGNED_FORM: Final = re.compile(
    r"^(?P<scheme>[A-Za-z][\w-]*),?\s+(?P<pairs>[A-Za-z]+=[^,=]+(?:,\s*[A-Za-z]+=[^,=]+)*,\s*signature=[^,=]+=?=?)$",
    re.IGNORECASE,
)
"""A signature with what it takes to check it: `Acme, Key=…, Signature=…`."""
QUOTED_PARAM: Final = re.compile(r"^(?P<key>(?:\w+_)?(?:token|key|apikey|secret))=$", re.IGNORECASE)
"""What is left of `token="…"` where the value ends with its first quote."""


def in_code(passage: Passage, whose: Ownership, *, headed: bool) -> Iterator[Candidate]:
    """Read the headers, flags and query strings of an example call."""
    text = passage.text
    if passage.language in {"php", "ruby", "java", "go"} and len(text) > 3000:
        return
    hosts = OWN_CALL.findall(text)
    if hosts and not _ours(hosts, whose, headed=headed):
        return
    keyed = False
    body = text.lstrip()[:1] in {"{", "["} and not re.search(r"header", text, re.IGNORECASE)
    exchange = OAUTH_TALK.search(text)
    for found in HEADER_LINE.finditer(text) if not body else ():
        value = header_value(found["name"], found["value"], flagged=found.group().lstrip().startswith("-"))
        if value and not (exchange and value.get("scheme") == "basic"):
            keyed = keyed or value.get("type") == "apiKey"
            yield _example(passage, value, found, 0.82 if hosts or "curl" in text else 0.7, headed=headed)
    if exchange or SIGNING.search(text):
        return
    if keyed:
        yield from _other_commands(passage, headed=headed)
        return
    if (flag := BASIC_CALL.search(text)) or (
        "curl" in text and ((flag := BASIC_FLAG.search(text)) or (flag := USERINFO.search(text)))
    ):
        yield _example(
            passage,
            {"type": "http", "scheme": "basic", "in": "header", "name": "Authorization"},
            flag,
            0.8,
            headed=headed,
        )
    yield from _in_query(passage, headed=headed)


def _in_query(passage: Passage, *, headed: bool) -> Iterator[Candidate]:
    """Read the key, or the key and its secret, in the query string of a call."""
    names = {
        found["name"]: found
        for found in (*QUERY.finditer(passage.text), *(PARAMS.finditer(passage.text) if headed else ()))
        if QUERY_NAMES.fullmatch(found["name"]) and found["name"] != "client_id"
    }
    if len(names) > 1 and all(re.search(r"key|secret", name) for name in names):
        yield _example(
            passage,
            {"type": "apiKey", "in": "query", "name": list(names)},
            next(iter(names.values())),
            0.75,
            headed=headed,
        )
    elif names:
        name, found = next(iter(names.items()))
        yield _example(passage, {"type": "apiKey", "in": "query", "name": name}, found, 0.75, headed=headed)


def _ours(hosts: list[str], whose: Ownership, *, headed: bool) -> bool:
    """Tell calls of this API from those of other hosts; nobody's host is ours where authentication is the subject."""
    return any(whose.calls(url) for url in hosts) and (headed or not all(NOBODY.match(url) for url in hosts))


def _other_commands(passage: Passage, *, headed: bool) -> Iterator[Candidate]:
    """Read the key in the query of a command that stands beside others with it in a header: a second way."""
    for found in COMMAND_QUERY.finditer(passage.text) if headed else ():
        if QUERY_NAMES.fullmatch(found["name"]) and not re.search(r"\s(?:-H|--header|-u|--user)\b", found.group()):
            value: dict[str, Json] = {"type": "apiKey", "in": "query", "name": found["name"]}
            yield _example(passage, value, found, 0.75, headed=headed)


def _example(
    passage: Passage, value: Mapping[str, Json], found: re.Match[str], strength: float, *, headed: bool
) -> Candidate:
    line = passage.text[
        passage.text.rfind("\n", 0, found.start("name") if "name" in found.groupdict() else found.start()) + 1 :
    ].split("\n", 1)[0]
    spot = lines_within(passage, re.compile(re.escape(line)), room=1) if line.strip() else place(passage)[0]
    return Candidate(
        fact_kind="auth",
        value=value,
        places=(spot,),
        strength=strength + (0.06 if headed else 0),
        doubts=() if headed else ("example",),
    )


def header_value(name: str, value: str, *, flagged: bool = False) -> dict[str, Json] | None:
    """Say which scheme a header with this value belongs to; None where it is no credential."""
    value = value.strip().rstrip("\\,;)}]").strip().strip("\"'`")
    if name.lower() == "authorization":
        return authorization(value)
    if (
        not CREDENTIAL.search(name)
        or NOT_CREDENTIAL.search(name)
        or not ("-" in name or "_" in name or name.lower() in {"token", "apikey", "auth"})
        or "_" in name
        or not value
    ):
        return None
    if name.lower() in {"token", "auth", "key", "password", "secret", "signature"} or (
        name[0].islower() and "-" not in name and not flagged
    ):
        return None
    made: dict[str, Json] = {"type": "apiKey", "in": "header", "name": name}
    if value.lower().startswith("bearer "):
        made["format"] = "Bearer {token}"
    return made


def authorization(value: str) -> dict[str, Json] | None:
    """Say which scheme a value of the `Authorization` header belongs to; None where it shows no credential."""
    base: dict[str, Json] = {"in": "header", "name": "Authorization"}
    lowered = value.lower()
    for scheme in ("bearer", "basic", "digest"):
        if re.match(rf"{scheme}\b", lowered):
            return {"type": "http", "scheme": scheme, **base}
    if lowered.startswith(("oauth oauth_", "aws4-hmac")) or (lowered.startswith("oauth ") and "consumer" in lowered):
        return {"type": "oauth1"} if lowered.startswith("oauth") else None
    if not value or re.match(r"[\w.]+\(|\$\{?\w*\}?$|process\.|os\.|req", value):
        return None
    form = _own_form(value)
    return {"type": "apiKey", **base, "format": form} if form else None


def _own_form(value: str) -> str:
    """Return how the API's own scheme writes the token: `Token {token}`, `key="{token}"`, or nothing before it."""
    if named := NAMED_FORM.match(value):
        return f'{named["key"]}="{{token}}"'
    if signed := SIGNED_FORM.match(value):
        fields = (pair.split("=", 1)[0].strip() for pair in signed["pairs"].split(","))
        return ", ".join([signed["scheme"], *(f"{name}={{{name}}}" for name in fields)])
    spaced = SCHEME_TOKEN.match(value)
    if not spaced or _one_phrase(spaced["scheme"], spaced["rest"]):
        return "{token}" if _tokenlike(re.sub(r"[<>{}$\[\]]", " ", value).strip()) else ""
    if re.fullmatch(r"[A-Z]+(?:_[A-Z]+)+", spaced["scheme"]) or not _tokenlike(spaced["rest"]):
        return ""
    if PAIR.fullmatch(spaced["rest"]):
        return f"{spaced['scheme']} {{key}}:{{signature}}"
    parameter = PARAM_FORM.match(spaced["rest"]) or QUOTED_PARAM.match(spaced["rest"])
    return f"{spaced['scheme']} {parameter['key']}={{token}}" if parameter else f"{spaced['scheme']} {{token}}"


def _one_phrase(scheme: str, rest: str) -> bool:
    """Tell `YOUR API KEY`, which is all placeholder, from a word before one."""
    if NO_SCHEME.match(scheme) and not KEY_SCHEME.match(scheme):
        return True
    return scheme.lower() == "secret" and bool(NO_REST.match(rest))


def _tokenlike(text: str) -> bool:
    """Tell a placeholder, or letters and digits as keys have them, from a sentence."""
    return bool(TOKEN.search(text)) and len(SHOWN.sub("<>", text).split()) <= MOST_WORDS
