"""The default branch moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from specloom.errors import UserError
from specloom.publish.update import complain, update

if TYPE_CHECKING:
    from app.job import Job
    from app.work.desk import Desk

log = structlog.get_logger()


async def run(desk: Desk, job: Job) -> None:
    """Bring our pull request up to date, or show on the commit what is in the way."""
    try:
        updated = await update(desk)
    except UserError as error:
        if job.commit:
            await complain(desk, error, commit=job.commit)
        return
    for message in updated.silent:
        log.warning("an address did not answer", error=message)
    for mistake in updated.mistakes[:1]:
        await complain(desk, mistake, commit=updated.head)
