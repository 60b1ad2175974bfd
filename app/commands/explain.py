"""`/specloom explain ID`: one change of this pull request, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.command import Command, Refused
from specloom.publish.review_pull import plan_of
from specloom.report.escape import code
from specloom.report.markdown import MEANING, one_change

if TYPE_CHECKING:
    from app.commands.command import Call
    from specloom.model.change import Change


async def _run(call: Call) -> str:
    change = await find_change(call)
    return f"{one_change(change)}\n\n{MEANING[change.severity]}"


async def find_change(call: Call) -> Change:
    """Return the change that the first argument names; raises Refused where it names none, or several."""
    if not call.arguments:
        raise Refused("Which one? Every change in the report has an ID of twelve digits.")
    identity = call.arguments[0].lower()
    plan = await plan_of(call.desk, await call.desk.api.pull(call.pull))
    found = [change for change in plan.drift.changes if change.fingerprint.startswith(identity)]
    if len(found) != 1:
        many = "Several changes have IDs that begin so" if found else "No change in this pull request has the ID"
        raise Refused(f"{many}: {code(identity)}.")
    return found[0]


COMMAND = Command(
    name="explain",
    usage="explain ID",
    summary="Explain a change of this pull request: whom it breaks, and what to do instead.",
    run=_run,
    writes=False,
)
