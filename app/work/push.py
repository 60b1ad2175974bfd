"""The default branch moved: one pull request with everything that follows from the description."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.planning import Request, config_of
from app.work.desk import today
from app.work.trouble import check_for
from specloom.adapters.git import History
from specloom.adapters.github.repository import LeaseLost
from specloom.errors import UpstreamError, UserError
from specloom.pipeline import branch_name
from specloom.provenance import PATH
from specloom.publish.apply import begin_check, end_check, say_in_place, settle_pull, with_leftovers
from specloom.publish.branch import PRISTINE, Base, publish_branch, stands_already, survey

if TYPE_CHECKING:
    from app.job import Job
    from app.work.desk import Desk
    from specloom.adapters.github.shapes import Pull
    from specloom.adapters.mirror import Mirror
    from specloom.model.plan import Plan
    from specloom.publish.pull import PullDecision

NAME: Final = "specloom / update"
SOON: Final = 2.0
"""Seconds after which a lost race is run again."""


async def run(desk: Desk, job: Job) -> None:
    """Regenerate what the config asks for."""
    await regenerate(desk, job)


async def regenerate(desk: Desk, job: Job, targets: frozenset[str] | None = None) -> PullDecision | None:
    """Bring the branch and its pull request up to date; return what became of the pull request."""
    info = await desk.api.info()
    default = info["default_branch"]
    mirror, heads = await desk.fetch({f"refs/heads/{default}": "default"})
    head = heads[f"refs/heads/{default}"]
    if head is None:
        return None
    try:
        branch = branch_name(config_of(History(mirror.repository).tree(head)).branch, targets)
        owner = job.full_name.partition("/")[0]
        pulls = await desk.api.pulls(head=f"{owner}:{branch}", state="all")
        base = await _base(desk, mirror, branch=branch, head=head, pulls=pulls)
        plan = await desk.plan(mirror, _request(mirror, base, head, targets))
    except UserError as error:
        await _complain(desk, error, commit=head, told=job.kind == "command")
        return None
    await desk.checkpoint()
    obsolete = plan.empty and not base.stand.by_people
    commit = base.stand.branch
    if not obsolete and not stands_already(mirror, base, plan):
        try:
            commit = await publish_branch(desk.api, info["node_id"], mirror, base, plan)
        except LeaseLost as lost:
            raise UpstreamError(f"{lost} moved while we worked", SOON) from lost
    voice = desk.voice()
    decision, pull = await settle_pull(voice.api, plan, base=default, pulls=pulls, obsolete=obsolete)
    if pull is not None and commit is not None:
        await _remark(desk, plan, pull, commit)
    return decision


async def _base(desk: Desk, mirror: Mirror, *, branch: str, head: str, pulls: list[Pull]) -> Base:
    ours = f"refs/heads/{branch}"
    pristine = f"{PRISTINE}{branch}"
    _, heads = await desk.fetch({ours: "ours", pristine: "pristine"})
    is_open = any(pull["state"] == "open" for pull in pulls)
    base = survey(mirror, default=head, branch=heads[ours], open_pull=is_open)
    return replace(base, pristine=heads[pristine])


def _request(mirror: Mirror, base: Base, head: str, targets: frozenset[str] | None) -> Request:
    history = History(mirror.repository)
    return Request(
        repository="",
        head=head,
        base=history.last_change(PATH, head) or history.parent(head),
        ours=str(base.ours.id),
        today=today(),
        settled=not base.stand.by_people,
        targets=targets,
    )


async def _remark(desk: Desk, plan: Plan, pull: Pull, commit: str) -> None:
    """Comment on generated lines; what their diff does not show becomes annotations of a check run of its own."""
    voice = desk.voice(await desk.report(plan.report_html))
    written = {*plan.writes, *(conflict.path for conflict in plan.conflicts)}
    comments = tuple(comment for comment in plan.review_comments if comment.path in written)
    leftovers = await say_in_place(voice, pull["number"], comments, commit=commit)
    if not leftovers and not plan.conflicts:
        return
    standing = await begin_check(voice, name=NAME, commit=commit)
    check = replace(plan.check_run, name=NAME, conclusion="neutral", annotations=())
    await end_check(voice, standing, with_leftovers(check, leftovers), commit=commit)


async def _complain(desk: Desk, error: UserError, *, commit: str, told: bool) -> None:
    """Point at the mistake on the commit that has it; where there is no description at all, nobody has to know."""
    if told:
        raise error
    if error.span is None:
        return
    standing = await begin_check(desk.voice(), name=NAME, commit=commit)
    await end_check(desk.voice(), standing, check_for(error, name=NAME), commit=commit)
