"""A changelog entry and the next version, from the changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.model.change import Bump, Severity
from specloom.report.escape import inline
from specloom.report.order import WORST_FIRST

if TYPE_CHECKING:
    from specloom.model.change import Drift

TITLES: Final = {
    Severity.BREAKING: "Breaking changes",
    Severity.RISKY: "Check before upgrading",
    Severity.SAFE: "Changes",
}
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


def next_version(version: str, bump: Bump) -> str:
    """Return the version after `version` (semver.org 2.0.0); below 1.0.0 a major step is a minor one, as item 4 allows.

    A version that is not three numbers starts again at 0.1.0.
    """
    found = _VERSION.match(version)
    if not found:
        return "0.1.0"
    major, minor, patch = (int(part) for part in found.groups())
    if bump is Bump.MAJOR and major:
        return f"{major + 1}.0.0"
    if bump is Bump.MINOR or bump is Bump.MAJOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if bump is Bump.PATCH else version


def changelog_entry(drift: Drift, *, version: str) -> str:
    """Return the Markdown section for `version`: breaking changes first, one line each, without dates."""
    blocks = [f"## {inline(version)}"]
    for severity in WORST_FIRST:
        lines = [
            f"- {inline(change.subject)}: {inline(change.message)}"
            for change in drift.changes
            if change.severity is severity
        ]
        if lines:
            blocks.append(f"### {TITLES[severity]}\n\n" + "\n".join(dict.fromkeys(lines)))
    if len(blocks) == 1:
        blocks.append("No change to the API.")
    return "\n\n".join(blocks) + "\n"
