"""Access tokens of one client, kept until they run out; without I/O."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin

from .errors import InvalidArgumentError, OAuthError
from .oauth import OAuthCredential, Token, TokenRequest, parse_token, token_request

if TYPE_CHECKING:
    from .security import OAuth2

Answer: TypeAlias = tuple[int, bytes]
"""Status and body of the token endpoint's answer."""

Acquisition: TypeAlias = Generator[TokenRequest, Answer, str]
"""Yields what to send, is sent the answers, returns an access token."""


class TokenStore:
    """The token of one scheme. The caller holds a lock while it runs an acquisition, so that one fetch serves all."""

    def __init__(
        self,
        scheme: OAuth2,
        credential: OAuthCredential,
        *,
        base_url: str,
        expand: Callable[[str], str] = str,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._scheme = scheme
        self._credential = credential
        self._base_url = base_url
        self._expand = expand
        self._now = now
        self._token: Token | None = None
        self._in_body = credential.client_auth == "post"

    def cached(self) -> str | None:
        """Return the token while it is good."""
        token = self._token
        return token.access_token if token and token.fresh(self._now()) else None

    def forget(self, access_token: str) -> None:
        """Drop a token that the server refused, unless it has been replaced already."""
        token = self._token
        if token and token.access_token == access_token:
            self._token = Token(access_token, expires_at=float("-inf"), refresh_token=token.refresh_token)

    def acquire(self) -> Acquisition:
        """Get a token: the one at hand, by the refresh token, or by the grant.

        Raises:
            OAuthError: the token endpoint refuses, or does not answer as RFC 6749 says.
            InvalidArgumentError: nobody knows where the token endpoint is.
        """
        if (token := self.cached()) is not None:
            return token
        refresh = self._token.refresh_token if self._token else None
        if refresh:
            found, _ = yield from self._ask(refresh)
            if found:
                return found
        found, answer = yield from self._ask(None)
        if found:
            return found
        status, body = answer
        shown = body.decode("utf-8", "replace")[:500]
        raise OAuthError(f"the token endpoint answered {status} without a token", status_code=status, body=shown)

    def _ask(self, refresh: str | None) -> Generator[TokenRequest, Answer, tuple[str | None, Answer]]:
        status, body = yield self._request(refresh)
        if status in (400, 401) and self._credential.client_auth == "auto" and not self._in_body:
            self._in_body = True
            status, body = yield self._request(refresh)
        token = parse_token(body, now=self._now(), previous_refresh=refresh) if status < 300 else None
        if token is None:
            self._in_body = self._credential.client_auth == "post"
            return None, (status, body)
        self._token = token
        return token.access_token, (status, body)

    def _request(self, refresh: str | None) -> TokenRequest:
        scheme, credential = self._scheme, self._credential
        url = credential.token_url or (scheme.refresh_url if refresh else "") or scheme.token_url
        if not url:
            raise InvalidArgumentError("the description names no token endpoint: give the credential a token_url")
        return token_request(
            credential,
            url=urljoin(f"{self._base_url}/", self._expand(url)),
            scopes=scheme.scopes,
            refresh_token=refresh,
            in_body=self._in_body,
        )
