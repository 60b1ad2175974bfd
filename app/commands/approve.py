"""`/specloom approve ID [reason]`: a change is meant. The config file keeps it, so that every later run knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.accept import with_acceptance
from app.commands.command import Command, Refused
from app.commands.explain import find_change
from generators import ALL as GENERATORS
from specloom.adapters.git import GitTree
from specloom.adapters.github.repository import LeaseLost, RefMove
from specloom.config import PATH
from specloom.errors import UpstreamError
from specloom.report.escape import code, fenced, inline

if TYPE_CHECKING:
    from app.commands.command import Call
    from specloom.adapters.github.shapes import Pull
    from specloom.model.change import Change

LONGEST_REASON: Final = 300
SOON: Final = 2.0


async def _run(call: Call) -> str:
    change = await find_change(call)
    if change.approved is not None:
        return f"It is approved already: {inline(change.approved)}"
    reason = " ".join(call.arguments[1:])[:LONGEST_REASON] or f"approved by {call.login}"
    pull = await call.desk.api.pull(call.pull)
    source = pull["head"]["repo"]
    if source is None or source["full_name"] != call.job.full_name:
        entry = f"drift:\n  accept:\n    - fingerprint: {change.fingerprint}\n      reason: {reason!r}"
        raise Refused(
            f"The branch is in a fork, where we cannot write. Add this to `{PATH}`:\n\n{fenced(entry, 'yaml')}"
        )
    await _write(call, pull, change, reason)
    return f"Approved {code(change.fingerprint)}: {inline(reason)}. It stands in `{PATH}` on this branch."


async def _write(call: Call, pull: Pull, change: Change, reason: str) -> None:
    """Commit the entry on the pull request's branch, if that is still where we read it."""
    api = call.desk.api
    branch = f"refs/heads/{pull['head']['ref']}"
    mirror, heads = await call.desk.fetch({branch: "approve"})
    head = heads[branch]
    if head is None:
        raise Refused("The branch of this pull request is gone.")
    tree = mirror.tree_of(head)
    before = (GitTree(mirror.repository, tree).read(PATH) or b"").decode(errors="replace")
    after = with_acceptance(before, fingerprint=change.fingerprint, reason=reason, generators=GENERATORS)
    if after is None:
        raise Refused(f"`{PATH}` has a form that we do not dare to edit; add the entry under `drift.accept` by hand.")
    entry = {"path": PATH, "mode": "100644", "type": "blob", "content": after}
    made = await api.create_tree([entry], str(tree.id))
    commit = await api.create_commit(f"Approve {change.fingerprint}\n\n{reason}", made, [head])
    try:
        await api.move_refs((await api.info())["node_id"], [RefMove(branch, head, commit)])
    except LeaseLost as lost:
        raise UpstreamError(f"{branch} moved while we worked", SOON) from lost


COMMAND = Command(
    name="approve",
    usage="approve ID [reason]",
    summary="Accept a breaking or risky change on purpose; the config file on this branch remembers it.",
    run=_run,
)
