"""Conflicts with hand edits as review comments, with the generator's version as a suggestion where there is one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from specloom.model.plan import ReviewComment
from specloom.report.escape import fenced

if TYPE_CHECKING:
    from specloom.model.plan import Conflict

REASONS: Final = {
    "both-changed": "This was edited by hand, and the description now asks for something else. The hand edit stands.",
    "deleted-by-hand": "This file was deleted by hand, and the generator has a new version of it. It stays deleted.",
    "dropped-by-generator": "The description no longer asks for this file. It stays, because it was edited by hand.",
    "no-base": "This file was here before Specloom wrote one. It stays as it is.",
}
SETTLE: Final = "Take the suggestion, edit the lines, or merge as it is: each settles the conflict."
LONGEST: Final = 20_000
"""Characters of a suggestion; more does not fit a comment beside the rest."""


def conflict_comments(conflicts: tuple[Conflict, ...]) -> tuple[ReviewComment, ...]:
    """Return one comment per conflict that has lines; whole files are listed in the body of the pull request."""
    return tuple(
        ReviewComment(
            key=_key(conflict),
            path=conflict.path,
            line_start=conflict.line_start,
            line_end=conflict.line_end or conflict.line_start,
            body=_body(conflict),
        )
        for conflict in conflicts
        if conflict.line_start is not None
    )


def _key(conflict: Conflict) -> str:
    """Identify a conflict by what the generator wants where, not by line numbers, which move."""
    identity = f"{conflict.path}\0{conflict.reason}\0{conflict.suggestion}"
    return f"conflict-{hashlib.sha256(identity.encode()).hexdigest()[:12]}"


def _body(conflict: Conflict) -> str:
    blocks = [f"**Conflict with a hand edit.** {REASONS[conflict.reason]}"]
    if conflict.suggestion is not None and len(conflict.suggestion) <= LONGEST:
        blocks.append(fenced(conflict.suggestion.removesuffix("\n"), "suggestion"))
    return "\n\n".join([*blocks, SETTLE])
