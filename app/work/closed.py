"""A pull request was closed, merged or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.publish.succession import clean_up

if TYPE_CHECKING:
    from app.job import Job
    from app.work.desk import Desk


async def run(desk: Desk, job: Job) -> None:
    """Remove its branch if both were ours."""
    await clean_up(desk, job.pull or 0)
