"""Which OAuth 2.0 flows there are, with the URLs to authorise at and to fetch tokens from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.facts.access.grants import listed, stated
from specloom.facts.evidence import Candidate, Detector, lines_within, place
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ORIGIN: Final = re.compile(r"https?://[^/?#\s]+")
ABOUT: Final = re.compile(
    r"\boauth|openid|resource owner|authorization code|client credentials|grant_type"
    r"|response_type|authorize_url|(?:token|authori[sz]ation) (?:url|endpoint)|/(?:token|authori[sz]e)\b",
    re.IGNORECASE,
)
URL: Final = re.compile(
    r"(?P<url>https?://(?:[^\s\"'`<>)|\\{]|\{(?!:))+|(?<![\w.:/])/(?:[\w.{}-]+/)*(?:oauth2?|authorize|token)[\w./{}-]*"
    r"|(?<![\w.:/@-])(?P<host>(?:[\w-]+\.){1,4}[a-z]{2,6})/(?:[\w.{}-]+/){0,4}(?:oauth2?|authorize|token)[\w./{}-]*)"
)
AUTHORIZE: Final = re.compile(
    r"/(?:[\w.-]*oauth2?[\w.-]*/)?(?:[\w-]*authori[sz]e|authori[sz]ation|auth"
    r"|consent|connect|login|install)/?(?:v\d+/?)?$|/authori[sz]e\b",
    re.IGNORECASE,
)
TOKEN: Final = re.compile(
    r"/(?:oauth2?[\w./-]*/)?(?:access_?)?tokens?/?$|/token\b|/access_token\b|/oauth\.v2\.access$|/oauth2?/exchange$",
    re.IGNORECASE,
)
NOT_TOKEN: Final = re.compile(
    r"revoke|introspect|refresh|token_?info|inspect|settings|account/|dashboard"
    r"|manage|docs?/|\.html?$|/tokens/(?:new|\{)|profile",
    re.IGNORECASE,
)
PLAINLY: Final = re.compile(r"/authori[sz]e$", re.IGNORECASE)
"""What can be nothing else, whatever stands above it: `/account/apps/authorize`."""
EXCHANGE: Final = re.compile(
    r"\bexchang\w+ (?:the|this|that|your|an?) \W?(?:authori[sz]ation |temporary )?\W?code\b"
    r"|\bcode\b[^.]{0,60}\bexchanged? (?:it )?for (?:an?\b|(?:the |your )?\W?access)",
    re.IGNORECASE,
)
"""What tells the flow that is not named, where its two URLs are."""
PKCE: Final = re.compile(r"\bPKCE\b|code_challenge", re.IGNORECASE)
S256: Final = re.compile(r"\bS256\b")
NOT_OURS: Final = re.compile(
    r"webhook|relay|auth_request_details|your (?:own )?(?:authorization|oauth) server|customer'?s? server",
    re.IGNORECASE,
)


FOREIGN: Final = re.compile(r"your (?:own )?(?:authorization|oauth) server|customer'?s? server", re.IGNORECASE)
EXCHANGED: Final = re.compile(r"\?[^\s]*grant_type=")
"""An address whose query names a grant is where tokens are fetched, whatever its path."""
ASKED: Final = re.compile(r"\?[^\s]*response_type=")
"""One whose query names what is to come back is where users are sent to."""
OF_TOKEN: Final = re.compile(r"\bgrant_type\W|\bcredentials\W{1,3}(?:flow|grant)|/token\b", re.IGNORECASE)
BY_BASIC: Final = re.compile(r"\b(?:authenticat|authori[sz])\w*\b[^.]{0,40}\bBasic\b", re.IGNORECASE)
FIRST_LEG: Final = re.compile(r"\brequest_?token", re.IGNORECASE)
"""What only OAuth 1 has."""
CALL: Final = re.compile(r"(?:.*\s|\W*)?POST`?\s+`?(?P<url>(?:https?://|/)[^\s`]+)")
ASKED_FOR: Final = re.compile(
    r"\b(?:requests?|call|POST)\b`?\s+(?:to\s+)?(?:the\s+)?[`\"'*]*(?P<url>(?:https?://|/)[^\s`\"'*]+)[`\"'*]*\s+(?:endpoint\s+)?"
    r"(?:to|and)\s+(?:obtain|get|receive|request|retrieve|fetch|acquire|generate)\b[^.]{0,30}\baccess[\s_]?token",
    re.IGNORECASE,
)
TRIAL: Final = re.compile(r"sandbox|staging|\btest\b", re.IGNORECASE)
HOST: Final = re.compile(r"^\s*Host:[ \t]*(?P<host>[\w-]+(?:\.[\w-]+)+(?::\d+)?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
LONGEST_URL: Final = 300
PUBLIC: Final = re.compile(r"https?://[\w.{}-]+\.[a-z]{2,}(?=[/:])|/", re.IGNORECASE)
"""What is not on a machine of one's own: `http://provider:8080/authorize` shows somebody else's server."""
BESIDE: Final = 12
"""How many lines apart two addresses stand at most that belong together though nothing names their flow."""


@dataclass
class Found:
    """What the pages about OAuth state, each with its places, before it is put together."""

    flows: dict[str, list[Place]] = field(default_factory=dict)
    authorize: dict[str, list[Place]] = field(default_factory=dict)
    elsewhere: dict[str, list[Place]] = field(default_factory=dict)
    token: dict[str, list[Place]] = field(default_factory=dict)
    exchanges: list[Place] = field(default_factory=list)
    pkce: list[Place] = field(default_factory=list)
    method: str = ""
    older: bool = False


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Collect flows and URLs over all pages about OAuth, since they often stand apart."""
    found = Found()
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if evidence.whose.aside(passage) or evidence.whose.old(passage) or _others(evidence, passage):
            continue
        text = _ours(passage)
        for flow, spot in _flows(evidence, passage, text):
            found.flows.setdefault(flow, []).append(spot)
        asked = _asked_for(text)
        for url, spot in (*_urls(passage, text), *_of_heading(passage)):
            bare = _bare(url)
            page = NOT_TOKEN.search(bare)
            if EXCHANGED.search(url) or bare == asked or (TOKEN.search(bare) and not page):
                found.token.setdefault(bare, []).append(spot)
            elif (ASKED.search(url) or AUTHORIZE.search(bare)) and (not page or PLAINLY.search(bare)):
                known = found.authorize if evidence.whose.calls(url) else found.elsewhere
                known.setdefault(bare, []).append(spot)
        if EXCHANGE.search(text):
            found.exchanges.append(_spot(passage, EXCHANGE))
        found.older = found.older or bool(FIRST_LEG.search(passage.text))
        if PKCE.search(text):
            found.pkce.append(place(passage)[0])
            found.method = found.method or ("S256" if S256.search(text) else "")
    found.authorize = found.authorize or _beside_token(found)
    yield from _facts(found)


def _flows(evidence: Evidence, passage: Passage, text: str) -> Iterator[tuple[str, Place]]:
    for flow, pattern in stated(text):
        if flow != "clientCredentials" or not _sent_along(evidence, passage):
            yield flow, _spot(passage, pattern)
    yield from ((flow, place(passage)[0]) for flow in listed(evidence, passage))


def _beside_token(found: Found) -> dict[str, list[Place]]:
    """Return the addresses on a server that no call goes to, but that hands out the tokens."""
    origins = {at[0] for url in found.token if (at := ORIGIN.match(url))}
    return {url: spots for url, spots in found.elsewhere.items() if (at := ORIGIN.match(url)) and at[0] in origins}


def _sent_along(evidence: Evidence, passage: Passage) -> bool:
    """Tell client credentials that every request carries by Basic from those that a token is fetched with."""
    section = [passage, *evidence.section(passage)]
    return any(BY_BASIC.search(p.text) for p in section) and not any(OF_TOKEN.search(p.text) for p in section)


def _others(evidence: Evidence, passage: Passage) -> bool:
    return bool(NOT_OURS.search(" ".join([passage.path, *passage.headings[1:]])) or _foreign(evidence, passage.text))


def _foreign(evidence: Evidence, text: str) -> bool:
    return bool(FOREIGN.search(text)) or evidence.whose.names_other(text)


def _ours(passage: Passage) -> str:
    """Return the text without the sentences about somebody else's server."""
    if passage.kind is PassageKind.CODE or passage.kind is PassageKind.TABLE:
        return "" if NOT_OURS.search(passage.text) else passage.text
    lines = passage.text.split("\n") if "\n\n" in passage.text else [passage.text]
    return "\n".join(line for line in lines if not NOT_OURS.search(line))


def _spot(passage: Passage, pattern: re.Pattern[str]) -> Place:
    return lines_within(passage, pattern, room=4) if passage.kind is PassageKind.CODE else place(passage)[0]


def _urls(passage: Passage, text: str) -> Iterator[tuple[str, Place]]:
    """Yield URLs as they stand in the text; the targets of links are pages and not among them.

    In an HTTP message the host stands on a line of its own.
    """
    host = HOST.search(text) if passage.kind is PassageKind.CODE else None
    for found in URL.finditer(text):
        url = found["url"].rstrip(".,;:*_")
        if len(url) < LONGEST_URL:
            spot = _spot(passage, re.compile(re.escape(_bare(url))))
            above = f"https://{host['host']}" if host and url.startswith("/") else "https://" * bool(found["host"])
            yield f"{above}{url}", spot


def _of_heading(passage: Passage) -> Iterator[tuple[str, Place]]:
    """Yield the address of the call that a section is about: `### POST https://…/token` above its parameters."""
    called = next(filter(None, (CALL.fullmatch(heading.strip("` ")) for heading in passage.headings[-2:])), None)
    if called and re.search(r"\bgrant_type\b", passage.text):
        yield called["url"], place(passage)[0]


def _asked_for(text: str) -> str:
    """Return the address that a sentence sends to for an access token, whatever it is called."""
    found = ASKED_FOR.search(text)
    return _bare(found["url"]) if found else ""


def _bare(url: str) -> str:
    return re.split(r"[?#]", url, maxsplit=1)[0].rstrip(".,;:*_")


def _facts(found: Found) -> Iterator[Candidate]:
    if found.exchanges and found.authorize and found.token:
        found.flows.setdefault("authorizationCode", found.exchanges)
    if not found.flows and (pair := _pair(found)):
        found.flows["authorizationCode"] = pair
    origin = _origin(found.authorize)
    for flow, spots in found.flows.items():
        value: dict[str, Json] = {"flow": flow}
        places = list(spots[:2])
        if flow in {"authorizationCode", "implicit"} and (authorize_url := _first(found.authorize)):
            value["authorize_url"] = authorize_url
            places.extend(found.authorize[authorize_url][:2])
        if flow != "implicit" and (token_url := _first(found.token, device=flow == "deviceCode")):
            value["token_url"] = f"{origin}{token_url}" if token_url.startswith("/") else token_url
            places.extend(found.token[token_url][:2])
        if found.pkce and flow == "authorizationCode":
            value["pkce"] = found.method or True
        yield Candidate(
            fact_kind="oauth_flow",
            value=value,
            places=tuple(dict.fromkeys(places)),
            strength=_strength(value),
        )
        yield from _on_trial(flow, value, found)


def _pair(found: Found) -> list[Place]:
    """Return where two addresses in one folder stand beside each other: no other flow needs both."""
    authorize, token = _first(found.authorize), _first(found.token)
    if found.older or not PUBLIC.match(authorize) or _folder(authorize) != _folder(token):
        return []
    return next(
        (
            list(dict.fromkeys((one, other)))
            for one in found.authorize[authorize]
            for other in found.token[token]
            if one.path == other.path and abs(one.start - other.start) <= BESIDE
        ),
        [],
    )


def _folder(url: str) -> str:
    return url.rstrip("/").rpartition("/")[0]


def _on_trial(flow: str, value: dict[str, Json], found: Found) -> Iterator[Candidate]:
    """Yield where users are sent to in a sandbox, where that is told beside the address for production."""
    trial = [url for url in found.authorize if TRIAL.search(url) and url.startswith("http")]
    if (
        flow != "authorizationCode"
        or len(trial) != 1
        or "authorize_url" not in value
        or value["authorize_url"] in trial
    ):
        return
    there: dict[str, Json] = {"flow": flow, "authorize_url": trial[0], "env": "sandbox"}
    tokens = [url for url in found.token if TRIAL.search(url) and url.startswith("http")]
    tokens = [url for url in tokens if _folder(url) == _folder(trial[0])] or tokens
    if len(tokens) == 1:
        there["token_url"] = tokens[0]
    spots = [*found.authorize[trial[0]][:2], *(found.token[tokens[0]][:2] if len(tokens) == 1 else ())]
    yield Candidate(fact_kind="oauth_flow", value=there, places=tuple(dict.fromkeys(spots)), strength=0.75)


def _origin(urls: dict[str, list[Place]]) -> str:
    """Return where the one server is that users are sent to: its other addresses may be told without it."""
    origins = {found[0] for url in urls if (found := ORIGIN.match(url))}
    return origins.pop() if len(origins) == 1 else ""


def _strength(value: dict[str, Json]) -> float:
    """Be sure of a flow with all the URLs that it needs; one without is only named."""
    needed = {"implicit": 1, "authorizationCode": 2}.get(str(value["flow"]), 1)
    urls = [str(url) for key, url in value.items() if key.endswith("_url")]
    if len(urls) < needed:
        return 0.6 if urls else 0.55
    return 0.88 if all(url.startswith("http") for url in urls) else 0.75


def _first(urls: dict[str, list[Place]], *, device: bool = False) -> str:
    """Return the URL named most often, absolute ones and those of production first."""

    def rank(url: str) -> tuple[bool, bool, bool, int]:
        fits = device == ("device" in url)
        return url.startswith("http"), fits, not TRIAL.search(url), len(urls[url])

    return max(urls, key=rank, default="")


DETECTOR: Final = Detector(
    fact_kind="oauth_flow",
    summary="the OAuth 2.0 flows with their URLs",
    queries=(
        "OAuth 2.0 authorization code flow: authorize URL and token URL",
        "client credentials grant: POST to the token endpoint",
    ),
    detect=detect,
)
