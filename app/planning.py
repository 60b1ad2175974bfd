"""Plans made in another process: reading and generating keep a processor busy, and hostile input may take it down."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pygit2

from generators import ALL
from specloom.adapters.git import GitTree, History
from specloom.adapters.merging import merge_trees
from specloom.config import PATH, Config, default_config, load_config
from specloom.errors import UpstreamError
from specloom.pipeline import Inputs, plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from specloom.model.plan import Plan

T = TypeVar("T")

TASKS_PER_PROCESS: Final = 50
"""Plans after which a process is replaced, so that what leaks does not grow for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to plan, as identifiers in the bare repository at `repository`.

    `head` and `base` are commits, `ours` the id of the tree that the plan will be applied to. `today` is the day that
    sunsets are measured against. No `targets` at all, an empty set, makes a plan of drift alone.
    """

    repository: str
    head: str
    base: str | None
    ours: str
    today: date
    settled: bool = True
    targets: frozenset[str] | None = None


def make_plan(request: Request) -> Plan:
    """Plan; raises UserError at the line of a mistake."""
    repository = pygit2.Repository(request.repository)
    history = History(repository)
    head = history.tree(request.head)
    config = config_of(head)
    return plan(
        Inputs(
            head=head,
            base=history.tree(request.base) if request.base else None,
            ours=GitTree(repository, repository[request.ours].peel(pygit2.Tree)),
            config=replace(config, policy=replace(config.policy, today=request.today)),
            generators=ALL,
            merge_trees=merge_trees,
            blob=history.blob,
            settled=request.settled,
            targets=request.targets,
        )
    )


def config_of(tree: GitTree) -> Config:
    """Return the config in a tree, or the defaults; raises UserError at the line of a mistake."""
    content = tree.read(PATH)
    return default_config(ALL) if content is None else load_config(content, generators=ALL)


class Pool:
    """Processes for work on one processor; one that takes too long is ended, and the others with it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._executor: ProcessPoolExecutor | None = None

    async def run(self, function: Callable[[Any], T], argument: object, *, seconds: float) -> T:
        """Call `function`; raises UpstreamError where its process died or did not come to an end."""
        executor = self._executor = self._executor or self._make()
        future = asyncio.get_running_loop().run_in_executor(executor, function, argument)
        try:
            return await asyncio.wait_for(future, seconds)
        except TimeoutError as error:
            self._end(executor)
            raise UpstreamError(f"planning took longer than {seconds:.0f} s") from error
        except BrokenProcessPool as error:
            self._end(executor)
            raise UpstreamError("the process that was planning died") from error

    def close(self) -> None:
        """End all processes."""
        if self._executor:
            self._end(self._executor)

    def _make(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._size, mp_context=context, max_tasks_per_child=TASKS_PER_PROCESS)

    def _end(self, executor: ProcessPoolExecutor) -> None:
        processes = list((executor._processes or {}).values())  # noqa: SLF001  # there is no public way to end one
        executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        if self._executor is executor:
            self._executor = None
