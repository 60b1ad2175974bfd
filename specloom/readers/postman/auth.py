"""Authentication helpers of a collection, a folder or a request → security schemes and requirements.

Credentials that stand in a collection are never taken over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from specloom.model.api import OAuthFlow, SecurityScheme
from specloom.model.source import Span
from specloom.readers.postman.fields import as_object
from specloom.readers.postman.variables import VARIABLE, name_of, placeholders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.api import SecurityRequirement
    from specloom.model.source import Json
    from specloom.readers.postman.fields import Notebook, Pair

HTTP_SCHEMES: Final[Mapping[str, str]] = {
    "basic": "basic",
    "bearer": "bearer",
    "digest": "digest",
    "oauth1": "oauth",
    "hawk": "hawk",
    "awsv4": "aws4-hmac-sha256",
    "edgegrid": "eg1-hmac-sha256",
    "ntlm": "ntlm",
}
"""Helpers that fill the Authorization header, with the scheme they write there (RFC 7235; RFC 5849 for `oauth`)."""

TOKENS: Final = frozenset({"jwt", "asap"})
"""Helpers that sign a JSON Web Token and send it as a bearer token."""

FLOWS: Final[Mapping[str, str]] = {
    "authorization_code": "authorizationCode",
    "authorization_code_with_pkce": "authorizationCode",
    "implicit": "implicit",
    "password_credentials": "password",
    "client_credentials": "clientCredentials",
}
"""Postman's grant types as OpenAPI names them."""

PUBLIC: Final = ("algorithm", "signatureMethod", "service", "region", "version", "realm", "headerPrefix", "addTokenTo")
"""Settings that say how to sign, kept as `x-postman-auth`; the others may be secrets."""

KEY_HEADERS: Final = frozenset({"x-api-key", "api-key", "apikey", "x-apikey", "x-auth-token", "x-access-token"})
"""Headers that are an API key where their value is a variable."""

CREDENTIAL: Final = re.compile(
    r"((access|api|auth|bearer|session|security|id)?[_ -]?token|api[_ -]?key|jwt)", re.IGNORECASE
)
"""Names of variables that hold a credential: a header that is nothing but such a variable is an API key."""

NOWHERE: Final = Span("", 1, 1)


@dataclass(slots=True)
class Security:
    """The schemes found so far, each under a name of its own; the same scheme is never there twice."""

    notebook: Notebook
    schemes: list[SecurityScheme] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def requirement(self, auth: Json, around: Span) -> tuple[SecurityRequirement, ...] | None:
        """Return what an `auth` member asks for: None if it says nothing, `()` if it switches authentication off."""
        members = as_object(auth)
        kind = members.get("type")
        if not isinstance(kind, str):
            return None
        if kind == "noauth":
            return ()
        span = self.notebook.document.span(auth) if members else around
        pairs = self.notebook.pairs(members.get(kind), span.member(kind))
        settings = {pair.key: pair.value for pair in pairs}
        return (self._require(self._scheme(kind, settings, span)),)

    def authorization(self, pair: Pair) -> SecurityRequirement:
        """Return what an Authorization header that was filled in by hand asks for: its scheme, else a bare key."""
        word, _, rest = pair.value.partition(" ")
        if rest and word.lower() in {*HTTP_SCHEMES.values()}:
            return self._require(SecurityScheme(name=word.lower(), type="http", span=pair.span, scheme=word.lower()))
        return self.key(pair)

    def key(self, pair: Pair) -> SecurityRequirement:
        """Return the requirement of a key in the header `pair`."""
        scheme = SecurityScheme(name="apikey", type="apiKey", span=pair.span, location="header", parameter=pair.key)
        return self._require(scheme)

    def _scheme(self, kind: str, settings: Mapping[str, str], span: Span) -> SecurityScheme:
        public: dict[str, Json] = {key: settings[key] for key in PUBLIC if settings.get(key)}
        extensions: dict[str, Json] = {"x-postman-auth": {"type": kind, **public}}
        if kind in HTTP_SCHEMES:
            plain = kind in {"basic", "bearer", "digest"}
            scheme = HTTP_SCHEMES[kind]
            return SecurityScheme(
                name=kind, type="http", span=span, scheme=scheme, extensions={} if plain else extensions
            )
        if kind in TOKENS:
            return SecurityScheme(
                name=kind, type="http", span=span, scheme="bearer", bearer_format="JWT", extensions=extensions
            )
        if kind == "apikey":
            place: Literal["query", "header"] = "query" if settings.get("in") == "query" else "header"
            name = settings.get("key") or "X-API-Key"
            return SecurityScheme(name=kind, type="apiKey", span=span, location=place, parameter=name)
        if kind == "oauth2":
            return SecurityScheme(name=kind, type="oauth2", span=span, flows=_flows(settings), extensions=extensions)
        message = f"the authentication helper {kind!r} is not known, so clients will not sign requests for it"
        self.notebook.warn("postman-unknown-auth", message, span)
        return SecurityScheme(name=kind, type="unknown", span=span, extensions=extensions)

    def _require(self, scheme: SecurityScheme) -> SecurityRequirement:
        """Return the requirement of `scheme`, registering it under a free name unless its like is there already."""
        identity = repr(replace(scheme, span=NOWHERE))
        if identity not in self._names:
            name = self._names[identity] = self._free(scheme.name)
            self.schemes.append(replace(scheme, name=name))
        scopes = dict.fromkeys(scope for flow in scheme.flows for scope in flow.scopes)
        return ((self._names[identity], tuple(scopes)),)

    def _free(self, name: str) -> str:
        """Return `name`, with a number where it is taken."""
        free = name
        while free in self._counts:
            self._counts[name] += 1
            free = f"{name}{self._counts[name]}"
        self._counts[free] = 1
        return free


def is_credential(pair: Pair) -> bool:
    """Tell whether a header, other than Authorization, carries a credential: that a variable fills it in shows it."""
    match = VARIABLE.fullmatch(pair.value.strip())
    return match is not None and (pair.key.lower() in KEY_HEADERS or bool(CREDENTIAL.fullmatch(name_of(match))))


def _flows(settings: Mapping[str, str]) -> tuple[OAuthFlow, ...]:
    kind = FLOWS.get(settings.get("grant_type") or "authorization_code")
    token, authorization = (_address(settings.get(key)) for key in ("accessTokenUrl", "authUrl"))
    if kind is None or not (token or authorization):
        return ()
    return (
        OAuthFlow(
            kind=kind,
            authorization_url=authorization if kind in {"authorizationCode", "implicit"} else None,
            token_url=None if kind == "implicit" else token,
            refresh_url=_address(settings.get("refreshTokenUrl")),
            scopes=dict.fromkeys((settings.get("scope") or "").split(), ""),
        ),
    )


def _address(written: str | None) -> str | None:
    return placeholders(written) if written else None
