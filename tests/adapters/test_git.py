"""Commits as sources of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.adapters import git
from specloom.adapters.git import History
from specloom.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    Clone = Any  # the one of conftest.py, which tests cannot import


def test_a_revision_is_read_without_a_checkout(clone: Clone) -> None:
    """Old versions and new ones, whatever stands in the work tree."""
    first = clone.commit({"a/b.yaml": b"1", "c": b"c"})
    clone.commit({"a/b.yaml": b"2", "c": None})
    trees = [clone.history.tree(revision) for revision in (first, "HEAD", "main~1")]
    assert [b"1", b"2", b"1"] == [tree.read("a/b.yaml") for tree in trees]
    assert [["a/b.yaml", "c"], ["a/b.yaml"]] == [list(tree.paths()) for tree in trees[:2]]


@pytest.mark.parametrize("path", ["../clone/a", "/a", "", "a/", "a/../c", "nothing", "a"])
def test_paths_that_are_no_file_of_the_tree_are_not_read(clone: Clone, path: str) -> None:
    """A folder is no file either."""
    clone.commit({"a/b": b"1", "c": b"2"})
    assert clone.history.tree("HEAD").read(path) is None


def test_links_are_followed_inside_the_tree_and_nowhere_else(clone: Clone) -> None:
    """They are resolved in the commit, never on the disk."""
    links = {
        "in": "a/b",
        "a/up": "../c",
        "out": "../../etc/hostname",
        "abs": "/etc/hostname",
        "loop": "loop",
        "dir": "a",
    }
    clone.commit({"a/b": b"1", "c": b"2"})
    for name, target in links.items():
        (clone.folder / name).symlink_to(target)
    clone.commit({})
    tree = clone.history.tree("HEAD")
    expected = {"in": b"1", "a/up": b"2", "out": None, "abs": None, "loop": None, "dir/b": b"1"}
    assert expected == {path: tree.read(path) for path in expected}
    assert ["a/b", "c"] == list(tree.paths())
    assert ["other", "folder", "file", None] == [tree.kind(path) for path in ("in", "a", "c", "none")]


def test_giants_are_refused_by_name(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not listed, and asking for one says why not."""
    monkeypatch.setattr(git, "GIANT", 10)
    clone.commit({"big": b"x" * 11, "small": b"x"})
    tree = clone.history.tree("HEAD")
    with pytest.raises(UserError, match="big has"):
        tree.read("big")
    assert ["small"] == list(tree.paths())


@pytest.mark.parametrize("revision", ["nowhere", "", "HEAD:a", "--all", "HEAD^{tree}"])
def test_a_revision_that_is_no_commit_is_an_error(clone: Clone, revision: str) -> None:
    """With its name, and where to look."""
    clone.commit({"a": b"1"})
    with pytest.raises(UserError, match="there is no commit"):
        clone.history.tree(revision)


def test_a_repository_without_commits_says_so(clone: Clone) -> None:
    """It is the first thing that newcomers try."""
    with pytest.raises(UserError, match="make a first commit"):
        clone.history.tree("HEAD")


def test_outside_a_repository_is_an_error(tmp_path: Path) -> None:
    """The message says what to do."""
    with pytest.raises(UserError, match="not inside a git repository"):
        History.around(tmp_path)


def test_the_last_change_of_a_file_is_found_on_the_first_parent_line(clone: Clone) -> None:
    """That is where the last pull request was merged."""
    clone.commit({"a": b"1"})
    changed = clone.commit({"a": b"2"})
    clone.commit({"b": b"1"})
    assert (changed, None) == (clone.history.last_change("a", "HEAD"), clone.history.last_change("none", "HEAD"))


def test_blobs_are_found_by_id_where_this_clone_has_them(clone: Clone) -> None:
    """What a generator wrote long ago is still there."""
    clone.commit({"a": b"1\n"})
    oid = clone.git("rev-parse", "HEAD:a")
    clone.commit({"a": None})
    history = clone.history
    assert [b"1\n", None, None] == [history.blob(text) for text in (oid, "0" * 40, clone.git("rev-parse", "HEAD"))]


def test_the_parent_of_a_root_is_nothing(clone: Clone) -> None:
    """There is nothing to compare a first commit with."""
    root = clone.commit({"a": b"1"})
    clone.commit({"a": b"2"})
    assert (root, None) == (clone.history.parent("HEAD"), clone.history.parent(root))
