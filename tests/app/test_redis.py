"""The Redis server that the App brings along."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.redis import OwnRedis

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_stops_though_a_cancellation_is_swallowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that swallows the cancellation of a ping does not keep the server's keeper alive for ever."""
    pinging = asyncio.Event()

    async def swallow(_: OwnRedis) -> bool:
        pinging.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            return False
        return True

    own = OwnRedis(tmp_path)
    await own.start()
    monkeypatch.setattr(OwnRedis, "_answers", swallow)
    pinging.clear()
    await asyncio.wait_for(pinging.wait(), 10)
    async with asyncio.timeout(10):
        await own.stop()
