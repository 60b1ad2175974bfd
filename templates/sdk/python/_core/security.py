"""Security schemes: which credentials a call needs, and how they travel."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from .errors import MissingCredentialsError
from .oauth import OAuthCredential
from .shapes import is_tuple

if TYPE_CHECKING:
    from .endpoint import Requirement
    from .options import AsyncSecret

Credential: TypeAlias = "AsyncSecret | tuple[AsyncSecret | None, AsyncSecret | None] | OAuthCredential | None"
"""What a client is given for a scheme: a secret, (username, password), or an OAuth 2.0 grant."""


@dataclass(frozen=True)
class ApiKey:
    """A key in a header, query parameter or cookie called `name`; `env` is the variable it may come from."""

    place: Literal["header", "query", "cookie"]
    name: str
    env: str = ""


@dataclass(frozen=True)
class Basic:
    """User name and password in each call (RFC 7617)."""

    env: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Digest:
    """User name and password, proven without sending them (RFC 7616)."""

    env: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Bearer:
    """A token in the Authorization header (RFC 6750); `prefix` for APIs that call it something else."""

    env: str = ""
    prefix: str = "Bearer"


@dataclass(frozen=True)
class OAuth2:
    """OAuth 2.0 (RFC 6749). The credential is an access token, a function that returns one, or a grant.

    `env` names the variables of client id and secret, `token_env` that of an access token. Addresses may be relative to
    the API's.
    """

    token_url: str = ""
    refresh_url: str = ""
    scopes: tuple[str, ...] = ()
    env: tuple[str, str] = ("", "")
    token_env: str = ""


@dataclass(frozen=True)
class OpenIdConnect:
    """An access token from an OpenID provider, or a function that returns one."""

    url: str = ""
    env: str = ""


@dataclass(frozen=True)
class MutualTls:
    """A client certificate; see `client_cert` and `http_client`."""


Scheme: TypeAlias = ApiKey | Basic | Digest | Bearer | OAuth2 | OpenIdConnect | MutualTls


@dataclass
class AuthParts:
    """What authentication adds to a request."""

    headers: dict[str, str] = field(default_factory=dict[str, str])
    query: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    digest: tuple[str, str] | None = None

    def add(self, scheme: Scheme, secret: str, user: str = "") -> None:
        """Add the secret (and user name) of a scheme, at the place that the scheme says."""
        if isinstance(scheme, ApiKey):
            if scheme.place == "header":
                self.headers[scheme.name] = secret
            elif scheme.place == "query":
                self.query.append((scheme.name, secret))
            else:
                self.cookies[scheme.name] = secret
        elif isinstance(scheme, Basic):
            pair = base64.b64encode(f"{user}:{secret}".encode()).decode("ascii")
            self.headers["Authorization"] = f"Basic {pair}"
        elif isinstance(scheme, Digest):
            self.digest = (user, secret)
        elif isinstance(scheme, Bearer):
            self.headers["Authorization"] = f"{scheme.prefix} {secret}".strip()
        elif not isinstance(scheme, MutualTls):
            self.headers["Authorization"] = f"Bearer {secret}"


def from_environment(scheme: Scheme, given: Credential, *, environ: Mapping[str, str] = os.environ) -> Credential:
    """Return the credential for a scheme: what the client was given, else what the environment holds, else None."""
    if isinstance(scheme, Basic | Digest):
        user, password = (given[0], given[1]) if is_tuple(given) else (None, None)
        user = user if user is not None else environ.get(scheme.env[0])
        password = password if password is not None else environ.get(scheme.env[1])
        return None if user is None else (user, password or "")
    if given is not None or isinstance(scheme, MutualTls):
        return given
    if isinstance(scheme, OAuth2):
        if token := environ.get(scheme.token_env):
            return token
        client_id, client_secret = (environ.get(name) for name in scheme.env)
        return OAuthCredential.for_client(client_id, client_secret) if client_id and client_secret else None
    return environ.get(scheme.env)


def choose(
    requirements: tuple[Requirement, ...], available: Mapping[str, object], *, schemes: Mapping[str, Scheme]
) -> Requirement:
    """Return the first alternative whose schemes all have a credential, else the empty one if there is one.

    Raises:
        MissingCredentialsError: no alternative can be met.
    """
    if not requirements:
        return {}
    known = [one for one in requirements if all(name in schemes for name in one)]
    for requirement in known:
        if requirement and all(available.get(name) is not None for name in requirement):
            return requirement
    if not known or any(not requirement for requirement in requirements):
        return {}
    raise MissingCredentialsError(_missing(known, schemes))


def _missing(requirements: list[Requirement], schemes: Mapping[str, Scheme]) -> str:
    """Say which credentials would do, and where they can come from."""
    ways = " or ".join(" with ".join(_describe(name, schemes[name]) for name in one) for one in requirements)
    return f"this operation needs credentials: give the client {ways}"


def _describe(name: str, scheme: Scheme) -> str:
    if isinstance(scheme, MutualTls):
        return "a client certificate (client_cert=…)"
    env = scheme.env if isinstance(scheme.env, tuple) else (scheme.env,)
    variables = " and ".join(variable for variable in env if variable)
    return f"{name} (or set {variables})" if variables else name
