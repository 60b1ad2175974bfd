"""Parameters and bodies in every style arrive as the OpenAPI standard writes them."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from callers import Caller

    from scripted_server import Reply, ScriptedServer

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def echo(server: ScriptedServer, reply: type[Reply]) -> ScriptedServer:
    """Return a server that answers every call of this group."""
    for method, name in (("GET", "query"), ("GET", "headers"), ("POST", "form"), ("POST", "raw")):
        server.on(method, f"/v1/echo/{name}", reply(json={"method": method}))
    return server


async def test_path(kennel: Caller, echo: ScriptedServer, reply: type[Reply]) -> None:
    """Path styles: simple, label, matrix, exploded or not."""
    target = "/v1/echo/path/a%20b,c/.a.b%2Fc/;matrix=a,b/;R=1;G=2%3B"
    echo.on("GET", target, reply(json={}))
    await kennel.do(kennel.client().echo.path, ["a b", "c"], ["a", "b/c"], ["a", "b"], {"R": "1", "G": "2;"})
    assert [target] == [one.target for one in echo.seen]


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({"plain": ["a", "b c"]}, "plain=a&plain=b%20c"),
        ({"joined": ["a", "b,c"]}, "joined=a,b%2Cc"),
        ({"spaces": ["a", "b"]}, "spaces=a%20b"),
        ({"pipes": ["a", "b"]}, "pipes=a%7Cb"),
        ({"deep": {"a": {"b": 1}, "c": ["x", "y"]}}, "deep[a][b]=1&deep[c][]=x&deep[c][]=y"),
        ({"reserved": "a/b?c=d&é"}, "reserved=a/b?c=d&%C3%A9"),
        ({"flag": True}, "flag=true"),
        ({"flag": False, "plain": []}, "flag=false"),
        ({"when": dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC)}, "when=2020-01-02T03%3A04%3A05Z"),
        ({"json": {"a": ["b c"]}}, "json=%7B%22a%22%3A%5B%22b%20c%22%5D%7D"),
    ],
)
async def test_query(kennel: Caller, echo: ScriptedServer, arguments: dict[str, object], query: str) -> None:
    """Query styles: form, space, pipe, deepObject, allowReserved, JSON."""
    await kennel.do(kennel.client().echo.query, **arguments)
    assert [query] == [one.query for one in echo.seen]


async def test_headers_and_cookies(kennel: Caller, echo: ScriptedServer) -> None:
    """Headers use the simple style unescaped; cookies the form style."""
    await kennel.do(
        kennel.client().echo.headers, x_list=["a", "b c"], x_map={"R": "1"}, session="s 1", colors=["red", "blue"]
    )
    headers = echo.seen[0].headers
    assert ("a,b c", "R=1", "session=s%201; colors=red,blue") == (
        headers["X-List"],
        headers["X-Map"],
        headers["Cookie"],
    )


async def test_form(kennel: Caller, echo: ScriptedServer) -> None:
    """Forms repeat arrays and write objects as JSON, unless the encoding of a field says otherwise."""
    await kennel.do(
        kennel.client().echo.form,
        name="Rex & Max",
        tags=["a", "b"],
        joined=["a", "b"],
        address={"city": "Ulm"},
        deep={"a": {"b": [1]}},
    )
    seen = echo.seen[0]
    fields = [
        "name=Rex+%26+Max",
        "tags=a",
        "tags=b",
        "joined=a,b",
        "address=%7B%22city%22%3A%22Ulm%22%7D",
        "deep[a][b][]=1",
    ]
    assert (FORM, sorted(fields)) == (seen.headers["Content-Type"], sorted(seen.body.decode().split("&")))


async def test_text(kennel: Caller, echo: ScriptedServer, reply: type[Reply]) -> None:
    """Plain text goes and comes as it is."""
    echo.on(
        "POST", "/v1/echo/text", reply(body="Grüße".encode(), headers={"Content-Type": "text/plain; charset=utf-8"})
    )
    assert await kennel.do(kennel.client().echo.text, body="Grüße") == "Grüße"
    assert (echo.seen[0].body, echo.seen[0].headers["Content-Type"]) == ("Grüße".encode(), "text/plain")
    assert echo.seen[0].headers["Accept"].startswith("text/plain")


async def test_raw(kennel: Caller, echo: ScriptedServer) -> None:
    """Binary bodies are bytes or files, with their length where it is known."""
    client = kennel.client()
    for body in (b"\x00\xff", io.BytesIO(b"\x00\xff")):
        await kennel.do(client.echo.raw, body=body)
    assert [b"\x00\xff"] * 2 == [one.body for one in echo.seen]
    assert ["2"] * 2 == [one.headers["Content-Length"] for one in echo.seen]
    assert {"application/octet-stream"} == {one.headers["Content-Type"] for one in echo.seen}


async def test_raw_is_rewound(kennel: Caller, echo: ScriptedServer, reply: type[Reply]) -> None:
    """A file that is the whole body is sent again from its beginning; a generator is sent once."""
    echo.on("POST", "/v1/echo/raw", reply(429), reply(json={}))
    await kennel.do(kennel.client().echo.raw, body=io.BytesIO(b"again"))
    assert [b"again"] * 2 == [one.body for one in echo.seen]
    echo.on("POST", "/v1/echo/raw", reply(429), reply(json={}))

    async def later() -> AsyncIterator[bytes]:
        yield b"on"
        yield b"ce"

    pieces = later() if kennel.asynchronous else iter([b"on", b"ce"])
    with pytest.raises(kennel.sdk.RateLimitError):
        await kennel.do(kennel.client().echo.raw, body=pieces)
    assert (echo.seen[2].body, len(echo.seen)) == (b"once", 3)


async def test_content_type_of_the_caller(kennel: Caller, echo: ScriptedServer) -> None:
    """A Content-Type of the caller's is believed."""
    await kennel.do(kennel.client().echo.raw, body=b"{}", extra_headers={"content-type": "application/cbor"})
    assert echo.seen[0].headers["Content-Type"] == "application/cbor"


async def test_unions_without_discriminator(kennel: Caller, echo: ScriptedServer, reply: type[Reply]) -> None:
    """A union is read as the variant that fits best; one that fits none stays raw; statuses choose the type."""
    replies = [reply(json={"side": 2}), reply(json={"radius": 1}), reply(json=["neither"]), reply(202, json={"id": 5})]
    echo.on("POST", "/v1/echo/union", *replies)
    client = kennel.client()
    square, circle, raw, later = [await kennel.do(client.echo.union, body={"side": 2}) for _ in replies]
    assert (2, 1, 5) == (square.side, circle.radius, later.id)
    assert type(later) is kennel.sdk.models.Visit
    assert raw == ["neither"] or raw.raw == ["neither"]
    assert echo.seen[0].json == {"side": 2}
