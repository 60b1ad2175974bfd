"""The hour has come to look at the addresses that a repository tracks descriptions from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.work import push
from specloom.config import PATH

if TYPE_CHECKING:
    from app.job import Job
    from app.work.desk import Desk


async def run(desk: Desk, job: Job) -> None:
    """Do as after a push, in repositories that track something; where nothing is new nothing is written."""
    config = await desk.api.file(PATH)
    if config is not None and b"upstream" in config:
        await push.run(desk, job)
