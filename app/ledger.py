"""The memory of deliveries in Redis: each is pending, done, or dead, and moves between these in one atomic step.

The queue itself is arq's. The ledger is what makes sure that nothing falls out of it: a delivery is written to both at
once, and whatever is pending but no longer queued is queued again.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

from arq.constants import default_queue_name, in_progress_key_prefix, job_key_prefix
from arq.jobs import serialize_job
from pydantic import TypeAdapter

from app.endings import Ending
from app.job import JOBS, Job

if TYPE_CHECKING:
    from arq.connections import ArqRedis

PREFIX: Final = "specloom:"
PENDING: Final = PREFIX + "pending"
TRIES: Final = PREFIX + "tries"
DEAD: Final = PREFIX + "dead"
OPEN: Final = PREFIX + "open"
SEQUENCE: Final = PREFIX + "sequence"
REMEMBER: Final = 8 * 86_400
"""Seconds that a finished delivery is remembered; GitHub redelivers for three days."""

QUEUED_FOR: Final = 90 * 86_400_000
"""Milliseconds that arq keeps a queued job; its default of a day would lose what waits longer."""

FUNCTION: Final = "run"

Accepted: TypeAlias = Literal["queued", "pending", "done", "replayed"]

ACCEPT: Final = f"""
local id, job, message, now, lane, body = unpack(ARGV)
if redis.call('EXISTS', '{PREFIX}done:' .. id) == 1 then return 'done' end
if redis.call('HEXISTS', '{PENDING}', id) == 1 then return 'pending' end
if body ~= '' then
  local first = redis.call('GET', '{PREFIX}body:' .. body)
  if first and first ~= id then return 'replayed' end
  redis.call('SET', '{PREFIX}body:' .. body, id, 'EX', {REMEMBER})
end
redis.call('HDEL', '{DEAD}', id)
redis.call('HDEL', '{TRIES}', id)
local sequence = redis.call('INCR', '{SEQUENCE}')
redis.call('HSET', '{PENDING}', id, sequence .. ' ' .. now .. ' ' .. job)
if lane ~= '' then redis.call('SET', '{PREFIX}lane:' .. lane, sequence, 'EX', {REMEMBER}) end
redis.call('SET', '{job_key_prefix}' .. id, message, 'PX', {QUEUED_FOR})
redis.call('ZADD', '{default_queue_name}', now, id)
return 'queued'
"""

REQUEUE: Final = f"""
local id, message, now = unpack(ARGV)
if redis.call('HEXISTS', '{PENDING}', id) == 0 then return 0 end
if redis.call('ZSCORE', '{default_queue_name}', id) and redis.call('EXISTS', '{job_key_prefix}' .. id) == 1 then
  return 0
end
redis.call('SET', '{job_key_prefix}' .. id, message, 'PX', {QUEUED_FOR})
redis.call('ZADD', '{default_queue_name}', now, id)
return 1
"""

EXTEND: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
"""

RELEASE: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


@dataclass(frozen=True, slots=True)
class Pending:
    """A delivery that is to be worked on; `received` is in epoch milliseconds, `sequence` counts deliveries."""

    job: Job
    sequence: int
    received: int


@dataclass(frozen=True, slots=True)
class Dead:
    """A delivery that was given up; `at` is in epoch seconds."""

    job: Job
    error: str
    tries: int
    at: float


_DEAD: Final = TypeAdapter(Dead)
_OPEN: Final = TypeAdapter(tuple[Job, Ending])


def encode(value: dict[str, Any]) -> bytes:
    """Write arq's messages as JSON: unpickling what comes from a network would be an invitation."""
    return json.dumps(value).encode()


def decode(value: bytes) -> dict[str, Any]:
    """Read arq's messages."""
    return cast("dict[str, Any]", json.loads(value))


class Ledger:
    """All that is known about deliveries; every method is one round trip."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis: Any = redis  # redis-py's types do not tell its blocking answers from the awaited ones
        self._accept = redis.register_script(ACCEPT)
        self._requeue = redis.register_script(REQUEUE)
        self._extend = redis.register_script(EXTEND)
        self._release = redis.register_script(RELEASE)

    async def accept(self, job: Job, *, body_digest: str = "") -> Accepted:
        """Remember and queue a job, once; a body that came before under another id is a replay."""
        now = int(time.time() * 1000)
        values: list[str | bytes | int] = [
            job.id,
            JOBS.dump_json(job),
            _message(job.id, now),
            now,
            job.lane or "",
            body_digest,
        ]
        return cast("Accepted", (await self._accept(args=values)).decode())

    async def pending(self, identity: str) -> Pending | None:
        """Return a delivery that is to be worked on, or None where there is nothing left to do."""
        text = await self._redis.hget(PENDING, identity)
        return _pending(text) if text else None

    async def all_pending(self) -> list[Pending]:
        """Return everything that is to be worked on, oldest first."""
        texts = await self._redis.hvals(PENDING)
        return sorted((_pending(text) for text in texts), key=lambda item: item.sequence)

    async def is_superseded(self, item: Pending) -> bool:
        """Say whether a newer delivery makes this one superfluous."""
        if item.job.lane is None:
            return False
        newest = await self._redis.get(f"{PREFIX}lane:{item.job.lane}")
        return newest is not None and int(newest) > item.sequence

    async def requeue_lost(self) -> int:
        """Queue again what is pending but not queued; return how much that was."""
        now = int(time.time() * 1000)
        count = 0
        for raw in await self._redis.hkeys(PENDING):
            identity = raw.decode()
            count += int(await self._requeue(args=[identity, _message(identity, now), now]))
        return count

    async def lock(self, subject: str, owner: str, seconds: float) -> bool:
        """Take a subject for `owner`, unless somebody has it."""
        return bool(await self._redis.set(f"{PREFIX}lock:{subject}", owner, nx=True, px=int(seconds * 1000)))

    async def extend(self, subject: str, owner: str, *, job: str, seconds: float) -> bool:
        """Keep a subject, and arq's claim on the job, for some more seconds; False where it is no longer ours."""
        keys = [f"{PREFIX}lock:{subject}", in_progress_key_prefix + job]
        return bool(await self._extend(keys=keys, args=[owner, int(seconds * 1000)]))

    async def release(self, subject: str, owner: str) -> None:
        """Let a subject go, if it is still ours."""
        await self._release(keys=[f"{PREFIX}lock:{subject}"], args=[owner])

    async def count_try(self, identity: str, step: int = 1) -> int:
        """Count a try (or take one back) and return how many there were."""
        return int(await self._redis.hincrby(TRIES, identity, step))

    async def finish(self, identity: str) -> None:
        """Remember that a delivery is done."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hdel(PENDING, identity)
            pipe.hdel(TRIES, identity)
            pipe.hdel(DEAD, identity)
            pipe.set(f"{PREFIX}done:{identity}", b"1", ex=REMEMBER)
            await pipe.execute()

    async def bury(self, job: Job, *, error: str, tries: int) -> None:
        """Give a delivery up, where people can see it."""
        grave = Dead(job, error, tries, time.time())
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(DEAD, job.id, _DEAD.dump_json(grave))
            pipe.hdel(PENDING, job.id)
            pipe.hdel(TRIES, job.id)
            await pipe.execute()

    async def leave_open(self, job: Job, ending: Ending) -> None:
        """Remember that a job's check runs could not be ended, and how they are to end."""
        await self._redis.hset(OPEN, job.id, _OPEN.dump_json((job, ending)))

    async def left_open(self) -> list[tuple[Job, Ending]]:
        """Return the jobs whose check runs could not be ended."""
        return [_OPEN.validate_json(text) for text in await self._redis.hvals(OPEN)]

    async def closed(self, identity: str) -> None:
        """Forget that a job's check runs are open."""
        await self._redis.hdel(OPEN, identity)

    async def dead(self) -> list[Dead]:
        """Return what was given up, oldest first."""
        texts = await self._redis.hvals(DEAD)
        return sorted((_DEAD.validate_json(text) for text in texts), key=lambda item: (item.at, item.job.id))

    async def drop(self, identity: str) -> bool:
        """Forget a dead delivery; False where there is none of that id."""
        return bool(await self._redis.hdel(DEAD, identity))

    async def counts(self) -> dict[str, int]:
        """Return how many deliveries are pending and dead."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hlen(PENDING)
            pipe.hlen(DEAD)
            pending, dead = await pipe.execute()
        return {"pending": pending, "dead": dead}

    async def knows(self, identity: str) -> bool:
        """Say whether a delivery ever reached us: done, pending or dead."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.exists(f"{PREFIX}done:{identity}")
            pipe.hexists(PENDING, identity)
            pipe.hexists(DEAD, identity)
            return any(await pipe.execute())


def describe(item: Dead) -> dict[str, Any]:
    """Return a dead delivery as plain JSON values."""
    return asdict(item)


def _message(identity: str, now: int) -> bytes:
    return serialize_job(FUNCTION, (identity,), {}, None, now, serializer=encode)


def _pending(text: bytes) -> Pending:
    sequence, received, job = text.split(b" ", 2)
    return Pending(JOBS.validate_json(job), int(sequence), int(received))
