"""Bodies that fit, and markers by which we know our own again."""

from __future__ import annotations

import hashlib
import re
from typing import Final

BODY_LIMIT: Final = 65_000
"""Characters; GitHub refuses comments and pull request bodies beyond 65,536."""

CHECK_LIMIT: Final = 65_500
"""Characters of a check run's summary or text; GitHub's limit is 65,535."""

FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
MARK: Final = re.compile(r"<!-- specloom:(?P<kind>[a-z-]+) (?P<value>[0-9a-z ,-]*) -->")


def digest(*parts: str) -> str:
    """Return sixteen hex digits over texts, in order."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def marker(kind: str, value: str) -> str:
    """Return an HTML comment that `read_marker` reads back; nobody sees it."""
    return f"<!-- specloom:{kind} {value} -->"


def read_marker(kind: str, text: str | None) -> str | None:
    """Return the value of the first marker of a kind, or None. Whose text it is has to be checked first."""
    return next((found["value"] for found in MARK.finditer(text or "") if found["kind"] == kind), None)


def disarm(text: str) -> str:
    """Return `text` without anything that we would take for a marker of ours: what we quote may contain one."""
    return text.replace("<!-- specloom:", "<!-\u200b- specloom:")


def clip(text: str, limit: int, *, rest: str = "") -> str:
    """Return `text` in at most `limit` characters: whole lines, everything that was open closed, and where to read on.

    `rest` is a sentence about where the whole text is.
    """
    if len(text) <= limit:
        return text
    note = f"\n\n*Cut here: {len(text):,} characters do not fit. {rest}*".rstrip(" *") + "*\n"
    budget = limit - len(note) - 64
    kept = text[: max(budget, 0)]
    kept = kept[: kept.rfind("\n") + 1] or kept
    return kept.rstrip("\n") + _closing(kept) + note


def _closing(text: str) -> str:
    """Return what closes a fence and folded sections that `text` leaves open."""
    fence = ""
    for found in FENCE.finditer(text):
        mark = found[1]
        if not fence:
            fence = mark
        elif mark.startswith(fence):
            fence = ""
    closing = f"\n{fence}" if fence else ""
    unclosed = text.count("<details>") - text.count("</details>")
    return closing + "\n\n</details>" * max(0, min(unclosed, 4))
