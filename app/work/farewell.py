"""Repositories were taken out of an installation, or all of it is gone: nothing of theirs is kept."""

from __future__ import annotations

import asyncio
import shutil
from http import HTTPStatus
from typing import TYPE_CHECKING

import gidgethub

if TYPE_CHECKING:
    from pathlib import Path

    from app.job import Job
    from app.work.desk import Desk


async def run(desk: Desk, job: Job) -> None:
    """Remove the copies on this machine, and what was given up; copies elsewhere go when they have not been used."""
    kept = await _visible(desk, job.installation)
    folder = desk.office.settings.data_dir / "repositories" / str(job.installation)
    await asyncio.to_thread(_remove, folder, kept)
    for item in await desk.office.ledger.dead():
        if item.job.installation == job.installation and item.job.repository not in kept:
            await desk.office.ledger.drop(item.job.id)


async def _visible(desk: Desk, installation: int) -> frozenset[int]:
    """Return the repositories that the installation still has; none where it is gone."""
    client = desk.office.installations.access(installation).client
    url = "/installation/repositories{?per_page}"
    try:
        listed = client.getiter(url, {"per_page": "100"}, iterable_key="repositories")
        return frozenset([repository["id"] async for repository in listed])
    except gidgethub.BadRequest as error:
        if error.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.UNAUTHORIZED}:
            return frozenset()
        raise


def _remove(folder: Path, kept: frozenset[int]) -> None:
    for copy in folder.glob("*.git"):
        if copy.stem not in map(str, kept):
            shutil.rmtree(copy, ignore_errors=True)
