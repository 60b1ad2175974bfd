"""A commit of a git repository as a `SourceTree`: what any revision holds, read without a checkout."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pygit2
from pygit2.enums import FileMode

from specloom.adapters.directory import GIANT, too_big
from specloom.errors import UserError
from specloom.model.files import inside
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.merge import Kind

PLAIN = frozenset({FileMode.BLOB, FileMode.BLOB_EXECUTABLE})

LARGE = 1024 * 1024
"""Bytes from which a file is kept once it was read: unpacking a description of 13 MB takes 0.15 s every time."""

OID = 40
"""Hexadecimal digits of an object id."""

MOST_LINKS = 20
"""Symbolic links followed on the way to one file, fewer than a kernel allows."""


@dataclass(frozen=True, slots=True)
class GitTree:
    """The files of one tree object; symbolic links are followed inside it and nowhere else."""

    repository: pygit2.Repository
    root: pygit2.Tree
    _folders: dict[str, dict[str, pygit2.Object]] = field(default_factory=dict, compare=False, repr=False)
    _large: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        """The tree's object id."""
        return str(self.root.id)

    def read(self, path: str, /) -> bytes | None:
        """Return the content of the regular file `path`, or None; raises UserError where it is beyond `GIANT`."""
        blob = self._resolve(path, MOST_LINKS) if inside(path) else None
        if blob is None:
            return None
        if blob.size > GIANT:
            raise UserError(too_big(path, blob.size), Span(path, 1, 1))
        if blob.size < LARGE:
            return blob.data
        if path not in self._large:
            self._large[path] = blob.data
        return self._large[path]

    def paths(self) -> Iterator[str]:
        """Yield every regular file's path, sorted; links, submodules and giants are left out."""
        return iter(sorted(_walk(self.repository, self.root, "")))

    def kind(self, path: str, /) -> Kind | None:
        """Say what stands at `path` itself, without following a link there."""
        entry = self._entry(path)
        if entry is None:
            return None
        if entry.filemode == FileMode.TREE:
            return "folder"
        return "file" if entry.filemode in PLAIN else "other"

    def _resolve(self, path: str, links: int) -> pygit2.Blob | None:
        done: list[str] = []
        segments = path.split("/")
        for index, segment in enumerate(segments):
            if segment == "..":
                if not done:
                    return None
                done.pop()
                continue
            if segment in {"", "."}:
                continue
            entry = self._entry("/".join([*done, segment]))
            if entry is not None and entry.filemode == FileMode.LINK:
                target = _text(entry)
                if target.startswith("/") or not links:
                    return None
                return self._resolve("/".join([*done, target, *segments[index + 1 :]]), links - 1)
            done.append(segment)
        found = self._entry("/".join(done))
        return found if isinstance(found, pygit2.Blob) else None

    def _entry(self, path: str) -> pygit2.Object | None:
        """Find what stands at `path`; each folder is unpacked once, where git's look-up by path does it every time."""
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            found = self._entry(folder) if folder else self.root
            self._folders[folder] = {item.name or "": item for item in found} if isinstance(found, pygit2.Tree) else {}
        return self._folders[folder].get(name)


@dataclass(frozen=True, slots=True)
class History:
    """The commits of a local repository."""

    repository: pygit2.Repository

    @classmethod
    def around(cls, path: Path) -> History:
        """Open the repository that `path` lies in; raises UserError where there is none."""
        found = pygit2.discover_repository(str(path))
        if found is None:
            raise UserError(
                f"{path} is not inside a git repository; run `git init` there, or change to the right folder"
            )
        return cls(pygit2.Repository(found))

    def tracks(self, folder: Path) -> bool:
        """Tell whether the index of the work tree has files below `folder`: then they came with the repository."""
        if self.folder is None or not folder.resolve().is_relative_to(self.folder):
            return False
        inner = folder.resolve().relative_to(self.folder).as_posix()
        return any(inner == "." or entry.path.startswith(f"{inner}/") for entry in self.repository.index)

    @property
    def folder(self) -> Path | None:
        """The work tree's root, or None in a bare repository."""
        return Path(self.repository.workdir).resolve() if self.repository.workdir else None

    def commit(self, revision: str) -> pygit2.Commit:
        """Find a commit by anything that git understands; raises UserError where there is none."""
        try:
            found = self.repository.revparse_single(revision).peel(pygit2.Commit)
        except (KeyError, ValueError, pygit2.GitError) as error:
            hint = "make a first commit" if self.repository.head_is_unborn else "see `git log` for what there is"
            raise UserError(f"there is no commit {revision!r} in this repository; {hint}") from error
        return found

    def tree(self, revision: str) -> GitTree:
        """Return the files of the commit `revision`."""
        return GitTree(self.repository, self.commit(revision).tree)

    def blob(self, oid: str) -> bytes | None:
        """Return the content of a blob, or None where this clone does not hold it."""
        found = self.repository.get(pygit2.Oid(hex=oid)) if len(oid) == OID else None
        return found.data if isinstance(found, pygit2.Blob) else None

    def parent(self, revision: str) -> str | None:
        """Return the id of the first parent of `revision`, or None for a root (or the edge of a shallow clone)."""
        ids = self.commit(revision).parent_ids
        return str(ids[0]) if ids and ids[0] in self.repository else None

    def last_change(self, path: str, revision: str) -> str | None:
        """Return the newest commit on the first-parent line of `revision` that changed `path`, or None."""
        commit: pygit2.Commit | None = self.commit(revision)
        while commit is not None:
            entry = _entry(commit.tree, path)
            if entry is None:
                return None
            known = [oid for oid in commit.parent_ids[:1] if oid in self.repository]
            parent = self.commit(str(known[0])) if known else None
            before = _entry(parent.tree, path) if parent else None
            if before is None or before.id != entry.id:
                return str(commit.id)
            commit = parent
        return None


def _entry(root: pygit2.Tree, path: str) -> pygit2.Object | None:
    try:
        return root[path]
    except (KeyError, ValueError):
        return None


def _text(entry: pygit2.Object) -> str:
    return entry.data.decode(errors="surrogateescape") if isinstance(entry, pygit2.Blob) else "/"


def _walk(repository: pygit2.Repository, tree: pygit2.Tree, prefix: str) -> Iterator[str]:
    for entry in tree:
        path = f"{prefix}{entry.name}"
        if isinstance(entry, pygit2.Tree):
            yield from _walk(repository, entry, f"{path}/")
        elif entry.filemode in PLAIN and repository.odb.read_header(entry.id)[1] <= GIANT:
            yield path
