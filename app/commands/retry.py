"""`/specloom retry`: what was given up is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.command import Command
from app.job import Job
from specloom.report.order import plural

if TYPE_CHECKING:
    from app.commands.command import Call


async def _run(call: Call) -> str:
    ledger = call.desk.office.ledger
    dead = [item.job for item in await ledger.dead() if item.job.repository == call.job.repository]
    for job in dead:
        await ledger.accept(job)
    here = call.job.ref.startswith("pull/")
    again = Job(
        id=f"retry-{call.job.id}"[:64],
        kind="check" if here else "push",
        installation=call.job.installation,
        repository=call.job.repository,
        full_name=call.job.full_name,
        ref=call.job.ref if here else f"heads/{(await call.desk.api.info())['default_branch']}",
    )
    if not any(job.ref == again.ref and job.kind != "command" for job in dead):
        await ledger.accept(again)
    given_up = f", and {plural(len(dead), 'job')} that had been given up" if dead else ""
    return f"Queued: this {'pull request' if again.kind == 'check' else 'repository'}{given_up}."


COMMAND = Command(
    name="retry",
    usage="retry",
    summary="Run the checks here again, and everything of this repository that was given up.",
    run=_run,
)
