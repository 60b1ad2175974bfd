"""Streams give typed items however the network cuts them, and close."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from callers import Caller

    from scripted_server import Reply, ScriptedServer

SSE = {"Content-Type": "text/event-stream"}


def in_pieces(text: str, size: int) -> list[bytes]:
    """Cut a text into chunks of `size` bytes."""
    raw = text.encode()
    return [raw[start : start + size] for start in range(0, len(raw), size)]


@pytest.mark.parametrize("size", [1, 3, 1000])
async def test_events_are_typed(kennel: Caller, server: ScriptedServer, reply: type[Reply], size: int) -> None:
    """Events are parsed over chunk borders; comments, CR LF and several data lines are understood; [DONE] ends."""
    text = ': hello\r\n\r\ndata: {"n": 1}\r\nid: 7\r\n\r\ndata: {"n":\r\ndata: 2, "é": "ü"}\n\n'
    text += 'data: [DONE]\n\ndata: {"n": 3}\n\n'
    server.on("GET", "/v1/events", reply(headers=SSE, chunks=in_pieces(text, size)))
    stream = await kennel.do(kennel.client().events.watch)
    items = await kennel.all(stream)
    assert [1, 2] == [item.n for item in items]
    assert all(isinstance(item, kennel.sdk.models.Tick) for item in items)
    assert items[1].model_extra == {"é": "ü"}
    assert server.seen[0].headers["Accept"] == "text/event-stream"


async def test_raw_events(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """The events themselves are there too, with their names, ids and retry times."""
    server.on("GET", "/v1/events", reply(headers=SSE, chunks=[b"event: tick\nid: 9\nretry: 50\ndata: x\n\n"]))
    (event,) = await kennel.all((await kennel.do(kennel.client().events.watch)).events())
    assert ("tick", "9", 50, "x") == (event.event, event.id, event.retry, event.data)


async def test_error_event_raises(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """An event called `error` raises, with what the server said."""
    chunks = [b'data: {"n": 1}\n\n', b'event: error\ndata: {"title": "bone"}\n\n']
    server.on("GET", "/v1/events", reply(headers=SSE, chunks=chunks))
    stream = await kennel.do(kennel.client().events.watch)
    with pytest.raises(kennel.sdk.APIError, match="bone") as caught:
        await kennel.all(stream)
    assert caught.value.body == {"title": "bone"}


async def test_json_lines(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """JSON Lines give typed items; a last line without an end counts."""
    server.on("GET", "/v1/log", reply(chunks=in_pieces('{"n": 1}\n\n{"n": 2}\r\n{"n": 3}', 4)))
    assert [1, 2, 3] == [one.n for one in await kennel.all(await kennel.do(kennel.client().events.log))]


async def test_leaving_early_closes(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """Leaving a `with` block or a loop early closes the connection."""
    endless = reply(headers=SSE, chunks=[b'data: {"n": 1}\n\n'] * 3000, between=0.01)
    server.on("GET", "/v1/events", endless)
    client = kennel.client()
    stream = await kennel.do(client.events.watch)
    if kennel.asynchronous:
        async with stream:
            async for _ in stream:
                break
    else:
        for _ in stream:
            break
    assert stream.response.is_closed
    for _ in range(100):
        if not server.open_streams:
            break
        await asyncio.sleep(0.02)
    assert server.open_streams == 0


async def test_stream_flag_chooses_the_type(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]
) -> None:
    """An operation that can do both gives a model, or with `stream=True` a stream."""
    events = kennel.client().events
    server.on("POST", "/v1/tell", reply(json=dog), reply(headers=SSE, chunks=[b'data: {"n": 5}\n\n']))
    assert (await kennel.do(events.tell, text="sit")).name == "Rex"
    assert [5] == [one.n for one in await kennel.all(await kennel.do(events.tell, text="sit", stream=True))]
    assert server.seen[1].json == {"text": "sit", "stream": True}


async def test_broken_stream_is_our_own_error(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A stream that breaks off raises the SDK's error after the items that came."""
    broken = reply(headers={**SSE, "Content-Length": "500"}, chunks=[b'data: {"n": 1}\n\n'], drop=True, between=0.05)
    server.on("GET", "/v1/events", broken)
    stream = await kennel.do(kennel.client().events.watch)
    with pytest.raises(kennel.sdk.APIConnectionError):
        await kennel.all(stream)


async def test_failing_stream_is_a_status_error(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """An error instead of a stream is raised by the call, with its body."""
    server.on("GET", "/v1/events", reply(403, json={"title": "quiet"}))
    with pytest.raises(kennel.sdk.PermissionDeniedError, match="quiet"):
        await kennel.do(kennel.client().events.watch)


async def test_items_that_do_not_fit_are_kept(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """An item of another shape, or that is not JSON at all, comes as it is; a strict client raises."""
    server.on("GET", "/v1/events", reply(headers=SSE, chunks=[b'data: {"n": "many"}\n\ndata: ping\n\n']))
    odd, text = await kennel.all(await kennel.do(kennel.client().events.watch))
    assert ("many", "ping") == (odd.n, text)
    with pytest.raises(kennel.sdk.APIResponseValidationError):
        await kennel.all(await kennel.do(kennel.client(strict_responses=True).events.watch))
