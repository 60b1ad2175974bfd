"""What is done every so often, by one worker for all: looking for lost jobs, missed deliveries, and news elsewhere."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import gidgethub
import structlog
from redis.exceptions import RedisError

from app.forsake import close_checks
from app.job import Job
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from arq.connections import ArqRedis

    from app.work.desk import Office
    from specloom.adapters.github.shapes import Delivery

LOST_SECONDS: Final = 30
OPEN_SECONDS: Final = 60
PRUNE_SECONDS: Final = 86_400
MISSED_DAYS: Final = 3
"""GitHub keeps deliveries for redelivery for three days."""

MOST_ATTEMPTS: Final = 5
IN_FLIGHT: Final = 60.0
"""Seconds within which a delivery may still be on its way."""

MOST_PAGES: Final = 30
SHELF: Final = "upstream"
"""Folder for what addresses outside said last, below that for data."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Round:
    """Something to do every `seconds`, at start too; zero means never."""

    name: str
    seconds: float
    run: Callable[[Office], Awaitable[int]]


async def requeue_lost(office: Office) -> int:
    """Queue again what is pending and not queued, for instance because Redis was restored from a backup."""
    return await office.ledger.requeue_lost()


async def catch_up(office: Office) -> int:
    """Ask GitHub to deliver again what never reached us."""
    app = office.installations.app
    known: list[Delivery] = []
    oldest = time.time() - MISSED_DAYS * 86_400
    async for delivery in app.getiter("/app/hook/deliveries{?per_page}", {"per_page": "100"}):
        known.append(delivery)
        if _seconds(delivery) < oldest or len(known) >= MOST_PAGES * 100:
            break
    count = 0
    for delivery in missed(known, now=time.time()):
        if not await office.ledger.knows(delivery["guid"]):
            await app.post(f"/app/hook/deliveries/{delivery['id']}/attempts", data={})
            count += 1
    return count


def missed(deliveries: Iterable[Delivery], *, now: float) -> list[Delivery]:
    """Return one attempt of each delivery that failed every time, oldest first; one that keeps failing is left."""
    attempts: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        attempts[delivery["guid"]].append(delivery)
    found = []
    for tried in attempts.values():
        newest = max(tried, key=_seconds)
        arrived = any(0 < item["status_code"] < 400 for item in tried)  # noqa: PLR2004  # HTTP: not an error
        recent = now - MISSED_DAYS * 86_400 < _seconds(newest) < now - IN_FLIGHT
        if not arrived and recent and len(tried) < MOST_ATTEMPTS:
            found.append(newest)
    return sorted(found, key=_seconds)


async def poll(office: Office) -> int:
    """Look at every repository again: what it tracks from elsewhere may have changed there."""
    app = office.installations.app
    slot = int(time.time() // max(60, office.settings.poll_minutes * 60))
    count = 0
    async for installation in app.getiter("/app/installations{?per_page}", {"per_page": "100"}):
        client = office.installations.access(installation["id"]).client
        url = "/installation/repositories{?per_page}"
        async for repository in client.getiter(url, {"per_page": "100"}, iterable_key="repositories"):
            job = Job(
                id=f"poll-{repository['id']}-{slot}",
                kind="poll",
                installation=installation["id"],
                repository=repository["id"],
                full_name=repository["full_name"],
                ref=f"heads/{repository['default_branch']}",
            )
            count += await office.ledger.accept(job) == "queued"
    return count


async def prune(office: Office) -> int:
    """Remove copies that nobody asked for lately; they are fetched again when they are needed."""
    oldest = time.time() - office.settings.keep_days * 86_400
    return await asyncio.to_thread(remove_unused, office.settings.data_dir, before=oldest)


def remove_unused(folder: Path, *, before: float) -> int:
    """Remove copies of repositories and descriptions last used before a time, in epoch seconds; return how many."""
    copies = [*folder.glob("repositories/*/*.git"), *folder.glob(f"{SHELF}/*")]
    stale = [copy for copy in copies if copy.stat().st_mtime < before]
    for copy in stale:
        if copy.is_dir():
            shutil.rmtree(copy, ignore_errors=True)
        else:
            copy.unlink(missing_ok=True)
    return len(stale)


def rounds(office: Office) -> tuple[Round, ...]:
    """Return all rounds with their intervals."""
    return (
        Round("requeue-lost", LOST_SECONDS, requeue_lost),
        Round("close-checks", OPEN_SECONDS, close_checks),
        Round("catch-up", office.settings.catch_up_minutes * 60, catch_up),
        Round("prune", PRUNE_SECONDS, prune),
        Round("poll", office.settings.poll_minutes * 60, poll),
    )


async def go_round(round_: Round, office: Office, redis: ArqRedis) -> None:
    """Do one round again and again; whoever sets the mark in Redis first does it for everybody."""
    marks: Any = redis
    while round_.seconds > 0:
        try:
            if await marks.set(f"specloom:round:{round_.name}", b"1", nx=True, px=int(round_.seconds * 900)):
                count = await round_.run(office)
                log.info("round", name=round_.name, count=count)
        except (UpstreamError, RedisError, OSError, gidgethub.GitHubException) as error:
            log.warning("round failed", name=round_.name, error=str(error))
        await asyncio.sleep(round_.seconds)


def _seconds(delivery: Delivery) -> float:
    return dt.datetime.fromisoformat(delivery["delivered_at"]).timestamp()
