"""Drift as plain text, for terminals and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.report.order import WORST_FIRST, Group, detail_of, groups, headline, reach, seen

if TYPE_CHECKING:
    from specloom.model.change import Change, Drift


def text(drift: Drift) -> str:
    """Return the drift report for a terminal: no colours, no control characters, worst first."""
    lines = [f"API drift: {headline(drift)}"]
    for severity in WORST_FIRST:
        for approved in (False, True):
            for group in groups(drift, severity, approved=approved):
                lines += ["", _clean(group.heading), *(_alike(group) if group.alike else _each(group))]
    if drift.not_evaluated:
        lines += ["", "Not evaluated"]
        lines += [_clean(f"  {item.subject}: {item.reason}") for item in drift.not_evaluated]
    return "\n".join(lines) + "\n"


def _each(group: Group) -> list[str]:
    return [line for change in group.changes for line in _change(change)]


def _alike(group: Group) -> list[str]:
    first = group.changes[0]
    lines = [f"  {first.severity:<8} {group.alike}"]
    lines += [f"           at {detail_of(first)}"] if detail_of(first) else []
    lines += [f"           {first.advice}"] if first.advice else []
    lines += [f"           approved: {first.approved}"] if first.approved is not None else []
    lines.append(f"           {first.rule}")
    for change in group.changes:
        span = change.head or change.base
        own = f": {change.message}" if change.message != group.alike else ""
        own += f" · {seen(change)}" if change.evidence else ""
        lines.append(f"             {change.operations[0]}{own} · {change.fingerprint}{f' · {span}' if span else ''}")
    return [_clean(line) for line in lines]


def _change(change: Change) -> list[str]:
    span = change.head or change.base
    place = detail_of(change)
    lines = [f"  {change.severity:<8} {change.message}"]
    lines += [f"           at {place}"] if place else []
    lines += [f"           {seen(change)}"] if change.evidence else []
    lines += [f"           {change.advice}"] if change.advice else []
    lines += [f"           approved: {change.approved}"] if change.approved is not None else []
    lines += [f"           {reach(change)}"] if reach(change) else []
    where = f" · {span}" if span else ""
    return [_clean(line) for line in [*lines, f"           {change.rule} · {change.fingerprint}{where}"]]


def _clean(line: str) -> str:
    """Drop what would move the cursor or colour the screen."""
    return "".join(char if char.isprintable() else "�" for char in line.replace("\n", " "))
