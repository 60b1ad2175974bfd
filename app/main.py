"""The processes: `serve`, a webhook server with a worker inside, and `work`, a worker more."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import signal
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

import aiohttp
import structlog
from aiohttp import web
from arq import func
from arq.worker import Worker as ArqWorker
from redis.exceptions import RedisError

from app import logs, traces
from app.forsake import forsake
from app.jobs import Worker
from app.ledger import FUNCTION, Ledger, decode, encode
from app.metrics import Metrics
from app.planning import Pool
from app.redis import available
from app.reports import Reports
from app.rounds import SHELF, go_round, rounds
from app.server import make_app
from app.setup import Setup
from app.work.desk import Office
from specloom.adapters.github.credentials import AppKey
from specloom.adapters.github.installations import Installations
from specloom.adapters.upstream import Shelf, Upstream
from specloom.collector import spare_what_stands
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from arq.connections import ArqRedis
    from arq.typing import WorkerCoroutine

    from app.settings import Settings

POLL_DELAY: Final = 0.2
"""Seconds between two looks at the queue."""

RESTART_DELAY: Final = 1.0
SHUTDOWN: Final = 20.0
"""Seconds that requests under way get at the end."""

UNLIMITED: Final = 10**9

log = structlog.get_logger()


def serve(settings: Settings) -> None:
    """Run the webhook server with one worker inside, until a signal."""
    _run(settings, _serve(settings))


def work(settings: Settings) -> None:
    """Run one more worker, until a signal."""
    _run(settings, _work_alone(settings))


def _run(settings: Settings, main: Coroutine[Any, Any, None]) -> None:
    logs.configure(settings.log_level)
    traces.configure()
    _start_sentry(settings)
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_until_signal(main))


async def _until_signal(main: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(main)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    await task


async def _serve(settings: Settings) -> None:
    metrics = Metrics()
    async with available(settings) as redis, aiohttp.ClientSession() as session:
        setup = Setup(settings, session)
        runner = web.AppRunner(make_app(settings, redis, setup, metrics), access_log=None, shutdown_timeout=SHUTDOWN)
        await runner.setup()
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        port = runner.addresses[0][1]
        spare_what_stands()
        log.info("listening", host=settings.host, port=port)
        try:
            if settings.is_registered:
                await _work(settings, redis, session, metrics)
            else:
                log.warning("no App is registered; open the setup page once", setup=setup.link)
                await asyncio.Event().wait()
        finally:
            await runner.cleanup()


async def _work_alone(settings: Settings) -> None:
    if not settings.is_registered:
        raise UpstreamError("no App is registered; `specloom serve` shows how")
    async with available(settings) as redis, aiohttp.ClientSession() as session:
        await _work(settings, redis, session, Metrics())


async def _work(settings: Settings, redis: ArqRedis, session: aiohttp.ClientSession, metrics: Metrics) -> None:
    """Do jobs and rounds; what Redis or GitHub break is begun again."""
    async with _office(settings, redis, session) as office:
        worker = Worker(office, metrics, partial(forsake, office))
        async with asyncio.TaskGroup() as group:
            for round_ in rounds(office):
                group.create_task(go_round(round_, office, redis))
            group.create_task(_work_forever(worker, redis))


async def _work_forever(worker: Worker, redis: ArqRedis) -> None:
    while True:
        queue = _arq_worker(worker, redis)
        try:
            await queue.async_run()
        except (RedisError, OSError) as error:
            log.warning("the queue is out of reach", error=str(error))
        finally:
            for task in list(queue.tasks.values()):
                task.cancel()
            await asyncio.gather(*queue.tasks.values(), return_exceptions=True)
        await asyncio.sleep(RESTART_DELAY)


def _arq_worker(worker: Worker, redis: ArqRedis) -> ArqWorker:
    async def run(_context: dict[str, Any], identity: str) -> None:
        await worker.run(identity)

    settings = worker.office.settings
    made = ArqWorker(
        functions=[func(cast("WorkerCoroutine", run), name=FUNCTION, max_tries=UNLIMITED)],
        redis_pool=redis,
        handle_signals=False,
        max_jobs=settings.concurrency,
        job_timeout=settings.job_timeout * 2,
        keep_result=0,
        poll_delay=POLL_DELAY,
        max_tries=UNLIMITED,
        job_serializer=encode,
        job_deserializer=decode,
        log_results=False,
    )
    made.in_progress_timeout_s = settings.lease
    return made


@contextlib.asynccontextmanager
async def _office(settings: Settings, redis: ArqRedis, session: aiohttp.ClientSession) -> AsyncIterator[Office]:
    key = AppKey(settings.app_id or "", settings.private_key.get_secret_value() if settings.private_key else "")
    installations = Installations(session, key, settings.addresses, gap=settings.write_gap)
    pool = Pool(settings.concurrency)
    pool.warm()
    try:
        yield Office(
            settings=settings,
            installations=installations,
            ledger=Ledger(redis),
            reports=Reports(redis),
            pool=pool,
            upstream=Upstream(Shelf(settings.data_dir / SHELF), trusted=settings.trusted_hosts),
            slug=await _slug(installations),
        )
    finally:
        pool.close()


async def _slug(installations: Installations) -> str:
    """Ask GitHub who we are, for as long as it takes."""
    while True:
        try:
            return str((await installations.app.getitem("/app"))["slug"])
        except UpstreamError as error:
            log.warning("GitHub does not say who we are", error=str(error))
            await asyncio.sleep(error.retry_after or RESTART_DELAY)


def _start_sentry(settings: Settings) -> None:
    if settings.sentry_dsn is None:
        return
    try:
        sentry = importlib.import_module("sentry_sdk")
    except ImportError:
        log.warning("faults are not reported; install specloom[sentry]")
        return
    sentry.init(
        dsn=settings.sentry_dsn.get_secret_value(),
        send_default_pii=False,
        before_send=lambda event, _hint: logs.redacted(event),
    )
