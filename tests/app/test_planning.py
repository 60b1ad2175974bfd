"""Work in other processes."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.planning import Pool
from specloom.errors import UpstreamError, UserError
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).resolve().parents[2]

PARENT = """
import asyncio, sys
from app.planning import Pool

async def main():
    pool = Pool(1)
    pool.warm()
    while not pool._executor._processes:
        await asyncio.sleep(0.05)
    await asyncio.sleep(float(sys.argv[1]))
    print(*pool._executor._processes, flush=True)
    await asyncio.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    """Make a pool of one process."""
    made = Pool(1)
    yield made
    made.close()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_children_die_with_their_parent(tmp_path: Path) -> None:
    """Killed without warning, a process leaves none of its own behind."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script, "8"], env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(word) for word in parent.stdout.readline().split()]
        assert children
        parent.send_signal(signal.SIGKILL)
    for _ in range(600):
        if not any(_is_alive(pid) for pid in children):
            return
        time.sleep(0.1)
    raise AssertionError(f"still there: {children}")


async def test_what_never_ends(pool: Pool) -> None:
    """Work beyond its time is ended, and the next piece of work is done."""
    with pytest.raises(UpstreamError, match="longer than"):
        await pool.run(time.sleep, 600, seconds=1.0)
    assert 3 == await pool.run(abs, -3, seconds=60)


async def test_process_that_dies(pool: Pool) -> None:
    """A process that dies at its work is a passing failure, and the next piece of work is done."""
    with pytest.raises(UpstreamError, match="died"):
        await pool.run(os._exit, 1, seconds=60)
    assert 3 == await pool.run(abs, -3, seconds=60)


def test_mistakes_keep_their_lines() -> None:
    """A mistake points at its line on both sides of a process's border."""
    error = UserError("look here", Span("openapi.yaml", 3, 4))
    assert "openapi.yaml:3: look here" == str(pickle.loads(pickle.dumps(error)))  # noqa: S301  # our own bytes
