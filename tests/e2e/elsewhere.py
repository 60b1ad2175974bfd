"""A web server that descriptions are tracked from, with what it was asked."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class Elsewhere:
    """Serves `content` with an ETag at every path; `status` and `headers` change how."""

    content: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    packed: bool = False
    stalls: bool = False
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    host: str = ""
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("GET", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://{self.host}/openapi.yaml"

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, dict(request.headers)))
        if self.stalls:
            await asyncio.sleep(30)
        etag = f'"{hashlib.sha256(self.content).hexdigest()}"'
        status = 304 if request.headers.get("If-None-Match") == etag else self.status
        self.answered.append(status)
        if status != 200:
            return web.Response(status=status, headers=self.headers)
        packing = {"Content-Encoding": "gzip"} if self.packed else {}
        body = gzip.compress(self.content) if self.packed else self.content
        return web.Response(body=body, headers={"ETag": etag} | packing | self.headers)
