"""A generated SDK, a server to call, and clients of both kinds under one roof."""

from __future__ import annotations

import importlib
import inspect
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generators.sdk import python
from scripted_server import Reply, ScriptedServer
from specloom.adapters.directory import Directory
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import ModuleType

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def sdk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate the SDK of `api.yaml` and return the folder that its package is in."""
    reading = read(Directory(HERE), "api.yaml")
    generated = python.GENERATOR.generate(reading.api, python.GENERATOR.options())
    assert (*reading.diagnostics, *generated.diagnostics) == ()
    folder = tmp_path_factory.mktemp("sdk")
    for path in generated.files.paths():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(generated.files.read(path) or b"")
    return folder / "sdk" / "python" / "src"


@pytest.fixture(scope="session")
def sdk(sdk_folder: Path) -> Iterator[ModuleType]:
    """Return the imported SDK."""
    sys.path.insert(0, str(sdk_folder))
    yield importlib.import_module("kennel")
    sys.path.remove(str(sdk_folder))


@pytest.fixture(scope="session")
def running_server() -> Iterator[ScriptedServer]:
    """Run one server for all tests."""
    server = ScriptedServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running_server: ScriptedServer) -> ScriptedServer:
    """Return the server, with no scripts and no memory."""
    running_server.reset()
    return running_server


@pytest.fixture
def reply() -> type[Reply]:
    """Return the class of answers."""
    return Reply


@dataclass
class Caller:
    """Calls methods of a sync or an async client in the same words, so that one test covers both."""

    sdk: ModuleType
    asynchronous: bool
    url: str
    clients: list[Any] = field(default_factory=list)

    def client(self, **settings: Any) -> Any:
        """Return a new client of the server; it has a key unless the test gives credentials."""
        kind = self.sdk.AsyncKennel if self.asynchronous else self.sdk.Kennel
        settings.setdefault("key_header", "s3cret-key")
        self.clients.append(kind(**{"base_url": f"{self.url}/v1", **settings}))
        return self.clients[-1]

    async def do(self, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a method and await its result if it is asynchronous."""
        return await self.settle(method(*args, **kwargs))

    async def settle(self, result: Any) -> Any:
        """Await what can be awaited."""
        return await result if inspect.isawaitable(result) else result

    def transport(self, client: Any) -> Any:
        """Return what is under a client."""
        return client._transport  # noqa: SLF001 -- private to users, not to these tests

    async def all(self, iterable: Any) -> list[Any]:
        """Collect what a page, a stream or a download iterates."""
        if hasattr(iterable, "__aiter__"):
            return [item async for item in iterable]
        return list(iterable)

    async def inside(self, manager: Any, use: Callable[[Any], Any]) -> Any:
        """Run `use` inside a `with` or `async with` block."""
        if hasattr(manager, "__aenter__"):
            async with manager as entered:
                return await self.settle(use(entered))
        with manager as entered:
            return use(entered)


@pytest.fixture(params=["sync", "async"])
async def kennel(
    request: pytest.FixtureRequest, sdk: ModuleType, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Caller]:
    """Return a caller of each kind; waits between tries are cut short, and no credentials come from outside."""
    monkeypatch.setattr(sys.modules["kennel._core.retry"], "FIRST_DELAY", 0.001)
    for name in [name for name in __import__("os").environ if name.startswith("KENNEL_")]:
        monkeypatch.delenv(name)
    caller = Caller(sdk, request.param == "async", server.url)
    yield caller
    for client in caller.clients:
        await caller.do(client.close)


DOG = {"kind": "dog", "id": "7", "name": "Rex"}


@pytest.fixture
def dog() -> dict[str, Any]:
    """Return a dog as the server sends it."""
    return dict(DOG)
