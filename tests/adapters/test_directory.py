"""A folder as a source of files, and what cannot be reached through it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from specloom.adapters import directory
from specloom.adapters.directory import Directory
from specloom.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a secret beside it."""
    (tmp_path / "secret").write_text("secret")
    root = tmp_path / "root"
    (root / "a").mkdir(parents=True)
    (root / "a/b.yaml").write_text("b")
    return root


def test_files_are_read_and_listed(folder: Path) -> None:
    """Paths are relative, sorted, and use slashes."""
    (folder / "z").write_text("z")
    tree = Directory(folder)
    assert (["a/b.yaml", "z"], b"b", None) == (list(tree.paths()), tree.read("a/b.yaml"), tree.read("a"))


@pytest.mark.parametrize(
    "path", ["../secret", "a/../../secret", "/etc/hostname", "", ".", "a//b.yaml", ".git/config", "\0"]
)
def test_paths_that_leave_the_tree_are_not_read(folder: Path, path: str) -> None:
    """Whatever a reference says, only files of the tree are reached."""
    assert Directory(folder).read(path) is None


def test_links_are_followed_inside_and_nowhere_else(folder: Path) -> None:
    """A link in a repository may not show what is beside it on the machine."""
    (folder / "in").symlink_to("a/b.yaml")
    (folder / "out").symlink_to("../secret")
    (folder / "up").symlink_to("..")
    (folder / "loop").symlink_to("loop")
    tree = Directory(folder)
    assert [b"b", None, None, None] == [tree.read(path) for path in ("in", "out", "up/secret", "loop")]
    assert ["a/b.yaml"] == list(tree.paths())


def test_devices_and_pipes_are_no_files(folder: Path) -> None:
    """Reading one would never end."""
    os.mkfifo(folder / "pipe")
    tree = Directory(folder)
    assert (None, ["a/b.yaml"]) == (tree.read("pipe"), list(tree.paths()))


def test_giants_are_refused_by_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not listed, and asking for one says why not."""
    monkeypatch.setattr(directory, "GIANT", 10)
    (folder / "big.json").write_bytes(b"x" * 11)
    tree = Directory(folder)
    with pytest.raises(UserError, match=r"big\.json has"):
        tree.read("big.json")
    assert ["a/b.yaml"] == list(tree.paths())


def test_names_that_are_no_text_are_left_out(folder: Path) -> None:
    """They could not be written into any report."""
    (folder / os.fsdecode(b"\xff.yaml")).write_text("x")
    assert ["a/b.yaml"] == list(Directory(folder).paths())


def test_kinds_are_told_without_following_links(folder: Path) -> None:
    """A link is a link, wherever it leads."""
    (folder / "link").symlink_to("a")
    tree = Directory(folder)
    assert ["folder", "file", "other", None] == [tree.kind(path) for path in ("a", "a/b.yaml", "link", "none")]
