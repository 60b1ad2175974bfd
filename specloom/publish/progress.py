"""Which step is running, shown on the check run of work that takes its time; quick work shows nothing but its end."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import gidgethub

from specloom.errors import UpstreamError
from specloom.publish import checks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from specloom.adapters.github.shapes import CheckRunInfo
    from specloom.publish.apply import Voice

PAUSE: Final = 10.0
"""Seconds between two writes: GitHub counts every one, and nobody watches more closely."""


@asynccontextmanager
async def showing(voice: Voice, standing: CheckRunInfo | None, step: Callable[[], str]) -> AsyncIterator[None]:
    """Keep the check run's title at what `step` returns while the body runs, if the run is ours and open."""
    if standing is None or not checks.is_running(standing):
        yield
        return
    enough = asyncio.Event()
    task = asyncio.create_task(_show(voice, standing["id"], step, enough))
    try:
        yield
    finally:
        enough.set()
        await task  # a write under way has to arrive before the one that completes the run


async def _show(voice: Voice, run: int, step: Callable[[], str], enough: asyncio.Event) -> None:
    shown = ""
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(enough.wait(), PAUSE)
            return
        now = step()
        if now and now != shown:
            with suppress(UpstreamError, gidgethub.GitHubException):  # not worth failing for
                await voice.api.update_check_run(run, checks.progress(now))
                shown = now


def note(path: str | None) -> Callable[[str], None]:
    """Return what writes steps into a file, for a process that plans and one that shows."""

    def write(step: str) -> None:
        if path is not None:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(step, "utf-8")

    return write


def noted(path: Path) -> str:
    """Return the step that was written last; nothing where none was."""
    with suppress(OSError):
        return path.read_text("utf-8", errors="replace").strip()
    return ""
