"""The check runs of jobs that end without a result: one that never ends would block a merge for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import gidgethub
import structlog

from app.endings import GIVEN_UP, NOT_ALLOWED, SUPERSEDED
from app.work.desk import Desk
from specloom.errors import UpstreamError
from specloom.publish.apply import end_check, standing_check
from specloom.publish.trouble import check_for_bug, check_not_allowed, check_superseded
from specloom.report.check import NAME

if TYPE_CHECKING:
    from app.endings import Ending
    from app.job import Job
    from app.work.desk import Office

TEXTS: Final = {GIVEN_UP: check_for_bug, NOT_ALLOWED: check_not_allowed, SUPERSEDED: check_superseded}

log = structlog.get_logger()


async def forsake(office: Office, job: Job, ending: Ending) -> None:
    """End the check runs that a job may have left open; where that fails too, a round tries again."""
    if job.kind not in {"pull-request", "check"}:
        return
    try:
        await _close(Desk(office=office, job=job, is_superseded=_never), ending)
    except Exception:  # nothing that fails here may hide what failed before
        log.exception("the check run stays open for now", delivery=job.id)
        await office.ledger.leave_open(job, ending)


async def close_checks(office: Office) -> int:
    """End the check runs that could not be ended when their jobs were; what GitHub refuses is gone for good."""
    count = 0
    for job, ending in await office.ledger.left_open():
        try:
            await _close(Desk(office=office, job=job, is_superseded=_never), ending)
        except UpstreamError as error:
            log.warning("the check run stays open for now", delivery=job.id, error=str(error))
            continue
        except gidgethub.GitHubException as error:
            log.warning("the check run cannot be ended", delivery=job.id, error=str(error))
        await office.ledger.closed(job.id)
        count += 1
    return count


async def _close(desk: Desk, ending: Ending) -> None:
    """End what stands open, save on the head of a pull request where a newer job works on that."""
    job, voice = desk.job, desk.voice()
    head = (await desk.api.pull(job.pull))["head"]["sha"] if job.pull is not None else job.commit
    commits = {job.commit} - {head} if ending == SUPERSEDED else {job.commit, head}
    for commit in sorted(commits - {""}):
        standing = await standing_check(voice, name=NAME, commit=commit)
        if standing is not None and standing["status"] != "completed":
            await end_check(voice, standing, TEXTS[ending](name=NAME, delivery=job.id), commit=commit)


async def _never() -> bool:
    return False
