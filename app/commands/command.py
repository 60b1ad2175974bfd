"""What a command is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.job import Job
    from app.work.desk import Desk


class Refused(Exception):  # noqa: N818  # an answer to a person
    """The command cannot be carried out, and this is why, with the next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command that somebody typed who may."""

    desk: Desk
    job: Job
    login: str
    arguments: tuple[str, ...]

    @property
    def pull(self) -> int:
        """The pull request that this is about; raises Refused in an issue."""
        if not self.job.ref.startswith("pull/") or self.job.pull is None:
            raise Refused("This works on pull requests only; write it there.")
        return self.job.pull


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One word after `/specloom`. `run` returns the answer in Markdown, or raises `Refused`.

    It must come out the same when it is run twice, since a job may be. `writes` says that only people who may push are
    obeyed; otherwise those who may read are.
    """

    name: str
    usage: str
    summary: str
    run: Callable[[Call], Awaitable[str]]
    writes: bool = True
