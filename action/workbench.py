"""The means that a workflow run has: a token, a temporary folder, and this process to plan in."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generators import ALL
from specloom.adapters.mirror import Mirror
from specloom.adapters.upstream import Shelf, Upstream
from specloom.publish.apply import Voice
from specloom.publish.bench import make_plan
from specloom.publish.progress import noted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specloom.adapters.github.repository import Repository
    from specloom.model.generator import Generator
    from specloom.model.plan import Plan
    from specloom.publish.bench import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """A `Bench` for one run on one repository; the report is left in `folder`."""

    api: Repository
    token: str
    login: str
    folder: Path
    trusted: frozenset[str] = frozenset()

    @property
    def generators(self) -> tuple[Generator, ...]:
        """The targets that there are."""
        return ALL

    @property
    def today(self) -> dt.date:
        """The day, in UTC."""
        return dt.datetime.now(dt.UTC).date()

    @property
    def report_file(self) -> Path:
        """Where the report is."""
        return self.folder / "specloom-report.html"

    def voice(self, report: str = "") -> Voice:
        """Return our voice; there is no server to show a report."""
        return Voice(api=self.api, login=self.login, report=report)

    async def fetch(self, refs: Mapping[str, str]) -> tuple[Mirror, dict[str, str | None]]:
        """Fetch into a copy of our own: the workflow's checkout may be shallow, or somebody else's."""
        url = f"{self.api.client.addresses.git}/{self.api.full_name}.git"
        mirror = await asyncio.to_thread(Mirror, self.folder / "specloom.git", url)
        names = {ref: f"run/{name}" for ref, name in refs.items()}
        return mirror, await asyncio.to_thread(mirror.fetch, names, token=self.token)

    async def upstream(self, url: str) -> bytes:
        """Fetch a description; what it said last is known only where the runner keeps its folder."""
        return await Upstream(Shelf(self.folder / "specloom-upstream"), trusted=self.trusted).fetch(url)

    async def plan(self, request: Request) -> Plan:
        """Plan here."""
        return await asyncio.to_thread(make_plan, replace(request, progress=str(self._progress)), ALL)

    def step(self) -> str:
        """Return what planning is at."""
        return noted(self._progress)

    @property
    def _progress(self) -> Path:
        return self.folder / "specloom-step"

    async def report(self, html: str) -> str:
        """Leave the report where a later step can upload it."""
        await asyncio.to_thread(self.report_file.write_text, html)
        return ""

    async def checkpoint(self) -> None:
        """Go on: nothing supersedes a workflow run but its own concurrency group."""
