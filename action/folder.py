"""A plan written into a folder: files appear whole or not at all, and nothing outside is touched."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.model.plan import Plan


def write_plan(plan: Plan, folder: Path) -> None:
    """Write what the plan changes below `folder`. The merge has already refused paths that lead through links."""
    for path in plan.deletions:
        (folder / path).unlink(missing_ok=True)
        _remove_empty((folder / path).parent, folder)
    for path in plan.writes:
        replace_file(folder / path, plan.tree.files[path])


def replace_file(path: Path, content: bytes) -> None:
    """Write beside and rename over, keeping the mode of what was there; folders on the way are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:50]}.", delete=False) as file:
        file.write(content)
    try:
        Path(file.name).chmod(mode)
        Path(file.name).replace(path)
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root:
        with suppress(OSError):
            folder.rmdir()
        if folder.exists():
            return
        folder = folder.parent


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
