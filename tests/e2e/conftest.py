"""The App, running beside the twin."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from processes import ROOT, SPEC, Process, Site, free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from github_twin import Twin


@pytest.fixture
async def site(twin: Twin, tmp_path: Path) -> AsyncIterator[Site]:
    """Run the App for a repository that has one description."""
    from github_twin import make

    repository = make.make_repository(twin.world, "acme/shop")
    repository.roles |= {"ada": "admin", "bob": "read"}
    twin.people.push(repository, "ada", "main", {"openapi.yaml": SPEC.encode(), "README.md": b"# Shop\n"})
    app = make.make_app(twin.world)
    make.install(twin.world, app, repository)
    data, port = tmp_path / "data", free_port()
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
        "SPECLOOM_WRITE_GAP": "0",
        "SPECLOOM_LEASE": "2",
        "SPECLOOM_RETRY_BASE": "0.2",
        "SPECLOOM_CATCH_UP_MINUTES": "0",
        "PYTHONPATH": str(ROOT),
    }
    server = Process("serve", environment, tmp_path / "server.log")
    await server.start()
    running = Site(twin, app, repository, data, port, environment, server)
    await running.ready()
    yield running
    for process in (*running.extra, server):
        await process.stop()
    with suppress(AssertionError, ProcessLookupError):
        os.kill(running.redis_pid(), signal.SIGKILL)
