"""The worker's promises: one at a time, newest wins, patience with others, none with our own faults, nothing lost."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gidgethub
import pytest
import pytest_asyncio
from arq import Retry

from app import jobs
from app.job import Job
from app.jobs import Worker
from app.ledger import Ledger
from app.metrics import Metrics
from app.redis import OwnRedis, connect
from app.settings import Settings
from app.work.desk import Superseded
from specloom.errors import UpstreamError, UserError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from arq.connections import ArqRedis

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass
class FakeOffice:
    """As much of an office as the worker itself looks at."""

    ledger: Ledger
    settings: Settings


@dataclass
class Bench:
    """A worker whose jobs do what a test says."""

    worker: Worker
    ledger: Ledger
    redis: ArqRedis
    forsaken: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    async def accept(self, identity: str, **changes: Any) -> Job:  # noqa: ANN401  # fields of a job
        """Take a job in."""
        values = {"kind": "push", "installation": 1, "repository": 2, "full_name": "a/b", "ref": "heads/main"}
        job = Job(id=identity, **(values | changes))
        await self.ledger.accept(job)
        return job


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def redis(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ArqRedis]:
    """Run a Redis for the module."""
    own = OwnRedis(tmp_path_factory.mktemp("jobs"))
    await own.start()
    client = connect(own.url)
    yield client
    await client.aclose()
    await own.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def bench(redis: ArqRedis) -> Bench:
    """Make a worker with an empty ledger and a short lease."""
    await redis.flushall()
    settings = Settings(lease=0.4, max_tries=3, retry_base=1.0, job_timeout=5.0, _env_file=None)
    office: Any = FakeOffice(Ledger(redis), settings)
    made = Bench(Worker(office, Metrics()), office.ledger, redis)

    async def forsake(job: Job, ending: str) -> None:
        made.forsaken.append(f"{job.id} {ending}")

    made.worker = Worker(office, Metrics(), forsake)
    return made


@pytest.fixture
def doing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Job], Awaitable[None]]], None]:
    """Say what jobs do."""

    def use(work: Callable[[Job], Awaitable[None]]) -> None:
        async def run(_desk: object, job: Job) -> None:
            await work(job)

        monkeypatch.setattr(jobs, "ALL", dict.fromkeys(jobs.ALL, run))

    return use


def failing(error: Exception) -> Callable[[Job], Awaitable[None]]:
    """Return work that fails."""

    async def work(_job: Job) -> None:
        raise error

    return work


def refused(status: int) -> gidgethub.BadRequest:
    """Return a refusal of GitHub's."""
    import http

    return gidgethub.BadRequest(http.HTTPStatus(status), "no")


async def counts(bench: Bench) -> tuple[int, int]:
    """Return how much is pending and dead."""
    found = await bench.ledger.counts()
    return found["pending"], found["dead"]


@pytest.mark.parametrize("error", [UserError("your line 3"), Superseded(), refused(403), refused(404)])
async def test_what_no_try_will_change(bench: Bench, doing: Any, error: Exception) -> None:  # noqa: ANN401
    """The user's mistake, a newer delivery, a missing permission: the job is done."""
    doing(failing(error))
    await bench.accept("one")
    await bench.worker.run("one")
    assert (0, 0) == await counts(bench)


async def test_patience(bench: Bench, doing: Any) -> None:  # noqa: ANN401
    """An upstream failure is tried again, as late as upstream asks, else twice as late each time, and then given up."""
    doing(failing(UpstreamError("busy", 30.0)))
    await bench.accept("one")
    for _ in range(2):
        with pytest.raises(Retry) as caught:
            await bench.worker.run("one")
        assert 30_000 <= (caught.value.defer_score or 0) <= 33_000
    await bench.worker.run("one")
    assert (0, 1) == await counts(bench)
    assert ["one given-up"] == bench.forsaken
    assert [True, True] == [2**n / 2 <= bench.worker.delay(n + 1, None) <= 2**n for n in (0, 3)]


@pytest.mark.parametrize("error", [ZeroDivisionError(), refused(422)])
async def test_our_own_faults(bench: Bench, doing: Any, error: Exception) -> None:  # noqa: ANN401
    """A fault of ours is given up at once, with its name, and can be tried again."""
    doing(failing(error))
    job = await bench.accept("one")
    await bench.worker.run("one")
    [dead] = await bench.ledger.dead()
    assert type(error).__name__ in dead.error
    assert "queued" == await bench.ledger.accept(job)
    assert (1, 0) == await counts(bench)


async def test_poison(bench: Bench, doing: Any) -> None:  # noqa: ANN401
    """A job that kills its process again and again is given up as well."""
    doing(failing(AssertionError("never reached")))
    await bench.accept("one")
    for _ in range(3):
        await bench.ledger.count_try("one")
    await bench.worker.run("one")
    [dead] = await bench.ledger.dead()
    assert "the process died" in dead.error


async def test_newest_wins(bench: Bench, doing: Any) -> None:  # noqa: ANN401
    """Of several deliveries about one branch only the newest is worked on; commands each count."""

    async def work(job: Job) -> None:
        bench.done.append(job.id)

    doing(work)
    for identity in ("one", "two", "three"):
        await bench.accept(identity)
    for identity in ("c1", "c2"):
        await bench.accept(identity, kind="command")
    for identity in ("one", "two", "three", "c1", "c2"):
        await bench.worker.run(identity)
    assert ["three", "c1", "c2"] == bench.done
    assert ["one superseded", "two superseded"] == bench.forsaken


async def test_one_at_a_time(bench: Bench, doing: Any) -> None:  # noqa: ANN401
    """While a job works on a branch, another about it has to wait, and the lease outlives its first span."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def work(_job: Job) -> None:
        begun.set()
        await go_on.wait()

    doing(work)
    await bench.accept("one", kind="command")
    await bench.accept("two", kind="command")
    first = asyncio.create_task(bench.worker.run("one"))
    await begun.wait()
    await asyncio.sleep(1.0)
    with pytest.raises(Retry):
        await bench.worker.run("two")
    go_on.set()
    await first
    await bench.worker.run("two")
    assert (0, 0) == await counts(bench)


async def test_lost_lease(bench: Bench, doing: Any) -> None:  # noqa: ANN401
    """Where somebody else has taken the branch over, the job stops and comes again later."""
    begun = asyncio.Event()

    async def work(_job: Job) -> None:
        begun.set()
        await asyncio.sleep(60)

    doing(work)
    job = await bench.accept("one")
    running = asyncio.create_task(bench.worker.run("one"))
    await begun.wait()
    await bench.redis.set(f"specloom:lock:{job.subject}", "somebody")
    with pytest.raises(Retry):
        await running
    assert (1, 0) == await counts(bench)
    assert 1 == await bench.ledger.count_try("one")


async def test_swallowed_cancellation(bench: Bench, doing: Any) -> None:  # noqa: ANN401
    """Work that swallows its cancellation once is ended all the same."""
    begun = asyncio.Event()

    async def work(_job: Job) -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(60)

    doing(work)
    await bench.accept("one")
    running = asyncio.create_task(bench.worker.run("one"))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (1, 0) == await counts(bench)


async def test_shutdown_is_no_try(bench: Bench, doing: Any) -> None:  # noqa: ANN401
    """Being told to stop does not count against a job."""
    begun = asyncio.Event()

    async def work(_job: Job) -> None:
        begun.set()
        await asyncio.sleep(60)

    doing(work)
    await bench.accept("one")
    for _ in range(5):
        begun.clear()
        running = asyncio.create_task(bench.worker.run("one"))
        await begun.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert (1, 0) == await counts(bench)
    assert 1 == await bench.ledger.count_try("one")
