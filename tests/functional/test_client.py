"""What clients have in common: settings, copies, headers, escaping, raw answers, calls that nobody described, logs."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from callers import Caller

    from scripted_server import Reply, ScriptedServer

Dog = dict[str, Any]


@pytest.fixture
def found(server: ScriptedServer, reply: type[Reply], dog: Dog) -> ScriptedServer:
    """Return a server that has dog 7."""
    server.on("GET", "/v1/dogs/7", reply(json=dog, headers={"X-Request-Id": "req-9"}))
    return server


async def test_introduces_itself(kennel: Caller, found: ScriptedServer) -> None:
    """Every call names the SDK, its version and the platform, and carries the credentials."""
    await kennel.do(kennel.client().dogs.retrieve, "7")
    headers = found.seen[0].headers
    assert headers["User-Agent"] == "Kennel/Python 1.2.3"
    assert (headers["X-SDK-Lang"], headers["Accept"]) == ("python", "application/json")
    assert headers["X-Api-Key"] == "s3cret-key"


@pytest.mark.parametrize(
    ("given", "sent"),
    [("a/b c", "a%2Fb%20c"), ("ü?#%", "%C3%BC%3F%23%25"), ("...", "..."), ("a.b", "a.b"), ("{x}", "%7Bx%7D")],
)
async def test_path_values_are_escaped(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog, given: str, sent: str
) -> None:
    """A path value stays one segment whatever is in it."""
    server.on("GET", f"/v1/dogs/{sent}", reply(json=dog))
    await kennel.do(kennel.client().dogs.retrieve, given)
    assert [f"/v1/dogs/{sent}"] == [one.target for one in server.seen]


@pytest.mark.parametrize("value", ["", ".", ".."])
async def test_paths_cannot_be_left(kennel: Caller, server: ScriptedServer, value: str) -> None:
    """Empty path values and dots that would lead elsewhere raise before anything is sent."""
    with pytest.raises(ValueError, match=r"path parameter|another path") as caught:
        await kennel.do(kennel.client().dogs.retrieve, value)
    assert isinstance(caught.value, kennel.sdk.KennelError)
    assert server.seen == []


async def test_options_of_a_call(kennel: Caller, found: ScriptedServer, reply: type[Reply], dog: Dog) -> None:
    """Headers, query and members of the body can be added to any call; None removes a header."""
    client = kennel.client(default_headers={"X-Default": "a", "X-Gone": "b"}, default_query={"v": 1})
    await kennel.do(
        client.dogs.retrieve,
        "7",
        extra_headers={"X-Extra": "ü", "x-gone": None, "x-api-key": "mine"},
        extra_query={"n": [1, 2], "o": {"p": True}, "v": 2},
    )
    seen = found.seen[0]
    latin = seen.headers["X-Extra"].encode(errors="surrogateescape")
    assert (seen.headers["X-Default"], latin) == ("a", "ü".encode("latin-1"))
    assert ("X-Gone" in seen.headers, seen.headers["x-api-key"]) == (False, "mine")
    assert seen.query == "n=1&n=2&o[p]=true&v=2"
    found.on("POST", "/v1/dogs", reply(201, json=dog))
    await kennel.do(client.dogs.create, id="7", name="Rex", extra_body={"name": "Max", "age": 3})
    assert found.seen[1].json == {"id": "7", "name": "Max", "age": 3}


async def test_line_breaks_in_headers_are_refused(kennel: Caller, server: ScriptedServer) -> None:
    """A header value cannot smuggle in another header."""
    for option in ({"x_trace_id": "a\r\nX-Evil: 1"}, {"extra_headers": {"X-A": "b\nc"}}):
        with pytest.raises(kennel.sdk.KennelError, match="line breaks"):
            await kennel.do(kennel.client().dogs.list, **option)
    assert server.seen == []


async def test_copies_share_the_pool(kennel: Caller, found: ScriptedServer) -> None:
    """A copy has its own settings and the connections of the original."""
    client = kennel.client(default_headers={"X-A": "1"})
    copy = client.with_options(default_headers={"X-B": "2"}, max_retries=0)
    other = client.copy(set_default_headers={"X-C": "3"}, default_query={"q": "x"})
    for one in (client, copy, other):
        await kennel.do(one.dogs.retrieve, "7")
    names = [[name for name in ("X-A", "X-B", "X-C") if name in seen.headers] for seen in found.seen]
    assert [["X-A"], ["X-A", "X-B"], ["X-C"]] == names
    assert ["", "", "q=x"] == [seen.query for seen in found.seen]
    assert kennel.transport(client).http is kennel.transport(copy).http
    with pytest.raises(kennel.sdk.KennelError, match="not both"):
        client.with_options(default_query={}, set_default_query={})


async def test_base_url(kennel: Caller, found: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address comes from the argument, the environment, or the description with its variables."""
    assert "https://eu.kennel.example/v1" in repr(kennel.client(base_url=None))
    assert "https://us.kennel.example/v1" in repr(kennel.client(base_url=None, server_variables={"region": "us"}))
    monkeypatch.setenv("KENNEL_BASE_URL", f"{found.url}/v1/")
    await kennel.do(kennel.client(base_url=None).dogs.retrieve, "7")
    assert ["/v1/dogs/7"] == [one.target for one in found.seen]


async def test_own_http_client(kennel: Caller, found: ScriptedServer) -> None:
    """An HTTP client of the caller's is used, with its settings, and left open."""
    kind = httpx.AsyncClient if kennel.asynchronous else httpx.Client
    own: Any = kind(headers={"X-Own": "1"}, timeout=7.0)
    client = kennel.client(http_client=own)
    await kennel.do(client.dogs.retrieve, "7")
    await kennel.do(client.close)
    assert (found.seen[0].headers["X-Own"], own.is_closed) == ("1", False)
    await kennel.do(own.aclose if kennel.asynchronous else own.close)


async def test_context_manager_closes(kennel: Caller, found: ScriptedServer) -> None:
    """Leaving the block closes the connections."""
    client = kennel.client()
    await kennel.inside(client, lambda entered: entered.dogs.retrieve("7"))
    assert kennel.transport(client).http.is_closed
    assert len(found.seen) == 1


async def test_request_id_is_on_results(kennel: Caller, found: ScriptedServer) -> None:
    """The server's id of a call can be read from its result."""
    assert kennel.sdk.request_id(await kennel.do(kennel.client().dogs.retrieve, "7")) == "req-9"
    assert len(found.seen) == 1


async def test_equal_answers_are_equal(kennel: Caller, found: ScriptedServer) -> None:
    """Two answers with the same content are equal whatever calls they came from."""
    client = kennel.client()
    first, second = [await kennel.do(client.dogs.retrieve, "7") for _ in range(2)]
    assert first == second == kennel.sdk.models.Dog(id="7", name="Rex")
    assert first != kennel.sdk.models.Dog(id="8", name="Rex")
    assert len(found.seen) == 2


async def test_unknown_keywords_are_refused(kennel: Caller, server: ScriptedServer) -> None:
    """A misspelt option is an error and not silently ignored, for calls, clients and copies."""
    client = kennel.client()
    for wrong in (
        lambda: client.dogs.retrieve("7", timeot=3),
        lambda: kennel.client(api_kye="x"),
        lambda: client.with_options(retries=3),
    ):
        with pytest.raises(TypeError, match="unexpected keyword argument"):
            await kennel.do(wrong)
    assert server.seen == []


async def test_raw_response(kennel: Caller, found: ScriptedServer, reply: type[Reply], dog: Dog) -> None:
    """Status, headers, retries and the parsed result are there for any method, lists included."""
    client = kennel.client()
    raw = await kennel.do(client.with_raw_response, client.dogs.retrieve, "7")
    assert (200, "req-9", 0, "req-9") == (
        raw.status_code,
        raw.request_id,
        raw.retries_taken,
        raw.headers["x-request-id"],
    )
    assert (dog, "Rex") == (raw.json(), raw.parse().name)
    found.on(
        "GET", "/v1/dogs", reply(503), reply(json={"data": [dog], "next_cursor": "b"}), reply(json={"data": [dog]})
    )
    listed = await kennel.do(client.with_raw_response, client.dogs.list, limit=1)
    assert listed.retries_taken == 1
    assert ["Rex", "Rex"] == [one.name for one in await kennel.all(listed.parse())]


async def test_streaming_response(kennel: Caller, found: ScriptedServer) -> None:
    """A body can be read piece by piece, or parsed when it is wanted."""
    client = kennel.client()

    async def parse(entered: Any) -> Any:
        assert (entered.status_code, entered.response.is_closed) == (200, False)
        return await kennel.settle(entered.parse())

    if kennel.asynchronous:
        async with client.with_streaming_response(client.dogs.retrieve, "7") as streamed:
            assert (await parse(streamed)).name == "Rex"
        async with client.with_streaming_response(client.dogs.retrieve, "7") as streamed:
            text = b"".join([chunk async for chunk in streamed.iter_bytes()])
    else:
        with client.with_streaming_response(client.dogs.retrieve, "7") as streamed:
            assert (await parse(streamed)).name == "Rex"
        with client.with_streaming_response(client.dogs.retrieve, "7") as streamed:
            text = b"".join(streamed.iter_bytes())
    assert (b"Rex" in text, streamed.response.is_closed, len(found.seen)) == (True, True, 2)


async def test_undocumented_calls(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog) -> None:
    """What the description does not know can be called, with credentials, retries, errors and types."""
    client = kennel.client()
    server.on("GET", "/v1/new/thing", reply(503), reply(json={"a": 1}))
    assert await kennel.do(client.get, "/new/thing", extra_query={"b": 2}) == {"a": 1}
    assert (server.seen[1].query, server.seen[1].headers["X-Api-Key"]) == ("b=2", "s3cret-key")
    for method in ("post", "put", "patch", "delete"):
        server.on(method.upper(), "/v1/new", reply(body=b"plain", headers={"Content-Type": "text/plain"}))
        assert await kennel.do(getattr(client, method), "/new", body={"c": [3]}) == "plain"
        assert (server.seen[-1].json, server.seen[-1].method) == ({"c": [3]}, method.upper())
    server.on("POST", "/v1/dog", reply(json=dog))
    typed = await kennel.do(
        client.request, "POST", "/dog", body=b"x", content_type="text/plain", result=kennel.sdk.models.Dog
    )
    assert (typed.name, server.seen[-1].body) == ("Rex", b"x")
    with pytest.raises(kennel.sdk.NotFoundError):
        await kennel.do(client.get, "/nowhere")


async def test_redirects_are_followed(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: Dog) -> None:
    """Redirects are followed; to another origin, credentials do not come along."""
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server.on("GET", "/v1/dogs/7", reply(307, headers={"Location": "/v1/dogs/8"}))
    server.on("GET", "/v1/dogs/8", reply(302, headers={"Location": f"{elsewhere}/dogs/9"}))
    server.on("GET", "/dogs/9", reply(json=dog))
    assert (await kennel.do(kennel.client().dogs.retrieve, "7")).name == "Rex"
    assert [True, True, False] == ["X-Api-Key" in one.headers for one in server.seen]


async def test_no_secret_is_printed(
    kennel: Caller, found: ScriptedServer, reply: type[Reply], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither logs nor reprs hold a credential; retries are told."""
    client = kennel.client(key_header="s3cret-key", basic_auth_username="u", basic_auth_password="s3cret-word")
    found.on("GET", "/v1/dogs", reply(503), reply(json={"data": []}))
    with caplog.at_level(logging.DEBUG):
        await kennel.do(client.dogs.list, extra_query={"api_key": "s3cret-query"})
        await kennel.do(client.dogs.retrieve, "7")
    transport = kennel.transport(client)
    ours = [record.getMessage() for record in caplog.records if record.name == "kennel"]
    assert any("503, trying again" in message for message in ours)
    assert any("'x-api-key': '***'" in message and "api_key=***" in message for message in ours)
    assert "s3cret" not in "\n".join(one.getMessage() for one in caplog.records if one.name != "aiohttp.access")
    assert "s3cret" not in "".join(map(repr, [client, transport, transport.config, client.dogs]))


async def test_log_level_comes_from_the_environment(
    kennel: Caller, found: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`<BRAND>_LOG` sets the level of the package's logger."""
    monkeypatch.setenv("KENNEL_LOG", "info")
    kennel.client()
    logger = logging.getLogger("kennel")
    assert logger.level == logging.INFO
    logger.setLevel(logging.NOTSET)
    assert found.seen == []


def test_clients_work_from_many_threads(sdk: Any, found: ScriptedServer) -> None:
    """One client serves many threads, whose first uses meet."""
    from concurrent.futures import ThreadPoolExecutor

    with sdk.Kennel(key_header="k", base_url=f"{found.url}/v1") as client, ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: client.dogs.retrieve("7").name, range(32)))
    assert names == ["Rex"] * 32
