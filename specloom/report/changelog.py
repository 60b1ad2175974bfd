"""A changelog entry and the next version, from the changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.model.change import Bump, Severity
from specloom.report.escape import code, inline
from specloom.report.order import BUMP_TEXT, WORST_FIRST, detail_of, grouped

if TYPE_CHECKING:
    from specloom.model.change import Drift
    from specloom.report.order import Group

TITLES: Final = {
    Severity.BREAKING: "Breaking changes",
    Severity.RISKY: "Check before upgrading",
    Severity.SAFE: "Changes",
}
LISTED: Final = 60
"""Lines of one severity; the report has them all."""
NAMED: Final = 10
"""Operations with the same edit that are named in its line."""
_VERSION: Final = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?P<pre>-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")


def next_version(version: str, bump: Bump) -> str:
    """Return the version after `version` (semver.org 2.0.0); below 1.0.0 a major step is a minor one, as item 4 allows.

    A pre-release leads to its own release where that is step enough. A version that is not three numbers starts again
    at 0.1.0.
    """
    found = _VERSION.match(version)
    if not found:
        return "0.1.0"
    major, minor, patch = (int(part) for part in found.groups()[:3])
    step = Bump.MINOR if bump is Bump.MAJOR and not major else bump
    if found["pre"] and (step in {Bump.PATCH, Bump.NONE} or (patch == 0 and (step is Bump.MINOR or minor == 0))):
        return f"{major}.{minor}.{patch}" if step is not Bump.NONE else version
    if step is Bump.MAJOR:
        return f"{major + 1}.0.0"
    if step is Bump.MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if step is Bump.PATCH else version


def version_section(drift: Drift, before: str, after: str) -> str:
    """Return what the description's version was, is, and should be for these changes, with the changelog entry."""
    if drift.bump is Bump.NONE:
        return ""
    wanted = next_version(before, drift.bump)
    step = BUMP_TEXT[drift.bump]
    if not _VERSION.fullmatch(before) or not _VERSION.fullmatch(after):
        told, named = f"These changes ask for a {step}; the description says {code(after)}.", after
    elif _numbers(after) >= _numbers(wanted):
        told, named = f"{code(before)} → {code(after)}: enough for a {step}, which these changes ask for.", after
    else:
        still = "still says" if after == before else f"went from {code(before)} to"
        told = f"The description {still} {code(after)}; these changes ask for {code(wanted)}, a {step}."
        named = wanted
    entry = changelog_entry(drift, version=named)
    return f"### Version\n\n{told}\n\n<details><summary>Changelog entry</summary>\n\n{entry}\n</details>"


def changelog_entry(drift: Drift, *, version: str) -> str:
    """Return the Markdown section for `version`: breaking changes first, one line per edit, without dates."""
    blocks = [f"## {inline(version)}"]
    for severity in WORST_FIRST:
        found = grouped(change for change in drift.changes if change.severity is severity)
        lines = list(dict.fromkeys(line for group in found for line in _lines(group)))
        if len(lines) > LISTED:
            lines = [*lines[:LISTED], f"- and {len(lines) - LISTED} others"]
        if lines:
            blocks.append(f"### {TITLES[severity]}\n\n" + "\n".join(lines))
    if len(blocks) == 1:
        blocks.append("No change to the API.")
    return "\n\n".join(blocks) + "\n"


def _lines(group: Group) -> list[str]:
    if not group.alike:
        return [f"- {inline(change.subject)}: {inline(change.message)}" for change in group.changes]
    place = detail_of(group.changes[0])
    where = f", {inline(place)}" if place else ""
    keys = [code(change.operations[0]) for change in group.changes]
    rest = len(keys) - NAMED
    named = ", ".join(keys[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
    return [f"- {group.heading}{where}: {inline(group.alike)} ({named})"]


def _numbers(version: str) -> tuple[int, ...]:
    """Return the three numbers: a pre-release of the wanted version is on its way there."""
    found = _VERSION.match(version)
    return tuple(int(part) for part in found.groups()[:3]) if found else ()
