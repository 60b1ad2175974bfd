"""One caller of GitHub's API: waits as GitHub asks, writes one thing at a time, and renews a refused token once.

Everything that GitHub, the network or a proxy does to us comes out as `UpstreamError`; everything that is wrong with
the request itself as gidgethub's `BadRequest` family.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

import aiohttp
import gidgethub
from gidgethub.abc import GitHubAPI

from specloom.adapters.github.cache import BoundedCache
from specloom.adapters.github.limits import Reply, backoff, is_limited, wait_for
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.adapters.github.credentials import Credentials

AGENT: Final = "specloom"
API_VERSION: Final = "2022-11-28"
MOST_REDIRECTS: Final = 5
MOST_ATTEMPTS: Final = 4
READS: Final = frozenset({"GET", "HEAD"})
REPEATABLE: Final = re.compile(
    r"(GET|HEAD|PUT|DELETE) .*|PATCH (?!.*/check-runs/).*|POST .*/(git/(blobs|trees|commits)|access_tokens|reactions)"
)
"""Requests that do no harm twice, where an answer was lost and nobody knows whether they took effect.

Posts are repeated where what they make is named by its content, or expires, or GitHub makes it one. Patches to check
runs are not, because they add annotations.
"""

TIMEOUT: Final = aiohttp.ClientTimeout(total=60, connect=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a GitHub lives; on GitHub Enterprise Server below `/api/v3`, `/api/graphql` and `/`."""

    api: str = "https://api.github.com"
    graphql: str = "https://api.github.com/graphql"
    git: str = "https://github.com"

    @classmethod
    def of(cls, api: str, *, graphql: str | None = None, git: str | None = None) -> Addresses:
        """Derive what is not given from the REST address: github.com, GitHub Enterprise Server, or `*.ghe.com`."""
        api = api.rstrip("/")
        parts = urlsplit(api)
        root = f"{parts.scheme}://{parts.netloc.removeprefix('api.')}"
        enterprise = parts.path.endswith("/api/v3")
        derived = f"{api.removesuffix('/v3')}/graphql" if enterprise else f"{api}/graphql"
        return cls(api=api, graphql=graphql or derived, git=(git or root).rstrip("/"))


@dataclass(slots=True)
class Pace:
    """Keeps writes apart (GitHub asks for a second) and in line; shared by all clients of one installation."""

    gap: float = 1.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last: float = float("-inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """`patience`: seconds that one request may spend waiting before the caller is told to come back later."""

    patience: float = 20.0
    timeout: aiohttp.ClientTimeout = TIMEOUT


class Client(GitHubAPI):
    """gidgethub's calls with one caller's credentials, cache and pace."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        addresses: Addresses,
        *,
        pace: Pace | None = None,
        manners: Manners | None = None,
    ) -> None:
        super().__init__(AGENT, base_url=addresses.api, cache=BoundedCache())
        self.addresses = addresses
        self.credentials = credentials
        self._session = session
        self._pace = pace or Pace()
        self._manners = manners or Manners()

    async def mutate(self, query: str, **variables: object) -> Any:  # noqa: ANN401  # GitHub's JSON
        """Run a GraphQL query or mutation. gidgethub would send it to github.com wherever the API lives."""
        try:
            return await self.graphql(query, endpoint=self.addresses.graphql, **variables)
        except gidgethub.QueryError as error:
            kinds = {entry.get("type") for entry in error.response.get("errors", ())}
            if "RATE_LIMITED" in kinds:
                raise UpstreamError("GitHub's GraphQL rate limit is used up", 60.0) from error
            raise

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        if method in READS:
            return await self._patiently(method, url, headers, body)
        async with self._pace.lock:
            await self.sleep(max(0.0, self._pace.last + self._pace.gap - time.monotonic()))
            try:
                return await self._patiently(method, url, headers, body)
            finally:
                self._pace.last = time.monotonic()

    async def _patiently(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Send until there is an answer to give back, within the patience there is."""
        deadline = time.monotonic() + self._manners.patience
        request = f"{method} {urlsplit(url).path}"
        repeatable = REPEATABLE.fullmatch(request) is not None
        for attempt in range(1, MOST_ATTEMPTS + 1):
            try:
                reply = await self._authorized(method, url, headers, body)
            except (aiohttp.ClientError, TimeoutError) as error:
                reason, wait = f"GitHub did not answer {request}", backoff_of(attempt)
                if not repeatable:
                    raise UpstreamError(reason) from error
            else:
                limited = is_limited(reply)
                if not limited and reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                    return reply.status, reply.headers, reply.body
                reason = f"GitHub answered {reply.status} to {request}"
                wait = wait_for(reply, attempt=attempt, now=time.time()) if limited else backoff_of(attempt)
                if not limited and not repeatable:
                    raise UpstreamError(reason)
            if attempt == MOST_ATTEMPTS or time.monotonic() + wait > deadline:
                raise UpstreamError(reason, wait)
            await self.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    async def _authorized(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        reply = await self._followed(method, url, {**headers, "authorization": await self.credentials.header()}, body)
        if reply.status == HTTPStatus.UNAUTHORIZED or (_lacks_permission(reply) and self.credentials.is_old):
            renewed = await self.credentials.header(renew=True)
            reply = await self._followed(method, url, {**headers, "authorization": renewed}, body)
        return reply

    async def _followed(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send, and follow redirects with the method kept: a moved repository answers writes with 301 too."""
        for _ in range(MOST_REDIRECTS):
            reply = await self._send(method, url, headers, body)
            target = reply.headers.get("location")
            if reply.status not in {301, 302, 307, 308} or not target:
                return reply
            target = urljoin(url, target)
            if urlsplit(target)[:2] != urlsplit(url)[:2]:
                raise UpstreamError(f"GitHub redirects {urlsplit(url).path} to another host; the token stays here")
            url = target
        raise UpstreamError(f"GitHub redirects {urlsplit(url).path} in a circle")

    async def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        versioned = {**headers, "x-github-api-version": API_VERSION}
        async with self._session.request(
            method, url, headers=versioned, data=body, allow_redirects=False, timeout=self._manners.timeout
        ) as response:
            return Reply(response.status, response.headers, await response.read())

    async def manage_rate_limit(self, *, method: str, url: str) -> None:
        """Do not knock where the last answer said that nothing remains."""
        limit = self.rate_limit
        if limit is None or limit.remaining >= 0:
            return
        wait = limit.reset_datetime.timestamp() - time.time()
        if wait > self._manners.patience:
            raise UpstreamError(f"GitHub's rate limit is used up before {method} {urlsplit(url).path}", wait)
        if wait > 0:
            await self.sleep(wait)

    async def sleep(self, seconds: float) -> None:
        """Wait; no time at all is no switch of tasks either."""
        if seconds > 0:
            await asyncio.sleep(seconds)


def _lacks_permission(reply: Reply) -> bool:
    """Say whether a token is not allowed to do this; it keeps the permissions of when it was made."""
    return reply.status == HTTPStatus.FORBIDDEN and b"not accessible by integration" in reply.body


def backoff_of(attempt: int) -> float:
    """Return the seconds before try `attempt` + 1."""
    return backoff(attempt=attempt, jitter=random.random())  # noqa: S311  # spreads load, hides nothing
