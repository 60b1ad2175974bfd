"""One caller of GitHub, against the twin."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import gidgethub
import pytest

from github_twin import Fault, make
from specloom.adapters.github import credentials
from specloom.adapters.github.client import Client, Pace
from specloom.adapters.github.repository import NOTHING, LeaseLost, RefMove, Repository
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

    from github_twin import Twin
    from github_twin.state import App
    from specloom.adapters.github.client import Addresses
    from specloom.adapters.github.installations import Installations


@pytest.fixture
def shop(twin: Twin) -> str:
    """Make a repository with one commit, where ada may write."""
    repository = make.make_repository(twin.world, "acme/shop")
    repository.roles["ada"] = "write"
    twin.people.push(repository, "ada", "main", {"README.md": b"# Shop\n"})
    return "acme/shop"


async def test_unchanged_answers_are_free(twin: Twin, as_person: Client, shop: str) -> None:
    """The second time, GitHub answers 304 and counts nothing."""
    first = await Repository(as_person, shop).info()
    used = dict(twin.limits.used)
    assert first == await Repository(as_person, shop).info()
    assert used == dict(twin.limits.used)


async def test_moved_repository(twin: Twin, as_person: Client, shop: str) -> None:
    """A write to a moved repository stays a write when it is redirected."""
    twin.world.moved["acme/old"] = shop
    issue = make.make_issue(twin.world, twin.world.repositories[shop], login="ada", title="Hello")
    made = await Repository(as_person, "acme/old").create_comment(issue.number, "still here")
    assert "still here" == twin.world.repositories[shop].comments[made["id"]].body


@pytest.mark.parametrize("kind", ["500", "502", "reset", "timeout"])
async def test_reads_are_repeated(twin: Twin, as_person: Client, shop: str, kind: str) -> None:
    """A read that fails in passing is asked again."""
    twin.faults.append(Fault(kind, "GET /repos/.*"))
    assert shop == (await Repository(as_person, shop).info())["full_name"]


@pytest.mark.parametrize("kind", ["500", "reset", "timeout"])
async def test_lost_answers_of_creations_are_not_repeated(twin: Twin, as_person: Client, shop: str, kind: str) -> None:
    """A creation whose answer was lost may have happened: the caller has to look before it tries again."""
    issue = make.make_issue(twin.world, twin.world.repositories[shop], login="ada", title="Hello")
    twin.faults.append(Fault(kind, "POST .*comments", after_effect=True))
    with pytest.raises(UpstreamError):
        await Repository(as_person, shop).create_comment(issue.number, "once")
    assert ["once"] == [c["body"] for c in await Repository(as_person, shop).comments(issue.number)]


@pytest.mark.parametrize("kind", ["403-secondary", "429"])
async def test_secondary_limit_is_waited_for(twin: Twin, as_person: Client, shop: str, kind: str) -> None:
    """A creation that was refused because of the pace did not happen, and is sent again after the wait."""
    issue = make.make_issue(twin.world, twin.world.repositories[shop], login="ada", title="Hello")
    twin.faults.append(Fault(kind, "POST .*comments", retry_after="1"))
    started = time.monotonic()
    await Repository(as_person, shop).create_comment(issue.number, "once")
    assert time.monotonic() - started >= 1.0
    assert 1 == len(twin.world.repositories[shop].comments)


async def test_long_limits_go_back_to_the_caller(twin: Twin, as_person: Client, shop: str) -> None:
    """A wait beyond our patience is not sat out: the error says when to come back."""
    twin.faults.append(Fault("429", "GET .*", retry_after="900"))
    with pytest.raises(UpstreamError) as caught:
        await Repository(as_person, shop).info()
    assert 900.0 == caught.value.retry_after


async def test_primary_limit(twin: Twin, as_person: Client, shop: str) -> None:
    """With nothing left, we do not even ask before the reset."""
    twin.limits.hourly = 1
    await Repository(as_person, shop).info()
    with pytest.raises(UpstreamError) as caught:
        await Repository(as_person, shop).pulls()
    assert caught.value.retry_after is not None
    assert 3500 < caught.value.retry_after <= 3601
    assert 1 == len(twin.requests)


async def test_writes_keep_their_distance(
    twin: Twin, session: aiohttp.ClientSession, addresses: Addresses, shop: str, as_person: Client
) -> None:
    """Writes come one after another with a gap, however many tasks there are."""
    issue = make.make_issue(twin.world, twin.world.repositories[shop], login="ada", title="Hello")
    client = Client(session, as_person.credentials, addresses, pace=Pace(gap=0.2))
    started = time.monotonic()
    await asyncio.gather(*(Repository(client, shop).create_comment(issue.number, str(n)) for n in range(3)))
    assert time.monotonic() - started >= 0.4


async def test_pages(twin: Twin, as_person: Client, shop: str) -> None:
    """Lists are read to their last page."""
    repository = twin.world.repositories[shop]
    issue = make.make_issue(twin.world, repository, login="ada", title="Hello")
    for n in range(230):
        twin.people.comment(repository, "ada", issue, str(n))
    assert [str(n) for n in range(230)] == [c["body"] for c in await Repository(as_person, shop).comments(issue.number)]


async def test_moving_refs(twin: Twin, as_person: Client, shop: str) -> None:
    """Refs move together from where we saw them, or not at all."""
    api = Repository(as_person, shop)
    repository = twin.world.repositories[shop]
    head = await api.ref("refs/heads/main")
    assert head is not None
    node = (await api.info())["node_id"]
    tree = await api.create_tree([{"path": "a.txt", "mode": "100644", "type": "blob", "content": "a\n"}], head)
    commit = await api.create_commit("Add a", tree, [head])
    bot = RefMove("refs/heads/specloom/sdk", NOTHING, commit)
    await api.move_refs(node, [bot, RefMove("refs/specloom/sdk", NOTHING, commit)])
    assert commit == await api.ref("refs/heads/specloom/sdk")
    human = twin.people.push(repository, "ada", "specloom/sdk", {"b.txt": b"b\n"})
    second = await api.create_commit("Again", tree, [commit])
    with pytest.raises(LeaseLost):
        await api.move_refs(node, [RefMove("refs/specloom/sdk", commit, second), RefMove(bot.name, commit, second)])
    assert (human, commit) == (await api.ref(bot.name), await api.ref("refs/specloom/sdk"))


async def test_refused_token_is_renewed_once(
    twin: Twin, shop: str, installations: Callable[[App], Installations]
) -> None:
    """A 401 costs one new token; a second 401 is the answer."""
    app = make.make_app(twin.world)
    installed = make.install(twin.world, app, twin.world.repositories[shop])
    access = installations(app).access(installed.id, twin.world.repositories[shop].id)
    assert shop == (await Repository(access.client, shop).info())["full_name"]
    twin.world.tokens.clear()
    assert [] == await Repository(access.client, shop).pulls()
    asked = [seen for seen in twin.requests if "access_tokens" in seen.path]
    assert 2 == len(asked)
    twin.faults.append(Fault("401", "GET .*comments", times=2))
    issue = make.make_issue(twin.world, twin.world.repositories[shop], login="ada", title="Hello")
    with pytest.raises(gidgethub.BadRequest):
        await Repository(access.client, shop).comments(issue.number)


async def test_one_token_for_many_calls(twin: Twin, shop: str, installations: Callable[[App], Installations]) -> None:
    """Calls at the same time share one token, which sees only the one repository."""
    other = make.make_repository(twin.world, "acme/secret", private=True)
    app = make.make_app(twin.world)
    installed = make.install(twin.world, app, twin.world.repositories[shop], other)
    access = installations(app).access(installed.id, twin.world.repositories[shop].id)
    await asyncio.gather(*(Repository(access.client, shop).pulls() for _ in range(5)))
    assert 1 == len([seen for seen in twin.requests if "access_tokens" in seen.path])
    with pytest.raises(gidgethub.BadRequest, match="Not Found"):
        await Repository(access.client, "acme/secret").info()


async def test_nobody_follows_to_another_host(twin: Twin, as_person: Client) -> None:
    """A redirect to another host is refused: the token would go with it."""
    twin.world.moved["acme/gone"] = "http://elsewhere.test/repos/acme/gone"
    with pytest.raises(UpstreamError, match="another host"):
        await Repository(as_person, "acme/gone").info()


async def test_new_permissions_are_noticed(
    twin: Twin, shop: str, installations: Callable[[App], Installations], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token keeps the permissions of when it was made, so one that may not do something is made anew."""
    app = make.make_app(twin.world)
    installed = make.install(twin.world, app, twin.world.repositories[shop])
    installed.permissions = {**installed.permissions, "issues": "read", "pull_requests": "read"}
    issue = make.make_issue(twin.world, twin.world.repositories[shop], login="ada", title="Hello")
    caller = Repository(installations(app).access(installed.id).client, shop)
    with pytest.raises(gidgethub.BadRequest, match="not accessible by integration"):
        await caller.create_comment(issue.number, "too early")
    installed.permissions = {**installed.permissions, "issues": "write"}
    monkeypatch.setattr(credentials, "FRESH", 0.0)
    assert "now" == (await caller.create_comment(issue.number, "now"))["body"]
