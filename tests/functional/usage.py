"""Code as a user writes it, for type checkers; never run."""

from __future__ import annotations

from pathlib import Path
from typing import Any, assert_type

from kennel import UNSET, AsyncKennel, ClientCredentials, Kennel, NotFoundError, models, request_id


def sync(client: Kennel) -> None:
    """Use a synchronous client."""
    dog = client.dogs.retrieve("7", timeout=3, extra_headers={"X-A": None}, max_retries=0)
    assert_type(dog, models.Dog)
    assert_type(dog.name, str)
    assert_type(dog.nickname, str | None)
    assert_type(client.dogs.update("7", nickname=None, name=UNSET), models.Dog)
    assert_type([one.name for one in client.dogs.list(tags=["a"])], list[str])
    assert_type(client.dogs.list().body, models.DogList)
    assert_type(client.events.tell(text="sit"), models.Dog)
    with client.events.tell(text="sit", stream=True) as stream:
        assert_type([tick.n for tick in stream], list[int])
    assert_type(client.with_raw_response(client.dogs.retrieve, "7").parse(), models.Dog)
    with client.with_streaming_response(client.dogs.retrieve, dog_id="7") as streamed:
        assert_type(streamed.parse(), models.Dog)
    assert_type(client.dogs.download_photo("7").write_to_file("x"), Path)
    assert_type(client.dogs.delete("7"), None)
    assert_type(client.request("GET", "/x", result=models.Cat), models.Cat)
    assert_type(client.get("/x"), Any)
    assert_type(client.with_options(timeout=1), Kennel)
    assert_type(request_id(dog), str | None)
    client.dogs.upload_photo("7", photo=("a", b"x", "image/png"), more=[Path("b")])
    client.dogs.create(id="7", name="Rex", best_friend=models.Cat(lives=9))
    client.dogs.replace_friends("7", body=[models.Cat(), {"kind": "cat"}])
    try:
        client.dogs.retrieve("8")
    except NotFoundError as error:
        assert_type(error.problem_as(models.Problem), models.Problem | None)
    Kennel(token=lambda: "t", oauth=ClientCredentials(client_id="i", client_secret="s"), max_retries=1)


async def asynchronous(client: AsyncKennel) -> None:
    """Use an asynchronous client."""
    assert_type(await client.dogs.retrieve("7"), models.Dog)
    assert_type((await client.dogs.list()).body.next_cursor, str | None)
    assert_type([one async for one in client.dogs.list()], list[models.Dog])
    async with await client.events.watch() as stream:
        assert_type([tick.n async for tick in stream], list[int])
    raw = await client.with_raw_response(client.dogs.retrieve, "7")
    assert_type(raw.parse(), models.Dog)
    async with client.with_streaming_response(client.dogs.retrieve, "7") as streamed:
        assert_type(await streamed.parse(), models.Dog)
