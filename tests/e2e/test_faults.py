"""A fault at every call to GitHub, of every kind: afterwards everything stands once, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import email.utils
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from github_twin import Fault
from processes import GROWN, RENAMED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900), pytest.mark.asyncio(loop_scope="module")]

BRANCH = "specloom/update"
KINDS: Final = (
    "500",
    "502-page",
    "403-secondary",
    "403-primary",
    "429",
    "429-date",
    "401",
    "404",
    "422",
    "timeout",
    "reset",
    "cut",
)
LOST_ANSWERS: Final = frozenset({"500", "502-page", "timeout", "reset", "cut"})
"""After these nobody knows whether a write took effect; whatever GitHub refuses did not."""

REVIEWING: Final = (
    "POST .*/access_tokens",
    "GET .*/pulls/[0-9]+",
    "GET .*/commits/.*/check-runs",
    "POST .*/check-runs",
    "GET .*/pulls/[0-9]+/files",
    "GET .*/pulls/[0-9]+/reviews",
    "GET .*/pulls/[0-9]+/comments",
    "POST .*/pulls/[0-9]+/reviews",
    "GET .*/issues/[0-9]+/comments",
    "POST .*/issues/[0-9]+/comments",
    "PATCH .*/check-runs/[0-9]+",
)
PROPOSING: Final = (
    "POST .*/access_tokens",
    "GET /repos/acme/[^/]+",
    "GET .*/pulls",
    "POST .*/git/trees",
    "POST .*/git/commits",
    "POST /graphql",
    "POST .*/pulls",
)
ANSWERING: Final = (
    "GET .*/issues/comments/[0-9]+",
    "GET .*/issues/[0-9]+/comments",
    "POST .*/reactions",
    "GET .*/permission",
    "POST .*/issues/[0-9]+/comments",
)


def faults(call: str) -> Iterator[Fault]:
    """Return every fault that a call can meet: before its effect and, where it has one, after."""
    in_a_second = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
    for kind in KINDS:
        after = email.utils.format_datetime(in_a_second, usegmt=True) if kind == "429-date" else "1"
        lost = kind in LOST_ANSWERS and not call.startswith("GET")
        effects = (False, True) if lost else (False,)
        for after_effect in effects:
            yield Fault(kind.removesuffix("-date"), call, after_effect=after_effect, retry_after=after, silence=0.3)


def calls(calls: tuple[str, ...], *quick: str) -> list[object]:
    """Return calls for a test; all but the quick ones are for the long runs."""
    return [pytest.param(call, marks=[] if call in quick else pytest.mark.conformance) for call in calls]


async def each(site: Site, call: str) -> AsyncIterator[tuple[Site, Fault]]:
    """Give a repository of its own to every fault."""
    for fault in faults(call):
        fresh = site.another()
        await site.quiet()
        site.twin.faults[:] = [fault]
        yield fresh, fault
        site.twin.faults.clear()


async def settled(site: Site, fault: Fault, *, again: str) -> None:
    """Wait for the end, and where a request was refused for good, have a person ask once more."""
    await site.quiet()
    assert fault.fired, fault
    if fault.kind in {"404", "422"}:
        site.twin.people.comment(site.repository, "ada", next(iter(site.repository.issues.values())), again)
        await site.quiet()


@pytest.mark.parametrize("call", calls(REVIEWING, "POST .*/pulls/[0-9]+/reviews"))
async def test_reviewing(site: Site, call: str) -> None:
    """One check run, one review, one comment."""
    async for shop, fault in each(site, call):
        shop.twin.people.push(shop.repository, "ada", "feature", {"openapi.yaml": RENAMED.encode()}, start="main")
        shop.twin.people.open_pull(shop.repository, "ada", "feature")
        await settled(shop, fault, again="/specloom retry")
        runs = [run for run in shop.repository.check_runs.values() if run.name == "specloom / drift"]
        said = [comment for comment in shop.repository.comments.values() if "specloom:sticky" in comment.body]
        found = {run.status for run in runs}, runs[-1].conclusion, len(said), len(shop.repository.reviews)
        assert ({"completed"}, "failure", 1, 1) == found, fault
        once = 1 if fault.kind not in {"404", "422"} else 2
        assert once >= len(runs), fault


@pytest.mark.parametrize("call", calls(PROPOSING, "POST /graphql"))
async def test_proposing(site: Site, call: str) -> None:
    """One pull request, which shows what was pushed."""
    async for shop, fault in each(site, call):
        shop.twin.people.push(shop.repository, "ada", "main", {"openapi.yaml": GROWN.encode()})
        await shop.quiet()
        assert fault.fired, fault
        if fault.kind in {"404", "422"}:
            shop.twin.people.push(shop.repository, "ada", "main", {"README.md": b"# Again\n"})
            await shop.quiet()
        assert [BRANCH] == [issue.head_branch for issue in shop.repository.issues.values()], fault
        before = len(shop.twin.writes)
        shop.twin.people.push(shop.repository, "ada", "main", {"README.md": b"# Changed\n"})
        await shop.quiet()
        assert [] == shop.twin.writes[before:], fault


@pytest.mark.parametrize("call", calls(ANSWERING))
async def test_answering(site: Site, call: str) -> None:
    """One answer, whatever was lost on the way."""
    async for shop, fault in each(site, call):
        shop.twin.people.push(shop.repository, "ada", "feature", {"README.md": b"# New\n"}, start="main")
        pull = shop.twin.people.open_pull(shop.repository, "ada", "feature")
        await shop.quiet()
        shop.twin.faults[:] = [fresh := replace(fault)]
        shop.twin.people.comment(shop.repository, "ada", pull, "/specloom help")
        await settled(shop, fresh, again="/specloom help")
        answers = [comment for comment in shop.repository.comments.values() if "specloom:answer" in comment.body]
        assert len(answers) in ({1} if fault.kind not in {"404", "422"} else {1, 2}), fault
