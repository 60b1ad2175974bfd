"""Calls of a real server that is slow, endless, packed to burst, or leads elsewhere."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest

from scripted_server import Reply, ScriptedServer
from specloom.adapters.calling import Limits, make
from specloom.drift.traffic.calls import Call
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.adapters.calling import Made

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    """Serve what each test writes down."""
    running = ScriptedServer()
    running.start()
    yield running
    running.stop()


async def _made(server: ScriptedServer, *paths: str, **limits: float) -> Made:
    calls = [Call(operation=f"GET {path}", method="GET", url=server.url + path, headers=()) for path in paths]
    return await make(calls, Limits(**limits), lambda _text: None)  # type: ignore[arg-type]  # numbers


async def test_answers_come_with_status_headers_and_body(server: ScriptedServer) -> None:
    """In the order of the calls, and packed bodies unpacked."""
    server.on("GET", "/a", Reply(json={"a": 1}))
    server.on("GET", "/z", Reply(body=gzip.compress(b'{"z": 1}'), headers={**JSON, "Content-Encoding": "gzip"}))
    made = await _made(server, "/a", "/z")
    assert [(200, b'{"a": 1}'), (200, b'{"z": 1}')] == [(one.status, one.answer.body) for one in made.exchanges]
    assert "application/json" == made.exchanges[1].answer.header("content-type")


async def test_a_gzip_bomb_is_not_unpacked(server: ScriptedServer) -> None:
    """A gigabyte of nothing in a megabyte: the reading ends at the limit, in little memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join([*(packer.compress(bytes(1 << 24)) for _ in range(64)), packer.flush()])
    server.on("GET", "/bomb", Reply(body=bomb, headers={**JSON, "Content-Encoding": "gzip"}))
    tracemalloc.start()
    made = await _made(server, "/bomb")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "larger than 4194304 bytes" in made.exchanges[0].answer.gap
    assert peak < 40 << 20


async def test_an_endless_body_ends_at_the_limit(server: ScriptedServer) -> None:
    """What comes after is not read."""
    server.on("GET", "/endless", Reply(chunks=[b"x" * 65536] * 4000, headers=JSON))
    made = await _made(server, "/endless", size=100_000)
    assert "larger than 100000 bytes" in made.exchanges[0].answer.gap


@pytest.mark.parametrize("reply", [Reply(pause=5), Reply(chunks=[b"{"] * 50, between=0.2, headers=JSON)])
async def test_a_slow_server_is_left(server: ScriptedServer, reply: Reply) -> None:
    """Whether it is silent or drips; the next call is made all the same."""
    server.on("GET", "/slow", reply)
    server.on("GET", "/a", Reply(json=1))
    made = await _made(server, "/slow", "/a", timeout=0.5)
    assert [("GET /slow", "no answer within 0.5 seconds; --timeout allows more")] == list(made.failed)
    assert [b"1"] == [one.answer.body for one in made.exchanges]


async def test_redirects_are_answers(server: ScriptedServer) -> None:
    """Neither another host nor a private one is called because a server says so."""
    server.on("GET", "/away", Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"}))
    server.on("GET", "/round", Reply(status=302, headers={"Location": "/away"}))
    server.seen.clear()
    made = await _made(server, "/away", "/round")
    assert [302, 302] == [one.status for one in made.exchanges]
    assert ["/away", "/round"] == [request.path for request in server.seen]


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        ({"Content-Encoding": "gzip"}, b"no gzip at all", "cannot be unpacked"),
        ({"Content-Encoding": "br"}, b"\x8b\x02\x80x\x03", "packed as 'br', which was not asked for"),
    ],
)
async def test_what_cannot_be_unpacked_is_said(
    server: ScriptedServer, headers: dict[str, str], body: bytes, why: str
) -> None:
    """The status still counts."""
    server.on("GET", "/packed", Reply(body=body, headers={**JSON, **headers}))
    (one,) = (await _made(server, "/packed")).exchanges
    assert (200, None, True) == (one.status, one.answer.body, why in one.answer.gap)


async def test_calls_end_with_their_number_their_time_and_a_plea(server: ScriptedServer) -> None:
    """What is not called any more is listed with the reason."""
    server.on("GET", "/a", Reply(json=1))
    server.on("GET", "/busy", Reply(status=429))
    assert ["1 calls were made before; --max-calls allows more"] == [
        why for _, why in (await _made(server, "/a", "/a", calls=1)).failed
    ]
    assert ["the API asked to slow down (429)"] == [why for _, why in (await _made(server, "/busy", "/a")).failed]
    server.on("GET", "/later", Reply(json=1, pause=0.3))
    assert ["the run's 0.2 seconds are over; --max-time allows more"] == [
        why for _, why in (await _made(server, "/later", "/a", seconds=0.2)).failed
    ]


async def test_a_connection_that_drops_is_one_failure(server: ScriptedServer) -> None:
    """The others are made."""
    server.on("GET", "/drop", Reply(drop=True))
    server.on("GET", "/a", Reply(json=1))
    made = await _made(server, "/drop", "/a")
    assert (["GET /drop"], 1) == ([key for key, _ in made.failed], len(made.exchanges))


async def test_nobody_there_is_something_to_try_again() -> None:
    """No call was answered: the address is wrong, or the service is down."""
    call = Call(operation="GET /", method="GET", url="http://127.0.0.1:9/", headers=())
    with pytest.raises(UpstreamError, match="does not answer: the call failed"):
        await make([call], Limits(), lambda _text: None)
