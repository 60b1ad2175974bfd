"""`/specloom regenerate`: the pull request with generated files, made or brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.command import Command, Refused
from generators import ALL as GENERATORS
from specloom.publish.update import update
from specloom.report.escape import code

if TYPE_CHECKING:
    from app.commands.command import Call


async def _run(call: Call) -> str:
    known = [generator.target for generator in GENERATORS]
    strange = [name for name in call.arguments if name not in known]
    if strange:
        raise Refused(f"There is no target {code(strange[0])}; there are {', '.join(map(code, known)) or 'none'}.")
    updated = await update(call.desk, targets=frozenset(call.arguments) or None)
    decision = updated.decision
    if decision is None:
        raise Refused("The default branch has no commit yet; push one first.")
    where = f" (#{decision.number})" if decision.number else ""
    said = {
        "create": f"#{updated.pull['number']} is open." if updated.pull else "",
        "update": f"The pull request is up to date{where}.",
        "close": f"There is nothing to follow any more; the pull request is closed{where}.",
        "leave": decision.reason or f"Everything is up to date{where}.",
    }
    return said[decision.what]


COMMAND = Command(
    name="regenerate",
    usage="regenerate [TARGET …]",
    summary="Generate everything, or the named targets, from the default branch.",
    run=_run,
)
