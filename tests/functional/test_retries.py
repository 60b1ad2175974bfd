"""When a call is tried again, when it is not, and what every try carries."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from callers import Caller

    from scripted_server import Reply, ScriptedServer

Dog = dict[str, Any]


async def test_too_many_requests_waits_as_asked(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog
) -> None:
    """A 429 with Retry-After is waited out and then tried again."""
    server.on("GET", "/v1/dogs/7", reply(429, headers={"Retry-After": "0.3"}), reply(json=dog))
    begin = time.monotonic()
    found = await kennel.do(kennel.client().dogs.retrieve, "7")
    assert found.name == "Rex"
    assert 0.3 <= time.monotonic() - begin < 2
    assert [one.headers["X-Retry-Count"] for one in server.seen] == ["0", "1"]


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
async def test_reads_are_retried(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog, status: int
) -> None:
    """A GET survives two answers that may be better next time."""
    server.on("GET", "/v1/dogs/7", reply(status), reply(status), reply(json=dog))
    assert (await kennel.do(kennel.client().dogs.retrieve, "7")).id == "7"
    assert len(server.seen) == 3


async def test_retries_end(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """After the last retry the error of the last answer is raised."""
    server.on("GET", "/v1/dogs/7", reply(503, json={"title": "tired"}))
    with pytest.raises(kennel.sdk.InternalServerError, match="tired"):
        await kennel.do(kennel.client(max_retries=1).dogs.retrieve, "7")
    assert len(server.seen) == 2
    with pytest.raises(kennel.sdk.InternalServerError):
        await kennel.do(kennel.client().dogs.retrieve, "7", max_retries=0)
    assert len(server.seen) == 3


async def test_post_with_idempotency_key_is_retried(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog
) -> None:
    """A 503 on a POST is tried again with the same key and body, and the key is there from the first try on."""
    server.on("POST", "/v1/dogs", reply(503), reply(503), reply(201, json=dog))
    await kennel.do(kennel.client().dogs.create, id="7", name="Rex")
    keys = {one.headers["Idempotency-Key"] for one in server.seen}
    assert (3, 1) == (len(server.seen), len(keys))
    assert {b'{"id":"7","name":"Rex"}'} == {one.body for one in server.seen}


async def test_each_call_has_its_own_key(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog) -> None:
    """Keys are made up for each call, unless the caller gives one."""
    server.on("POST", "/v1/dogs", reply(201, json=dog))
    client = kennel.client()
    await kennel.do(client.dogs.create, id="7", name="Rex")
    await kennel.do(client.dogs.create, id="7", name="Rex")
    await kennel.do(client.dogs.create, id="7", name="Rex", idempotency_key="mine")
    first, second, third = (one.headers["Idempotency-Key"] for one in server.seen)
    assert first != second
    assert third == "mine"


async def test_post_without_key_is_not_repeated(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A POST that may have had an effect is not sent twice."""
    server.on("POST", "/v1/tell", reply(503))
    with pytest.raises(kennel.sdk.InternalServerError):
        await kennel.do(kennel.client().events.tell, text="sit")
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("status", "headers"),
    [(429, {}), (503, {"Retry-After": "0"}), (503, {"retry-after-ms": "1"}), (500, {"x-should-retry": "true"})],
)
async def test_post_is_retried_where_nothing_happened(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog, status: int, headers: dict[str, str]
) -> None:
    """A POST is sent again where the server says that it did nothing."""
    server.on("POST", "/v1/tell", reply(status, headers=headers), reply(json=dog))
    assert (await kennel.do(kennel.client().events.tell, text="sit")).name == "Rex"


async def test_server_can_forbid_retries(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """`x-should-retry: false` and a Retry-After beyond two minutes end the call at once."""
    for headers in ({"x-should-retry": "false"}, {"Retry-After": "121"}):
        server.reset()
        server.on("GET", "/v1/dogs/7", reply(429, headers=headers))
        with pytest.raises(kennel.sdk.RateLimitError):
            await kennel.do(kennel.client().dogs.retrieve, "7")
        assert len(server.seen) == 1


async def test_lost_connection_is_retried(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog) -> None:
    """A GET survives a connection that breaks; a POST does not repeat itself."""
    server.on("GET", "/v1/dogs/7", reply(drop=True), reply(json=dog))
    assert (await kennel.do(kennel.client().dogs.retrieve, "7")).id == "7"
    server.on("POST", "/v1/tell", reply(drop=True))
    server.seen.clear()
    with pytest.raises(kennel.sdk.APIConnectionError):
        await kennel.do(kennel.client().events.tell, text="sit")
    assert len(server.seen) == 1


async def test_refused_connection(kennel: Caller) -> None:
    """Where nobody listens, the SDK's own error is raised, with the cause."""
    client = kennel.client(base_url="http://127.0.0.1:9", max_retries=1)
    with pytest.raises(kennel.sdk.APIConnectionError) as caught:
        await kennel.do(client.events.tell, text="sit")
    assert caught.value.request.url.port == 9
    assert caught.value.__cause__ is not None


async def test_timeout_is_our_own_error(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog) -> None:
    """A slow answer raises APITimeoutError, for the client's timeout and for the call's."""
    server.on("GET", "/v1/dogs/7", reply(json=dog, pause=0.5))
    with pytest.raises(kennel.sdk.APITimeoutError):
        await kennel.do(kennel.client(timeout=0.05, max_retries=0).dogs.retrieve, "7")
    with pytest.raises(kennel.sdk.APITimeoutError):
        await kennel.do(kennel.client(max_retries=0).dogs.retrieve, "7", timeout=0.05)


async def test_upload_is_rewound(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog, tmp_path: Path
) -> None:
    """A file that is sent again is sent from its beginning, whether it was given open, as a path or as bytes."""
    path = tmp_path / "rex.png"
    path.write_bytes(b"picture")
    for photo in (io.BytesIO(b"picture"), path, path.open("rb"), b"picture"):
        server.reset()
        server.on("POST", "/v1/dogs/7/photo", reply(429), reply(json=dog))
        await kennel.do(kennel.client().dogs.upload_photo, "7", photo=photo)
        assert [1, 1] == [one.body.count(b"picture") for one in server.seen]
        if isinstance(photo, io.IOBase):
            photo.close()


async def test_upload_that_cannot_be_rewound_is_sent_once(
    kennel: Caller, server: ScriptedServer, reply: type[Reply]
) -> None:
    """Content that is gone after the first try is not sent again, half or empty."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    server.on("POST", "/v1/dogs/7/photo", reply(429))
    with pytest.raises(kennel.sdk.RateLimitError):
        await kennel.do(kennel.client().dogs.upload_photo, "7", photo=Pipe(b"once"))
    assert len(server.seen) == 1
