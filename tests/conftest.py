"""What the tests of several packages share."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from github_twin import Twin
    from specloom.adapters.git import History

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("SPECLOOM_SHARED") or ROOT.parent / "shared") / "corpus"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make golden` renew what the generators are held against."""
    parser.addoption("--golden", action="store_true", help="write tests/golden anew")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests marked `corpus` where the corpus of real descriptions is not there."""
    if item.get_closest_marker("corpus") and not CORPUS.is_dir():
        pytest.skip(f"the corpus of real descriptions is not at {CORPUS}; set SPECLOOM_SHARED to its parent folder")


@pytest.fixture
def corpus() -> Path:
    """Return the folder of real descriptions (`dev` in the shared corpus); skip where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real descriptions is not at {CORPUS}; set SPECLOOM_SHARED to its parent folder")
    return CORPUS / "dev"


@dataclass(frozen=True)
class Held:
    """A tree as people left it, in memory; `links` are symbolic links, which lead nowhere."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    links: frozenset[str] = frozenset()

    def read(self, path: str, /) -> bytes | None:
        return self.files.get(path)

    def paths(self) -> Iterator[str]:
        return iter(sorted(self.files))

    def kind(self, path: str, /) -> Literal["file", "folder", "other"] | None:
        if path in self.links:
            return "other"
        if path in self.files:
            return "file"
        return "folder" if any(name.startswith(f"{path}/") for name in self.files) else None


@pytest.fixture(scope="session")
def held() -> type[Held]:
    """Return the in-memory implementation of `specloom.merge.OursTree`."""
    return Held


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
        from specloom.adapters.git import History

        return History.around(self.folder)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Return an empty repository on the branch `main`."""
    made = Clone(tmp_path / "clone")
    made.folder.mkdir()
    made.git("init", "--quiet", "--initial-branch", "main")
    made.git("config", "user.name", "Ada")
    made.git("config", "user.email", "ada@example.org")
    made.git("config", "commit.gpgSign", "false")
    return made


@pytest.fixture
async def twin(tmp_path: Path) -> AsyncIterator[Twin]:
    """Run a GitHub of our own; no test may send it a request that GitHub's description does not allow."""
    from github_twin import Twin

    async with Twin(tmp_path / "github") as running:
        yield running
    assert running.oracle.violations == []
