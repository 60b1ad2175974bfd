"""Run one command and say what it cost: CPU seconds (user and system, children included) and peak resident memory.

The command is started by a small process of its own (this file, run as a script), because a process's peak counts what
its parent held when it was forked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took. `peak_mib` is the largest resident set of any single process of it."""

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float
    exit_code: int
    tail: str

    @property
    def ok(self) -> bool:
        """Whether the command ended with exit code 0."""
        return self.exit_code == 0


def measure(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run `command` in `cwd` with nothing on standard input; its output is kept only to explain a failure."""
    with tempfile.TemporaryFile() as output:
        starter = subprocess.run(
            [sys.executable, "-S", __file__, *map(str, command)],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            check=True,
        )
        output.seek(max(0, output.seek(0, os.SEEK_END) - 400))
        tail = output.read().decode(errors="replace").strip()
    return Cost(**json.loads(starter.stdout), tail=tail)


def _start(command: Sequence[str]) -> dict[str, float]:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=sys.stderr)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "wall_seconds": time.perf_counter() - started,
        "peak_mib": usage.ru_maxrss / 1024,
        "exit_code": process.returncode,
    }


if __name__ == "__main__":
    print(json.dumps(_start(sys.argv[1:])))
