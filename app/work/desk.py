"""What a job has at hand: access to GitHub as the installation, a copy of the repository, a process to plan in."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.planning import make_plan_here
from app.reports import signed_path
from app.traces import tracer
from generators import ALL
from specloom.adapters.github.repository import Repository
from specloom.adapters.mirror import Mirror
from specloom.publish.apply import Voice
from specloom.publish.progress import noted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from app.job import Job
    from app.ledger import Ledger
    from app.planning import Pool
    from app.reports import Reports
    from app.settings import Settings
    from specloom.adapters.github.installations import Access, Installations
    from specloom.adapters.upstream import Upstream
    from specloom.model.generator import Generator
    from specloom.model.plan import Plan
    from specloom.publish.bench import Request

PLAN_SHARE: Final = 0.8
"""The part of a job's time that planning may take."""


class Superseded(Exception):  # noqa: N818  # a reason to stop, not a fault
    """A newer delivery will do all of this job's work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What all jobs of one process share."""

    settings: Settings
    installations: Installations
    ledger: Ledger
    reports: Reports
    pool: Pool
    upstream: Upstream
    slug: str

    @property
    def login(self) -> str:
        """The name that our comments carry."""
        return f"{self.slug}[bot]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One job's place in the office; a `Bench`."""

    office: Office
    job: Job
    is_superseded: Callable[[], Awaitable[bool]]

    @property
    def generators(self) -> tuple[Generator, ...]:
        """The targets that there are."""
        return ALL

    @property
    def today(self) -> dt.date:
        """The day, in UTC."""
        return dt.datetime.now(dt.UTC).date()

    @property
    def access(self) -> Access:
        """Access to this job's repository, and to no other."""
        return self.office.installations.access(self.job.installation, self.job.repository)

    @property
    def api(self) -> Repository:
        """The calls on this job's repository."""
        return Repository(self.access.client, self.job.full_name)

    def voice(self, report: str = "") -> Voice:
        """Return our voice in this repository."""
        app_id = int(self.office.settings.app_id or 0)
        return Voice(api=self.api, login=self.office.login, app_id=app_id, report=report)

    async def checkpoint(self) -> None:
        """Stop here if a newer delivery makes this job superfluous; to be called before something costs or shows."""
        if await self.is_superseded():
            raise Superseded

    async def fetch(self, refs: Mapping[str, str]) -> tuple[Mirror, dict[str, str | None]]:
        """Bring the copy of the repository up to date; `refs` maps remote refs to names of our own."""
        folder = self.office.settings.data_dir / "repositories" / str(self.job.installation)
        url = f"{self.office.settings.addresses.git}/{self.job.full_name}.git"
        mirror = await asyncio.to_thread(Mirror, folder / f"{self.job.repository}.git", url)
        token = await self.access.credentials.token()
        names = {ref: f"{self.job.ref}/{name}" for ref, name in refs.items()}
        with tracer.start_as_current_span("fetch"):
            return mirror, await asyncio.to_thread(mirror.fetch, names, token=token)

    async def upstream(self, url: str) -> bytes:
        """Fetch a description from an address that the repository's config names."""
        with tracer.start_as_current_span("upstream"):
            return await self.office.upstream.fetch(url)

    async def plan(self, request: Request) -> Plan:
        """Plan in a process of its own."""
        seconds = self.office.settings.job_timeout * PLAN_SHARE
        request = replace(request, progress=str(self._progress))
        try:
            with tracer.start_as_current_span("plan"):
                return await self.office.pool.run(make_plan_here, request, seconds=seconds)
        finally:
            self._progress.unlink(missing_ok=True)

    def step(self) -> str:
        """Return what planning is at; before it, fetching, and after it, writing to GitHub say little by themselves."""
        return noted(self._progress)

    @property
    def _progress(self) -> Path:
        return self.office.settings.data_dir / "progress" / self.job.id

    async def report(self, html: str) -> str:
        """Keep a report and return a link to it; empty where nobody outside could follow one."""
        settings = self.office.settings
        if not html or not settings.public_url or not settings.webhook_secret:
            return ""
        identity = await self.office.reports.keep(html)
        secret = settings.webhook_secret.get_secret_value()
        return settings.link(signed_path(identity, secret=secret, now=time.time()))
