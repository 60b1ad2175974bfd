"""Plans made in another process: reading and generating keep a processor busy, and hostile input may take it down."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final, TypeVar

from generators import ALL
from specloom.errors import UpstreamError
from specloom.publish.bench import make_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.plan import Plan
    from specloom.publish.bench import Request

T = TypeVar("T")

TASKS_PER_PROCESS: Final = 50
"""Plans after which a process is replaced, so that what leaks does not grow for ever."""


def make_plan_here(request: Request) -> Plan:
    """Plan with all the generators there are; raises UserError at the line of a mistake."""
    return make_plan(request, ALL)


def _die_with_parent() -> None:
    """End this process when the one that started it is gone, however it went: nobody else would."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _wake() -> None:
    """Do nothing; to find this function a process has to import everything first."""


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

    def warm(self) -> None:
        """Start a process now, so that the first job does not wait for its imports."""
        self._executor = self._executor or self._make()
        self._executor.submit(_wake)

    def close(self) -> None:
        """End all processes."""
        if self._executor:
            self._end(self._executor)

    def _make(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            self._size, mp_context=context, initializer=_die_with_parent, max_tasks_per_child=TASKS_PER_PROCESS
        )

    def _end(self, executor: ProcessPoolExecutor) -> None:
        processes = list((executor._processes or {}).values())  # noqa: SLF001  # there is no public way to end one
        executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        if self._executor is executor:
            self._executor = None
