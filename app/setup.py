"""`/setup`: register an App and write its credentials down, once, for whoever holds the token that the log shows."""

from __future__ import annotations

import hmac
import re
import secrets
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import gidgethub
import gidgethub.aiohttp
import structlog
from aiohttp import web

from app import manifest
from specloom.adapters.github.client import AGENT

if TYPE_CHECKING:
    import aiohttp

    from app.settings import Settings

HOUR: Final = 3600.0
"""Seconds that GitHub lets pass before a manifest has to be converted."""

ORGANIZATION: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")
CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")

log = structlog.get_logger()


class Setup:
    """The two pages of the manifest flow; both are gone as soon as there are credentials."""

    def __init__(self, settings: Settings, session: aiohttp.ClientSession) -> None:
        self._settings, self._session = settings, session
        self._token = secrets.token_urlsafe(24)
        self._states: dict[str, float] = {}
        self._env = settings.data_dir / ".env"

    @property
    def link(self) -> str:
        """The address that starts the registration."""
        return self._settings.link(f"setup?token={self._token}")

    async def start(self, request: web.Request) -> web.Response:
        """Show the page with the button."""
        self._refuse_if_done()
        if not hmac.compare_digest(self._token.encode(), request.query.get("token", "").encode()):
            raise web.HTTPForbidden(text="Use the address that the server's log shows.\n")
        state = secrets.token_urlsafe(24)
        self._states[state] = time.monotonic() + HOUR
        root = self._settings.link("")
        git_url = self._settings.addresses.git
        page = manifest.registration_page(git_url=git_url, public_url=root, state=state)
        organization = request.query.get("organization")
        if organization:
            if not ORGANIZATION.fullmatch(organization):
                raise web.HTTPBadRequest(text="That is not the name of an organisation.\n")
            page = manifest.organization_page(page, git_url=git_url, organization=organization)
        return web.Response(text=page, content_type="text/html")

    async def finish(self, request: web.Request) -> web.Response:
        """Turn GitHub's code into credentials and write them down."""
        self._refuse_if_done()
        if self._states.pop(request.query.get("state", ""), 0.0) < time.monotonic():
            raise web.HTTPForbidden(text="This registration was not started here, or more than an hour ago.\n")
        code = request.query.get("code", "")
        if not CODE.fullmatch(code):
            raise web.HTTPBadRequest(text="GitHub's code is missing.\n")
        answer = await self._convert(code)
        manifest.write_private(self._env, manifest.environment(answer, public_url=self._settings.link("")))
        log.info("registered", app_id=answer["id"], slug=answer.get("slug"))
        install = f"{answer['html_url']}/installations/new"
        return web.Response(text=manifest.done_page(path=self._env, install_url=install), content_type="text/html")

    async def _convert(self, code: str) -> dict[str, str]:
        api = gidgethub.aiohttp.GitHubAPI(self._session, AGENT, base_url=self._settings.addresses.api)
        try:
            answer: dict[str, str] = await api.post(f"/app-manifests/{code}/conversions", data=b"")
        except gidgethub.HTTPException as error:
            known = error.status_code == HTTPStatus.NOT_FOUND
            reason = "GitHub does not know this code (any more)." if known else "GitHub did not answer as expected."
            raise web.HTTPBadGateway(text=f"{reason} Start again.\n") from error
        return answer

    def _refuse_if_done(self) -> None:
        if self._settings.is_registered or self._env.exists():
            raise web.HTTPNotFound(text="There is an App already.\n")
