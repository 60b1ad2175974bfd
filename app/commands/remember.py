"""What a command decides is kept in the config file, by a commit on the pull request's branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.commands.command import Refused
from specloom.adapters.git import GitTree
from specloom.adapters.github.repository import LeaseLost, RefMove
from specloom.config import PATH
from specloom.errors import UpstreamError
from specloom.report.escape import fenced

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.commands.command import Call
    from specloom.adapters.github.shapes import Pull

LONGEST_REASON: Final = 300
SOON: Final = 2.0
"""Seconds after which a lost race is run again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An edit of the config: `entry` is what a person would write by hand, `message` the commit's.

    `apply` returns the new text, the same text where nothing is to be done, or None where it does not dare to edit.
    """

    entry: str
    message: str
    apply: Callable[[str], str | None]


def reason_of(call: Call, default: str) -> str:
    """Return what was typed after the ID, on one line and clipped; or else that it was done, and by whom."""
    return " ".join(call.arguments[1:])[:LONGEST_REASON] or f"{default} by {call.login}"


async def remember(call: Call, pull: Pull, edit: Edit) -> None:
    """Commit the edit on the pull request's branch, if that is still where we read it.

    Raises Refused in a fork, where we may not write, and where the file cannot be edited safely: both show the entry.
    """
    by_hand = f"Add this to `{PATH}`:\n\n{fenced(edit.entry, 'yaml')}"
    source = pull["head"]["repo"]
    if source is None or source["full_name"] != call.job.full_name:
        raise Refused(f"The branch is in a fork, where we cannot write. {by_hand}")
    api = call.desk.api
    branch = f"refs/heads/{pull['head']['ref']}"
    mirror, heads = await call.desk.fetch({branch: "remember"})
    head = heads[branch]
    if head is None:
        raise Refused("The branch of this pull request is gone.")
    tree = mirror.tree_of(head)
    before = (GitTree(mirror.repository, tree).read(PATH) or b"").decode(errors="replace")
    after = edit.apply(before)
    if after is None:
        raise Refused(f"`{PATH}` has a form that we do not dare to edit. {by_hand}")
    if after == before:
        return
    entry = {"path": PATH, "mode": "100644", "type": "blob", "content": after}
    made = await api.create_tree([entry], str(tree.id))
    commit = await api.create_commit(edit.message, made, [head])
    try:
        await api.move_refs((await api.info())["node_id"], [RefMove(branch, head, commit)])
    except LeaseLost as lost:
        raise UpstreamError(f"{branch} moved while we worked", SOON) from lost
