"""Drift as plain text, for terminals and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.report.order import WORST_FIRST, detail_of, groups, headline, plural, seen

if TYPE_CHECKING:
    from specloom.model.change import Change, Drift


def text(drift: Drift) -> str:
    """Return the drift report for a terminal: no colours, no control characters, worst first."""
    lines = [f"API drift: {headline(drift)}"]
    for severity in WORST_FIRST:
        for approved in (False, True):
            for group in groups(drift, severity, approved=approved):
                lines += ["", _clean(group.heading)]
                for change in group.changes:
                    lines += _change(change)
    if drift.not_evaluated:
        lines += ["", "Not evaluated"]
        lines += [_clean(f"  {item.subject}: {item.reason}") for item in drift.not_evaluated]
    return "\n".join(lines) + "\n"


def _change(change: Change) -> list[str]:
    span = change.head or change.base
    place = detail_of(change)
    lines = [f"  {change.severity:<8} {change.message}"]
    lines += [f"           at {place}"] if place else []
    lines += [f"           {seen(change)}"] if change.evidence else []
    lines += [f"           {change.advice}"] if change.advice else []
    lines += [f"           approved: {change.approved}"] if change.approved is not None else []
    reach = f" · reaches {plural(len(change.operations), 'operation')}" if len(change.operations) > 1 else ""
    where = f" · {span}" if span else ""
    return [_clean(line) for line in [*lines, f"           {change.rule} · {change.fingerprint}{where}{reach}"]]


def _clean(line: str) -> str:
    """Drop what would move the cursor or colour the screen."""
    return "".join(char if char.isprintable() else "�" for char in line.replace("\n", " "))
