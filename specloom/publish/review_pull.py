"""A pull request that may change a description: check run, one review, one comment. Nothing in it is ever executed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.errors import UserError
from specloom.publish.apply import (
    begin_check,
    end_check,
    say_below,
    say_in_place,
    settle_threads,
    standing_check,
    with_leftovers,
)
from specloom.publish.bench import Request, files_url
from specloom.publish.progress import showing
from specloom.publish.trouble import check_closed, check_for
from specloom.report.check import NAME

if TYPE_CHECKING:
    from specloom.adapters.github.shapes import Pull
    from specloom.model.plan import Plan
    from specloom.publish.apply import Voice
    from specloom.publish.bench import Bench

NOTHING_GENERATED: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of a review: the plan, or the mistake that stood in its way; neither where it was closed."""

    plan: Plan | None = None
    mistake: UserError | None = None


async def review_pull(bench: Bench, number: int, *, force: bool = False) -> Reviewed:
    """Say what a pull request does to callers, as its head stands now.

    `force` leaves a new check run even where nothing new can be said.
    """
    pull = await bench.voice().api.pull(number)
    head = pull["head"]["sha"]
    if pull["state"] != "open":
        await _close(bench.voice(), head)
        return Reviewed()
    standing = await begin_check(bench.voice(), name=NAME, commit=head)
    try:
        async with showing(bench.voice(), standing, bench.step):
            plan = await plan_of(bench, pull)
            await bench.checkpoint()
            voice = bench.voice(await bench.report(plan.report_html))
            leftovers = await say_in_place(voice, number, plan.review_comments, commit=head)
            if pull["user"]["login"] != voice.login:  # an update settles what it said itself
                await settle_threads(voice, number, plan.review_comments)
            await say_below(voice, number, plan.check_run.text, quiet=not plan.drift.changes)
    except UserError as error:
        await bench.checkpoint()
        await end_check(bench.voice(), standing, check_for(error, name=NAME), commit=head, force=force)
        return Reviewed(mistake=error)
    check = with_leftovers(plan.check_run, leftovers)
    await end_check(voice, standing, check, commit=head, force=force)
    return Reviewed(plan)


async def _close(voice: Voice, head: str) -> None:
    """End what an earlier try began on a pull request that was closed meanwhile."""
    standing = await standing_check(voice, name=NAME, commit=head)
    if standing is not None and standing["status"] != "completed":
        await end_check(voice, standing, check_closed(name=NAME), commit=head)


async def plan_of(bench: Bench, pull: Pull) -> Plan:
    """Compare the head with where it left its base, so that a branch that is behind shows only its own changes."""
    number, base_ref = pull["number"], f"refs/heads/{pull['base']['ref']}"
    head_ref = f"refs/pull/{number}/head"
    mirror, heads = await bench.fetch({base_ref: "base", head_ref: "head"})
    head, base = heads[head_ref], heads[base_ref]
    if head is None or base is None:
        raise UserError(f"the branch {pull['base']['ref']} or the head of this pull request is gone; push it again")
    request = Request(
        repository=str(mirror.path),
        head=head,
        base=mirror.merge_base(base, head),
        ours=str(mirror.tree_of(head).id),
        today=bench.today,
        targets=NOTHING_GENERATED,
        head_url=files_url(bench, head),
    )
    return await bench.plan(request)
