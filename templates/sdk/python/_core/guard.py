"""No error of the HTTP library leaves the package."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import httpx

from .errors import APIConnectionError, APIError, APITimeoutError

TRANSPORT_ERRORS: Final = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, httpx.CookieConflict)
"""All that httpx raises."""

NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Errors after which the server cannot have seen the call, so that any call may be tried again."""

PERMANENT: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)
"""Errors that come back however often the call is tried."""


def translated(error: Exception, request: httpx.Request) -> APIError:
    """Return our own error for one of httpx's."""
    where = f"{request.method} {request.url.copy_with(query=None, userinfo=b'')}"
    if isinstance(error, httpx.TimeoutException):
        return APITimeoutError(f"{where}: no answer in time ({type(error).__name__})", request)
    return APIConnectionError(f"{where}: {type(error).__name__}: {error}".rstrip(": "), request)


@contextmanager
def guarded(request: httpx.Request) -> Generator[None, None, None]:
    """Turn errors of httpx into our own while a body is read."""
    try:
        yield
    except TRANSPORT_ERRORS as error:
        raise translated(error, request) from error
