"""What a client and all of its copies have in common besides the connection pool."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from .oauth import OAuthCredential
from .redact import Redactor, logger_for
from .security import OAuth2
from .shapes import is_tuple
from .tokens import TokenStore

if TYPE_CHECKING:
    from .config import Config
    from .security import AuthParts, Credential


@dataclass(frozen=True)
class Shared:
    """Loggers, and what authentication remembers between calls."""

    logger: logging.Logger
    redactor: Redactor
    stores: dict[str, TokenStore] = field(repr=False)
    digests: dict[tuple[str, str], httpx.DigestAuth] = field(repr=False)

    def send_options(self, auth: AuthParts) -> dict[str, Any]:
        """Return httpx's digest authentication where it is needed, one for each user so that nonces are reused."""
        if auth.digest is None:
            return {}
        return {"auth": self.digests.setdefault(auth.digest, httpx.DigestAuth(*auth.digest))}


def shared_for(config: Config) -> Shared:
    """Return the shared state of a new client."""
    redactor = Redactor(config.spec)
    stores = {
        name: TokenStore(scheme, credential, base_url=config.base_url, expand=config.expand)
        for name, scheme in config.spec.schemes.items()
        if isinstance(scheme, OAuth2) and isinstance(credential := config.credentials.get(name), OAuthCredential)
    }
    return Shared(logger_for(config.spec, redactor), redactor, stores, {})


def user_and_secret(credential: Credential) -> tuple[Any, Any]:
    """Return user name and secret of a credential, either of which may be a function."""
    return (credential[0], credential[1]) if is_tuple(credential) else ("", credential)
