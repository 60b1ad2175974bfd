"""`/specloom explain ID`: one change or fact of this pull request, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.commands.command import Command, Refused
from specloom.model.inference import Inference
from specloom.publish.review_pull import plan_of
from specloom.report.escape import code
from specloom.report.facts import one_fact
from specloom.report.markdown import MEANING, one_change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.commands.command import Call
    from specloom.model.change import Change

T = TypeVar("T")

CHANGES = "Every breaking or risky change in the check's report has an ID of twelve hex digits"
FACTS = "every fact one of eight; what was rejected, or the docs no longer say, is none any more"


async def _run(call: Call) -> str:
    identity = _typed(call, f"{CHANGES}, {FACTS}.")
    plan = await plan_of(call.desk, await call.desk.api.pull(call.pull))
    known: dict[str, Change | Inference] = {change.fingerprint: change for change in plan.drift.changes}
    known |= {fact.id: fact for fact in plan.inferences}
    found = _only(known, identity, what="change or fact", hint=f"{CHANGES}, {FACTS}.")
    if isinstance(found, Inference):
        return one_fact(found)
    return f"{one_change(found)}\n\n{MEANING[found.severity]}"


async def find_change(call: Call) -> Change:
    """Return the change that the first argument names; raises Refused where it names none, or several."""
    identity = _typed(call, f"{CHANGES}.")
    plan = await plan_of(call.desk, await call.desk.api.pull(call.pull))
    return _only({change.fingerprint: change for change in plan.drift.changes}, identity, what="change", hint=CHANGES)


def _typed(call: Call, hint: str) -> str:
    if not call.arguments:
        raise Refused(f"Which one? {hint}")
    return call.arguments[0].lower()


def _only(known: Mapping[str, T], identity: str, *, what: str, hint: str) -> T:
    found = [one for key, one in known.items() if key.startswith(identity)]
    if len(found) == 1:
        return found[0]
    begins = (
        f"Several {what}s have IDs that begin" if found else f"No {what} in this pull request has an ID that begins"
    )
    raise Refused(f"{begins} with {code(identity)}. {hint}")


COMMAND = Command(
    name="explain",
    usage="explain ID",
    summary="Explain a change of this pull request, whom it breaks and what to do; or a fact, and what proves it.",
    run=_run,
    writes=False,
)
