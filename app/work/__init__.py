"""What is done for each kind of job: one module per kind, plus one line in `ALL`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.work import check, closed, command, farewell, poll, pull_request, push

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.job import Job, Kind
    from app.work.desk import Desk

ALL: Final[Mapping[Kind, Callable[[Desk, Job], Awaitable[None]]]] = {
    "pull-request": pull_request.run,
    "push": push.run,
    "command": command.run,
    "check": check.run,
    "closed": closed.run,
    "farewell": farewell.run,
    "poll": poll.run,
}
"""Each may be run again after a crash at any point, and then finishes what it began."""
