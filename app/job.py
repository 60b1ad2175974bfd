"""What is to be done, by identifiers only: the worker looks everything else up, so that a job never grows stale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pydantic import TypeAdapter

Kind: TypeAlias = Literal["pull-request", "push", "command", "check", "closed", "farewell", "poll"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work for one repository.

    `id` is the delivery's GUID, or made up for work that no delivery asked for. `ref` is what the work is about: a
    branch (`heads/main`), a pull request (`pull/12`), or, with no repository, the installation (`installation/7`).
    `commit` is where that stood when we were told. `comment` is the id of the comment that holds a command, `thread`
    says on which side of GitHub's API it lives.
    """

    id: str
    kind: Kind
    installation: int
    repository: int
    full_name: str
    ref: str
    commit: str = ""
    comment: int = 0
    thread: Literal["", "issue", "review"] = ""

    @property
    def subject(self) -> str:
        """What only one job at a time may work on."""
        return f"{self.repository}:{self.ref}"

    @property
    def lane(self) -> str | None:
        """Jobs in one lane make each other superfluous: the newest knows all. Commands each count."""
        if self.kind == "command":
            return None
        return f"{self.subject}:{self.kind if self.kind in {'check', 'closed'} else 'state'}"

    @property
    def pull(self) -> int | None:
        """The number of the pull request or issue, where the job is about one."""
        kind, _, number = self.ref.partition("/")
        return int(number) if kind in {"pull", "issues"} else None


JOBS: Final = TypeAdapter(Job)
"""Reads and writes jobs as JSON; raises pydantic's ValidationError for anything else."""
