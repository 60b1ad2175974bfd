"""What it takes to plan and publish for one repository, whichever front door the work came in by."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import pygit2

from specloom.adapters.git import GitTree, History
from specloom.adapters.merging import merge_trees
from specloom.config import PATH, default_config, load_config
from specloom.pipeline import Inputs, plan
from specloom.publish.progress import note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from specloom.adapters.mirror import Mirror
    from specloom.config import Config
    from specloom.model.generator import Generator
    from specloom.model.plan import Plan
    from specloom.publish.apply import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to plan, as identifiers in the bare repository at `repository`.

    `head` and `base` are commits, `ours` the id of the tree that the plan will be applied to. `today` is the day that
    sunsets are measured against. No `targets` at all, an empty set, makes a plan of drift alone. `head_url` is where
    people see the files of `head`. `upstream` maps tracked descriptions to the blob with what their address says.
    `progress` names a file for the step that is running.
    """

    repository: str
    head: str
    base: str | None
    ours: str
    today: date
    settled: bool = True
    targets: frozenset[str] | None = None
    head_url: str | None = None
    upstream: Mapping[str, str] = field(default_factory=dict)
    progress: str | None = None


class Bench(Protocol):
    """The means to do the work with; the server's and the Action's differ."""

    @property
    def generators(self) -> tuple[Generator, ...]:
        """The targets that there are."""

    @property
    def today(self) -> date:
        """The day, in UTC."""

    def voice(self, report: str = "") -> Voice:
        """Return our voice in the repository; `report` is a link to the whole report."""

    async def fetch(self, refs: Mapping[str, str]) -> tuple[Mirror, dict[str, str | None]]:
        """Bring a copy up to date; `refs` maps remote refs to short names. Return their commits, None where absent."""

    async def upstream(self, url: str) -> bytes:
        """Return what stands at an address outside; raises UserError where nothing ever will, else UpstreamError."""

    async def plan(self, request: Request) -> Plan:
        """Make a plan; raises UserError at the line of a mistake."""

    def step(self) -> str:
        """Return what planning is at, for people; nothing where that is not known."""

    async def report(self, html: str) -> str:
        """Keep a report and return a link to it, or the empty text where it cannot be shown."""

    async def checkpoint(self) -> None:
        """Be asked before something shows; raise to stop here."""


def make_plan(request: Request, generators: tuple[Generator, ...]) -> Plan:
    """Plan; raises UserError at the line of a mistake."""
    repository = pygit2.Repository(request.repository)
    history = History(repository)
    head = history.tree(request.head)
    config = config_of(head, generators)
    return plan(
        Inputs(
            head=head,
            base=history.tree(request.base) if request.base else None,
            ours=GitTree(repository, repository[request.ours].peel(pygit2.Tree)),
            config=replace(config, policy=replace(config.policy, today=request.today)),
            generators=generators,
            merge_trees=merge_trees,
            blob=history.blob,
            settled=request.settled,
            targets=request.targets,
            documentation=True,
            head_url=request.head_url,
            upstream={path: content for path, blob in request.upstream.items() if (content := history.blob(blob))},
            step=note(request.progress),
        )
    )


def files_url(bench: Bench, commit: str) -> str:
    """Return the address below which people see the files of `commit`."""
    api = bench.voice().api
    return f"{api.client.addresses.git}/{api.full_name}/blob/{commit}"


def config_of(tree: GitTree, generators: tuple[Generator, ...]) -> Config:
    """Return the config in a tree, or the defaults; raises UserError at the line of a mistake."""
    content = tree.read(PATH)
    return default_config(generators) if content is None else load_config(content, generators=generators)
