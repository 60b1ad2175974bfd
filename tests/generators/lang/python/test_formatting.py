"""The layout of generated Python, wherever ruff finds the files."""

from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from generators.lang.python import formatting
from generators.lang.python.formatting import GeneratedCodeError, formatted

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"pkg/one.py": "import sys\nimport os\nx = [1,2 ]\n", "pkg/read.md": "a  b\n"}
EXPECTED = {"pkg/one.py": b"import os\nimport sys\n\nx = [1, 2]\n", "pkg/read.md": b"a  b\n"}


def test_python_is_laid_out_and_the_rest_left_alone() -> None:
    """Imports are sorted, spaces set; a README stays as it is."""
    assert EXPECTED == formatted(FILES)


@pytest.mark.parametrize("memory", ["missing", "full"])
def test_files_go_to_the_disk_where_there_is_no_memory_for_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, memory: str
) -> None:
    """A container may have no folder in memory, or one of a few megabytes."""
    monkeypatch.setattr(formatting, "_MEMORY", tmp_path / "missing" if memory == "missing" else tmp_path)
    if memory == "full":
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=4096))
    assert EXPECTED == formatted(FILES)
    assert [] == list(tmp_path.iterdir())


def test_what_is_no_python_is_our_bug() -> None:
    """Nobody is to see such a file."""
    with pytest.raises(GeneratedCodeError):
        formatted({"pkg/one.py": "def (:\n"})
