"""A folder on disk as a `SourceTree`; nothing outside it can be read through it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from specloom.errors import UserError
from specloom.model.files import inside
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.merge import Kind

GIANT = 64 * 1024 * 1024
"""Bytes. The largest public descriptions are around 15 MB; a file beyond this is no description."""

UNREAD_FOLDERS = frozenset({".git", "node_modules", ".venv", "venv", "__pycache__", ".mypy_cache", ".ruff_cache"})
"""Folders that tools fill, never people: not listed, though a path inside can still be read."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The folder `root`, with its symbolic links followed only where they stay inside."""

    root: Path

    def read(self, path: str, /) -> bytes | None:
        """Return the content of the regular file `path`, or None; raises UserError where it is beyond `GIANT`."""
        if not inside(path):
            return None
        try:
            real = (self.root / path).resolve(strict=True)
            status = real.stat()
        except (OSError, RuntimeError, ValueError):
            return None
        if not real.is_relative_to(self.root.resolve()) or not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size > GIANT:
            raise UserError(too_big(path, status.st_size), Span(path, 1, 1))
        try:
            return real.read_bytes()
        except OSError as error:
            raise UserError(f"cannot be read ({error.strerror}); check its permissions", Span(path, 1, 1)) from error

    def paths(self) -> Iterator[str]:
        """Yield every regular file's path, sorted; links, devices, giants and what tools install are left out."""
        return iter(sorted(self._walk()))

    def kind(self, path: str, /) -> Kind | None:
        """Say what stands at `path` itself, without following a link there."""
        try:
            mode = (self.root / path).lstat().st_mode
        except (OSError, ValueError):
            return None
        if stat.S_ISDIR(mode):
            return "folder"
        return "file" if stat.S_ISREG(mode) else "other"

    def _walk(self) -> Iterator[str]:
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name not in UNREAD_FOLDERS]
            for name in names:
                file = Path(folder, name)
                status = file.lstat()
                if stat.S_ISREG(status.st_mode) and status.st_size <= GIANT and _is_text(name):
                    yield PurePosixPath(file.relative_to(self.root)).as_posix()


def too_big(path: str, size: int) -> str:
    """Say why `path` was refused."""
    megabytes = 1024 * 1024
    limit = f"more than the {GIANT // megabytes} MB that are read of one file"
    return f"{path} has {size // megabytes} MB, {limit}; split it, or take it out of the config"


def _is_text(name: str) -> bool:
    """Tell whether a file name is Unicode; others cannot be written down in any config or report."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)
