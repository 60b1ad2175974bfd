"""Which lines of a pull request's diff a comment may stand on; GitHub refuses a whole review for one that may not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.adapters.github.shapes import PullFile

HUNK: Final = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


@dataclass(slots=True)
class Shown:
    """The lines of one file that the diff shows: number → (hunk, whether the line changed), on each side."""

    left: dict[int, tuple[int, bool]] = field(default_factory=dict)
    right: dict[int, tuple[int, bool]] = field(default_factory=dict)

    def side(self, name: str) -> Mapping[int, tuple[int, bool]]:
        """Return the lines of `LEFT` or `RIGHT`."""
        return self.left if name == "LEFT" else self.right


def shown_lines(files: Sequence[PullFile]) -> dict[str, Shown]:
    """Return what GitHub shows of each changed file; a file without a patch shows nothing."""
    return {file["filename"]: _shown(file.get("patch") or "") for file in files}


def _shown(patch: str) -> Shown:
    shown = Shown()
    hunk = old = new = 0
    for line in patch.split("\n"):
        if match := HUNK.match(line):
            hunk += 1
            old, new = int(match[1]), int(match[2])
        elif line.startswith("-"):
            shown.left[old] = (hunk, True)
            old += 1
        elif line.startswith("+"):
            shown.right[new] = (hunk, True)
            new += 1
        elif line.startswith(" "):
            shown.left[old], shown.right[new] = (hunk, False), (hunk, False)
            old, new = old + 1, new + 1
    return shown
