"""Values survive the way there and back: unset and null, dates, what is newer than the SDK, what is plainly wrong."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from callers import Caller

    from scripted_server import Reply, ScriptedServer


async def test_null_is_not_unset(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]
) -> None:
    """In a PATCH, None is sent as null and what is not given is not sent."""
    server.on("PATCH", "/v1/dogs/7", reply(json=dog))
    client = kennel.client()
    await kennel.do(client.dogs.update, "7", nickname=None)
    await kennel.do(client.dogs.update, "7", name="Max")
    await kennel.do(client.dogs.update, "7", name="Max", nickname=kennel.sdk.UNSET)
    assert [{"nickname": None}, {"name": "Max"}, {"name": "Max"}] == [one.json for one in server.seen]
    assert server.seen[0].headers["Content-Type"] == "application/merge-patch+json"
    assert not kennel.sdk.UNSET


async def test_answers_tell_null_from_absent(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]
) -> None:
    """An answer says which members were there."""
    server.on("GET", "/v1/dogs/7", reply(json={**dog, "nickname": None}), reply(json=dog))
    client = kennel.client()
    given, absent = [await kennel.do(client.dogs.retrieve, "7") for _ in range(2)]
    assert ("nickname" in given.model_fields_set, "nickname" in absent.model_fields_set) == (True, False)
    assert absent.nickname is None


async def test_new_enum_value(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]) -> None:
    """An enum value that is newer than the SDK comes as it is."""
    server.on("GET", "/v1/dogs/7", reply(json={**dog, "status": "on holiday"}))
    found = await kennel.do(kennel.client(strict_responses=True).dogs.retrieve, "7")
    assert found.status == "on holiday"


async def test_unions(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]) -> None:
    """A union is read by its discriminator; a variant that is newer than the SDK keeps its raw value."""
    dragon = {"kind": "dragon", "heads": 3}
    friends = [{"kind": "cat", "lives": 9}, dog, dragon, {"lives": 1}]
    server.on("GET", "/v1/dogs/7", reply(json={**dog, "friends": friends, "best_friend": dragon}))
    models = kennel.sdk.models
    found = await kennel.do(kennel.client().dogs.retrieve, "7")
    cat, other, unknown, untagged = found.friends
    assert (models.Cat, models.Dog) == (type(cat), type(other))
    assert (9, "Rex") == (cat.lives, other.name)
    assert dragon == unknown.raw == found.best_friend.raw
    assert untagged.lives == 1
    assert found.to_dict()["friends"] == friends


async def test_unions_are_sent(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]) -> None:
    """Models and plain mappings are sent alike, with their constants."""
    models = kennel.sdk.models
    server.on("PUT", "/v1/dogs/7/friends", reply(json=[dog]))
    body = [models.Cat(kind="cat", lives=9), {"kind": "cat", "lives": 1}]
    (friend,) = await kennel.do(kennel.client().dogs.replace_friends, "7", body=body)
    assert server.seen[0].json == [{"kind": "cat", "lives": 9}, {"kind": "cat", "lives": 1}]
    assert friend.name == "Rex"


async def test_dates_and_ids(kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]) -> None:
    """Dates and UUIDs are parsed, and written as the standard says."""
    chip = uuid.uuid4()
    server.on("GET", "/v1/dogs/7", reply(json={**dog, "bornAt": "2020-02-29T12:30:00Z", "chip": str(chip)}))
    found = await kennel.do(kennel.client().dogs.retrieve, "7")
    born = dt.datetime(2020, 2, 29, 12, 30, tzinfo=dt.UTC)
    assert (born, str(chip)) == (found.born_at, str(found.chip))
    server.on("POST", "/v1/dogs", reply(201, json=dog))
    await kennel.do(kennel.client().dogs.create, id="7", name="Rex", born_at=born, class_="good", best_friend=found)
    sent = server.seen[1].json
    assert ("2020-02-29T12:30:00Z", "good") == (sent["bornAt"], sent["class"])
    assert sent["best_friend"] == {**dog, "bornAt": "2020-02-29T12:30:00Z", "chip": str(chip)}


async def test_extra_members_are_kept(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]
) -> None:
    """Members that the description does not know are kept and sent back."""
    server.on("GET", "/v1/dogs/7", reply(json={**dog, "tail": {"length": 3}}))
    found = await kennel.do(kennel.client().dogs.retrieve, "7")
    assert {"length": 3} == found.tail == found.to_dict()["tail"]


async def test_wrong_answers_are_kept(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], dog: dict[str, Any]
) -> None:
    """Wrong types raise nothing and stay readable, next to what is right; a strict client raises."""
    wrong = {**dog, "id": {"odd": 1}, "bornAt": "someday", "friends": [{"kind": "cat", "lives": "many"}, 3]}
    server.on("GET", "/v1/dogs/7", reply(json=wrong))
    found = await kennel.do(kennel.client().dogs.retrieve, "7")
    assert isinstance(found, kennel.sdk.models.Dog)
    assert ({"odd": 1}, "someday", "Rex") == (found.id, found.born_at, found.name)
    assert ("many", 3) == (found.friends[0].lives, found.friends[1].raw)
    assert found.to_dict() == wrong
    with pytest.raises(kennel.sdk.APIResponseValidationError, match="bornAt") as caught:
        await kennel.do(kennel.client(strict_responses=True).dogs.retrieve, "7")
    assert caught.value.body == wrong


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"dog"', b"not json"])
async def test_other_answers_do_not_raise(
    kennel: Caller, server: ScriptedServer, reply: type[Reply], body: bytes
) -> None:
    """An answer of a wholly different shape comes as it is."""
    server.on("GET", "/v1/dogs/7", reply(body=body, headers={"Content-Type": "application/json"}))
    found = await kennel.do(kennel.client().dogs.retrieve, "7")
    assert found in (None, [], "dog", "not json")


async def test_missing_members_read_as_none(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A required member that the server left out reads as None."""
    server.on("GET", "/v1/dogs/7", reply(json={"id": "7"}))
    found = await kennel.do(kennel.client().dogs.retrieve, "7")
    assert ("7", None, {"id": "7"}) == (found.id, found.name, found.to_dict())


async def test_nothing_comes_back(kennel: Caller, server: ScriptedServer, reply: type[Reply]) -> None:
    """A 204 is None, and the operation that needs no credentials sends none."""
    server.on("DELETE", "/v1/dogs/7", reply(204))
    assert await kennel.do(kennel.client().dogs.delete, "7") is None
    assert "X-Api-Key" not in server.seen[0].headers
