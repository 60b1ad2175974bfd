"""Calls of a live API: one after the other, each bounded in time and size, and never to another host than was named."""

from __future__ import annotations

import asyncio
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp
from yarl import URL

from specloom.errors import UpstreamError
from specloom.model.traffic import Exchange, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specloom.drift.traffic.calls import Call

CHUNK: Final = 64 << 10
SLOW_DOWN: Final = 429
AGENT: Final = "specloom (+drift live)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of a run: calls, seconds for one of them and for all, bytes of one unpacked body."""

    calls: int = 100
    timeout: float = 10.0
    seconds: float = 120.0
    size: int = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The exchanges that came about, and the operations that have none, each with the reason."""

    exchanges: tuple[Exchange, ...]
    failed: tuple[tuple[str, str], ...]


async def make(calls: Sequence[Call], limits: Limits, step: Callable[[str], None]) -> Made:
    """Make the calls in their order. Redirects are answers like any other, and are not followed.

    Raises `UpstreamError` where not one call was answered.
    """
    exchanges: list[Exchange] = []
    failed: list[tuple[str, str]] = []
    stop, end = "", time.monotonic() + limits.seconds
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(auto_decompress=False, cookie_jar=jar, headers={"User-Agent": AGENT}) as session:
        for number, call in enumerate(calls, 1):
            stop = stop or _enough(number, end, limits)
            if stop:
                failed.append((call.operation, stop))
                continue
            step(f"Calling {call.operation}")
            try:
                made = await _exchange(session, call, number, limits)
            except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
                failed.append((call.operation, _why(error, limits)))
                continue
            exchanges.append(made)
            stop = "the API asked to slow down (429)" if made.status == SLOW_DOWN else ""
    if calls and not exchanges:
        raise UpstreamError(f"the API does not answer: {failed[0][1]}; check the address, or try again later")
    return Made(exchanges=tuple(exchanges), failed=tuple(failed))


def _enough(number: int, end: float, limits: Limits) -> str:
    if number > limits.calls:
        return f"{limits.calls} calls were made before; --max-calls allows more"
    return f"the run's {limits.seconds:g} seconds are over; --max-time allows more" if time.monotonic() > end else ""


async def _exchange(session: aiohttp.ClientSession, call: Call, number: int, limits: Limits) -> Exchange:
    options = {"headers": call.headers, "data": call.body, "allow_redirects": False}
    async with asyncio.timeout(limits.timeout):
        async with session.request(call.method, URL(call.url, encoded=True), **options) as answer:  # type: ignore[arg-type]
            body, gap = await _body(answer, limits.size)
    headers = tuple((name, value) for name, value in answer.headers.items())
    return Exchange(
        number=number,
        method=call.method,
        url=call.url,
        request=Message(headers=call.headers, body=call.body or b""),
        status=answer.status,
        answer=Message(headers=headers, body=None if gap else body, gap=gap),
        operation=call.operation,
    )


async def _body(answer: aiohttp.ClientResponse, size: int) -> tuple[bytes, str]:
    """Return a body of at most `size` bytes, unpacked step by step so that no bomb goes off; else what is wrong."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        return b"", f"the body is packed as {coding[:20]!r}, which was not asked for"
    unpacker = None if coding in {"identity", ""} else zlib.decompressobj(zlib.MAX_WBITS | 32)
    found = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        try:
            found += chunk if unpacker is None else unpacker.decompress(chunk, size + 1 - len(found))
        except zlib.error:
            return b"", f"the body says that it is packed as {coding}, and cannot be unpacked"
        if len(found) > size:
            answer.close()
            return b"", f"the body is larger than {size} bytes; --max-size allows more"
    return bytes(found), ""


def _why(error: Exception, limits: Limits) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {limits.timeout:g} seconds; --timeout allows more"
    # Only connection errors are told in the library's words: others may repeat a header or a query, secrets and all.
    told = str(error)[:200] if isinstance(error, aiohttp.ClientConnectorError) else type(error).__name__
    return f"the call failed ({told})"
