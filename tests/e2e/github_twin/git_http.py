"""Real git over HTTP: git's own `http-backend` over the same bare repositories, with GitHub's kind of login."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from aiohttp import web

from github_twin import auth, git
from github_twin.render import pull_commits
from github_twin.state import Refusal, Token

if TYPE_CHECKING:
    from github_twin.state import Repository, World
    from github_twin.webhooks import Hooks

CHALLENGE = {"WWW-Authenticate": 'Basic realm="GitHub"'}


class GitHttp:
    """Serves `/{owner}/{repo}.git/…`."""

    def __init__(self, world: World, hooks: Hooks) -> None:
        self.world, self.hooks = world, hooks

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of git's smart protocol."""
        owner, name, tail = (request.match_info[key] for key in ("owner", "repo", "tail"))
        writes = "git-receive-pack" in (tail, request.query.get("service"))
        try:
            who = auth.caller(self.world, request.headers.get("Authorization"))
            repository = self.world.repository(f"{owner}/{name.removesuffix('.git')}")
            token = who if isinstance(who, Token) else None
            auth.demand(token, repository, "contents", "write" if writes else "read")
        except Refusal as refusal:
            status = 401 if "Authorization" not in request.headers else refusal.status
            return web.Response(status=status, text=refusal.message, headers=CHALLENGE if status == 401 else {})
        for issue in repository.issues.values():
            if issue.head_branch:
                git.publish_pull(repository, issue.number, pull_commits(repository, issue)[0])
        before = _refs(repository) if tail == "git-receive-pack" else {}
        response = await self._backend(request, repository, tail, token)
        if tail == "git-receive-pack" and token:
            self.hooks.pushed(repository, _moves(before, _refs(repository)), token.user)
        return response

    async def _backend(
        self, request: web.Request, repository: Repository, tail: str, token: Token | None
    ) -> web.Response:
        environment = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.world.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"/{repository.owner.login}/{repository.name}.git/{tail}",
            "REQUEST_METHOD": request.method,
            "QUERY_STRING": request.query_string,
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
            "HTTP_GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
            "REMOTE_USER": token.user.login if token else "",
        }
        process = await asyncio.create_subprocess_exec(
            "git", "http-backend", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=environment
        )
        output, _ = await process.communicate(await request.read())
        head, _, body = output.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines() if ": " in line)
        status = int(headers.pop("Status", "200").split()[0])
        return web.Response(status=status, body=body, headers=headers)


def _refs(repository: Repository) -> dict[str, str]:
    store = repository.git
    return {name: str(store.references[name].target) for name in store.references}


def _moves(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[str, str]]:
    names = sorted(set(before) | set(after))
    moved = {name: (before.get(name, git.ZERO), after.get(name, git.ZERO)) for name in names}
    return {name: pair for name, pair in moved.items() if pair[0] != pair[1]}
