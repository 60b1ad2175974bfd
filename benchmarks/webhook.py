"""How many deliveries the webhook server takes: an open loop at a fixed rate, real HTTP, a real Redis, no worker.

    python benchmarks/webhook.py [--rate 500] [--seconds 10] [--rounds 3]

The server has one processor and the generator another. Prints one JSON line a round, and exits with 1 where the promise
does not hold: p99 below 50 ms (in the best round, since whatever else a machine does can only add), every delivery
accepted, and every accepted delivery in the ledger.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import multiprocessing
import os
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from app import logs
from app.ledger import Ledger
from app.redis import OwnRedis, connect
from app.server import make_app
from app.settings import Settings
from app.setup import Setup
from specloom.collector import spare_what_stands

SECRET = "benchmark"  # noqa: S105  # signs nothing but this
PROMISE = 0.050
"""Seconds at the 99th percentile."""

CONNECTIONS = 64


def serve(folder: str, redis_url: str, port: Any) -> None:  # noqa: ANN401  # a multiprocessing value
    """Run the server alone, in a process and on a processor of its own, as `specloom serve` sets it up."""
    pin(0)
    logs.configure("WARNING")

    async def main() -> None:
        settings = Settings(app_id="1", private_key="-----BEGIN x", webhook_secret=SECRET, data_dir=Path(folder))
        async with aiohttp.ClientSession() as session:
            app = make_app(settings, connect(redis_url), Setup(settings, session))
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
            spare_what_stands()
            port.value = runner.addresses[0][1]
            await asyncio.Event().wait()

    asyncio.run(main())


def pin(processor: int) -> None:
    """Keep this process on one of the processors there are."""
    there = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {there[processor % len(there)]})


def body_of(number: int) -> bytes:
    """Return a push event, about as large as real ones are."""
    payload = {
        "ref": "refs/heads/main",
        "after": f"{number:040x}",
        "commits": [{"id": f"{number:040x}", "message": "x" * 400, "added": ["a/b/c.py"] * 20}] * 5,
        "repository": {"id": number % 50, "full_name": f"acme/shop-{number % 50}", "default_branch": "main"},
        "sender": {"login": "ada", "type": "User"},
        "installation": {"id": 7},
    }
    return json.dumps(payload).encode()


def requests(count: int) -> list[bytes]:
    """Write all requests beforehand, signatures included, so that the client costs as little as it can."""
    made = []
    for number in range(count):
        body = body_of(number)
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        head = (
            "POST /webhook HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nX-GitHub-Event: push\r\n"
            f"X-GitHub-Delivery: {uuid.UUID(int=number)}\r\nX-Hub-Signature-256: sha256={signature}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        made.append(head.encode() + body)
    return made


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used, from `/proc`."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def load(port: int, rate: int, deliveries: list[bytes]) -> tuple[list[float], int]:
    """Send deliveries at their times, whether or not earlier ones were answered; return latencies and refusals."""
    latencies: list[float] = []
    statuses: list[bytes] = []
    start = time.perf_counter() + 0.5
    waiting = iter(enumerate(deliveries))

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number, request in waiting:
            at = start + number / rate
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].split()[0])
            await reader.readexactly(length)
            statuses.append(head[9:12])
            latencies.append(time.perf_counter() - at)
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return latencies, sum(status != b"202" for status in statuses)


async def measure(rate: int, seconds: int) -> tuple[bool, float]:
    """Measure one round; return whether all deliveries were kept, and the 99th percentile."""
    with tempfile.TemporaryDirectory(prefix="specloom-bench-") as folder:
        own = OwnRedis(Path(folder))
        await own.start()
        context = multiprocessing.get_context("spawn")
        port = context.Value("i", 0)
        server = context.Process(target=serve, args=(folder, own.url, port), daemon=True)
        server.start()
        pin(1)
        spare_what_stands()
        while not port.value:
            time.sleep(0.05)  # noqa: ASYNC251  # nothing else runs here yet
        await load(port.value, 50, requests(50))
        redis = connect(own.url)
        await redis.flushall()
        before = cpu_seconds(server.pid or 0)
        latencies, refused = await load(port.value, rate, requests(rate * seconds))
        used = cpu_seconds(server.pid or 0) - before
        counts = await Ledger(redis).counts()
        queued = await redis.zcard("arq:queue")
        await redis.aclose()
        server.kill()
        await own.stop()
    ordered = sorted(latencies)
    p50, p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    lost = rate * seconds - min(counts["pending"], queued)
    result = {"rate": rate, "sent": len(latencies), "refused": refused, "lost": lost}
    result |= {
        "server_cpu_ms_per_delivery": round(used / (rate * seconds) * 1000, 2),
        "load_average": os.getloadavg()[0],
    }
    print(json.dumps(result | {"p50_ms": round(p50 * 1000, 1), "p99_ms": round(p99 * 1000, 1)}))
    return not (refused or lost), p99


async def main(rate: int, seconds: int, rounds: int) -> int:
    """Measure and judge."""
    results = [await measure(rate, seconds) for _ in range(rounds)]
    return int(not all(kept for kept, _ in results) or min(p99 for _, p99 in results) > PROMISE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sys.exit(asyncio.run(main(options.rate, options.seconds, options.rounds)))
