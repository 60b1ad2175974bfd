"""Which files of a tree are descriptions, told by a look at their bytes."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from pathspec import GitIgnoreSpec

from specloom.errors import UserError
from specloom.readers.documents.json_text import depths_at
from specloom.readers.documents.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specloom.model.source import SourceTree
    from specloom.readers.reading import Reader

SKIPPED_FOLDERS: Final = frozenset(
    {
        "__fixtures__",
        "__snapshots__",
        "__tests__",
        "bower_components",
        "build",
        "cassettes",
        "dist",
        "fixtures",
        "golden",
        "node_modules",
        "site-packages",
        "snapshots",
        "target",
        "test",
        "testdata",
        "tests",
        "third_party",
        "vendor",
        "venv",
    }
)
"""Folders whose descriptions are somebody else's, made up for tests, or copies; a glob in the config reaches them."""

_REFERENCE: Final = re.compile(rb"""["']?\$ref["']?\s*:\s*["']?([^"'#\s,}]+)""")
_CALLABLE: Final = re.compile(rb"""["']?\b(?:paths|webhooks)["']?[ \t]*:\s*(?:[^{\s]|\{\s*[^}\s])""")


def find_roots(
    tree: SourceTree, readers: Sequence[Reader], *, include: Iterable[str] = (), exclude: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the paths of the root descriptions in `tree`, sorted.

    `include` and `exclude` are globs as in `.gitignore`. With `include` only what it matches is looked at; a path in
    it that is no glob is taken as it is. Without, `SKIPPED_FOLDERS` and hidden folders are left out. Files that other
    descriptions refer to and that have no operations of their own are parts, not roots. Each file is read once, and
    none is parsed.
    """
    include = tuple(include)
    wanted, unwanted = GitIgnoreSpec.from_lines(include), GitIgnoreSpec.from_lines(exclude)
    named = {path.removeprefix("/").removeprefix("./") for path in include}
    roots: dict[str, bytes] = {}
    for path in tree.paths():
        if unwanted.match_file(path) or not (wanted.match_file(path) if include else is_likely(path)):
            continue
        content = _content(tree, path) if any(path.lower().endswith(reader.suffixes) for reader in readers) else None
        if content and (path in named or any(_is_root(reader, path, content) for reader in readers)):
            roots[path] = content
    return tuple(sorted(roots.keys() - (_parts(roots) - named)))


def _content(tree: SourceTree, path: str) -> bytes | None:
    try:
        return tree.read(path)
    except UserError:
        return None  # what cannot be opened, by size or permission, is nobody's root


def is_likely(path: str) -> bool:
    """Tell whether `path` lies neither in a hidden folder nor in one of `SKIPPED_FOLDERS`."""
    folders = path.lower().split("/")[:-1]
    return not any(folder in SKIPPED_FOLDERS or folder.startswith(".") for folder in folders)


def _is_root(reader: Reader, path: str, content: bytes) -> bool:
    """Tell whether `content` carries the mark of a root where a root has it."""
    if len(content) > MAX_BYTES or not path.lower().endswith(reader.suffixes):
        return False
    text = _as_utf8(content)
    found = [match.start() for match in reader.mark.finditer(text)]
    if not found:
        return False
    if text[:64].lstrip()[:1] in (b"{", b"["):
        return any(depth <= reader.depth for depth in depths_at(text, found))
    return any(position == 0 or text[position - 1] in b"\r\n" for position in found)


def _as_utf8(content: bytes) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").encode()
    return content.removeprefix(b"\xef\xbb\xbf")


def _parts(roots: Mapping[str, bytes]) -> set[str]:
    """Return those of `roots` that another one refers to and that cannot be called."""
    parts: set[str] = set()
    for path, content in roots.items():
        for reference in set(_REFERENCE.findall(content)):
            name = reference.decode(errors="replace")
            other = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
            if other != path and other in roots and not _CALLABLE.search(roots[other]):
                parts.add(other)
    return parts
