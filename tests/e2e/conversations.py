"""Conversations of the client with GitHub: recorded from the twin (`make cassettes`), and replayed where there is none.

A conversation learns everything from answers, so that it says the same in a replay as it did when it was recorded.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import gidgethub
import vcr

from github_twin import Fault, Twin, make
from specloom.adapters.github.client import Addresses, Client, Manners, Pace
from specloom.adapters.github.credentials import FixedToken
from specloom.adapters.github.repository import NOTHING, LeaseLost, RefMove, Repository
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

FOLDER: Final = Path(__file__).resolve().parents[1] / "cassettes" / "github"
HOME: Final = "https://github.test"
"""Where the cassettes say that GitHub lives; whatever leads elsewhere is not answered."""

KEPT: Final = frozenset({"content-type", "etag", "link", "location", "retry-after", "x-ratelimit-remaining"})
"""Headers of answers that the client looks at."""

NOTE: Final = {"path": "README.md", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "here"}


async def grow_a_check_run(api: Repository) -> None:
    """Annotations are added, fifty a request."""
    head = await api.ref("refs/heads/main")
    notes = {"title": "Big", "summary": "Many", "annotations": [NOTE] * 50}
    run = await api.create_check_run({"name": "big", "head_sha": head, "output": notes})
    more = await api.update_check_run(run["id"], {"output": notes})
    last = await api.update_check_run(run["id"], {"output": notes | {"annotations": [NOTE]}})
    assert [50, 100, 101] == [item["output"]["annotations_count"] for item in (run, more, last)]
    assert [run["id"]] == [item["id"] for item in await api.check_runs(str(head), "big")]


async def open_a_pull_request_twice(api: Repository) -> None:
    """Be refused the second time with a word that we look for, and for a missing branch with another."""
    body = {"head": "feature", "base": "main", "title": "Take it", "body": ""}
    made = await api.create_pull(body)
    assert "open" == (await api.pull(made["number"]))["state"]
    for change, word in (({}, "already exists"), ({"head": "nowhere"}, "head")):
        try:
            await api.create_pull(body | change)
        except gidgethub.BadRequest as error:
            assert word in str(error)  # noqa: PT017  # a conversation is no test
        else:
            raise AssertionError("it was not refused")


async def build_a_commit(api: Repository) -> None:
    """Make a blob, a tree, a commit, and a branch that moves only from where it was seen."""
    info = await api.info()
    blob = await api.create_blob("AAE=")
    tree = await api.create_tree([{"path": "a", "mode": "100644", "type": "blob", "sha": blob}], None)
    head = await api.ref("refs/heads/main") or ""
    commit = await api.create_commit("Add a", tree, [head])
    await api.move_refs(info["node_id"], [RefMove("refs/heads/new", NOTHING, commit)])
    assert commit == await api.ref("refs/heads/new")
    try:
        await api.move_refs(info["node_id"], [RefMove("refs/heads/new", head, commit)])
    except LeaseLost:
        return
    raise AssertionError("the lease was not lost")


async def review_lines(api: Repository) -> None:
    """Comments on lines tell who wrote them and where; one outside the diff is refused."""
    pull = await api.create_pull({"head": "feature", "base": "main", "title": "Take it", "body": ""})
    [file] = await api.pull_files(pull["number"])
    comment = {"path": file["filename"], "line": 2, "side": "RIGHT", "body": "Why?"}
    review = {"commit_id": pull["head"]["sha"], "event": "COMMENT", "body": "Look", "comments": [comment]}
    await api.create_review(pull["number"], review)
    [said] = await api.line_comments(pull["number"])
    assert ("Why?", file["filename"]) == (said["body"], said["path"])
    await api.reply(pull["number"], said["id"], "Because.")
    assert 2 == len(await api.line_comments(pull["number"]))
    try:
        await api.create_review(pull["number"], review | {"comments": [comment | {"line": 99}]})
    except gidgethub.BadRequest:
        return
    raise AssertionError("it was not refused")


async def comment_and_react(api: Repository) -> None:
    """Make a comment, change it, and react to it twice, which is once."""
    made = await api.create_comment(1, "Hello")
    await api.update_comment(made["id"], "Hello again")
    for _ in range(2):
        await api.react("issue", made["id"], "rocket")
    assert ["Hello again"] == [comment["body"] for comment in await api.comments(1)]


async def ask_who_may(api: Repository) -> None:
    """Roles beyond write may be called by their names."""
    assert {"ada": "admin", "bob": "read"} == {login: await api.permission(login) for login in ("ada", "bob")}
    assert "none" == await api.permission("nobody-at-all")


async def ask_again(api: Repository) -> None:
    """Get the same where nothing has changed, by a 304."""
    assert await api.info() == await api.info()


async def be_told_to_wait(api: Repository) -> None:
    """Hear from a secondary limit for how long."""
    try:
        await api.info()
    except UpstreamError as error:
        assert 30 == error.retry_after  # noqa: PT017  # a conversation is no test
        return
    raise AssertionError("nobody was told to wait")


CONVERSATIONS: Final[Mapping[str, Callable[[Repository], Awaitable[None]]]] = {
    talk.__name__: talk
    for talk in (
        grow_a_check_run,
        open_a_pull_request_twice,
        build_a_commit,
        review_lines,
        comment_and_react,
        ask_who_may,
        ask_again,
        be_told_to_wait,
    )
}


def repository_at(session: aiohttp.ClientSession, origin: str, token: str = "t") -> Repository:  # noqa: S107
    """Return the calls on the repository that conversations are about."""
    addresses = Addresses.of(f"{origin}/api/v3")
    credentials = FixedToken(token)
    client = Client(session, credentials, addresses, pace=Pace(gap=0.0), manners=Manners(patience=0.0))
    return Repository(client, "acme/shop")


def cassette(name: str, *, mode: str = "none", origin: str = HOME) -> Any:  # noqa: ANN401  # vcrpy's context manager
    """Answer from the cassette and from nowhere else, or record it; an origin that is recorded becomes `HOME`."""

    def at_home(request: Any) -> Any:  # noqa: ANN401  # vcrpy's
        request.uri = request.uri.replace(origin, HOME)
        return request

    def answered_at_home(response: Any) -> Any:  # noqa: ANN401  # vcrpy's
        body = response["body"]["string"].replace(origin.encode(), HOME.encode())
        headers = {key: value for key, value in response["headers"].items() if key.lower() in KEPT}
        return response | {"body": {"string": body}, "headers": headers, "url": HOME}

    recorder = vcr.VCR(
        record_mode=mode,
        match_on=["method", "uri"],
        before_record_request=at_home,
        before_record_response=answered_at_home,
        filter_headers=["authorization"],
    )
    return recorder.use_cassette(str(FOLDER / f"{name}.yaml"))


async def staged(twin: Twin, name: str) -> str:
    """Set up what a conversation is about, and return the token of a person who may do all of it."""
    repository = make.make_repository(twin.world, "acme/shop")
    repository.roles |= {"ada": "admin", "bob": "read"}
    twin.world.account("bob")
    twin.people.push(repository, "ada", "main", {"README.md": b"# Shop\n"})
    twin.people.push(repository, "ada", "feature", {"README.md": b"# Shop\n\nOpen.\n"}, start="main")
    if name == "comment_and_react":
        make.make_issue(twin.world, repository, login="ada", title="Hello")
    if name == "be_told_to_wait":
        twin.faults.append(Fault("403-secondary", "GET .*", retry_after="30"))
    app = make.make_app(twin.world)
    installed = make.install(twin.world, app, repository)
    return make.installation_token(twin.world, installed).value


async def converse(name: str, origin: str, token: str) -> None:
    """Hold a conversation."""
    async with aiohttp.ClientSession() as session:
        await CONVERSATIONS[name](repository_at(session, origin, token))


async def record() -> None:
    """Record every conversation anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in CONVERSATIONS:
        (FOLDER / f"{name}.yaml").unlink(missing_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            async with Twin(Path(folder)) as twin:
                token = await staged(twin, name)
                with cassette(name, mode="all", origin=twin.origin):
                    await converse(name, twin.origin, token)
        print(f"recorded {name}", file=sys.stderr)  # noqa: T201  # progress


if __name__ == "__main__":
    asyncio.run(record())
