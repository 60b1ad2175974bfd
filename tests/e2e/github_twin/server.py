"""The twin as an aiohttp server: faults, login, limits, oracle, handler, in that order."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from github_twin import auth, graphql
from github_twin.call import Answer, Call
from github_twin.git_http import GitHttp
from github_twin.limits import SECONDARY, Limits
from github_twin.oracle import Oracle
from github_twin.people import People
from github_twin.render import Render
from github_twin.rest import ROUTES
from github_twin.state import App, Refusal, Token, World
from github_twin.webhooks import Hooks

if TYPE_CHECKING:
    from pathlib import Path

    from github_twin.call import Route
    from github_twin.faults import Fault

PREFIX = "/api/v3"
PATIENCE = 0.05
MESSAGES = {
    "401": "Bad credentials",
    "403-primary": "API rate limit exceeded for installation ID 1.",
    "404": "Not Found",
    "422": "Validation Failed",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that the twin answered."""

    method: str
    path: str
    status: int
    body: Any

    @property
    def is_write(self) -> bool:
        asks = self.path == "/graphql" and not (self.body or {}).get("query", "").lstrip().startswith("mutation")
        return self.method != "GET" and "access_tokens" not in self.path and not asks


class Twin:
    """Start with `async with Twin(root) as twin`; `twin.origin` is where it listens."""

    def __init__(self, root: Path) -> None:
        self.world = World(root)
        self.oracle = Oracle()
        self.limits = Limits(points_per_minute=10**6, content_per_minute=10**6)
        self.faults: list[Fault] = []
        self.requests: list[Seen] = []
        self.origin = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=100 * 2**20)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self.render = Render(self.world, "")
        self.hooks = Hooks(self.world, self.render)
        self.people = People(self.world, self.hooks)
        self._routes(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.render.origin, self.render.api = self.origin, self.origin + PREFIX
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.hooks.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def writes(self) -> list[Seen]:
        """What changed something, without the requests for tokens."""
        return [seen for seen in self.requests if seen.is_write]

    def _routes(self, app: web.Application) -> None:
        for route in ROUTES:
            app.router.add_route(route.method, PREFIX + route.path, self._rest(route))
        app.router.add_post("/api/graphql", self._graphql)
        git_http = GitHttp(self.world, self.hooks)
        app.router.add_route("*", "/{owner}/{repo}/{tail:.+}", git_http.handle)

    def _rest(self, route: Route) -> Any:  # noqa: ANN401  # an aiohttp handler
        async def handle(request: web.Request) -> web.StreamResponse:
            path = request.path.removeprefix(PREFIX)
            return await self._answered(request, path, lambda who, body: self._call(route, request, who, body))

        return handle

    async def _graphql(self, request: web.Request) -> web.StreamResponse:
        def run(who: Token | App | None, body: bytes) -> Answer:
            if not isinstance(who, Token):
                raise Refusal(401, "This endpoint requires you to be authenticated.")
            return Answer(body=graphql.execute(self.world, self.hooks, who, json.loads(body)))

        return await self._answered(request, "/graphql", run)

    async def _answered(self, request: web.Request, path: str, run: Any) -> web.StreamResponse:  # noqa: ANN401
        body = await request.read()
        fault = next((f for f in self.faults if f.fires(f"{request.method} {path}")), None)
        if fault and not fault.after_effect:
            return await self._disturb(request, fault, path)
        operation = None
        if path != "/graphql":
            operation = self.oracle.request(request.method, path, dict(request.query), body)
        who: Token | App | None = None
        name = "anonymous"
        self.limits.in_flight += 1
        try:
            who = auth.caller(self.world, request.headers.get("Authorization"))
            name = _name(who)
            if path != "/rate_limit":
                self.limits.charge(name, request.method, self.world.now())
            answer = run(who, body)
        except Refusal as refusal:
            answer = _refused(refusal)
        finally:
            self.limits.in_flight -= 1
        if operation:
            self.oracle.answer(operation, answer.status, answer.body)
        self.requests.append(Seen(request.method, path, answer.status, _decoded(body)))
        if fault:
            return await self._disturb(request, fault, path)
        return self._response(request, answer, name)

    def _call(self, route: Route, request: web.Request, who: Token | App | None, body: bytes) -> Answer:
        params = dict(request.match_info)
        full_name = f"{params.get('owner')}/{params.get('repo')}"
        if moved := self.world.moved.get(full_name):
            url = moved if "://" in moved else str(request.url).replace(full_name, moved)
            return Answer(status=301, body={"message": "Moved Permanently", "url": url}, headers={"Location": url})
        call = Call(
            world=self.world,
            render=self.render,
            hooks=self.hooks,
            who=who,
            path=request.path.removeprefix(PREFIX),
            params=params,
            query=dict(request.query),
            body=_decoded(body) or {},
        )
        return route.handler(call)

    def _response(self, request: web.Request, answer: Answer, name: str) -> web.Response:
        headers = self.limits.headers(name, self.world.now()) | answer.headers
        if answer.status == 204:
            return web.Response(status=204, headers=headers)
        payload = json.dumps(answer.body).encode()
        if request.method == "GET" and answer.status == 200:
            headers["ETag"] = f'W/"{hashlib.sha256(payload).hexdigest()}"'
            if request.headers.get("If-None-Match") == headers["ETag"]:
                self.limits.refund(name)
                return web.Response(status=304, headers=headers)
        return web.Response(
            status=answer.status, body=payload, headers=headers, content_type="application/json", charset="utf-8"
        )

    async def _silence(self, fault: Fault) -> None:
        """Say nothing until the fault is lifted, or for longer than anybody listens."""
        for _ in range(int(fault.silence / PATIENCE)):
            if not any(known is fault for known in self.faults):
                return
            await asyncio.sleep(PATIENCE)

    async def _disturb(self, request: web.Request, fault: Fault, path: str) -> web.StreamResponse:
        if fault.kind == "timeout":
            await self._silence(fault)
        if fault.kind in {"reset", "timeout"}:
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        if fault.kind == "cut":
            return await _truncated(request)
        if fault.kind == "502-page":
            return web.Response(status=502, text="<html><h1>Bad gateway</h1></html>", content_type="text/html")
        headers = {}
        message = MESSAGES.get(fault.kind, "Server Error")
        if fault.kind == "403-primary":
            headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(self.world.now()) + 1)}
        if fault.kind in {"403-secondary", "429"}:
            message = SECONDARY
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        status = int(fault.kind.partition("-")[0])
        if not fault.after_effect:
            self.requests.append(Seen(request.method, path, status, None))
        return web.json_response({"message": message}, status=status, headers=headers)


async def _truncated(request: web.Request) -> web.StreamResponse:
    """Promise an answer, give the first half, and cut the line."""
    response = web.StreamResponse(status=200, headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"id": 1, "node_id"')
    if request.transport:
        request.transport.abort()
    return response


def _name(who: Token | App | None) -> str:
    if isinstance(who, App):
        return f"app {who.slug}"
    if who is None:
        return "anonymous"
    return f"installation {who.installation.id}" if who.installation else f"user {who.user.login}"


def _refused(refusal: Refusal) -> Answer:
    body: dict[str, Any] = {"message": refusal.message, "documentation_url": "https://docs.github.com/rest"}
    if refusal.errors is not None:
        body["errors"] = refusal.errors
    return Answer(status=refusal.status, body=body, headers=refusal.headers)


def _decoded(body: bytes) -> Any:  # noqa: ANN401  # any JSON
    try:
        return json.loads(body) if body else None
    except ValueError:
        return None
