"""A comment with slash-commands: seen, checked, carried out, answered. Answers and reactions are never doubled."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import gidgethub

from app.commands import ALL
from app.commands.command import Call, Refused
from app.help import help_text
from app.typed import typed_commands
from specloom.errors import UserError
from specloom.publish.texts import BODY_LIMIT, clip, disarm, marker, read_marker
from specloom.report.escape import code, inline

if TYPE_CHECKING:
    from app.job import Job
    from app.typed import Typed
    from app.work.desk import Desk
    from specloom.adapters.github.shapes import Comment, LineComment

WRITERS: Final = frozenset({"write", "maintain", "admin"})
READERS: Final = WRITERS | {"read", "triage"}
ANSWER: Final = "answer"
SEEN, DONE, FAILED = "eyes", "rocket", "confused"


async def run(desk: Desk, job: Job) -> None:
    """Carry out the commands in a comment, in order, and answer once."""
    comment = await _comment(desk, job)
    if comment is None or comment["user"] is None or comment["user"]["type"] == "Bot":
        return
    typed = typed_commands(comment.get("body") or "")
    if not typed:
        return
    thread = job.thread or "issue"
    outcome = await _earlier_outcome(desk, job)
    if outcome is None:
        await desk.api.react(thread, job.comment, SEEN)
        login = comment["user"]["login"]
        permission = await desk.api.permission(login)
        said = [await _obey(desk, job, item, login=login, permission=permission) for item in typed]
        outcome = DONE if all(done for done, _ in said) else FAILED
        await _answer(desk, job, comment, outcome, "\n\n---\n\n".join(text for _, text in said))
    await desk.api.react(thread, job.comment, outcome)


async def _comment(desk: Desk, job: Job) -> Comment | LineComment | None:
    """Read the comment as it stands; None where it was deleted meanwhile."""
    try:
        if job.thread == "review":
            return await desk.api.line_comment(job.comment)
        return await desk.api.comment(job.comment)
    except gidgethub.BadRequest as error:
        if error.status_code == HTTPStatus.NOT_FOUND:
            return None
        raise


async def _obey(desk: Desk, job: Job, typed: Typed, *, login: str, permission: str) -> tuple[bool, str]:
    """Carry one command out; return whether it went well, and the answer."""
    if typed.name == "help":
        return True, help_text(ALL)
    command = next((item for item in ALL if item.name == typed.name), None)
    if command is None:
        return False, f"There is no command {code(typed.name)}; these are the ones there are.\n\n{help_text(ALL)}"
    if permission not in (WRITERS if command.writes else READERS):
        needed = "push to" if command.writes else "read"
        return False, f"{code(str(typed))} needs permission to {needed} this repository, which @{login} does not have."
    try:
        return True, await command.run(Call(desk=desk, job=job, login=login, arguments=typed.arguments))
    except Refused as refused:
        return False, str(refused)
    except UserError as error:
        return False, inline(str(error))


async def _earlier_outcome(desk: Desk, job: Job) -> str | None:
    """Return the reaction that an earlier run of this job had earned, if it got as far as answering."""
    number = job.pull or 0
    standing = await (desk.api.line_comments(number) if job.thread == "review" else desk.api.comments(number))
    mine = [item for item in standing if item["user"] is not None and item["user"]["login"] == desk.office.login]
    marks = [(read_marker(ANSWER, item.get("body")) or "").split() for item in mine]
    return next((mark[1] for mark in marks if mark[:1] == [str(job.comment)] and mark[1:]), None)


async def _answer(desk: Desk, job: Job, comment: Comment | LineComment, outcome: str, text: str) -> None:
    mark = marker(ANSWER, f"{job.comment} {outcome}")
    body = f"{mark}\n{clip(disarm(text), BODY_LIMIT - len(mark) - 1)}"
    if job.thread == "review":
        first: object = comment.get("in_reply_to_id") or job.comment
        await desk.api.reply(job.pull or 0, int(str(first)), body)
    else:
        await desk.api.create_comment(job.pull or 0, body)
