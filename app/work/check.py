"""Somebody pressed "re-run", or a merge queue wants to know: the same work again, with a check run to show for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model.plan import CheckRun
from specloom.publish.apply import begin_check, end_check
from specloom.publish.review_pull import review_pull
from specloom.report.check import NAME

if TYPE_CHECKING:
    from app.job import Job
    from app.work.desk import Desk

IN_QUEUE = "Each pull request in this group was checked on its own."


async def run(desk: Desk, job: Job) -> None:
    """Check a pull request again; a commit of a merge queue passes, because its pull requests were checked before."""
    if job.pull is not None:
        await review_pull(desk, job.pull, force=True)
        return
    voice = desk.voice()
    standing = await begin_check(voice, name=NAME, commit=job.commit)
    check = CheckRun(name=NAME, conclusion="success", title="Nothing new in the queue", summary=IN_QUEUE)
    await end_check(voice, standing, check, commit=job.commit)
