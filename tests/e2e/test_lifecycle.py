"""What becomes of our pull requests and branches, and of events that are about us rather than about code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from github_twin import Fault, git
from processes import GROWN, RENAMED

if TYPE_CHECKING:
    from github_twin.state import Issue
    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="module")]

BRANCH = "specloom/update"


async def proposed(site: Site, spec: str = GROWN) -> Issue:
    """Push a description and return the pull request that follows."""
    site.twin.people.push(site.repository, "ada", "main", {"openapi.yaml": spec.encode()})
    await site.quiet()
    return next(issue for issue in reversed(site.repository.issues.values()) if issue.head_branch)


async def test_the_branch_of_a_merged_pull_request_goes(site: Site) -> None:
    """Nobody has to tidy up after us."""
    site.twin.people.merge(site.repository, "ada", await proposed(site))
    await site.quiet()
    assert git.head_of(site.repository, BRANCH) is None


async def test_the_branch_of_a_refused_pull_request_goes(site: Site) -> None:
    """The next proposal begins anew."""
    site.twin.people.close(site.repository, "ada", await proposed(site))
    await site.quiet()
    assert git.head_of(site.repository, BRANCH) is None
    assert "open" == (await proposed(site, RENAMED)).state


async def test_a_branch_with_work_of_people_stays(site: Site) -> None:
    """What a person committed is not ours to throw away."""
    pull = await proposed(site)
    theirs = site.twin.people.push(site.repository, "ada", BRANCH, {"mine.py": b"mine = 1\n"})
    await site.quiet()
    site.twin.people.close(site.repository, "ada", pull)
    await site.quiet()
    assert theirs == git.head_of(site.repository, BRANCH)


async def test_pull_requests_of_people_are_left_alone(site: Site) -> None:
    """A branch that is not ours stays, whatever its pull request says in its body."""
    pull = await proposed(site)
    site.twin.people.push(site.repository, "ada", "copy", {"a.py": b"a = 1\n"}, start="main")
    copied = site.twin.people.open_pull(site.repository, "ada", "copy")
    copied.body = pull.body
    await proposed(site, RENAMED)
    assert "open" == copied.state
    site.twin.people.close(site.repository, "ada", copied)
    await site.quiet()
    assert git.head_of(site.repository, "copy") is not None


async def test_a_successor_is_named(site: Site) -> None:
    """Where the config names another branch, the old pull request is closed with a link to the new one."""
    old = await proposed(site)
    site.twin.people.push(site.repository, "ada", "main", {".github/specloom.yml": b"branch: bots/api\n"})
    await site.quiet()
    [new] = [issue for issue in site.repository.issues.values() if issue.head_branch == "bots/api"]
    assert ("closed", "open") == (old.state, new.state)
    assert [f"#{new.number} has all that is here, and stays up to date."] == [
        comment.body for comment in site.repository.comments.values()
    ]
    assert git.head_of(site.repository, BRANCH) is None


@pytest.mark.parametrize("event", ["check_run rerequested", "check_run requested_action", "check_suite rerequested"])
async def test_again(site: Site, event: str) -> None:
    """However somebody asks for our check again, there is a new one, and nothing is said twice."""
    kind, _, doing = event.partition(" ")
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": RENAMED.encode()}, start="main")
    pull = site.twin.people.open_pull(site.repository, "ada", "feature")
    await site.quiet()
    [run] = site.repository.check_runs.values()
    rendered = site.twin.render.check_run(site.repository, run) | {"pull_requests": [{"number": pull.number}]}
    body = {"action": doing, kind: rendered, "requested_action": {"identifier": "again"}}
    site.twin.hooks.emit(site.repository, kind, body, site.twin.world.account("ada"))
    await site.quiet()
    assert ["failure", "failure"] == [made.conclusion for made in site.repository.check_runs.values()]
    assert (1, 1) == (len(site.repository.comments), len(site.repository.reviews))


async def test_a_pull_request_that_is_closed_meanwhile(site: Site) -> None:
    """Its check run does not stay open."""
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": RENAMED.encode()}, start="main")
    site.twin.faults.append(fault := Fault("500", "POST .*/reviews", times=100))
    pull = site.twin.people.open_pull(site.repository, "ada", "feature")
    await site.until(lambda: fault.fired)
    site.twin.people.close(site.repository, "ada", pull)
    site.twin.faults.clear()
    await site.quiet()
    assert [("completed", "Closed")] == [(r.status, r.output["title"]) for r in site.repository.check_runs.values()]


@pytest.mark.parametrize("event", ["installation deleted", "installation_repositories removed"])
async def test_farewell(site: Site, event: str) -> None:
    """Nothing is kept of a repository that the App was taken away from; the others are not touched."""
    other = site.another()
    for shop in (site, other):
        await proposed(shop)
    copies = [next(shop.data.glob(f"repositories/*/{shop.repository.id}.git")) for shop in (site, other)]
    kind, _, doing = event.partition(" ")
    site.app.events.append(kind)
    site.twin.hooks.emit(site.repository, kind, {"action": doing}, site.twin.world.account("ada"))
    for number, installation in list(site.twin.world.installations.items()):
        if site.repository in installation.repositories and kind == "installation":
            del site.twin.world.installations[number]
        elif site.repository in installation.repositories:
            installation.repositories.remove(site.repository)
    await site.quiet()
    assert [False, True] == [copy.exists() for copy in copies]
