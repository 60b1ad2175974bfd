"""`/specloom approve ID [reason]`: a change is meant. The config file keeps it, so that every later run knows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.accept import with_acceptance
from app.commands.command import Command
from app.commands.explain import find_change
from app.commands.remember import Edit, reason_of, remember
from generators import ALL as GENERATORS
from specloom.config import PATH
from specloom.report.escape import code, inline

if TYPE_CHECKING:
    from app.commands.command import Call


async def _run(call: Call) -> str:
    change = await find_change(call)
    if change.approved is not None:
        return f"It is approved already: {inline(change.approved)}"
    reason = reason_of(call, "approved")
    edit = Edit(
        entry=f"drift:\n  accept:\n    - fingerprint: {change.fingerprint}\n      reason: {reason!r}",
        message=f"Approve {change.fingerprint}\n\n{reason}",
        apply=partial(with_acceptance, fingerprint=change.fingerprint, reason=reason, generators=GENERATORS),
    )
    await remember(call, await call.desk.api.pull(call.pull), edit)
    return f"Approved {code(change.fingerprint)}: {inline(reason)}. It stands in `{PATH}` on this branch."


COMMAND = Command(
    name="approve",
    usage="approve ID [reason]",
    summary="Accept a breaking or risky change on purpose; the config file on this branch remembers it.",
    run=_run,
)
