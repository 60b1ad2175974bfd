"""An HTTP server whose answers a test writes down beforehand; it runs in a thread of its own, for sync clients too."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class Seen:
    """A request as it arrived; `target` is the raw path with its query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """An answer. `chunks` are written one by one; `drop` closes the connection instead of, or amid, answering."""

    status: int = 200
    json: object = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    chunks: Sequence[bytes] | None = None
    pause: float = 0.0
    between: float = 0.0
    drop: bool = False

    def content(self) -> bytes:
        if self.body is not None:
            return self.body
        return b"" if self.json is None else json.dumps(self.json).encode()

    def media_type(self) -> dict[str, str]:
        return {} if self.json is None else {"Content-Type": "application/json"}


class ScriptedServer:
    """Answers each (method, path) with its script; the last reply of a script goes on for ever."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.seen: list[Seen] = []
        self.open_streams = 0
        self._scripts: dict[tuple[str, str], list[Reply | Callable[[Seen], Reply]]] = {}
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.url = ""

    def on(self, method: str, path: str, *replies: Reply | Callable[[Seen], Reply]) -> None:
        """Script the answers to `method` `path` (as it stands in the request line, without the query)."""
        self._scripts[method, path] = list(replies)

    def reset(self) -> None:
        """Forget scripts and requests."""
        self.seen.clear()
        self._scripts.clear()

    def start(self) -> None:
        """Serve on a free port."""
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        """Stop serving."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{tail:.*}", self._handle)
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=self._tls)
        self._loop.run_until_complete(site.start())
        host, port = runner.addresses[0][:2]
        self.url = f"{'https' if self._tls else 'http'}://{host}:{port}"
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        seen = Seen(request.method, request.raw_path, dict(request.headers), await request.read())
        self.seen.append(seen)
        script = self._scripts.get((seen.method, seen.path))
        if script is None:
            return web.json_response({"title": "nothing is scripted here", "detail": seen.target}, status=404)
        step = script.pop(0) if len(script) > 1 else script[0]
        reply = step if isinstance(step, Reply) else step(seen)
        await asyncio.sleep(reply.pause)
        if reply.chunks is not None:
            return await self._stream(request, reply)
        if reply.drop and request.transport is not None:
            request.transport.close()
        headers = {**reply.media_type(), **reply.headers}
        return web.Response(status=reply.status, body=reply.content(), headers=headers)

    async def _stream(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(status=reply.status, headers=reply.headers)
        await response.prepare(request)
        self.open_streams += 1
        try:
            for chunk in reply.chunks or ():
                await response.write(chunk)
                await asyncio.sleep(reply.between)
        finally:
            self.open_streams -= 1
        if reply.drop and request.transport is not None:
            request.transport.close()
        return response
