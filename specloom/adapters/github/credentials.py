"""Who we are to GitHub: an App with its key, one of its installations, or the bearer of a token."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from typing import TYPE_CHECKING, Final, Protocol

from gidgethub.apps import get_jwt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.adapters.github.client import Client

JWT_LIFE: Final = 9 * 60
"""Seconds; GitHub allows ten minutes."""

JWT_USE: Final = 7 * 60
FRESH: Final = 60.0
"""Seconds in which a token has the permissions that there are."""

TOKEN_MARGIN: Final = 5 * 60
"""Seconds before its end at which a token is no longer used: long jobs finish with the one they began with."""


class Credentials(Protocol):
    """Gives the `Authorization` header; `renew` asks for a fresh one after a 401."""

    @property
    def is_old(self) -> bool:
        """Whether a fresh one may be allowed more, because people have accepted new permissions since."""

    async def header(self, *, renew: bool = False) -> str:
        """Return the header's value."""


class FixedToken:
    """A token that somebody else issued, such as a workflow's `GITHUB_TOKEN`; its format is not our business."""

    def __init__(self, token: str) -> None:
        self.token = token

    is_old = False
    """It cannot be made anew."""

    async def header(self, *, renew: bool = False) -> str:
        """Return the same token; it cannot be renewed."""
        del renew
        return f"Bearer {self.token}"


class AppKey:
    """An App's private key. A JWT is used for seven minutes and backdated by one, for clocks that differ."""

    def __init__(self, app_id: str, private_key: str) -> None:
        self.app_id, self.private_key = app_id, private_key
        self._jwt, self._until = "", 0.0

    is_old = False
    """It carries no permissions of its own."""

    async def header(self, *, renew: bool = False) -> str:
        """Sign a JWT, or return the last one while it is fresh."""
        now = time.monotonic()
        if renew or now >= self._until:
            self._jwt = get_jwt(app_id=self.app_id, private_key=self.private_key, expiration=JWT_LIFE)
            self._until = now + JWT_USE
        return f"Bearer {self._jwt}"


class InstallationToken:
    """An installation's token, cut down to `repositories` where any are named; asked for once by however many wait."""

    def __init__(self, app: Client, installation: int, repositories: Sequence[int] = ()) -> None:
        self._app, self._installation, self._repositories = app, installation, list(repositories)
        self._token, self._until, self._made = "", 0.0, 0.0
        self._lock = asyncio.Lock()

    @property
    def is_old(self) -> bool:
        """Whether it was made more than a minute ago."""
        return time.monotonic() > self._made + FRESH

    async def header(self, *, renew: bool = False) -> str:
        """Return the header for REST and GraphQL."""
        return f"Bearer {await self.token(renew=renew)}"

    async def token(self, *, renew: bool = False) -> str:
        """Return the token itself, as git wants it."""
        async with self._lock:
            if renew or time.time() >= self._until - TOKEN_MARGIN:
                body = {"repository_ids": self._repositories} if self._repositories else {}
                path = f"/app/installations/{self._installation}/access_tokens"
                answer = await self._app.post(path, data=body)
                self._token, self._made = answer["token"], time.monotonic()
                self._until = dt.datetime.fromisoformat(answer["expires_at"]).timestamp()
            return self._token
