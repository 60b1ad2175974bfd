"""Whatever dies whenever: afterwards there is one pull request, one check, one comment, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import pytest

from github_twin import Fault, git, make
from processes import GROWN, RENAMED, Process

if TYPE_CHECKING:
    from github_twin.state import Issue
    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

BRANCH = "specloom/update"
DRIFT = "specloom / drift"


def offer(site: Site) -> Issue:
    """Open a pull request that changes the description."""
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": RENAMED.encode()}, start="main")
    return site.twin.people.open_pull(site.repository, "ada", "feature")


def grow(site: Site) -> None:
    """Push a change of the description to the default branch."""
    site.twin.people.push(site.repository, "ada", "main", {"openapi.yaml": GROWN.encode()})


async def hold(site: Site, step: str, *, after: bool) -> Fault:
    """Make the twin fall silent at a step; return when it did."""
    fault = Fault("timeout", step, after_effect=after)
    site.twin.faults.append(fault)
    return fault


async def restarted(site: Site) -> None:
    """Start the App again and wait until it has done everything."""
    site.twin.faults.clear()
    await site.server.start()
    await site.ready()
    await site.quiet()


def reviewed_once(site: Site) -> None:
    """Check what a pull request shows."""
    head = git.head_of(site.repository, "feature")
    runs = [run for run in site.repository.check_runs.values() if (run.name, run.head_sha) == (DRIFT, head)]
    assert [("completed", "failure")] == [(run.status, run.conclusion) for run in runs]
    assert 1 == len(runs[0].annotations)
    assert (1, 1, 1) == (
        len(site.repository.reviews),
        len(site.repository.review_comments),
        len(site.repository.comments),
    )


def proposed_once(site: Site) -> None:
    """Check what a push leads to."""
    [pull] = [issue for issue in site.repository.issues.values() if issue.head_branch == BRANCH]
    assert "open" == pull.state


def everything_but(quick: tuple[str, bool], *steps: str) -> list[object]:
    """Return all steps, before and after their effect; all but one are for the long runs."""
    pairs = [(step, after) for step in steps for after in (False, True)]
    return [pytest.param(*pair, marks=[] if pair == quick else pytest.mark.conformance) for pair in pairs]


REVIEWING = ("POST .*/check-runs", "POST .*/reviews", "POST .*/comments", "PATCH .*/check-runs/.*")
PUBLISHING = ("POST .*/git/trees", "POST .*/git/commits", "POST /graphql", "POST .*/pulls")


@pytest.mark.parametrize(("step", "after"), everything_but(("POST .*/comments", True), *REVIEWING))
async def test_killed_while_reviewing(own_site: Site, step: str, *, after: bool) -> None:
    """Killed at any write, with the write done or not: everything is said once."""
    fault = await hold(own_site, step, after=after)
    offer(own_site)
    await own_site.until(lambda: fault.fired)
    await own_site.server.kill()
    await restarted(own_site)
    reviewed_once(own_site)


@pytest.mark.parametrize(("step", "after"), everything_but(("POST /graphql", True), *PUBLISHING))
async def test_killed_while_publishing(own_site: Site, step: str, *, after: bool) -> None:
    """Killed at any write on the way to a pull request: there is one, and a second look writes nothing."""
    fault = await hold(own_site, step, after=after)
    grow(own_site)
    await own_site.until(lambda: fault.fired)
    await own_site.server.kill()
    await restarted(own_site)
    proposed_once(own_site)
    before = len(own_site.twin.writes)
    own_site.twin.people.push(own_site.repository, "ada", "main", {"README.md": b"# Changed\n"})
    await own_site.quiet()
    assert [] == own_site.twin.writes[before:]


async def test_redis_killed(own_site: Site) -> None:
    """Redis killed in the middle of a job comes back with what it knew, and the job ends once."""
    fault = await hold(own_site, "POST .*/reviews", after=False)
    offer(own_site)
    await own_site.until(lambda: fault.fired)
    os.kill(own_site.redis_pid(), signal.SIGKILL)
    own_site.twin.faults.clear()
    await asyncio.sleep(1)
    await own_site.quiet()
    reviewed_once(own_site)


@pytest.mark.conformance
async def test_killed_with_a_full_queue(own_site: Site) -> None:
    """What was accepted and not begun survives the death of everything."""
    repositories = [make.make_repository(own_site.twin.world, f"acme/more-{n}") for n in range(5)]
    fault = await hold(own_site, "GET /repos/acme/more-.", after=False)
    fault.times = 100
    for repository in repositories:
        make.install(own_site.twin.world, own_site.app, repository)
        own_site.twin.people.push(repository, "ada", "main", {"openapi.yaml": GROWN.encode()})
    await own_site.twin.hooks.settle()
    assert {202} == {delivery.status_code for delivery in own_site.twin.world.deliveries.values()}
    await own_site.server.kill()
    os.kill(own_site.redis_pid(), signal.SIGKILL)
    await restarted(own_site)
    assert [1] * 5 == [len(repository.issues) for repository in repositories]


async def test_missed_deliveries(own_site: Site) -> None:
    """What GitHub could not deliver while we were away is asked for at the start."""
    await own_site.server.kill()
    own_site.twin.world.offset = -120.0
    offer(own_site)
    await own_site.twin.hooks.settle()
    own_site.twin.world.offset = 0.0
    own_site.server.environment["SPECLOOM_CATCH_UP_MINUTES"] = "10"
    await own_site.server.start()
    await own_site.ready()
    await own_site.until(lambda: any(d.redelivery for d in own_site.twin.world.deliveries.values()))
    await own_site.quiet()
    reviewed_once(own_site)


@pytest.mark.conformance
async def test_terminated(own_site: Site) -> None:
    """Told to stop in the middle of a job, the App stops at once and goes on at the next start."""
    fault = await hold(own_site, "POST .*/reviews", after=False)
    offer(own_site)
    await own_site.until(lambda: fault.fired)
    await own_site.server.stop()
    await restarted(own_site)
    reviewed_once(own_site)


@pytest.mark.conformance
async def test_second_worker(own_site: Site) -> None:
    """A worker more shares the work; nothing is done twice."""
    more = Process("worker", own_site.environment, own_site.server.log.with_name("worker.log"))
    own_site.extra.append(more)
    await more.start()
    offer(own_site)
    grow(own_site)
    await own_site.quiet()
    reviewed_once(own_site)
    proposed_once(own_site)


async def test_given_up(own_site: Site) -> None:
    """A job that cannot be done is given up where people see it; the check run does not stay open, and retry works."""
    await own_site.server.stop()
    own_site.server.environment["SPECLOOM_MAX_TRIES"] = "2"
    await own_site.server.start()
    await own_site.ready()
    fault = Fault("500", "POST .*/reviews", times=100)
    own_site.twin.faults.append(fault)
    pull = offer(own_site)
    await own_site.quiet()
    [run] = own_site.repository.check_runs.values()
    assert ("completed", "neutral") == (run.status, run.conclusion)
    own_site.twin.faults.clear()
    own_site.twin.people.comment(own_site.repository, "ada", pull, "/specloom retry")
    await own_site.quiet()
    assert "failure" == list(own_site.repository.check_runs.values())[-1].conclusion
    assert 1 == len(own_site.repository.reviews)
