"""Send what the other modules decided; the order is such that a crash between any two lines heals on the next run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

import gidgethub

from specloom.publish import checks
from specloom.publish.diff import shown_lines
from specloom.publish.pull import PullDecision, decide_pull
from specloom.publish.review import LINE, as_annotation, decide_review, said_before
from specloom.publish.sticky import decide_sticky
from specloom.publish.texts import read_marker

if TYPE_CHECKING:
    from specloom.adapters.github.repository import Repository
    from specloom.adapters.github.shapes import CheckRunInfo, Pull
    from specloom.model.plan import Annotation, CheckRun, Plan, ReviewComment


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Speaks in one repository as `login`; `app_id` is None where we do not know our App's.

    `report` is the address of the whole report, empty where there is no server to show it.
    """

    api: Repository
    login: str
    app_id: int | None = None
    report: str = ""


async def standing_check(voice: Voice, *, name: str, commit: str) -> CheckRunInfo | None:
    """Return the run of ours that stands on this commit, if one does."""
    return checks.ours(await voice.api.check_runs(commit, name), voice.app_id)


async def begin_check(voice: Voice, *, name: str, commit: str) -> CheckRunInfo | None:
    """Show that work has begun, unless a run of ours stands on this commit; return what stands now."""
    standing = await standing_check(voice, name=name, commit=commit)
    step = checks.start(standing, name=name, commit=commit)
    return await voice.api.create_check_run(step.body) if step else standing


async def end_check(
    voice: Voice, standing: CheckRunInfo | None, check: CheckRun, *, commit: str, force: bool = False
) -> None:
    """Bring the check run to its end, fifty annotations at a time."""
    made: int | None = None
    for step in checks.finish(standing, check, commit=commit, details_url=voice.report or None, force=force):
        run = step.run if step.run is not None else made
        if run is None:
            made = (await voice.api.create_check_run(step.body))["id"]
        else:
            await voice.api.update_check_run(run, step.body)


async def say_in_place(
    voice: Voice, number: int, comments: tuple[ReviewComment, ...], *, commit: str
) -> tuple[Annotation, ...]:
    """Review a pull request with what is new; return what its diff could not carry."""
    if not comments:
        return ()
    shown = shown_lines(await voice.api.pull_files(number))
    standing = [*await voice.api.reviews(number), *await voice.api.line_comments(number)]
    mine = [item.get("body") for item in standing if item["user"] and item["user"]["login"] == voice.login]
    review = decide_review(comments, shown, said=said_before(mine), commit=commit)
    if review.body is not None:
        try:
            await voice.api.create_review(number, review.body)
        except gidgethub.BadRequest as error:
            if error.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
                raise
            return tuple(as_annotation(comment) for comment in comments)  # GitHub sees another diff
    return review.leftovers


async def settle_threads(voice: Voice, number: int, comments: tuple[ReviewComment, ...]) -> None:
    """Resolve our threads about what is not so any more."""
    standing = await voice.api.line_comments(number)
    mine = [item.get("body") for item in standing if item["user"] and item["user"]["login"] == voice.login]
    gone = said_before(mine) - {comment.key for comment in comments}
    for thread in await voice.api.threads(number) if gone else ():
        first = next(iter(thread["comments"]["nodes"]), None)
        if first and first["viewerDidAuthor"] and not thread["isResolved"] and read_marker(LINE, first["body"]) in gone:
            await voice.api.resolve_thread(thread["id"])


async def say_below(voice: Voice, number: int, text: str, *, quiet: bool = False) -> None:
    """Keep our one comment below a pull request true."""
    sticky = decide_sticky(await voice.api.comments(number), text, me=voice.login, link=voice.report, quiet=quiet)
    if sticky is None:
        return
    if sticky.comment is None:
        await voice.api.create_comment(number, sticky.body)
    else:
        await voice.api.update_comment(sticky.comment, sticky.body)


async def settle_pull(
    api: Repository, plan: Plan, *, base: str, pulls: list[Pull], obsolete: bool = False
) -> tuple[PullDecision, Pull | None]:
    """Create, update or close the plan's pull request; return what was decided, and the pull request if it is open."""
    decision = decide_pull(pulls, plan, obsolete=obsolete)
    fields = dict(decision.fields)
    standing = next((pull for pull in pulls if pull["number"] == decision.number), None)
    if decision.what == "create":
        return decision, await _create(api, plan, base, fields)
    if decision.what == "update" and decision.number is not None and standing is not None:
        if decision.draft is not None:
            await api.set_draft(standing["node_id"], draft=decision.draft)
        return decision, await api.update_pull(decision.number, fields) if fields else standing
    if decision.what == "close" and decision.number is not None:
        await api.create_comment(decision.number, decision.reason)
        await api.update_pull(decision.number, fields)
        return decision, None
    return decision, standing if standing and standing["state"] == "open" else None


async def _create(api: Repository, plan: Plan, base: str, fields: dict[str, str]) -> Pull:
    body = {**fields, "head": plan.branch, "base": base, "draft": plan.draft, "maintainer_can_modify": True}
    try:
        return await api.create_pull(body)
    except gidgethub.BadRequest as error:
        if "already exists" not in str(error):
            raise
    owner = api.full_name.partition("/")[0]
    found = await api.pulls(head=f"{owner}:{plan.branch}", state="open")
    return await api.update_pull(found[0]["number"], fields)


def with_leftovers(check: CheckRun, leftovers: tuple[Annotation, ...]) -> CheckRun:
    """Add what no review could carry, except where an annotation stands on the same lines already."""
    known = {(item.span.path, item.span.start) for item in check.annotations}
    new = tuple(item for item in leftovers if (item.span.path, item.span.start) not in known)
    return replace(check, annotations=(*check.annotations, *new))
