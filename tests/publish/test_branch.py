"""A plan on its branch, and in its pull request."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import gidgethub
import pytest

from github_twin import Fault, git
from publishing import BRANCH
from specloom.adapters.github.repository import LeaseLost
from specloom.errors import UpstreamError
from specloom.model.files import FileTree
from specloom.publish.apply import settle_pull
from specloom.publish.branch import PRISTINE, Base, publish_branch, stands_already, survey

if TYPE_CHECKING:
    from collections.abc import Callable

    from publishing import Shop
    from specloom.model.plan import Plan

HEAD = f"acme:{BRANCH}"


async def look(shop: Shop) -> Base:
    """Fetch, and look at the heads."""
    heads = await shop.fetch()
    pulls = await shop.api.pulls(head=HEAD, state="open")
    default = heads["refs/heads/main"]
    assert default is not None
    base = survey(shop.mirror, default=default, branch=heads[f"refs/heads/{BRANCH}"], open_pull=bool(pulls))
    return replace(base, pristine=heads[f"{PRISTINE}{BRANCH}"])


async def publish(shop: Shop, plan: Plan) -> None:
    """Do what a job does: look, commit if need be, settle the pull request."""
    base = await look(shop)
    info = await shop.api.info()
    if not stands_already(shop.mirror, base, plan):
        await publish_branch(shop.api, info["node_id"], shop.mirror, base, plan)
    pulls = await shop.api.pulls(head=HEAD, state="all")
    await settle_pull(shop.api, plan, base="main", pulls=pulls, obsolete=plan.empty and not base.stand.by_people)


def files(shop: Shop, branch: str = BRANCH) -> dict[str, bytes]:
    """Return what a branch holds at GitHub."""
    tree = git.commit_of(shop.hosted, git.head_of(shop.hosted, branch) or "").tree
    return {entry.name: entry.data for entry in tree if entry.type_str == "blob"}


async def test_first_time(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """A new branch holds the default branch's files and ours, in a commit that GitHub signs, with one pull request."""
    await publish(shop, make_plan({"client.py": b"pass\n", "logo.bin": b"\xff\x00"}))
    assert {"README.md", "api.yaml", "client.py", "logo.bin"} == set(files(shop))
    assert git.head_of(shop.hosted, BRANCH) in shop.hosted.signed
    [pull] = shop.hosted.issues.values()
    assert ("Follow Shop 1.1.0", "main", "open") == (pull.title, pull.base_branch, pull.state)


async def test_second_time(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """The same plan again writes nothing at all, not even after the default branch moved on with other things."""
    plan = make_plan({"client.py": b"pass\n"})
    await publish(shop, plan)
    before = len(shop.twin.writes)
    await publish(shop, plan)
    shop.twin.people.push(shop.hosted, "ada", "main", {"NOTES.md": b"Notes\n"})
    await publish(shop, plan)
    assert [] == shop.twin.writes[before:]


async def test_newer_plan(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """A newer plan adds a commit on top, without force, and the pull request says what it says now."""
    await publish(shop, make_plan({"client.py": b"one\n"}))
    first = git.head_of(shop.hosted, BRANCH)
    shop.twin.people.push(shop.hosted, "ada", "main", {"api.yaml": b"b: 2\n"})
    await publish(shop, make_plan({"client.py": b"two\n"}, title="Follow Shop 1.2.0", body="New drift"))
    second = git.head_of(shop.hosted, BRANCH)
    assert git.is_ancestor(shop.hosted, first, second)
    assert (b"two\n", b"b: 2\n") == (files(shop)["client.py"], files(shop)["api.yaml"])
    [pull] = shop.hosted.issues.values()
    assert "Follow Shop 1.2.0" == pull.title
    assert "New drift" in pull.body


async def test_people_keep_their_commits(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """A person's commit on the branch stays in its history, and their file in its tree."""
    await publish(shop, make_plan({"client.py": b"one\n"}))
    human = shop.twin.people.push(shop.hosted, "ada", BRANCH, {"extra.py": b"mine\n"})
    shop.twin.people.push(shop.hosted, "ada", "main", {"api.yaml": b"b: 2\n"})
    await publish(shop, make_plan({"client.py": b"two\n"}))
    assert git.is_ancestor(shop.hosted, human, git.head_of(shop.hosted, BRANCH))
    assert {b"mine\n", b"two\n", b"b: 2\n"} <= set(files(shop).values())


async def test_person_comes_first(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """Where somebody pushes between our look and our move, the branch is theirs and we start over."""
    await publish(shop, make_plan({"client.py": b"one\n"}))
    base = await look(shop)
    human = shop.twin.people.push(shop.hosted, "ada", BRANCH, {"extra.py": b"mine\n"})
    node = (await shop.api.info())["node_id"]
    with pytest.raises(LeaseLost):
        await publish_branch(shop.api, node, shop.mirror, base, make_plan({"client.py": b"two\n"}))
    assert human == git.head_of(shop.hosted, BRANCH)


async def test_closed_by_a_person(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """What a person closed is not proposed again; something else is."""
    plan = make_plan({"client.py": b"one\n"})
    await publish(shop, plan)
    shop.twin.people.close(shop.hosted, "ada", shop.hosted.issues[1])
    await publish(shop, plan)
    assert ["closed"] == [issue.state for issue in shop.hosted.issues.values()]
    await publish(shop, make_plan({"client.py": b"two\n"}))
    assert ["closed", "open"] == [issue.state for issue in shop.hosted.issues.values()]


async def test_after_a_merge(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """After a merge the branch starts anew from the default branch, with a pull request of its own."""
    await publish(shop, make_plan({"client.py": b"one\n"}))
    shop.twin.people.merge(shop.hosted, "ada", shop.hosted.issues[1])
    await publish(shop, make_plan({"client.py": b"two\n"}))
    assert [("closed", True), ("open", False)] == [
        (i.state, i.merged_at is not None) for i in shop.hosted.issues.values()
    ]
    main, ours = git.head_of(shop.hosted, "main"), git.head_of(shop.hosted, BRANCH)
    assert [main] == [str(oid) for oid in shop.hosted.git[ours].parent_ids]


async def test_nothing_to_follow_any_more(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """Where the default branch has caught up by itself, our pull request is closed with a word of why."""
    await publish(shop, make_plan({"client.py": b"one\n"}))
    shop.twin.people.push(shop.hosted, "ada", "main", {"client.py": b"one\n"})
    await publish(shop, make_plan({"client.py": b"one\n"}, writes=()))
    assert "closed" == shop.hosted.issues[1].state
    assert ["The default branch needs none of this any more."] == [c.body for c in shop.hosted.comments.values()]


async def test_people_own_title_and_words(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """A title that somebody chose, and what they wrote around our part of the body, stay."""
    await publish(shop, make_plan({"client.py": b"one\n"}))
    pull = shop.hosted.issues[1]
    pull.title, pull.body = "My title", f"Note to self\n\n{pull.body}\n\n- [ ] tell Bob"
    await publish(shop, make_plan({"client.py": b"two\n"}, body="New drift", title="Follow Shop 2"))
    assert "My title" == pull.title
    assert pull.body.startswith("Note to self")
    assert pull.body.endswith("- [ ] tell Bob")
    assert "New drift" in pull.body


FAULTS = ["500", "403-secondary", "422", pytest.param("timeout", marks=pytest.mark.conformance), "reset"]
STEPS = [
    "GET /repos/acme/shop",
    "GET .*/pulls",
    "POST .*/git/trees",
    "POST .*/git/commits",
    "POST /graphql",
    "POST .*/pulls",
]


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_a_fault_at_every_call(
    shop: Shop, make_plan: Callable[..., Plan], kind: str, step: str, *, after: bool
) -> None:
    """Whatever goes wrong at whichever call: run again, and there is one branch, one pull request, nothing doubled."""
    shop.twin.faults.append(Fault(kind, step, times=1 if kind == "403-secondary" else 4, after_effect=after))
    plan = make_plan({"client.py": b"one\n", "logo.bin": b"\xff"})
    for _ in range(6):
        with contextlib.suppress(UpstreamError, LeaseLost, gidgethub.GitHubException):
            await publish(shop, plan)
            break
    before = len(shop.twin.writes)
    await publish(shop, plan)
    assert [] == shop.twin.writes[before:]
    [pull] = shop.hosted.issues.values()
    assert "open" == pull.state
    assert b"one\n" == files(shop)["client.py"]


async def test_without_permission(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """A token that may only read is told so at once, and nothing is half done."""
    installation = next(iter(shop.twin.world.installations.values()))
    installation.permissions = {"contents": "read", "metadata": "read", "pull_requests": "read"}
    with pytest.raises(Exception, match="Resource not accessible by integration") as caught:
        await publish(shop, make_plan({"client.py": b"one\n"}))
    assert not isinstance(caught.value, UpstreamError)
    assert git.head_of(shop.hosted, BRANCH) is None


async def test_draft_until_settled(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """With conflicts a pull request is a draft; settled, it is ready, unless people decided otherwise."""
    await publish(shop, make_plan({"client.py": b"one\n"}))
    [pull] = shop.hosted.issues.values()
    await publish(shop, make_plan({"client.py": b"two\n"}, draft=True))
    assert pull.draft
    await publish(shop, make_plan({"client.py": b"three\n"}))
    assert not pull.draft
    pull.draft = True
    await publish(shop, make_plan({"client.py": b"four\n"}))
    assert pull.draft


async def test_pristine_output_is_kept(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """What the generators wrote stays reachable, one commit on the other, even where people's edits replaced it."""
    await publish(shop, make_plan({"client.py": b"edited\n"}, pristine=FileTree({"client.py": b"one\n"})))
    first = git.ref_of(shop.hosted, f"{PRISTINE}{BRANCH}")
    assert b"one\n" == git.commit_of(shop.hosted, first or "").tree["client.py"].data
    await publish(shop, make_plan({"client.py": b"two\n"}))
    second = git.ref_of(shop.hosted, f"{PRISTINE}{BRANCH}")
    assert git.is_ancestor(shop.hosted, first or "", second or "")


async def test_withdrawn_is_not_refused(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """What we closed because nothing was left to do is proposed again when there is."""
    plan = make_plan({"client.py": b"one\n"})
    await publish(shop, plan)
    await publish(shop, make_plan({"client.py": b"one\n"}, writes=()))
    await publish(shop, plan)
    assert ["closed", "open"] == [issue.state for issue in shop.hosted.issues.values()]


async def test_forged_markers(shop: Shop, make_plan: Callable[..., Plan]) -> None:
    """A description that contains our markers does not confuse us: the body stays one, and settles."""
    forged = "`<!-- specloom:end  -->` `<!-- specloom:plan 0000 -->`"
    await publish(shop, make_plan({"client.py": b"one\n"}, body=forged))
    await publish(shop, make_plan({"client.py": b"two\n"}, body=forged))
    [pull] = shop.hosted.issues.values()
    assert 1 == (pull.body or "").count("<!-- specloom:end")
    assert 1 == (pull.body or "").count("<!-- specloom:plan")
    before = len(shop.twin.writes)
    await publish(shop, make_plan({"client.py": b"two\n"}, body=forged))
    assert [] == shop.twin.writes[before:]
