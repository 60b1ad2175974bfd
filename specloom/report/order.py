"""The order in which people read drift: worst first, and what belongs together side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.model.change import Bump, Severity

if TYPE_CHECKING:
    from specloom.model.change import Change, Drift

WORST_FIRST: Final = (Severity.BREAKING, Severity.RISKY, Severity.SAFE)

BUMP_TEXT: Final = {
    Bump.MAJOR: "major version",
    Bump.MINOR: "minor version",
    Bump.PATCH: "patch version",
    Bump.NONE: "no new version needed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Changes under one heading: an operation, or the schema or other part that several operations share."""

    heading: str
    changes: tuple[Change, ...]


def heading_of(change: Change) -> str:
    """Return the operation that alone is reached, else the first part of the subject."""
    if len(change.operations) == 1:
        return change.operations[0]
    return change.subject.split(" · ", 1)[0]


def detail_of(change: Change) -> str:
    """Return the subject without what the heading already says."""
    heading = heading_of(change)
    if change.subject == heading:
        return ""
    return change.subject.removeprefix(f"{heading} · ")


def seen(change: Change) -> str:
    """Return where traffic showed the change and how often; nothing for a change between two versions."""
    found = change.evidence
    if found is None:
        return ""
    place = f", at {found.pointer}" if found.pointer else ""
    value = f" ({found.value})" if found.value else ""
    more = f", and in {found.count - 1} more" if found.count > 1 else ""
    return f"seen in {found.exchange}{place}{value}{more}"


def groups(drift: Drift, severity: Severity, *, approved: bool = False) -> tuple[Group, ...]:
    """Return the changes of one severity by heading; approved ones only when asked for, and then only those."""
    found: dict[str, list[Change]] = {}
    for change in drift.changes:
        if change.severity is severity and (change.approved is not None) is approved:
            found.setdefault(heading_of(change), []).append(change)
    return tuple(Group(heading=heading, changes=tuple(changes)) for heading, changes in found.items())


def counts(drift: Drift) -> Counter[Severity]:
    """Count the changes that nobody has approved, by severity."""
    return Counter(change.severity for change in drift.changes if change.approved is None)


def plural(number: int, noun: str) -> str:
    """Return `1 change` or `2 changes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def headline(drift: Drift) -> str:
    """Return one line: how many changes of which severity, and the version step they ask for."""
    number = counts(drift)
    parts = [f"{number[severity]} {severity}" for severity in WORST_FIRST if number[severity]]
    approved = sum(change.approved is not None for change in drift.changes)
    parts += [f"{approved} approved"] if approved else []
    parts += [f"{len(drift.not_evaluated)} not evaluated"] if drift.not_evaluated else []
    if not parts:
        return "no drift"
    return f"{', '.join(parts)}: {BUMP_TEXT[drift.bump]}"
