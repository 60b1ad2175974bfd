"""Files in folders: whole or not at all, with the mode they had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from action.folder import replace_file

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    """A script stays executable."""
    path = tmp_path / "run.sh"
    path.write_text("1")
    path.chmod(0o750)
    replace_file(path, b"2")
    assert (0o750, "2") == (path.stat().st_mode & 0o777, path.read_text())


def test_nothing_is_left_over_when_writing_fails(tmp_path: Path) -> None:
    """Neither half a file nor the one that was to replace it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/inner").write_text("1")
    with pytest.raises(OSError, match="a"):
        replace_file(tmp_path / "a", b"2")
    assert ["a"] == [path.name for path in tmp_path.iterdir()]
