"""The App as real processes: a webhook server with its worker, its Redis, and the twin that they talk to."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from github_twin import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from github_twin import Twin
    from github_twin.state import App, Repository

ROOT = Path(__file__).resolve().parents[2]
SPEC = """openapi: 3.1.0
info:
  title: Bookshop
  version: 1.0.0
paths:
  /books:
    get:
      operationId: listBooks
      responses:
        '200':
          description: All books
          content:
            application/json:
              schema:
                type: array
                items: {type: string}
"""
GROWN = (
    SPEC
    + """  /authors:
    get:
      operationId: listAuthors
      responses:
        '200':
          description: All authors
"""
)
RENAMED = SPEC.replace("/books", "/novels")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_repository(twin: Twin, app: App, name: str) -> Repository:
    """Make a repository with one description, where the App is installed."""
    repository = make.make_repository(twin.world, f"acme/{name}")
    repository.roles |= {"ada": "admin", "bob": "read"}
    twin.people.push(repository, "ada", "main", {"openapi.yaml": SPEC.encode(), "README.md": b"# Shop\n"})
    make.install(twin.world, app, repository)
    return repository


@dataclass
class Process:
    """A process of the App's that can be killed and started again."""

    command: str
    environment: dict[str, str]
    log: Path
    running: asyncio.subprocess.Process | None = field(default=None)

    async def start(self) -> None:
        code = "from action.cli import main; main()"
        with self.log.open("ab") as log:
            self.running = await asyncio.create_subprocess_exec(
                sys.executable, "-c", code, self.command, env=self.environment, cwd=ROOT, stderr=log, stdout=log
            )

    async def kill(self) -> None:
        """End it as the kernel does when memory runs out."""
        if self.running and self.running.returncode is None:
            self.running.kill()
            await self.running.wait()

    async def stop(self) -> None:
        """End it as an orchestrator does."""
        if self.running and self.running.returncode is None:
            self.running.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.running.wait(), 20)
            except TimeoutError:
                await self.kill()


@dataclass
class Site:
    """The twin, a repository with the App installed, and the App running."""

    twin: Twin
    app: App
    repository: Repository
    data: Path
    port: int
    environment: dict[str, str]
    server: Process
    extra: list[Process] = field(default_factory=list)

    def another(self) -> Site:
        """Return the same with a repository of its own."""
        number = len(self.twin.world.repositories)
        return replace(self, repository=new_repository(self.twin, self.app, f"shop-{number}"))

    async def ready(self) -> None:
        """Wait until the server takes deliveries."""
        import aiohttp

        async with aiohttp.ClientSession() as session:
            for _ in range(2400):
                with suppress(aiohttp.ClientError):
                    async with session.get(f"http://127.0.0.1:{self.port}/readyz") as response:
                        if response.status == 200:
                            return
                await asyncio.sleep(0.05)
        raise AssertionError(f"the server did not come up:\n{self.server.log.read_text()[-3000:]}")

    async def until(self, met: Callable[[], Any], *, seconds: float = 120.0) -> Any:  # noqa: ANN401
        """Wait until `met` returns something true, and return that."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := met():
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"waited in vain; the log ends:\n{self.server.log.read_text()[-4000:]}")

    async def quiet(self, *, seconds: float = 120.0) -> None:
        """Wait until no delivery is pending."""
        from app.ledger import Ledger
        from app.redis import connect

        redis = connect(f"unix://{(self.data / 'redis.sock').resolve()}")
        try:
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                await self.twin.hooks.settle()
                with suppress(Exception):
                    if (await Ledger(redis).counts())["pending"] == 0:
                        return
                await asyncio.sleep(0.1)
        finally:
            await redis.aclose()
        raise AssertionError(f"still busy; the log ends:\n{self.server.log.read_text()[-4000:]}")

    def logged(self) -> list[dict[str, Any]]:
        """Return the server's log entries."""
        lines = self.server.log.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def redis_pid(self) -> int:
        """Return the process id of the Redis that the App started."""
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal():
                with suppress(OSError):
                    words = (folder / "cmdline").read_bytes()
                    if b"redis-server" in words and (folder / "cwd").resolve() == self.data.resolve():
                        return int(folder.name)
        raise AssertionError("there is no Redis")
