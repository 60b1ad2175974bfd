"""A generated SDK, a server to call, and clients of both kinds under one roof."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from callers import Caller, generated, write

from scripted_server import Reply, ScriptedServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from types import ModuleType


HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def sdk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate the SDK of `api.yaml` and return the folder that its package is in."""
    files, diagnostics = generated("api.yaml")
    assert () == diagnostics
    folder = tmp_path_factory.mktemp("sdk")
    write(files, folder)
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


@pytest.fixture(params=["sync", "async"])
async def kennel(
    request: pytest.FixtureRequest, sdk: ModuleType, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Caller]:
    """Return a caller of each kind; waits between tries are cut short, and no credentials come from outside."""
    monkeypatch.setattr(sys.modules["kennel._core.retry"], "FIRST_DELAY", 0.001)
    for name in [name for name in __import__("os").environ if name.startswith("KENNEL_")]:
        monkeypatch.delenv(name)
    caller = Caller(sdk, request.param == "async", f"{server.url}/v1", "Kennel", {"key_header": "s3cret-key"})
    yield caller
    for client in caller.clients:
        await caller.do(client.close)


DOG = {"kind": "dog", "id": "7", "name": "Rex"}


@pytest.fixture
def dog() -> dict[str, Any]:
    """Return a dog as the server sends it."""
    return dict(DOG)
