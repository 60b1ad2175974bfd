"""The generated package is typed: strictly clean, exact for users, and of help where they err."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
WRONG = [
    number for number, line in enumerate((HERE / "misuse.py").read_text().splitlines(), 1) if line.endswith("  # wrong")
]

Faults = list[tuple[str, int]]


def mypy(folder: Path) -> Faults:
    """Return (file, line) of what mypy --strict finds in the package and its users."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(folder / ".cache")]
    done = subprocess.run([*command, "kennel", "usage.py", "misuse.py"], cwd=folder, capture_output=True, text=True)  # noqa: PLW1510
    found = re.findall(r"^(.+?):(\d+): error:", done.stdout, re.MULTILINE)
    assert done.stderr == ""
    return [(file, int(line)) for file, line in found]


def pyright(folder: Path) -> Faults:
    """Return (file, line) of what pyright finds in strict mode."""
    settings = {
        "typeCheckingMode": "strict",
        "include": ["."],
        "pythonVersion": "3.11",
        "reportUnusedExpression": False,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)  # noqa: PLW1510
    found = json.loads(done.stdout)["generalDiagnostics"]
    return [(Path(one["file"]).relative_to(folder).as_posix(), one["range"]["start"]["line"] + 1) for one in found]


@pytest.mark.parametrize("check", [mypy, pyright])
def test_users_are_served(check: Callable[[Path], Faults], sdk_folder: Path, tmp_path: Path) -> None:
    """Strict type checkers find nothing in the package and in right use, and something in every line of wrong use."""
    shutil.copytree(sdk_folder / "kennel", tmp_path / "kennel")
    for name in ("usage.py", "misuse.py"):
        shutil.copy(HERE / name, tmp_path / name)
    found = check(tmp_path)
    assert [one for one in found if one[0] != "misuse.py"] == []
    assert sorted({line for _, line in found}) == WRONG
