"""Check runs of jobs without a result, at the twin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from app.endings import GIVEN_UP, NOT_ALLOWED, SUPERSEDED
from app.forsake import close_checks, forsake
from app.job import Job
from app.ledger import Ledger
from app.redis import OwnRedis, connect
from app.settings import Settings
from app.work.desk import Office
from github_twin import Fault, make
from specloom.adapters.github.client import Addresses, Manners
from specloom.adapters.github.credentials import AppKey
from specloom.adapters.github.installations import Installations
from specloom.publish.apply import begin_check
from specloom.report.check import NAME

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from github_twin import Twin
    from github_twin.state import CheckRun, Repository

IMPATIENT = Manners(patience=0.1, timeout=aiohttp.ClientTimeout(total=0.5))


class Scene:
    """An office, and a pull request whose check run is open."""

    def __init__(self, office: Office, job: Job, repository: Repository) -> None:
        self.office, self.job, self.repository = office, job, repository

    @property
    def run(self) -> CheckRun:
        [run] = self.repository.check_runs.values()
        return run


@pytest.fixture
async def scene(twin: Twin, tmp_path: Path) -> AsyncIterator[Scene]:
    """Begin a check on the head of a pull request."""
    from app.work.desk import Desk

    app, repository = make.make_app(twin.world), make.make_repository(twin.world, "acme/shop")
    twin.people.push(repository, "ada", "main", {"README.md": b"# Shop\n"})
    head = twin.people.push(repository, "ada", "feature", {"a": b"1"}, start="main")
    pull = twin.people.open_pull(repository, "ada", "feature")
    installed = make.install(twin.world, app, repository)
    own = OwnRedis(tmp_path)
    await own.start()
    redis, nothing = connect(own.url), Any
    async with aiohttp.ClientSession() as session:
        key, addresses = AppKey(str(app.id), app.private_key), Addresses.of(f"{twin.origin}/api/v3")
        settings = Settings(app_id=str(app.id), _env_file=None)
        access = Installations(session, key, addresses, gap=0.0, manners=IMPATIENT)
        rest: Any = {"reports": nothing, "pool": nothing, "upstream": nothing}
        office = Office(settings=settings, installations=access, ledger=Ledger(redis), slug=app.slug, **rest)
        where = {"installation": installed.id, "repository": repository.id, "full_name": repository.full_name}
        job = Job(id="1", kind="pull-request", ref=f"pull/{pull.number}", commit=head, **where)

        async def never() -> bool:
            return False

        desk = Desk(office=office, job=job, is_superseded=never)
        await begin_check(desk.voice(), name=NAME, commit=head)
        yield Scene(office, job, repository)
    await redis.aclose()
    await own.stop()


@pytest.mark.parametrize(
    ("ending", "title"),
    [(GIVEN_UP, "Specloom could not finish"), (NOT_ALLOWED, "GitHub does not let Specloom do this")],
)
async def test_it_ends_neutral(scene: Scene, ending: Any, title: str) -> None:  # noqa: ANN401
    """Never a red cross on somebody's work."""
    await forsake(scene.office, scene.job, ending)
    assert ("completed", "neutral", title) == (scene.run.status, scene.run.conclusion, scene.run.output["title"])


async def test_a_newer_job_on_the_same_commit_will_end_it(scene: Scene) -> None:
    """It stays open for that."""
    await forsake(scene.office, scene.job, SUPERSEDED)
    assert "in_progress" == scene.run.status


async def test_while_github_is_away(scene: Scene, twin: Twin) -> None:
    """What cannot be ended now is ended by a round, as soon as GitHub answers."""
    twin.faults.append(Fault("500", ".*/pulls/.*", times=1000))
    await forsake(scene.office, scene.job, GIVEN_UP)
    assert (0, "in_progress") == (await close_checks(scene.office), scene.run.status)
    twin.faults.clear()
    assert (1, "completed") == (await close_checks(scene.office), scene.run.status)
    assert 0 == await close_checks(scene.office)


async def test_what_is_gone_is_forgotten(scene: Scene, twin: Twin) -> None:
    """A repository that nobody sees any more is not asked for again and again."""
    await scene.office.ledger.leave_open(scene.job, GIVEN_UP)
    for installation in twin.world.installations.values():
        installation.repositories.clear()
    assert (1, 0) == (await close_checks(scene.office), await close_checks(scene.office))
