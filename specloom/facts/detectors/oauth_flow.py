"""Which OAuth 2.0 flows there are, with the URLs to authorise at and to fetch tokens from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, lines_within, place
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"\boauth|openid|authorization code|client credentials|grant_type"
    r"|response_type|authorize_url|token (?:url|endpoint)",
    re.IGNORECASE,
)
URL: Final = re.compile(
    r"(?P<url>https?://[^\s\"'`<>)|\\]+|(?<![\w.:/])/(?:[\w.{}-]+/)*(?:oauth2?|authorize|token)[\w./{}-]*)"
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
FLOWS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "authorizationCode",
            (
                r"response_type\W{1,12}code\b|`authorization_code`|grant_type\W{1,12}authorization_code"
                r"|authori[sz]ation[- ]code (?:flow|grant)|three-legged|3-legged"
            ),
        ),
        (
            "clientCredentials",
            (
                r"grant_type\W{1,12}client_credentials|`client_credentials`|client credentials? (?:flow"
                r"|grant)|two-legged|2-legged"
            ),
        ),
        ("password", r"grant_type\W{1,12}password\b|password (?:flow|grant)|resource owner password"),
        ("implicit", r"response_type\W{1,12}token\b|implicit (?:flow|grant)"),
        ("deviceCode", r"grant_type\W{1,60}device_code|device (?:authorization |code )?(?:flow|grant)"),
    )
)
PKCE: Final = re.compile(r"\bPKCE\b|code_challenge", re.IGNORECASE)
S256: Final = re.compile(r"\bS256\b")
UNSUPPORTED: Final = re.compile(r"\b(?:not|no longer|isn'?t|doesn'?t|deprecated|removed)\b[^.]{0,40}", re.IGNORECASE)
NOT_OURS: Final = re.compile(
    r"webhook|relay|auth_request_details|your (?:own )?(?:authorization|oauth) server|customer'?s? server",
    re.IGNORECASE,
)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Collect flows and URLs over all pages about OAuth; a flow without the URLs that it needs is not stated fully."""
    flows: dict[str, list[Place]] = {}
    authorize: dict[str, list[Place]] = {}
    token: dict[str, list[Place]] = {}
    pkce: list[Place] = []
    method = ""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if evidence.whose.aside(passage) or evidence.whose.old(passage) or _others(evidence, passage):
            continue
        for flow, pattern in FLOWS:
            if (found := pattern.search(passage.text)) and not UNSUPPORTED.search(
                passage.text[max(0, found.start() - 60) : found.start()]
            ):
                flows.setdefault(flow, []).append(_spot(passage, pattern))
        for url, spot in _urls(passage):
            if TOKEN.search(url) and not NOT_TOKEN.search(url):
                token.setdefault(url, []).append(spot)
            elif AUTHORIZE.search(url) and not NOT_TOKEN.search(url) and evidence.whose.calls(url):
                authorize.setdefault(url, []).append(spot)
        if PKCE.search(passage.text):
            pkce.append(place(passage)[0])
            method = method or ("S256" if S256.search(passage.text) else "")
    yield from _facts(flows, authorize, token, (pkce, method))


def _others(evidence: Evidence, passage: Passage) -> bool:
    around = " ".join([passage.path, *passage.headings])
    return bool(NOT_OURS.search(around) or NOT_OURS.search(passage.text) or evidence.whose.names_other(passage.text))


def _spot(passage: Passage, pattern: re.Pattern[str]) -> Place:
    return lines_within(passage, pattern, room=4) if passage.kind is PassageKind.CODE else place(passage)[0]


def _urls(passage: Passage) -> Iterator[tuple[str, Place]]:
    """Yield URLs without their query strings; for prose only those set as code, since links lead to pages."""
    text = (
        passage.text
        if passage.kind in {PassageKind.CODE, PassageKind.TABLE}
        else " ".join(re.findall(r"`[^`]*`|https?://\S+", passage.text))
    )
    for found in URL.finditer(text):
        url = found["url"].split("?")[0].split("#")[0].rstrip(".,;:")
        if len(url) < 300:
            yield url, _spot(passage, re.compile(re.escape(url)))


def _facts(
    flows: dict[str, list[Place]],
    authorize: dict[str, list[Place]],
    token: dict[str, list[Place]],
    pkce: tuple[list[Place], str],
) -> Iterator[Candidate]:
    if not (flows and (token or authorize)):
        return
    token_url = _first(token)
    authorize_url = _first(authorize)
    for flow, spots in flows.items():
        needs_authorize = flow in {"authorizationCode", "implicit"}
        if (needs_authorize and not authorize_url) or (flow != "implicit" and not token_url):
            continue
        value: dict[str, Json] = {"flow": flow}
        places = list(spots[:2])
        if needs_authorize:
            value["authorize_url"] = authorize_url
            places.extend(authorize[authorize_url][:2])
        if flow != "implicit":
            value["token_url"] = token_url
            places.extend(token[token_url][:2])
        if pkce[0] and flow == "authorizationCode":
            value["pkce"] = pkce[1] or True
        absolute = all(str(url).startswith("http") for key, url in value.items() if key.endswith("_url"))
        yield Candidate(
            fact_kind="oauth_flow",
            value=value,
            places=tuple(dict.fromkeys(places)),
            strength=0.88 if absolute else 0.75,
        )


def _first(urls: dict[str, list[Place]]) -> str:
    """Return the URL named most often, absolute ones first."""
    return max(urls, key=lambda url: (url.startswith("http"), len(urls[url])), default="")


DETECTOR: Final = Detector(
    fact_kind="oauth_flow",
    summary="the OAuth 2.0 flows with their URLs",
    queries=(
        "OAuth 2.0 authorization code flow: authorize URL and token URL",
        "client credentials grant: POST to the token endpoint",
    ),
    detect=detect,
)
