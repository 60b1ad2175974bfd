"""`/specloom diff A..B`: drift between any two branches, tags or commits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.commands.command import Command, Refused
from specloom.publish.bench import Request
from specloom.publish.review_pull import NOTHING_GENERATED
from specloom.report.escape import code

if TYPE_CHECKING:
    from app.commands.command import Call

RANGE: Final = re.compile(r"(?P<base>[A-Za-z0-9][\w./-]*?)\.\.\.?(?P<head>[A-Za-z0-9][\w./-]*)")
COMMIT: Final = re.compile(r"[0-9a-f]{40}")


async def _run(call: Call) -> str:
    match = RANGE.fullmatch(call.arguments[0]) if len(call.arguments) == 1 else None
    if match is None:
        raise Refused("Write two branches, tags or full commit ids with two dots between them: `diff v1.0..main`.")
    names = (match["base"], match["head"])
    refs = {f"refs/{kind}/{name}": f"{kind}-{name}" for name in names for kind in ("heads", "tags")}
    mirror, heads = await call.desk.fetch(refs)
    found: list[str] = []
    for name in names:
        commit = heads[f"refs/heads/{name}"] or heads[f"refs/tags/{name}"]
        if commit is None and COMMIT.fullmatch(name) and name in mirror.repository:
            commit = name
        if commit is None:
            raise Refused(f"There is no branch or tag {code(name)}.")
        found.append(commit)
    base, head = found
    request = Request(
        repository=str(mirror.path),
        head=head,
        base=base,
        ours=str(mirror.tree_of(head).id),
        today=call.desk.today,
        targets=NOTHING_GENERATED,
    )
    return (await call.desk.plan(request)).check_run.text


COMMAND = Command(
    name="diff",
    usage="diff A..B",
    summary="Compare the API between two branches, tags or commits.",
    run=_run,
    writes=False,
)
