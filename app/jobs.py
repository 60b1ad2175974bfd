"""The worker: one job per subject at a time, tried again with patience, given up where people can see it, never lost.

arq carries the queue. Its own bookkeeping is not enough for that promise, so the ledger has the last word: arq forgets
results, counts shutdowns as tries, and has neither locks nor dead letters.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import gidgethub
import structlog
from arq import Retry
from redis.exceptions import RedisError

from app.endings import GIVEN_UP, NOT_ALLOWED, SUPERSEDED
from app.traces import tracer
from app.work import ALL
from app.work.desk import Desk, Superseded
from specloom.errors import UpstreamError, UserError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from app.endings import Ending
    from app.job import Job
    from app.ledger import Ledger, Pending
    from app.metrics import Metrics
    from app.work.desk import Office

LOCK_POLL: Final = 1.0
"""Seconds before a job looks again whether its subject is free."""

LONGEST_WAIT: Final = 3600.0
CANCEL_AGAIN: Final = 1.0
NEVER: Final = frozenset({401, 403, 404, 410, 451})
"""Statuses that no further try will change: the repository is gone, the App suspended, the permission missing."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Worker:
    """Does jobs; `forsake` is told about those that end without a result, and why: what they began has to be closed."""

    office: Office
    metrics: Metrics
    forsake: Callable[[Job, Ending], Awaitable[None]] | None = None

    @property
    def ledger(self) -> Ledger:
        """The memory of deliveries."""
        return self.office.ledger

    async def run(self, identity: str) -> None:
        """Do what is pending under `identity`, if it still is; raises arq's Retry to be called again."""
        item = await self.ledger.pending(identity)
        if item is None:
            return
        if await self.ledger.is_superseded(item):
            await self._leave(item)
            return
        owner = secrets.token_hex(8)
        seconds = self.office.settings.lease
        if not await self.ledger.lock(item.job.subject, owner, seconds):
            raise Retry(defer=LOCK_POLL * (0.5 + random.random()))  # noqa: S311  # spreads load, hides nothing
        try:
            await self._hold(item, owner)
        finally:
            with contextlib.suppress(RedisError, OSError):
                await _apart(self.ledger.release(item.job.subject, owner))

    async def _hold(self, item: Pending, owner: str) -> None:
        """Work while the lease on the subject is renewed; stop at once where it is lost."""
        enough = asyncio.Event()
        work = asyncio.create_task(self._try(item))
        lease = asyncio.create_task(self._renew(item.job, owner, enough))
        try:
            await asyncio.wait({work, lease}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            enough.set()
            await _ended(work)
            await lease
        if work.cancelled():
            raise Retry(defer=LOCK_POLL)
        work.result()

    async def _renew(self, job: Job, owner: str, enough: asyncio.Event) -> None:
        """Return when the work is done, the lease is lost, or it could not be renewed for as long as it lasts."""
        seconds = self.office.settings.lease
        renewed = time.monotonic()
        while time.monotonic() - renewed < seconds:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(enough.wait(), seconds / 4)
                return
            with contextlib.suppress(RedisError, OSError):
                if not await self.ledger.extend(job.subject, owner, job=job.id, seconds=seconds):
                    return
                renewed = time.monotonic()

    async def _try(self, item: Pending) -> None:
        """One try, with its end written down."""
        job = item.job
        tries = await self.ledger.count_try(job.id)
        structlog.contextvars.bind_contextvars(delivery=job.id, kind=job.kind, subject=job.subject, tries=tries)
        try:
            outcome = await self._perform(item) if tries <= self.office.settings.max_tries else ""
        except asyncio.CancelledError:
            with contextlib.suppress(RedisError, OSError):
                await _apart(self.ledger.count_try(job.id, -1))
            raise
        except (UpstreamError, RedisError, OSError) as error:
            await self._later(job, error, tries)
        except Exception as error:  # our bug, whatever it is: nobody gains by trying again
            log.exception("failed")
            await self._bury(job, error, tries)
        else:
            if outcome == SUPERSEDED:
                await self._leave(item)
            elif outcome == NOT_ALLOWED:
                await self._leave(item, NOT_ALLOWED)
            elif outcome:
                await self._done(item, outcome)
            else:
                await self._bury(job, UpstreamError("the process died at this job again and again"), tries)
        finally:
            structlog.contextvars.clear_contextvars()

    async def _perform(self, item: Pending) -> str:
        desk = Desk(office=self.office, job=item.job, is_superseded=lambda: self.ledger.is_superseded(item))
        started = time.monotonic()
        with tracer.start_as_current_span(f"job {item.job.kind}", attributes={"delivery": item.job.id}):
            try:
                async with asyncio.timeout(self.office.settings.job_timeout):
                    await ALL[item.job.kind](desk, item.job)
            except Superseded:
                return SUPERSEDED
            except UserError as error:
                log.info("the user's mistake", error=str(error))
                return "user-error"
            except TimeoutError as error:
                raise UpstreamError("the job took too long") from error
            except (gidgethub.BadRequest, gidgethub.QueryError) as error:
                return _forbidden(error)
            finally:
                self.metrics.work.labels(kind=item.job.kind).observe(time.monotonic() - started)
        return "done"

    async def _leave(self, item: Pending, why: Ending = SUPERSEDED) -> None:
        """Leave the work to a newer job or to people, but not what was begun on the commit."""
        if self.forsake is not None:
            await self.forsake(item.job, why)
        await self._done(item, why)

    async def _done(self, item: Pending, outcome: str) -> None:
        await self.ledger.finish(item.job.id)
        self.metrics.jobs.labels(kind=item.job.kind, outcome=outcome).inc()
        log.info("finished", outcome=outcome, job=item.job.id, job_subject=item.job.subject)

    async def _later(self, job: Job, error: Exception, tries: int) -> None:
        if tries >= self.office.settings.max_tries:
            log.error("given up", error=str(error))
            await self._bury(job, error, tries)
            return
        asked = error.retry_after if isinstance(error, UpstreamError) else None
        wait = self.delay(tries, asked)
        log.warning("again later", error=str(error), seconds=round(wait, 1))
        self.metrics.jobs.labels(kind=job.kind, outcome="retry").inc()
        raise Retry(defer=wait)

    def delay(self, tries: int, asked: float | None) -> float:
        """Return the seconds to the next try: what was asked for or twice as long each time, and some jitter."""
        base = min(LONGEST_WAIT, self.office.settings.retry_base * 2 ** (tries - 1))
        jitter = 0.5 + random.random() / 2  # noqa: S311  # spreads load, hides nothing
        return float(base * jitter) if asked is None else float(asked * (1 + random.random() / 10))  # noqa: S311

    async def _bury(self, job: Job, error: Exception, tries: int) -> None:
        await self.ledger.bury(job, error=f"{type(error).__name__}: {error}", tries=tries)
        self.metrics.jobs.labels(kind=job.kind, outcome="dead").inc()
        if self.forsake is not None:
            await self.forsake(job, GIVEN_UP)


async def _apart(write: Coroutine[Any, Any, object]) -> None:
    """Make a last write in a task of its own: early releases of Python 3.11 let none but a fresh one ask redis-py."""
    await asyncio.create_task(write)


async def _ended(task: asyncio.Task[None]) -> None:
    """End a task for sure: a client that turns cancellation into a timeout of its own may swallow the first one."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=CANCEL_AGAIN)


def _forbidden(error: gidgethub.BadRequest | gidgethub.QueryError) -> str:
    """Tell what GitHub will never allow from what is wrong with our request, which is a bug."""
    never = error.status_code in NEVER if isinstance(error, gidgethub.BadRequest) else "not accessible" in str(error)
    if not never:
        raise error
    log.warning("GitHub does not let us", error=str(error))
    return NOT_ALLOWED
