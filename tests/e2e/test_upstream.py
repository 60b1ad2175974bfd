"""A description that is tracked from an address: the App looks by the clock, and a pull request brings what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from elsewhere import Elsewhere
from github_twin import git
from processes import GROWN, RENAMED, SPEC

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

BRANCH = "specloom/update"


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    """Run the server that the description comes from."""
    async with Elsewhere(content=SPEC.encode()) as running:
        yield running


@pytest.fixture
async def tracking(own_site: Site, elsewhere: Elsewhere) -> Site:
    """Have a repository track its description, and the App look at it when it starts."""
    await own_site.server.stop()
    config = f"descriptions:\n  - path: openapi.yaml\n    upstream: {elsewhere.url}\n"
    own_site.twin.people.push(own_site.repository, "ada", "main", {".github/specloom.yml": config.encode()})
    own_site.server.environment |= {"SPECLOOM_POLL_MINUTES": "60", "SPECLOOM_UPSTREAM_HOSTS": elsewhere.host}
    return own_site


async def started(site: Site) -> None:
    """Start the App and wait until its first look is over."""
    await site.server.start()
    await site.ready()
    await site.until(lambda: any(entry.get("name") == "poll" for entry in site.logged()))
    await site.quiet()


def on_branch(site: Site) -> bytes:
    """Return the copy on our branch."""
    commit = git.commit_of(site.repository, git.head_of(site.repository, BRANCH) or "")
    return commit.tree["openapi.yaml"].data


async def pushed(site: Site, text: str) -> None:
    """Push something that has nothing to do with the API."""
    site.twin.people.push(site.repository, "ada", "main", {"README.md": text.encode()})
    await site.quiet()


async def test_polled(tracking: Site, elsewhere: Elsewhere) -> None:
    """One pull request has the new description and what follows from it; a second look writes nothing."""
    elsewhere.content = RENAMED.encode()
    await started(tracking)
    [pull] = tracking.repository.issues.values()
    assert RENAMED.encode() == on_branch(tracking)
    assert f"`openapi.yaml` follows what is new at `{elsewhere.url}`." in (pull.body or "")
    before = len(tracking.twin.writes)
    await pushed(tracking, "# Changed\n")
    assert ([], 304) == (tracking.twin.writes[before:], elsewhere.answered[-1])
    elsewhere.content = GROWN.encode()
    await pushed(tracking, "# Changed again\n")
    assert ([pull], GROWN.encode()) == (list(tracking.repository.issues.values()), on_branch(tracking))


async def test_an_address_that_is_silent(tracking: Site, elsewhere: Elsewhere) -> None:
    """What our pull request took from there before stays in it."""
    elsewhere.content = RENAMED.encode()
    await started(tracking)
    elsewhere.status, elsewhere.content = 503, b""
    before = len(tracking.twin.writes)
    await pushed(tracking, "# Changed\n")
    assert [] == tracking.twin.writes[before:]
    assert RENAMED.encode() == on_branch(tracking)


async def test_an_address_with_nothing_behind_it(tracking: Site, elsewhere: Elsewhere) -> None:
    """The line of the config that names it is pointed at, once, and everything else is done as ever."""
    elsewhere.status = 404
    await started(tracking)
    assert 1 == len(tracking.repository.issues)
    head = git.head_of(tracking.repository, "main")
    [run] = [run for run in tracking.repository.check_runs.values() if run.head_sha == head]
    assert ("specloom / update", "failure") == (run.name, run.conclusion)
    assert [(".github/specloom.yml", 3)] == [(note["path"], note["start_line"]) for note in run.annotations]


async def test_repositories_that_track_nothing_cost_one_request(own_site: Site) -> None:
    """They are not fetched, and nothing is planned for them."""
    await own_site.server.stop()
    own_site.server.environment["SPECLOOM_POLL_MINUTES"] = "60"
    own_site.twin.requests.clear()
    await started(own_site)
    paths = [seen.path for seen in own_site.twin.requests if seen.path.startswith("/repos/")]
    assert ["/repos/acme/shop/contents/.github/specloom.yml"] == paths
