"""Real git repositories for the tests of what touches git."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from specloom.adapters.git import History

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Clone:
    """A work tree, driven by the git command as people do."""

    folder: Path

    def git(self, *words: str) -> str:
        """Run git and return what it printed."""
        return subprocess.run(
            ["git", *words], cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout.strip()

    def commit(self, files: Mapping[str, bytes | None], message: str = "by hand") -> str:
        """Write (or with None, delete) files and commit them."""
        for path, content in files.items():
            if content is None:
                (self.folder / path).unlink()
            else:
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path).write_bytes(content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def show(self, path: str) -> bytes:
        """Return `REV:PATH`."""
        return subprocess.run(["git", "show", path], cwd=self.folder, check=True, capture_output=True).stdout

    @property
    def history(self) -> History:
        """Open the repository anew."""
        return History.around(self.folder)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Return an empty repository on the branch `main`."""
    made = Clone(tmp_path / "clone")
    made.folder.mkdir()
    made.git("init", "--quiet", "--initial-branch", "main")
    made.git("config", "user.name", "Ada")
    made.git("config", "user.email", "ada@example.org")
    return made
