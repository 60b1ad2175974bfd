"""The webhook server over real HTTP, with a real Redis behind it and GitHub's example payloads in front."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import hmac
import io
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from app.job import Job
from app.ledger import Ledger
from app.redis import OwnRedis, connect
from app.server import make_app
from app.settings import Settings
from app.setup import Setup
from github_twin import Twin, make

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from arq.connections import ArqRedis

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(200)]

SECRET = "It's a Secret to Everybody"
EXAMPLES = Path(__file__).with_name("payloads") / "examples.jsonl.gz"


def examples() -> Iterator[tuple[str, bytes]]:
    """Yield every example: an event and its payload."""
    for line in gzip.decompress(EXAMPLES.read_bytes()).splitlines():
        row = json.loads(line)
        yield row["event"], json.dumps(row["payload"]).encode()


@dataclass
class Door:
    """The server's address, with a client and its Redis."""

    url: str
    session: aiohttp.ClientSession
    redis: ArqRedis

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.redis)

    async def deliver(self, event: str, body: bytes, *, guid: str | None = None, **changes: str | None) -> int:
        """Send a delivery, signed unless `changes` say otherwise, and return the status."""
        headers: dict[str, str | None] = {
            "content-type": "application/json",
            "x-github-event": event,
            "x-github-delivery": guid or str(uuid.uuid4()),
            "x-hub-signature-256": "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest(),
        }
        headers |= {name.replace("_", "-"): value for name, value in changes.items()}
        sent = {name: value for name, value in headers.items() if value is not None}
        async with self.session.post(f"{self.url}/webhook", data=body, headers=sent) as response:
            return response.status

    async def get(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        async with self.session.get(f"{self.url}/{path}") as response:
            return response.status, await response.text()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def door(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Door]:
    """Run the server in this process, with a Redis of its own and no worker."""
    folder = tmp_path_factory.mktemp("door")
    own = OwnRedis(folder)
    await own.start()
    redis = connect(own.url)
    settings = Settings(app_id="1", private_key="-----BEGIN x", webhook_secret=SECRET, data_dir=folder, _env_file=None)
    async with aiohttp.ClientSession() as session:
        runner = web.AppRunner(make_app(settings, redis, Setup(settings, session)), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield Door(f"http://127.0.0.1:{runner.addresses[0][1]}", session, redis)
        await runner.cleanup()
    await redis.aclose()
    await own.stop()


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def _clean(door: Door) -> None:
    """Begin with nothing."""
    await door.redis.flushall()


def push(number: int = 1) -> bytes:
    """Return a push to the default branch of a repository."""
    payload: dict[str, Any] = {
        "ref": "refs/heads/main",
        "after": "a" * 40,
        "repository": {"id": number, "full_name": f"acme/shop-{number}", "default_branch": "main"},
        "sender": {"login": "ada", "type": "User"},
        "installation": {"id": 7},
    }
    return json.dumps(payload).encode()


async def test_every_example(door: Door) -> None:
    """All example payloads are answered with success, whether we know the event or not."""
    answers = {await door.deliver(event, body) for event, body in examples()}
    assert answers <= {200, 202}
    assert 329 == len(list(examples()))


async def test_every_example_damaged(door: Door) -> None:
    """Cut off, forged, unsigned or of another type, every one of them is refused with the right status."""
    for event, body in examples():
        cut = body[: len(body) // 2]
        assert 400 == await door.deliver(event, cut)
        assert 401 == await door.deliver(event, body + b" ", x_hub_signature_256="sha256=" + "0" * 64)
        assert 401 == await door.deliver(event, body, x_hub_signature_256=None, x_hub_signature="sha1=" + "0" * 40)
        assert 415 == await door.deliver(event, body, content_type="text/xml")
    assert {"pending": 0, "dead": 0} == await door.ledger.counts()


async def test_examples_as_forms(door: Door) -> None:
    """The other content type that GitHub offers is understood as well."""
    from urllib.parse import urlencode

    body = urlencode({"payload": push().decode()}).encode()
    assert 202 == await door.deliver("push", body, content_type="application/x-www-form-urlencoded")
    assert 1 == (await door.ledger.counts())["pending"]


@pytest.mark.parametrize("missing", ["ref", "after", "repository", "sender"])
async def test_known_event_of_the_wrong_form(door: Door, missing: str) -> None:
    """A known event without what we need is refused, so that GitHub shows that something is wrong."""
    payload = json.loads(push())
    del payload[missing]
    assert 400 == await door.deliver("push", json.dumps(payload).encode())


async def test_redelivery(door: Door) -> None:
    """A redelivery changes nothing while the first waits or once it succeeded; what was given up runs again."""
    assert 202 == await door.deliver("push", push(), guid="one")
    assert 202 == await door.deliver("push", push(), guid="one")
    item = await door.ledger.pending("one")
    assert item is not None
    assert 1 == (await door.ledger.counts())["pending"]
    await door.ledger.bury(item.job, error="boom", tries=3)
    assert 202 == await door.deliver("push", push(), guid="one")
    assert {"pending": 1, "dead": 0} == await door.ledger.counts()
    await door.ledger.finish("one")
    assert 202 == await door.deliver("push", push(), guid="one")
    assert {"pending": 0, "dead": 0} == await door.ledger.counts()


async def test_replay(door: Door) -> None:
    """A captured delivery under another id, which its signature does not cover, does nothing."""
    assert 202 == await door.deliver("push", push(), guid="one")
    await door.ledger.finish("one")
    assert 202 == await door.deliver("push", push(), guid="two")
    assert {"pending": 0, "dead": 0} == await door.ledger.counts()


async def test_too_large(door: Door) -> None:
    """More than GitHub ever sends is not even read to its end."""
    headers = {"content-type": "application/json", "x-hub-signature-256": "sha256=0"}
    body = io.BytesIO(b" " * (25 * 2**20 + 1))
    async with door.session.post(f"{door.url}/webhook", data=body, headers=headers) as response:
        assert 413 == response.status


async def test_without_redis(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be kept is not accepted, so that GitHub knows it has to be delivered again."""
    from redis.exceptions import ConnectionError as Gone

    async def fail(*_: object, **__: object) -> None:
        raise Gone("gone")

    monkeypatch.setattr(Ledger, "accept", fail)
    assert 503 == await door.deliver("push", push())


async def test_ping_and_pages(door: Door) -> None:
    """Ping is answered; the health pages and the figures are there; setup is gone once there is an App."""
    assert 200 == await door.deliver("ping", b"{}")
    assert (200, "alive\n") == await door.get("livez")
    assert (200, "ready\n") == await door.get("readyz")
    status, figures = await door.get("metrics")
    assert 200 == status
    assert 'specloom_deliveries_total{event="ping",outcome="ping"}' in figures
    assert 404 == (await door.get("setup"))[0]
    assert 404 == (await door.get("reports/" + "a" * 64))[0]
    assert 405 == (await door.get("webhook"))[0]


async def test_nothing_is_lost_between_queue_and_ledger(door: Door) -> None:
    """What is pending but fell out of the queue is queued again, once."""
    for number in range(5):
        await door.ledger.accept(
            Job(id=f"j{number}", kind="push", installation=1, repository=number, full_name="a/b", ref="r")
        )
    await door.redis.delete("arq:queue", "arq:job:j1")
    assert 5 == await door.ledger.requeue_lost()
    assert 0 == await door.ledger.requeue_lost()
    assert 5 == await door.redis.zcard("arq:queue")


async def test_accept_is_atomic(door: Door) -> None:
    """However many copies arrive at once, the delivery is queued once."""
    answers = await asyncio.gather(*(door.deliver("push", push(), guid="same") for _ in range(20)))
    assert {202} == set(answers)
    assert 1 == await door.redis.zcard("arq:queue")


async def test_registration(tmp_path: Path) -> None:
    """From the page with the button to a file with credentials, once, and only for whoever has the token."""
    async with Twin(tmp_path / "github") as twin, aiohttp.ClientSession() as session:
        app = make.make_app(twin.world)
        twin.world.manifest_codes["c0de"] = app
        settings = Settings(github_api_url=f"{twin.origin}/api/v3", data_dir=tmp_path / "data", _env_file=None)
        setup = Setup(settings, session)
        runner = web.AppRunner(make_app(settings, connect("redis://127.0.0.1:1"), setup))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        token = setup.link.partition("token=")[2]
        async with session.get(f"{url}/setup?token=guess") as response:
            assert 403 == response.status
        async with session.get(f"{url}/setup?token={token}&organization=acme") as response:
            page = await response.text()
        assert "/organizations/acme/settings/apps/new" in page
        state = page.partition("state=")[2].partition('"')[0]
        async with session.get(f"{url}/setup/callback?code=c0de&state=guess") as response:
            assert 403 == response.status
        async with session.get(f"{url}/setup/callback?code=c0de&state={state}") as response:
            assert 200 == response.status
            assert app.webhook_secret not in await response.text()
        made = Settings(_env_file=tmp_path / "data" / ".env")
        assert (str(app.id), app.private_key.strip()) == (
            made.app_id,
            made.private_key.get_secret_value().strip() if made.private_key else "",
        )
        async with session.get(f"{url}/setup?token={token}") as response:
            assert 404 == response.status
        await runner.cleanup()
        assert twin.oracle.violations == []
