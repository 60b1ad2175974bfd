"""`/specloom explain ID`: one change of this pull request, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.commands.command import Command, Refused
from specloom.publish.review_pull import plan_of
from specloom.report.escape import code
from specloom.report.markdown import MEANING, one_change

if TYPE_CHECKING:
    from app.commands.command import Call
    from specloom.model.change import Change


NEXT: Final = "Every breaking or risky change in the check's report has an ID of twelve hex digits."


async def _run(call: Call) -> str:
    change = await find_change(call)
    return f"{one_change(change)}\n\n{MEANING[change.severity]}"


async def find_change(call: Call) -> Change:
    """Return the change that the first argument names; raises Refused where it names none, or several."""
    if not call.arguments:
        raise Refused(f"Which one? {NEXT}")
    identity = call.arguments[0].lower()
    plan = await plan_of(call.desk, await call.desk.api.pull(call.pull))
    found = [change for change in plan.drift.changes if change.fingerprint.startswith(identity)]
    if len(found) != 1:
        many = (
            "Several changes have IDs that begin with"
            if found
            else "No change in this pull request has an ID that begins with"
        )
        raise Refused(f"{many} {code(identity)}. {NEXT}")
    return found[0]


COMMAND = Command(
    name="explain",
    usage="explain ID",
    summary="Explain a change of this pull request: whom it breaks, and what to do instead.",
    run=_run,
    writes=False,
)
