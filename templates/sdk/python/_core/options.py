"""What a caller may set for a client, for a copy of it, or for a single call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from typing_extensions import TypedDict

if TYPE_CHECKING:
    import httpx

Timeout: TypeAlias = "float | httpx.Timeout | None"
"""Seconds for each phase of a call, `httpx.Timeout` to tell the phases apart, or None to wait for ever."""

Secret: TypeAlias = "str | Callable[[], str]"
"""A credential, or a function that is asked for it on every try."""

AsyncSecret: TypeAlias = "str | Callable[[], str] | Callable[[], Awaitable[str]]"
"""Like `Secret`, for asynchronous clients; the function may be a coroutine function."""

ClientCert: TypeAlias = "str | tuple[str, str] | tuple[str, str, str]"
"""A PEM file with certificate and key, or (certificate, key), or (certificate, key, password of the key)."""


class RequestOptions(TypedDict, total=False):
    """Options that every operation accepts as keyword arguments."""

    extra_headers: Mapping[str, str | None]
    """Headers to add; None removes one that would be sent otherwise."""
    extra_query: Mapping[str, object]
    """Query parameters to add."""
    extra_body: Mapping[str, object]
    """Members to add to the body, where the body is a JSON object or a form."""
    timeout: Timeout
    """Overrides the client's timeout for this call."""
    max_retries: int
    """Overrides how often this call is tried again."""
    idempotency_key: str
    """The key under which the server recognises a repeated call; made up where the operation needs one."""


class CopySettings(TypedDict, total=False):
    """What `with_options` can change."""

    base_url: str
    timeout: Timeout
    max_retries: int
    default_headers: Mapping[str, str | None]
    """Added to the headers of the client; None removes one."""
    set_default_headers: Mapping[str, str | None]
    """Replaces the headers of the client."""
    default_query: Mapping[str, object]
    """Added to the query parameters of the client."""
    set_default_query: Mapping[str, object]
    """Replaces the query parameters of the client."""
    strict_responses: bool


class ClientSettings(TypedDict, total=False):
    """Settings that both kinds of client accept as keyword arguments."""

    base_url: str | None
    """Where the API is; the environment variable `<BRAND>_BASE_URL` and then the description's server otherwise."""
    server_variables: Mapping[str, str]
    """Values for the `{variables}` in the server's address."""
    timeout: Timeout
    """600 seconds, 5 of them to connect, unless set."""
    max_retries: int
    """2 unless set."""
    default_headers: Mapping[str, str | None]
    default_query: Mapping[str, object]
    client_cert: ClientCert | None
    """The client certificate for mutual TLS."""
    strict_responses: bool
    """Raise `APIResponseValidationError` for answers that do not fit their description, instead of keeping them."""


class SyncSettings(ClientSettings, total=False):
    """Settings of a synchronous client."""

    http_client: httpx.Client | None
    """Your own `httpx.Client`, for proxies, transports or certificates; closing it stays with you."""


class AsyncSettings(ClientSettings, total=False):
    """Settings of an asynchronous client."""

    http_client: httpx.AsyncClient | None
    """Your own `httpx.AsyncClient`, for proxies, transports or certificates; closing it stays with you."""


def check_names(given: Iterable[str], kind: type[Any], *more: str) -> None:
    """Raise `TypeError` for a keyword that `kind`, one of the classes here, does not have."""
    known: frozenset[str] = kind.__optional_keys__
    for name in given:
        if name not in known and name not in more:
            raise TypeError(f"unexpected keyword argument {name!r}; known are {', '.join(sorted(known))}")
