"""What people see on GitHub, end to end: real processes, real Redis, real git."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from github_twin import Fault, git, make
from processes import GROWN, RENAMED, SPEC

if TYPE_CHECKING:
    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="module")]


def offer(site: Site, spec: str, branch: str = "feature"):  # noqa: ANN201  # the twin's pull request
    """Open a pull request that changes the description."""
    site.twin.people.push(site.repository, "ada", branch, {"openapi.yaml": spec.encode()}, start="main")
    return site.twin.people.open_pull(site.repository, "ada", branch)


async def test_pull_request(site: Site) -> None:
    """A change that breaks callers gets a failed check, a comment on the line that went, one comment and a report."""
    pull = offer(site, RENAMED)
    await site.quiet()
    [run] = site.repository.check_runs.values()
    assert ("completed", "failure") == (run.status, run.conclusion)
    assert [("openapi.yaml", 6)] == [(note["path"], note["start_line"]) for note in run.annotations]
    [line] = site.repository.review_comments.values()
    assert ("openapi.yaml", 6) == (line.path, line.line)
    [comment] = site.repository.comments.values()
    assert "GET /books" in comment.body
    async with aiohttp.ClientSession() as session:
        async with session.get(run.details_url) as response:
            assert 200 == response.status
            assert "GET /books" in await response.text()
        async with session.get(run.details_url.replace("signature=", "signature=0")) as response:
            assert 404 == response.status
    assert pull.number == comment.number


async def test_branch_that_is_behind(site: Site) -> None:
    """A branch that is behind its base is judged by what it changes itself, on its own lines."""
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": RENAMED.encode()}, start="main")
    behind = f"# a comment\n# and another\n{GROWN}"
    site.twin.people.push(site.repository, "ada", "main", {"openapi.yaml": behind.encode()})
    site.twin.people.open_pull(site.repository, "ada", "feature")
    await site.quiet()
    head = git.head_of(site.repository, "feature")
    [run] = [run for run in site.repository.check_runs.values() if run.head_sha == head]
    assert [6] == [note["start_line"] for note in run.annotations]
    assert "/authors" not in run.output["text"]


async def test_a_second_look_writes_nothing(site: Site) -> None:
    """The same pull request, looked at again, is left exactly as it is."""
    pull = offer(site, RENAMED)
    await site.quiet()
    before = len(site.twin.writes)
    user = site.twin.world.account("ada")
    site.twin.hooks.pull(site.repository, pull, "reopened", user)
    await site.quiet()
    assert [] == site.twin.writes[before:]


async def test_harmless_pull_request_is_met_with_silence(site: Site) -> None:
    """A pull request that does not touch the API gets a green check and no comment."""
    site.twin.people.push(site.repository, "ada", "docs", {"README.md": b"# The shop\n"}, start="main")
    site.twin.people.open_pull(site.repository, "ada", "docs")
    await site.quiet()
    assert ["success"] == [run.conclusion for run in site.repository.check_runs.values()]
    assert {} == site.repository.comments


async def test_a_fact_of_the_docs_is_told_on_its_lines(site: Site) -> None:
    """On the line that the pull request brought, with its proof, and once."""
    guide = b"# Rate limits\n\nEvery user may send at most 90 requests per minute.\n"
    site.twin.people.push(site.repository, "ada", "docs", {"docs/guide.md": guide}, start="main")
    site.twin.people.open_pull(site.repository, "ada", "docs")
    await site.quiet()
    [line] = site.repository.review_comments.values()
    assert ("docs/guide.md", 3) == (line.path, line.line)
    assert "“Every user may send at most 90 requests per minute.” ([`docs/guide.md:3`](http" in line.body
    assert "rate limit" in line.body
    site.twin.people.push(site.repository, "ada", "docs", {"docs/guide.md": guide + b"\nWelcome!\n"})
    await site.quiet()
    assert [line] == list(site.repository.review_comments.values())


async def test_unreadable_description(site: Site) -> None:
    """A description that cannot be read fails the check at the line where it broke."""
    offer(site, SPEC.replace("  title: Bookshop", "  title: [Bookshop"))
    await site.quiet()
    [run] = site.repository.check_runs.values()
    assert "failure" == run.conclusion
    assert ["openapi.yaml"] == [note["path"] for note in run.annotations]


async def test_fork(site: Site) -> None:
    """A pull request from a fork is judged like any other, and nothing in it is ever executed."""
    fork = make.make_repository(site.twin.world, "eve/fork", fork_of=site.repository)
    site.twin.people.push(
        fork, "eve", "evil", {"openapi.yaml": RENAMED.encode(), "conftest.py": b"1/0\n"}, start="main"
    )
    site.twin.people.open_pull(site.repository, "eve", "evil", source=fork)
    await site.quiet()
    assert ["failure"] == [run.conclusion for run in site.repository.check_runs.values()]
    assert git.head_of(site.repository, "evil") is None


async def test_merge_queue(site: Site) -> None:
    """The queue gets its check, or it would wait for ever."""
    head = git.head_of(site.repository, "main")
    body = {"action": "checks_requested", "merge_group": {"head_sha": head, "head_ref": "x", "base_sha": head}}
    site.twin.hooks.emit(site.repository, "merge_group", body, site.twin.world.account("ada"))
    await site.quiet()
    assert [(head, "success")] == [(run.head_sha, run.conclusion) for run in site.repository.check_runs.values()]


async def test_rerun_button(site: Site) -> None:
    """Whoever asks for the check again gets one."""
    offer(site, RENAMED)
    await site.quiet()
    [run] = site.repository.check_runs.values()
    rendered = site.twin.render.check_run(site.repository, run) | {"pull_requests": [{"number": 1}]}
    body = {"action": "rerequested", "check_run": rendered}
    site.twin.hooks.emit(site.repository, "check_run", body, site.twin.world.account("ada"))
    await site.quiet()
    assert ["failure", "failure"] == [made.conclusion for made in site.repository.check_runs.values()]
    assert 1 == len(site.repository.comments)


async def test_newer_commit(site: Site) -> None:
    """Where a newer commit comes while an older one is looked at, the older one's check does not stay open."""
    site.twin.faults.append(Fault("429", "GET .*/pulls/1", nth=2, times=2, retry_after="1"))
    offer(site, RENAMED)
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": GROWN.encode()})
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": (GROWN + "# more\n").encode()})
    await site.quiet()
    assert {"completed"} == {run.status for run in site.repository.check_runs.values()}
    head = git.head_of(site.repository, "feature")
    assert ["success"] == [run.conclusion for run in site.repository.check_runs.values() if run.head_sha == head]


async def test_what_was_mended_is_resolved(site: Site) -> None:
    """A thread about something that a later commit took back is resolved, once; one that still holds stays."""
    offer(site, RENAMED)
    await site.quiet()
    [line] = site.repository.review_comments.values()
    assert not line.resolved
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": GROWN.encode()})
    await site.quiet()
    assert line.resolved
    resolving = [seen for seen in site.twin.writes if "resolveReviewThread" in str(seen.body)]
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": (GROWN + "# more\n").encode()})
    await site.quiet()
    again = [seen for seen in site.twin.writes if "resolveReviewThread" in str(seen.body)]
    assert (1, 1) == (len(resolving), len(again))


async def test_lines_that_github_does_not_take(site: Site) -> None:
    """Where GitHub refuses a review for the lines of its comments, the check run says the same."""
    site.twin.faults.append(Fault("422", "POST .*/reviews", times=100))
    offer(site, RENAMED)
    await site.quiet()
    [run] = site.repository.check_runs.values()
    assert ("completed", "failure", 1) == (run.status, run.conclusion, len(run.annotations))
