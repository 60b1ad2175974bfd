"""A pull request was opened or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.publish.review_pull import review_pull

if TYPE_CHECKING:
    from app.job import Job
    from app.work.desk import Desk


async def run(desk: Desk, job: Job) -> None:
    """Say what it does to callers."""
    await review_pull(desk, job.pull or 0)
