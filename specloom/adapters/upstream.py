"""Descriptions from elsewhere: fetched within bounds, asked for again politely, and never from inside our own network.

Whose address it is decides the repository's config, which is hostile. So every address that a name stands for has to be
public, the connection goes to exactly the addresses that were looked at, and a redirect is looked at like the first.
"""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import json
import os
import tempfile
import zlib
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from specloom.errors import UpstreamError, UserError

if TYPE_CHECKING:
    import socket

AGENT: Final = "specloom"
ACCEPT: Final = "application/json, application/yaml, text/yaml, application/graphql, text/plain;q=0.9, */*;q=0.5"
LARGEST: Final = 32 * 2**20
"""Bytes of one description, unpacked."""

MOST_REDIRECTS: Final = 5
TIMEOUT: Final = aiohttp.ClientTimeout(total=60, connect=10, sock_read=20)
CHUNK: Final = 2**16
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
LATER: Final = frozenset({408, 425, 429})
"""Statuses below 500 that say to come back rather than that there is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What an address said last, and what it wants to be asked with the next time."""

    etag: str = ""
    modified: str = ""
    body: bytes = b""

    @property
    def condition(self) -> dict[str, str]:
        """The headers that make a request conditional."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


class Shelf:
    """Keeps the last answer of every address below `folder`, each in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, url: str) -> Kept:
        """Return what is kept of an address; nothing where nothing is, or what is there is damaged."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            known = json.loads(head)
            if known.pop("sha256") != hashlib.sha256(body).hexdigest():
                return Kept()
            os.utime(self._path(url))
            return Kept(**known, body=body)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return Kept()

    def put(self, url: str, kept: Kept) -> None:
        """Keep an answer in place of the one before."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fields = asdict(kept)
        body = fields.pop("body")
        head = json.dumps(fields | {"sha256": hashlib.sha256(body).hexdigest()}).encode()
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".new", delete=False) as file:
            file.write(head + b"\n" + body)
        Path(file.name).replace(self._path(url))

    def _path(self, url: str) -> Path:
        return self.folder / hashlib.sha256(url.encode()).hexdigest()


class Upstream:
    """Fetches descriptions. Hosts in `trusted` (`name` or `name:port`) may be private and speak plain HTTP."""

    def __init__(self, shelf: Shelf, *, trusted: frozenset[str] = frozenset()) -> None:
        self._shelf, self._trusted = shelf, trusted

    async def fetch(self, url: str) -> bytes:
        """Return what stands at an address.

        Raises UserError where nothing that can be used ever will, UpstreamError where it is worth another try.
        """
        kept = await asyncio.to_thread(self._shelf.take, url)
        try:
            found = await self._followed(url, kept)
        except ValueError as error:
            raise UserError(f"{url} leads to an address that is none: {error}") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UpstreamError(f"{url} cannot be fetched: {str(error) or type(error).__name__}") from error
        if found is not kept:
            await asyncio.to_thread(self._shelf.put, url, found)
        return found.body

    async def _followed(self, url: str, kept: Kept) -> Kept:
        """Ask, follow redirects, and return what was `kept` where it still holds."""
        connector = aiohttp.TCPConnector(resolver=_Public(self._trusts), use_dns_cache=False, force_close=True)
        async with aiohttp.ClientSession(
            connector=connector, timeout=TIMEOUT, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            target = url
            for _ in range(MOST_REDIRECTS + 1):
                self._check(target)
                headers = {"User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip", **kept.condition}
                async with session.get(target, headers=headers, allow_redirects=False) as response:
                    moved = response.headers.get("Location") if response.status in {301, 302, 303, 307, 308} else None
                    if not moved:
                        return await _answer(response, url, kept)
                    target = urljoin(target, moved)
        raise UserError(f"{url} redirects more than {MOST_REDIRECTS} times")

    def _check(self, url: str) -> None:
        """Refuse what we do not speak, and numeric addresses that are not public; names are the resolver's."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        trusted = self._trusts(host, parts.port)
        if parts.scheme != "https" and not (parts.scheme == "http" and trusted):
            raise UserError(f"{url} is not an https address")
        if not trusted and _is_address(host) and not is_public(host):
            raise UserError(_private(host))

    def _trusts(self, host: str, port: int | None) -> bool:
        return bool({host, f"{host}:{port}"} & self._trusted)


class _Public(AbstractResolver):
    """Looks names up, and refuses those that stand for an address in a private network, however many others they have.

    The connection is made to what this returns, so that a name cannot stand for something else a moment later.
    """

    def __init__(self, trusts: Any) -> None:  # noqa: ANN401  # (host, port) → bool
        self._trusts, self._inner = trusts, aiohttp.ThreadedResolver()

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = 0,  # type: ignore[assignment]  # any family
    ) -> list[ResolveResult]:
        """Return the addresses of a name."""
        found = await self._inner.resolve(host, port, family)
        if not self._trusts(host, port) and not all(is_public(item["host"]) for item in found):
            raise UserError(_private(host))
        return found

    async def close(self) -> None:
        """Let go of nothing."""


def is_public(address: str) -> bool:
    """Say whether an address is one of the public internet, also where IPv6 wraps an IPv4 address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast
    inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    inner += [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)] if ip in NAT64 else []
    wrapped = [found for found in inner if found is not None]
    if wrapped:
        return all(found.is_global and not found.is_multicast for found in wrapped)
    return ip.is_global and not ip.is_multicast


async def _answer(response: aiohttp.ClientResponse, url: str, kept: Kept) -> Kept:
    if response.status == HTTPStatus.NOT_MODIFIED and kept.condition:
        return kept
    if response.status != HTTPStatus.OK:
        message = f"{url} answers {response.status}"
        if response.status in LATER or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise UpstreamError(message)
        raise UserError(f"{message}; correct the address, or remove `upstream`")
    body = await _body(response, url)
    headers = response.headers
    return Kept(etag=headers.get("ETag", ""), modified=headers.get("Last-Modified", ""), body=body)


async def _body(response: aiohttp.ClientResponse, url: str) -> bytes:
    """Read and unpack, no further than what is allowed: a small body may unpack to a giant."""
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding not in {"identity", "gzip", "x-gzip", ""}:
        raise UserError(f"{url} is encoded as {encoding[:20]}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    body = bytearray()
    try:
        async for chunk in response.content.iter_chunked(CHUNK):
            body += unpack.decompress(chunk, LARGEST + 1 - len(body)) if unpack else chunk
            if len(body) > LARGEST:
                raise UserError(f"{url} has more than {LARGEST // 2**20} MB")
    except zlib.error as error:
        raise UpstreamError(f"{url} is not packed as it says") from error
    if unpack and not unpack.eof:
        raise UpstreamError(f"{url} ends too early")
    return bytes(body)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _private(host: str) -> str:
    return f"{host} stands for an address in a private network; descriptions are fetched from public addresses only"
