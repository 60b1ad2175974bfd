"""A pull request that may change a description: check run, one review, one comment. Nothing in it is ever executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.planning import Request
from app.work.desk import today
from app.work.trouble import check_for
from specloom.errors import UserError
from specloom.publish.apply import begin_check, end_check, say_below, say_in_place
from specloom.report.check import NAME

if TYPE_CHECKING:
    from app.job import Job
    from app.work.desk import Desk
    from specloom.adapters.github.shapes import Pull
    from specloom.model.plan import Plan

NOTHING_GENERATED: Final[frozenset[str]] = frozenset()


async def run(desk: Desk, job: Job) -> None:
    """Say what the pull request does to callers, as its head stands now."""
    await review(desk, job, force=False)


async def review(desk: Desk, job: Job, *, force: bool) -> None:
    """Check, review, comment; `force` leaves a new check run even where nothing new can be said."""
    pull = await desk.api.pull(job.pull or 0)
    if pull["state"] != "open":
        return
    head = pull["head"]["sha"]
    standing = await begin_check(desk.voice(), name=NAME, commit=head)
    try:
        plan = await plan_of(desk, pull)
    except UserError as error:
        await desk.checkpoint()
        await end_check(desk.voice(), standing, check_for(error, name=NAME), commit=head, force=force)
        return
    await desk.checkpoint()
    voice = desk.voice(await desk.report(plan.report_html))
    await say_in_place(voice, pull["number"], plan.review_comments, commit=head)
    await say_below(voice, pull["number"], plan.check_run.text, quiet=not plan.drift.changes)
    await end_check(voice, standing, plan.check_run, commit=head, force=force)


async def plan_of(desk: Desk, pull: Pull) -> Plan:
    """Compare the head with where it left its base, so that a branch that is behind shows only its own changes."""
    number, base_ref = pull["number"], f"refs/heads/{pull['base']['ref']}"
    head_ref = f"refs/pull/{number}/head"
    mirror, heads = await desk.fetch({base_ref: "base", head_ref: "head"})
    head, base = heads[head_ref], heads[base_ref]
    if head is None or base is None:
        raise UserError(f"the branch {pull['base']['ref']} or the head of this pull request is gone; push it again")
    origin = mirror.merge_base(base, head)
    ours = str(mirror.tree_of(head).id)
    request = Request(repository="", head=head, base=origin, ours=ours, today=today(), targets=NOTHING_GENERATED)
    return await desk.plan(mirror, request)
