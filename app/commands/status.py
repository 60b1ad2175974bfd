"""`/specloom status`: what is queued, what was given up, and what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.command import Command
from specloom.publish.review_pull import plan_of
from specloom.report.escape import code, inline
from specloom.report.order import headline, plural

if TYPE_CHECKING:
    from app.commands.command import Call


async def _run(call: Call) -> str:
    ledger = call.desk.office.ledger
    here = call.job.repository
    waiting = [p for p in await ledger.all_pending() if p.job.repository == here and p.job.id != call.job.id]
    dead = [item for item in await ledger.dead() if item.job.repository == here]
    lines = [f"- {plural(len(waiting), 'job')} waiting", f"- {plural(len(dead), 'job')} given up"]
    lines += [f"  - {code(item.job.id)}, {inline(item.job.ref)}: {inline(item.error)}" for item in dead[:10]]
    lines += ["  - `/specloom retry` tries again"] if dead else []
    if call.job.ref.startswith("pull/"):
        plan = await plan_of(call.desk, await call.desk.api.pull(call.pull))
        report = await call.desk.report(plan.report_html)
        link = f" ([the whole report]({report}))" if report else ""
        lines.append(f"- this pull request: {headline(plan.drift)}{link}")
    return "\n".join(lines)


COMMAND = Command(
    name="status",
    usage="status",
    summary="Show what is queued or was given up, and the drift of this pull request.",
    run=_run,
    writes=False,
)
