"""The App, running beside the twin: one that a module's tests share, and one that a test may kill."""

from __future__ import annotations

import os
import signal
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from github_twin import Twin, make
from processes import ROOT, Process, Site, free_port, new_repository

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@asynccontextmanager
async def running(twin: Twin, folder: Path) -> AsyncIterator[Site]:
    """Run the App against the twin, with everything it keeps in `folder`."""
    app = make.make_app(twin.world)
    repository = new_repository(twin, app, "shop")
    data, port = folder / "data", free_port()
    app.webhook_url = f"http://127.0.0.1:{port}/webhook"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("SPECLOOM_", "REDIS_"))},
        "SPECLOOM_APP_ID": str(app.id),
        "SPECLOOM_PRIVATE_KEY": app.private_key,
        "SPECLOOM_WEBHOOK_SECRET": app.webhook_secret,
        "SPECLOOM_GITHUB_API_URL": f"{twin.origin}/api/v3",
        "SPECLOOM_PORT": str(port),
        "SPECLOOM_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SPECLOOM_DATA_DIR": str(data),
        "SPECLOOM_CONCURRENCY": "1",
        "SPECLOOM_WRITE_GAP": "0",
        "SPECLOOM_LEASE": "2",
        "SPECLOOM_RETRY_BASE": "0.2",
        "SPECLOOM_CATCH_UP_MINUTES": "0",
        "SPECLOOM_POLL_MINUTES": "0",
        "PYTHONPATH": str(ROOT),
    }
    server = Process("serve", environment, folder / "server.log")
    site = Site(twin, app, repository, data, port, environment, server)
    try:
        await server.start()
        await site.ready()
        yield site
    finally:
        for process in (*site.extra, server):
            await process.stop()
        with suppress(AssertionError, ProcessLookupError):
            os.kill(site.redis_pid(), signal.SIGKILL)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Run one App for a whole module of tests."""
    folder = tmp_path_factory.mktemp("app")
    async with Twin(folder / "github") as twin, running(twin, folder) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module")
async def site(shared: Site) -> AsyncIterator[Site]:
    """Give a test a repository of its own in the shared App's care."""
    fresh = shared.another()
    await shared.quiet()
    shared.twin.requests.clear()
    yield fresh
    shared.twin.faults.clear()
    assert shared.twin.oracle.violations == []


@pytest.fixture
async def own_site(twin: Twin, tmp_path: Path) -> AsyncIterator[Site]:
    """Run an App that the test may kill."""
    async with running(twin, tmp_path) as site:
        await site.quiet()
        twin.requests.clear()
        yield site
