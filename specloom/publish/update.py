"""The default branch moved: one pull request with everything that follows from the description."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.adapters.git import History
from specloom.adapters.github.repository import LeaseLost
from specloom.config import PATH as CONFIG
from specloom.errors import UpstreamError, UserError
from specloom.model.source import Span
from specloom.pipeline import branch_name
from specloom.pipeline.vendoring import UNREADABLE
from specloom.provenance import PATH
from specloom.publish.apply import end_check, say_in_place, settle_pull, settle_threads, standing_check, with_leftovers
from specloom.publish.bench import Request, config_of, files_url
from specloom.publish.branch import PRISTINE, Base, publish_branch, stands_already, survey
from specloom.publish.succession import remove, retire
from specloom.publish.tracking import Tracked, ask
from specloom.publish.trouble import check_for

if TYPE_CHECKING:
    from specloom.adapters.github.shapes import Pull
    from specloom.adapters.mirror import Mirror
    from specloom.model.plan import Plan
    from specloom.publish.bench import Bench
    from specloom.publish.pull import PullDecision

NAME: Final = "specloom / update"
SOON: Final = 2.0
"""Seconds after which a lost race is run again."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of an update: the plan, what was decided about the pull request, and the pull request if it is open.

    Without a plan there was nothing to plan from: no commit, or no description. `mistakes` are about addresses in the
    config that nothing can be taken from, on the commit `head`; `silent` tells of addresses that did not answer.
    """

    plan: Plan | None = None
    decision: PullDecision | None = None
    pull: Pull | None = None
    head: str = ""
    mistakes: tuple[UserError, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where an update stands: the head of the default branch, the base for ours, and the pull requests from ours."""

    default: str
    head: str
    base: Base
    pulls: list[Pull]


async def update(bench: Bench, *, targets: frozenset[str] | None = None) -> Updated:
    """Bring the branch and its pull request up to date.

    Raises UserError at the line of a mistake, UpstreamError where somebody moved the branch while this ran.
    """
    api = bench.voice().api
    info = await api.info()
    default = info["default_branch"]
    mirror, heads = await bench.fetch({f"refs/heads/{default}": "default"})
    head = heads[f"refs/heads/{default}"]
    if head is None:
        return Updated()
    branch = branch_name(config_of(History(mirror.repository).tree(head), bench.generators).branch, targets)
    pulls = await api.pulls(head=f"{api.full_name.partition('/')[0]}:{branch}", state="all")
    base = await _survey(bench, branch, head, pulls)
    tracked = await _track(bench, mirror, base, pulls) if targets is None else Tracked({})
    ground = _Ground(default, head, base, pulls)
    plan = await bench.plan(_request(bench, mirror, ground, targets, tracked))
    await bench.checkpoint()
    done = await _publish(bench, mirror, ground, plan, info["node_id"])
    if targets is None and done.pull is not None:
        await retire(bench, done.pull, node_id=info["node_id"], default=default)
    unread = (UserError(item.message, Span(CONFIG, 1, 1)) for item in plan.diagnostics if item.code == UNREADABLE)
    return replace(done, head=head, mistakes=(*tracked.mistakes, *unread), silent=tracked.silent)


async def complain(bench: Bench, error: UserError, *, commit: str) -> None:
    """Point at a mistake on the commit that has it; where there are no lines to blame, nobody has to know."""
    if error.span is None:
        return
    standing = await standing_check(bench.voice(), name=NAME, commit=commit)
    await end_check(bench.voice(), standing, check_for(error, name=NAME), commit=commit)


async def _track(bench: Bench, mirror: Mirror, base: Base, pulls: list[Pull]) -> Tracked:
    """Ask the addresses in the config; those that are silent have said what our open pull request holds."""
    tree = History(mirror.repository).tree(base.stand.default)
    ours = base.stand.branch if any(pull["state"] == "open" for pull in pulls) else None
    branch = History(mirror.repository).tree(ours) if ours else tree
    config = config_of(tree, bench.generators)
    return await ask(bench, config, tree.read(CONFIG) or b"", standing=branch.read)


async def _survey(bench: Bench, branch: str, head: str, pulls: list[Pull]) -> Base:
    ours, pristine = f"refs/heads/{branch}", f"{PRISTINE}{branch}"
    mirror, heads = await bench.fetch({ours: "ours", pristine: "pristine"})
    is_open = any(pull["state"] == "open" for pull in pulls)
    base = survey(mirror, default=head, branch=heads[ours], open_pull=is_open)
    return replace(base, pristine=heads[pristine])


def _request(
    bench: Bench, mirror: Mirror, ground: _Ground, targets: frozenset[str] | None, tracked: Tracked
) -> Request:
    """Compare with what callers know: the last generation or, before the first is merged, what came before our branch.

    So a pull request that stands open goes on saying what happened since it was opened, and so does one that could not
    be opened when its branch was made.
    """
    history, base = History(mirror.repository), ground.base
    head = base.stand.default
    ours = base.stand.branch if not base.ground.reset or not ground.pulls else None
    start = mirror.departure(ours, head) if ours else None
    return Request(
        repository=str(mirror.path),
        head=head,
        base=history.last_change(PATH, head) or history.parent(start or head),
        ours=str(base.ours.id),
        today=bench.today,
        settled=not base.stand.by_people,
        targets=targets,
        head_url=files_url(bench, head),
        upstream={path: mirror.keep(content) for path, content in tracked.contents.items()},
    )


async def _publish(bench: Bench, mirror: Mirror, ground: _Ground, plan: Plan, node_id: str) -> Updated:
    voice, base = bench.voice(), ground.base
    obsolete = plan.empty and not base.stand.by_people
    commit = base.stand.branch
    if not obsolete and not stands_already(mirror, base, plan):
        try:
            commit = await publish_branch(voice.api, node_id, mirror, base, plan)
        except LeaseLost as lost:
            raise UpstreamError(f"{lost} moved while we worked", SOON) from lost
    decision, pull = await settle_pull(voice.api, plan, base=ground.default, pulls=ground.pulls, obsolete=obsolete)
    if decision.what == "close" and commit is not None:
        await remove(voice, node_id, plan.branch, commit)
    if pull is not None and commit is not None:
        await _remark(bench, plan, pull, commit)
    return Updated(plan, decision, pull)


async def _remark(bench: Bench, plan: Plan, pull: Pull, commit: str) -> None:
    """Comment on generated lines; what their diff does not show becomes annotations of a check run of its own."""
    voice = bench.voice(await bench.report(plan.report_html))
    written = {*plan.writes, *(conflict.path for conflict in plan.conflicts)}
    comments = tuple(comment for comment in plan.review_comments if comment.path in written)
    leftovers = await say_in_place(voice, pull["number"], comments, commit=commit)
    await settle_threads(voice, pull["number"], plan.review_comments)
    if not leftovers and not plan.conflicts:
        return
    standing = await standing_check(voice, name=NAME, commit=commit)
    check = replace(plan.check_run, name=NAME, conclusion="neutral", annotations=())
    await end_check(voice, standing, with_leftovers(check, leftovers), commit=commit)
