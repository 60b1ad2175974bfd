"""The settings of a client, resolved: arguments first, then the environment, then the description."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import httpx

from .errors import InvalidArgumentError
from .options import AsyncSettings, CopySettings, check_names
from .security import MutualTls, from_environment

if TYPE_CHECKING:
    from .options import ClientSettings, Timeout
    from .security import Credential
    from .spec import ClientSpec

DEFAULT_TIMEOUT: Final = httpx.Timeout(600.0, connect=5.0)
DEFAULT_RETRIES: Final = 2
DEFAULT_LIMITS: Final = httpx.Limits(max_connections=1000, max_keepalive_connections=100)

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")
_HTTPX_DEFAULT: Final = httpx.Timeout(5.0)


@dataclass(frozen=True)
class Config:
    """What a client knows; credentials are looked up by the name of their scheme and never printed."""

    spec: ClientSpec
    base_url: str
    timeout: Timeout
    max_retries: int
    headers: Mapping[str, str | None]
    query: Mapping[str, object]
    strict: bool
    credentials: Mapping[str, Credential]
    variables: Mapping[str, str]

    @property
    def is_elsewhere(self) -> bool:
        """Whether the caller named another address than the description does."""
        described = self.expand(self.spec.base_url).rstrip("/")
        return bool(described) and self.base_url != described

    def expand(self, url: str) -> str:
        """Fill in the server's `{variables}`."""
        return _expand(url, self.variables)

    def __repr__(self) -> str:
        return f"Config({self.spec.brand!r}, base_url={self.base_url!r})"

    def changed(self, settings: CopySettings) -> Config:
        """Return a copy with other settings.

        Raises:
            InvalidArgumentError: a default is to be both added to and replaced.
        """
        check_names(settings, CopySettings)
        return replace(
            self,
            base_url=(settings.get("base_url") or self.base_url).rstrip("/"),
            timeout=settings.get("timeout", self.timeout),
            max_retries=settings.get("max_retries", self.max_retries),
            strict=settings.get("strict_responses", self.strict),
            headers=_merged(self.headers, "default_headers", settings),
            query=_merged(self.query, "default_query", settings),
        )


def _merged(current: Mapping[str, Any], name: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    added, replaced = settings.get(name), settings.get(f"set_{name}")
    if added is not None and replaced is not None:
        raise InvalidArgumentError(f"give either {name} or set_{name}, not both")
    return replaced if replaced is not None else {**current, **(added or {})}


def resolve(
    spec: ClientSpec,
    credentials: Mapping[str, Credential],
    settings: ClientSettings,
    http_client: httpx.Client | httpx.AsyncClient | None,
) -> Config:
    """Work out the settings of a new client.

    Raises:
        InvalidArgumentError: no address of the API is known.
    """
    check_names(settings, AsyncSettings)
    found = {name: from_environment(scheme, credentials.get(name)) for name, scheme in spec.schemes.items()}
    variables = {**spec.server_variables, **settings.get("server_variables", {})}
    certified = settings.get("client_cert") or http_client
    for name, scheme in spec.schemes.items():
        if isinstance(scheme, MutualTls):
            found[name] = "certificate" if certified else None
    return Config(
        spec=spec,
        base_url=_base_url(spec, settings, variables),
        variables=variables,
        timeout=_timeout(settings, http_client),
        max_retries=settings.get("max_retries", DEFAULT_RETRIES),
        headers=settings.get("default_headers") or {},
        query=settings.get("default_query") or {},
        strict=settings.get("strict_responses", False),
        credentials=found,
    )


def _expand(url: str, variables: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda match: variables.get(match[1], match[0]), url)


def _base_url(spec: ClientSpec, settings: ClientSettings, variables: Mapping[str, str]) -> str:
    variable = f"{spec.env_prefix}_BASE_URL"
    given = settings.get("base_url") or os.environ.get(variable) or spec.base_url
    url = _expand(given, variables).rstrip("/")
    if not url.lower().startswith(("http://", "https://")):
        raise InvalidArgumentError(f"where is the API? Pass base_url='https://…' or set {variable}")
    return url


def _timeout(settings: ClientSettings, http_client: httpx.Client | httpx.AsyncClient | None) -> Timeout:
    if "timeout" in settings:
        return settings["timeout"]
    own = http_client.timeout if http_client is not None else _HTTPX_DEFAULT
    return own if own != _HTTPX_DEFAULT else DEFAULT_TIMEOUT
