"""A bare copy of a repository on our disk, fetched with pygit2, and the trees and merges that are computed in it."""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygit2
from pygit2.enums import CredentialType, FileMode, MergeFavor, SortMode

from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

NAMESPACE: Final = "refs/specloom"
"""Below this, each subject has its own copies of refs, so that two jobs on one repository do not meet."""

SERVER_TIMEOUT: Final = 60_000
"""Milliseconds that a silent git server is waited for."""

MOST_LOGINS: Final = 3
"""Times that libgit2 may ask for credentials; it would try a bad token fifteen times over."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One path that differs between two trees: `blob` is its new object id, None where it is gone."""

    path: str
    mode: int
    blob: str | None


class _Callbacks(pygit2.RemoteCallbacks):
    def __init__(self, token: str, deadline: float) -> None:
        super().__init__()
        self._token, self._deadline, self._logins = token, deadline, 0

    def credentials(self, url: str, username_from_url: str | None, allowed_types: CredentialType) -> pygit2.UserPass:
        del url, username_from_url, allowed_types
        self._logins += 1
        if self._logins > MOST_LOGINS:
            raise UpstreamError("GitHub's git server does not accept our token")
        return pygit2.UserPass("x-access-token", self._token)

    def transfer_progress(self, stats: pygit2.remotes.TransferProgress) -> None:
        del stats
        if time.monotonic() > self._deadline:
            raise UpstreamError("fetching from GitHub's git server took too long")


class Mirror:
    """The copy at `path` of the repository at `url`."""

    def __init__(self, path: Path, url: str) -> None:
        self.path, self._url = path, url
        self.repository = _open(path)

    def fetch(self, refs: Mapping[str, str], *, token: str, seconds: float = 300.0) -> dict[str, str | None]:
        """Fetch remote refs; `refs` maps each to the name to keep it under. Return their commits, None where absent.

        Blocks; raises UpstreamError where git's server fails.
        """
        pygit2.settings.server_timeout = SERVER_TIMEOUT
        callbacks = _Callbacks(token, time.monotonic() + seconds)
        remote = self.repository.remotes.create_anonymous(self._url)
        kept = {name: f"{NAMESPACE}/{_safe(local)}" for name, local in refs.items()}
        try:
            there = {head.name for head in remote.list_heads(callbacks=callbacks)}
            wanted = [f"+{name}:{local}" for name, local in kept.items() if name in there]
            if wanted:
                remote.fetch(wanted, callbacks=callbacks, prune=pygit2.enums.FetchPrune.NO_PRUNE)
        except (pygit2.GitError, OSError) as error:
            raise UpstreamError(f"git fetch failed: {error}") from error
        for name, local in kept.items():
            if name not in there and local in self.repository.references:
                self.repository.references.delete(local)
        return {name: self._target(local) for name, local in kept.items()}

    def _target(self, ref: str) -> str | None:
        return str(self.repository.references[ref].target) if ref in self.repository.references else None

    def merge_base(self, one: str, two: str) -> str | None:
        """Return the best common ancestor of two commits, or None."""
        found = self.repository.merge_base(one, two)
        return str(found) if found else None

    def contains(self, descendant: str, ancestor: str) -> bool:
        """Say whether `ancestor` is `descendant` or one of its ancestors."""
        return descendant == ancestor or self.repository.descendant_of(descendant, ancestor)

    def commits(self, head: str, without: str) -> Iterator[pygit2.Commit]:
        """Yield what is reachable from `head` and not from `without`."""
        walker = self.repository.walk(head)
        walker.hide(without)
        yield from walker

    def departure(self, branch: str, without: str) -> str | None:
        """Return the commit that `branch` set out from: the first parent of its oldest commit not in `without`."""
        walker = self.repository.walk(branch, SortMode.TOPOLOGICAL | SortMode.REVERSE)
        walker.hide(without)
        oldest = next(iter(walker), None)
        return str(oldest.parent_ids[0]) if oldest is not None and oldest.parent_ids else None

    def tree_of(self, commit: str) -> pygit2.Tree:
        """Return a commit's tree."""
        return self.repository[commit].peel(pygit2.Tree)

    def merged_tree(self, ours: str, theirs: str) -> pygit2.Tree | None:
        """Merge two commits; None where they conflict."""
        index = self.repository.merge_commits(ours, theirs, favor=MergeFavor.NORMAL)
        if index.conflicts is not None:
            return None
        return self.repository[index.write_tree(self.repository)].peel(pygit2.Tree)

    def composed(self, base: pygit2.Tree | None, writes: Mapping[str, bytes], deletions: Sequence[str]) -> pygit2.Tree:
        """Return `base` (None: nothing) with files written and deleted; a file that stands keeps its mode."""
        index = pygit2.Index()
        if base is not None:
            index.read_tree(base)
        for path in deletions:
            if path in index:
                index.remove(path)
        for path, content in writes.items():
            mode = index[path].mode if path in index else FileMode.BLOB
            index.add(pygit2.IndexEntry(path, self.repository.create_blob(content), mode))
        return self.repository[index.write_tree(self.repository)].peel(pygit2.Tree)

    def changes(self, old: pygit2.Tree | None, new: pygit2.Tree) -> list[Changed]:
        """Return the paths that differ, sorted; with no `old`, every path."""
        diff = old.diff_to_tree(new) if old is not None else new.diff_to_tree(swap=True)
        found = []
        for delta in diff.deltas:
            gone = delta.status_char() == "D"
            path = delta.old_file.path if gone else delta.new_file.path
            blob = None if gone else str(delta.new_file.id)
            found.append(Changed(path, delta.old_file.mode if gone else delta.new_file.mode, blob))
        return sorted(found, key=lambda item: item.path)

    def keep(self, content: bytes) -> str:
        """Store bytes in this copy alone; return their object id."""
        return str(self.repository.create_blob(content))

    def blob(self, oid: str) -> bytes | None:
        """Return the content of a blob, or None where there is none of that id."""
        try:
            found = self.repository.get(pygit2.Oid(hex=oid))
        except ValueError:
            return None
        return found.data if isinstance(found, pygit2.Blob) else None


def _open(path: Path) -> pygit2.Repository:
    """Open the copy, or begin anew where there is none or a killed process left something unreadable."""
    if path.exists():
        try:
            os.utime(path)
            return pygit2.Repository(str(path))
        except pygit2.GitError:
            shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return pygit2.init_repository(str(path), bare=True)


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._/-]|\.\.|/\.|\.lock", "-", name).strip("/.")
