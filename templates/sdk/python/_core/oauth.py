"""OAuth 2.0 grants, without I/O: what to ask the token endpoint, and what its answer means."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote_plus

from .shapes import is_object

EXPIRY_SKEW: Final = 30.0
"""Seconds before its expiry from which a token counts as expired, so that none runs out on the way."""


@dataclass(frozen=True, kw_only=True)
class OAuthCredential:
    """What all grants share.

    `client_auth` says how the client proves itself: `basic` (RFC 6749 asks servers to support it), `post` (in the
    body), or `auto`: basic, then post if the server refuses. `extra` are further fields for the token endpoint, such
    as an audience. `token_url` overrides the description's.
    """

    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scopes: Sequence[str] = ()
    client_auth: str = "auto"
    extra: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    token_url: str = ""

    def fields(self) -> dict[str, str]:
        """Return the grant as fields for the token endpoint."""
        return {"grant_type": "client_credentials"}

    @staticmethod
    def for_client(client_id: str, client_secret: str) -> OAuthCredential:
        """Return the client credentials grant."""
        return ClientCredentials(client_id=client_id, client_secret=client_secret)


@dataclass(frozen=True, kw_only=True)
class ClientCredentials(OAuthCredential):
    """The client acts for itself (RFC 6749, section 4.4)."""


@dataclass(frozen=True, kw_only=True)
class PasswordGrant(OAuthCredential):
    """The client knows the user's password (RFC 6749, section 4.3)."""

    username: str
    password: str = field(repr=False)

    def fields(self) -> dict[str, str]:
        """Return the grant as fields for the token endpoint."""
        return {"grant_type": "password", "username": self.username, "password": self.password}


@dataclass(frozen=True, kw_only=True)
class RefreshToken(OAuthCredential):
    """The client was given a refresh token earlier (RFC 6749, section 6)."""

    refresh_token: str = field(repr=False)

    def fields(self) -> dict[str, str]:
        """Return the grant as fields for the token endpoint."""
        return {"grant_type": "refresh_token", "refresh_token": self.refresh_token}


@dataclass(frozen=True, kw_only=True)
class AuthorizationCode(OAuthCredential):
    """The user has just agreed in a browser (RFC 6749, section 4.1; PKCE is RFC 7636)."""

    code: str = field(repr=False)
    redirect_uri: str = ""
    code_verifier: str = field(default="", repr=False)

    def fields(self) -> dict[str, str]:
        """Return the grant as fields for the token endpoint."""
        fields = {"grant_type": "authorization_code", "code": self.code}
        if self.redirect_uri:
            fields["redirect_uri"] = self.redirect_uri
        if self.code_verifier:
            fields["code_verifier"] = self.code_verifier
        return fields


@dataclass(frozen=True)
class Token:
    """An access token; `expires_at` is on the clock that was handed to `parse_token`, None if it never expires."""

    access_token: str = field(repr=False)
    expires_at: float | None = None
    refresh_token: str | None = field(default=None, repr=False)

    def fresh(self, now: float) -> bool:
        """Tell whether the token will still be good when it arrives."""
        return self.expires_at is None or now < self.expires_at


@dataclass(frozen=True)
class TokenRequest:
    """A POST of a form to the token endpoint."""

    url: str
    form: Mapping[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


def token_request(
    credential: OAuthCredential, *, url: str, scopes: Sequence[str], refresh_token: str | None, in_body: bool
) -> TokenRequest:
    """Return what to send for a token; `in_body` puts the client's proof into the form instead of the header."""
    form = credential.fields()
    if refresh_token:
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    wanted = credential.scopes or scopes
    if wanted:
        form["scope"] = " ".join(wanted)
    headers = {"Accept": "application/json"}
    if credential.client_id and credential.client_secret and not in_body:
        pair = f"{quote_plus(credential.client_id)}:{quote_plus(credential.client_secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"
    elif credential.client_id:
        form["client_id"] = credential.client_id
        if credential.client_secret:
            form["client_secret"] = credential.client_secret
    return TokenRequest(url, {**form, **credential.extra}, headers)


def parse_token(content: bytes, *, now: float, previous_refresh: str | None = None) -> Token | None:
    """Read the token endpoint's answer; None if there is no access token in it."""
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    if not is_object(answer) or not isinstance(answer.get("access_token"), str):
        return None
    refresh = answer.get("refresh_token")
    return Token(
        answer["access_token"],
        _expiry(answer.get("expires_in"), now),
        refresh if isinstance(refresh, str) else previous_refresh,
    )


def _expiry(expires_in: object, now: float) -> float | None:
    """Return when to renew; a token that lives only briefly is used for half of its life."""
    try:
        lifetime = float(str(expires_in))
    except ValueError:
        return None
    return now + max(lifetime - EXPIRY_SKEW, lifetime / 2)
