"""Connection pools: the ones that clients make for themselves."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx

from .config import DEFAULT_LIMITS, DEFAULT_TIMEOUT

if TYPE_CHECKING:
    from .options import ClientCert


class Pool(httpx.Client):
    """A pool that closes itself when nobody uses it any more."""

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()


class AsyncPool(httpx.AsyncClient):
    """A pool that closes itself when nobody uses it any more and the event loop still runs."""

    def __del__(self) -> None:
        with suppress(Exception):
            if not self.is_closed:
                asyncio.get_running_loop().create_task(self.aclose())


def pool_options(cert: ClientCert | None) -> dict[str, Any]:
    """Return the arguments for a pool; `cert` is the client's certificate."""
    options: dict[str, Any] = {"timeout": DEFAULT_TIMEOUT, "limits": DEFAULT_LIMITS}
    if cert:
        context = httpx.create_ssl_context()
        parts = (cert,) if isinstance(cert, str) else cert
        context.load_cert_chain(*parts)
        options["verify"] = context
    return options
