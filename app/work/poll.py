"""A look at a repository without a push: what is tracked from elsewhere may have changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.work import push

if TYPE_CHECKING:
    from app.job import Job
    from app.work.desk import Desk


async def run(desk: Desk, job: Job) -> None:
    """Do as after a push; where nothing is new nothing is written."""
    await push.run(desk, job)
