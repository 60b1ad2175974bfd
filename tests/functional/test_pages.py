"""Lists continue by themselves, and end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

if TYPE_CHECKING:
    from callers import Caller

    from scripted_server import Reply, ScriptedServer, Seen


def dogs(*ids: str, **rest: Any) -> dict[str, Any]:
    """Return a page of dogs as the server sends it."""
    return {"data": [{"kind": "dog", "id": one, "name": one} for one in ids], **rest}


def asked(server: ScriptedServer, name: str) -> list[str | None]:
    """Return the value of a query parameter in each request."""
    return [parse_qs(one.query).get(name, [None])[0] for one in server.seen]


@pytest.mark.parametrize(
    "last",
    [{"next_cursor": None}, {"next_cursor": ""}, {}, {"next_cursor": "more", "has_more": False}],
    ids=["null", "empty", "absent", "has_more"],
)
async def test_cursor(kennel: Caller, server: ScriptedServer, reply: type[Reply], last: dict[str, Any]) -> None:
    """A cursor is followed until it is null, empty or absent, or `has_more` is false; other arguments stay."""
    server.on("GET", "/v1/dogs", reply(json=dogs("1", "2", next_cursor="b c")), reply(json=dogs("3", **last)))
    page = await kennel.do(kennel.client().dogs.list, tags=["x", "y"], extra_query={"deep": "1"})
    assert ["1", "2", "3"] == [dog.id for dog in await kennel.all(page)]
    assert [None, "b c"] == asked(server, "cursor")
    assert (["x,y", "x,y"], ["1", "1"]) == (asked(server, "tags"), asked(server, "deep"))


async def test_empty_page_ends(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """An empty page ends the list whatever the cursor says."""
    server.on("GET", "/v1/dogs", reply(json=dogs("1", next_cursor="b")), reply(json=dogs(next_cursor="c")))
    assert len(await kennel.all(await kennel.do(kennel.client().dogs.list))) == 1
    assert len(server.seen) == 2


async def test_page_by_page(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A page tells whether there is a next one, fetches it, and keeps the whole body."""
    server.on("GET", "/v1/dogs", reply(json=dogs("1", next_cursor="b", extra=1)), reply(json=dogs("2")))
    first = await kennel.do(kennel.client().dogs.list)
    assert (["1"], "b", 1) == ([dog.id for dog in first.items], first.body.next_cursor, first.body.model_extra["extra"])
    assert first.has_next_page()
    second = await kennel.settle(first.get_next_page())
    assert (["2"], False) == ([dog.id for dog in second.items], second.has_next_page())
    assert await kennel.settle(second.get_next_page()) is None
    server.on("GET", "/v1/dogs", reply(json=dogs("2")))
    assert [1, 1] == [len(page.items) for page in await kennel.all(first.iter_pages())]


async def test_cursor_that_goes_round(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A cursor that comes back raises instead of going on for ever."""
    server.on("GET", "/v1/dogs", reply(json=dogs("1", next_cursor="a")), reply(json=dogs("2", next_cursor="a")))
    page = await kennel.do(kennel.client().dogs.list)
    with pytest.raises(kennel.sdk.KennelError, match="fetched before"):
        await kennel.all(page)
    assert len(server.seen) == 2


async def test_offset(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """An offset grows by what came, until the total is reached or nothing comes."""

    def visits(seen: Seen) -> Reply:
        start = int(parse_qs(seen.query).get("offset", ["0"])[0])
        return reply(json={"items": [{"id": one} for one in range(start, min(start + 2, 5))], "total": 5})

    server.on("GET", "/v1/visits", visits)
    client = kennel.client()
    assert [0, 1, 2, 3, 4] == [one.id for one in await kennel.all(await kennel.do(client.visits.list, limit=2))]
    assert ([None, "2", "4"], ["2"] * 3) == (asked(server, "offset"), asked(server, "limit"))
    server.seen.clear()
    assert [3, 4] == [one.id for one in await kennel.all(await kennel.do(client.visits.list, offset=3))]
    assert ["3"] == asked(server, "offset")


async def test_offset_without_total(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """Without a total an empty page is the end."""
    server.on("GET", "/v1/visits", reply(json={"items": [{"id": 1}]}), reply(json={"items": []}))
    assert len(await kennel.all(await kennel.do(kennel.client().visits.list))) == 1
    assert [None, "1"] == asked(server, "offset")


async def test_page_numbers(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """Page numbers count up until `has_more` is false."""
    more, last = {"rooms": [{"id": 1}], "has_more": True}, {"rooms": [{"id": 2}], "has_more": False}
    server.on("GET", "/v1/rooms", reply(json=more), reply(json=more), reply(json=last))
    assert len(await kennel.all(await kennel.do(kennel.client().visits.list_rooms, per_page=1))) == 3
    assert ([None, "2", "3"], ["1"] * 3) == (asked(server, "page"), asked(server, "per_page"))


async def test_links(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """The `Link` header is followed as it stands, relative or absolute, with credentials to the same origin."""
    absolute = f'<{server.url}/v1/walks?p=2&q=a%2Fb>; rel="next", <{server.url}/>; rel="first"'
    server.on(
        "GET",
        "/v1/walks",
        reply(json=[{"id": 1}], headers={"Link": absolute}),
        reply(json=[{"id": 2}], headers={"Link": '</v1/walks?p=3>; rel="next"'}),
        reply(json=[{"id": 3}]),
    )
    assert [1, 2, 3] == [one.id for one in await kennel.all(await kennel.do(kennel.client().visits.list_walks))]
    assert ["", "p=2&q=a%2Fb", "p=3"] == [one.query for one in server.seen]
    assert {"s3cret-key"} == {one.headers["X-Api-Key"] for one in server.seen}


async def test_links_elsewhere_get_no_credentials(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A link to another origin is followed without credentials."""
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    link = {"Link": f'<{elsewhere}/other>; rel="next"'}
    server.on("GET", "/v1/walks", reply(json=[{"id": 1}], headers=link))
    server.on("GET", "/other", reply(json=[]))
    await kennel.all(await kennel.do(kennel.client().visits.list_walks))
    assert ["/v1/walks", "/other"] == [one.path for one in server.seen]
    assert "X-Api-Key" not in server.seen[1].headers


async def test_async_lists_iterate_without_await(sdk: Any, server: ScriptedServer, reply: type[Reply]) -> None:
    """An asynchronous list can be iterated without awaiting its first page."""
    server.on("GET", "/v1/dogs", reply(json=dogs("1", next_cursor="b")), reply(json=dogs("2")))
    async with sdk.AsyncKennel(key_header="k", base_url=f"{server.url}/v1") as client:
        assert ["1", "2"] == [dog.id async for dog in client.dogs.list()]
        assert 1 == len([page async for page in client.dogs.list().iter_pages()])
