"""The last step for everything that is Python: sorted imports and one layout, by ruff."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import ruff

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_LENGTH: Final = 120
TARGET: Final = "py311"

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 -- what is made in it has a name of its own and is ours alone
_PAGE: Final = 4096


class GeneratedCodeError(Exception):
    """Ruff refuses what we wrote: our bug, found before anybody sees the file."""


def formatted(files: Mapping[str, str]) -> dict[str, bytes]:
    """Return `files` (path → text) with the Python ones formatted and their imports sorted, encoded as UTF-8.

    Settings are fixed; caches, config files and the environment have no influence. Raises GeneratedCodeError where a
    file is no valid Python.
    """
    encoded = {path: text.encode() for path, text in files.items()}
    with tempfile.TemporaryDirectory(prefix="specloom-", dir=_memory_for(encoded)) as folder:
        root = Path(folder)
        for parent in {(root / path).parent for path in files}:
            parent.mkdir(parents=True, exist_ok=True)
        for path, content in encoded.items():
            (root / path).write_bytes(content)
        common = ("--isolated", "--no-cache", "--quiet", f"--target-version={TARGET}")
        length = f"line-length={LINE_LENGTH}"
        _ruff("check", "--fix", "--select=I", *common, f"--config={length}", ".", folder=root)
        _ruff("format", *common, f"--config={length}", ".", folder=root)
        return {path: (root / path).read_bytes() for path in files}


def _memory_for(files: Mapping[str, bytes]) -> Path | None:
    """Return a folder that is kept in memory, where there is one with room enough; a disk takes a second of CPU more.

    Room is counted in whole pages, and twice over, because ruff writes a file anew before the old one is gone.
    """
    needed = 2 * sum(len(content) + _PAGE for content in files.values())
    try:
        return _MEMORY if shutil.disk_usage(_MEMORY).free > needed and os.access(_MEMORY, os.W_OK | os.X_OK) else None
    except OSError:
        return None


def _ruff(*arguments: str, folder: Path) -> None:
    done = subprocess.run(  # noqa: S603 -- our own binary with our own arguments
        [ruff.find_ruff_bin(), *arguments], cwd=folder, env={}, capture_output=True, check=False
    )
    if done.returncode:
        raise GeneratedCodeError((done.stdout + done.stderr).decode(errors="replace")[:4000])
