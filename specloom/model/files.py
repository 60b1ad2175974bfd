"""`FileTree`: generated files as a value whose identity is git's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWNED: Final = "specloom:owned"
"""Written by a generator in a comment, to say what hand edits never change: on a file's first line the whole file
(`_version.py`), on any other that line (`version = "1.2.0"  # specloom:owned`). Everything else is merged."""


def blob_id(content: bytes) -> str:
    """Return git's SHA-1 object id of `content`."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


FORBIDDEN: Final = frozenset({"", ".", "..", ".git"})


def inside(path: str) -> bool:
    """Tell whether `path` is relative, uses `/`, and has no `.`, `..`, empty or `.git` segment and no NUL."""
    return "\0" not in path and FORBIDDEN.isdisjoint(path.lower().split("/"))


@dataclass(frozen=True, slots=True)
class FileTree:
    """Path → content, sorted by path; every path is `inside`.

    Raises ValueError for any other path, and where one path would be both a file and a folder.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        folders: set[str] = set()
        for path in self.files:
            if not inside(path):
                raise ValueError(f"{path!r} is not a path inside a tree")
            folder = path.rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        if both := sorted(folders & set(self.files)):
            raise ValueError(f"{both[0]!r} is both a file and a folder")
        object.__setattr__(self, "files", dict(sorted(self.files.items())))

    def read(self, path: str, /) -> bytes | None:
        """Return the content of `path`, or None; makes a tree a `SourceTree`."""
        return self.files.get(path)

    def paths(self) -> Iterator[str]:
        """Yield every path, sorted."""
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def __or__(self, other: FileTree) -> FileTree:
        """Both trees together; a path that stands in both must have one content."""
        clash = [path for path, content in other.files.items() if self.files.get(path, content) != content]
        if clash:
            raise ValueError(f"two generators write {clash[0]!r}")
        return FileTree({**self.files, **other.files})

    def under(self, prefix: str) -> FileTree:
        """Return the files below the folder `prefix`, with their paths unchanged."""
        return FileTree({path: content for path, content in self.files.items() if path.startswith(f"{prefix}/")})

    @property
    def id(self) -> str:
        """Git's SHA-1 id of this tree, every file being a plain one (mode 100644)."""
        return _tree_id([(tuple(path.split("/")), content) for path, content in self.files.items()])


def _tree_id(entries: list[tuple[tuple[str, ...], bytes]]) -> str:
    folders: dict[str, list[tuple[tuple[str, ...], bytes]]] = {}
    rows: list[tuple[bytes, bytes, str]] = []
    for (name, *rest), content in entries:
        if rest:
            folders.setdefault(name, []).append((tuple(rest), content))
        else:
            rows.append((name.encode(), b"100644", blob_id(content)))
    rows.extend((name.encode(), b"40000", _tree_id(inner)) for name, inner in folders.items())
    rows.sort(key=lambda row: row[0] + (b"/" if row[1] == b"40000" else b""))
    body = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(oid) for name, mode, oid in rows)
    return hashlib.sha1(b"tree %d\0" % len(body) + body, usedforsecurity=False).hexdigest()
