"""`/specloom export`: where to get everything that was generated as one archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.command import Command, Refused
from specloom.adapters.git import History
from specloom.pipeline import branch_name
from specloom.publish.bench import config_of

if TYPE_CHECKING:
    from app.commands.command import Call


async def _run(call: Call) -> str:
    info = await call.desk.api.info()
    default = info["default_branch"]
    mirror, heads = await call.desk.fetch({f"refs/heads/{default}": "export"})
    head = heads[f"refs/heads/{default}"]
    if head is None:
        raise Refused("The default branch has no commit yet; push one first.")
    branch = branch_name(config_of(History(mirror.repository).tree(head), call.desk.generators).branch)
    is_open = await call.desk.api.ref(f"refs/heads/{branch}") is not None
    shown = branch if is_open else default
    return f"[{shown}.zip]({info['html_url']}/archive/refs/heads/{shown}.zip) holds everything that was generated."


COMMAND = Command(
    name="export",
    usage="export",
    summary="Get the generated files as one archive.",
    run=_run,
    writes=False,
)
