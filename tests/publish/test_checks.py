"""Check runs, fifty annotations at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from github_twin import Fault, git
from specloom.errors import UpstreamError
from specloom.publish.apply import begin_check, end_check, with_leftovers
from specloom.publish.checks import identity_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from publishing import Shop
    from specloom.model.plan import CheckRun

NAME = "specloom / drift"


async def run(shop: Shop, check: CheckRun, *, force: bool = False) -> None:
    """Begin and end a check run on the default branch."""
    head = git.head_of(shop.hosted, "main")
    standing = await begin_check(shop.voice, name=NAME, commit=head)
    await end_check(shop.voice, standing, check, commit=head, force=force)


@pytest.mark.parametrize("notes", [0, 1, 50, 51, 101])
async def test_every_annotation_arrives(shop: Shop, checks: Callable[..., CheckRun], notes: int) -> None:
    """All annotations arrive in order in one run, which ends only with the last of them."""
    await run(shop, checks(notes, conclusion="failure"))
    [made] = shop.hosted.check_runs.values()
    assert ("completed", "failure", notes) == (made.status, made.conclusion, len(made.annotations))
    assert [n + 1 for n in range(notes)] == [note["start_line"] for note in made.annotations]


async def test_same_again_writes_nothing(shop: Shop, checks: Callable[..., CheckRun]) -> None:
    """A check run that says so already is left alone, unless somebody asked for another run."""
    await run(shop, checks(3))
    before = len(shop.twin.writes)
    await run(shop, checks(3))
    assert [] == shop.twin.writes[before:]
    await run(shop, checks(3), force=True)
    assert 2 == len(shop.hosted.check_runs)


async def test_something_else_takes_its_place(shop: Shop, checks: Callable[..., CheckRun]) -> None:
    """Annotations cannot be taken back, so another result on the same commit is another run."""
    await run(shop, checks(3))
    await run(shop, checks(1, conclusion="failure"))
    last = list(shop.hosted.check_runs.values())[-1]
    assert (2, 1, "failure") == (len(shop.hosted.check_runs), len(last.annotations), last.conclusion)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["500", "reset", "timeout"])
@pytest.mark.parametrize("nth", [1, 2, 3])
async def test_cut_off(shop: Shop, checks: Callable[..., CheckRun], kind: str, nth: int, *, after: bool) -> None:
    """A run that was cut off at any request is continued where it stopped: one run, no annotation twice."""
    shop.twin.faults.append(Fault(kind, "(POST|PATCH) .*check-runs.*", nth=nth, after_effect=after))
    with pytest.raises(UpstreamError):
        await run(shop, checks(120))
    await run(shop, checks(120))
    assert [120] == [len(made.annotations) for made in shop.hosted.check_runs.values()]
    assert {"completed"} == {made.status for made in shop.hosted.check_runs.values()}


async def test_others_are_not_ours(shop: Shop, checks: Callable[..., CheckRun]) -> None:
    """A run of the same name by another App is not touched."""
    from github_twin import make
    from github_twin.state import CheckRun as Hosted

    other = make.make_app(shop.twin.world, "other")
    head = git.head_of(shop.hosted, "main")
    shop.hosted.check_runs[1] = Hosted(id=1, app=other, name=NAME, head_sha=head, external_id="specloom:running")
    await run(shop, checks())
    assert ["queued", "completed"] == [made.status for made in shop.hosted.check_runs.values()]


async def test_long_texts_fit(shop: Shop, checks: Callable[..., CheckRun]) -> None:
    """A summary beyond GitHub's limit is cut, with its code block closed."""
    await run(shop, checks(summary="```\n" + "line\n" * 40_000))
    [made] = shop.hosted.check_runs.values()
    assert len(made.output["summary"]) <= 65_535
    assert 2 == made.output["summary"].count("```")


def test_identity_tells_results_apart(checks: Callable[..., CheckRun]) -> None:
    """Any difference in what a run says is a difference in its identity."""
    results = [checks(), checks(1), checks(2), checks(conclusion="failure"), checks(summary="Other")]
    assert len(results) == len({identity_of(result) for result in results})


def test_leftovers_join_once(checks: Callable[..., CheckRun]) -> None:
    """What no review could carry is added, except where a note stands on the same line."""
    notes = checks(2).annotations
    assert notes == with_leftovers(checks(1), notes).annotations
