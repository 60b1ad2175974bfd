"""The order in which people read drift: worst first, and what belongs together side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from specloom.model.change import Bump, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.change import Change, Drift

WORST_FIRST: Final = (Severity.BREAKING, Severity.RISKY, Severity.SAFE)

BUMP_TEXT: Final = {
    Bump.MAJOR: "major version",
    Bump.MINOR: "minor version",
    Bump.PATCH: "patch version",
    Bump.NONE: "no new version needed",
}


NAMED: Final = 3
"""Operations that are named where there is little room."""
ALIKE: Final = 3
"""Operations with the same edit that are told together rather than one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Changes under one heading: an operation, or the schema or other part that several operations share.

    With `alike`, one edit was made in several operations: `alike` is what all of them say, each change has its own.
    """

    heading: str
    changes: tuple[Change, ...]
    alike: str = ""


def heading_of(change: Change) -> str:
    """Return the operation that alone is reached, else the first part of the subject."""
    if len(change.operations) == 1 and not change.milder:
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
    return grouped(
        change for change in drift.changes if change.severity is severity and (change.approved is not None) is approved
    )


def grouped(changes: Iterable[Change]) -> tuple[Group, ...]:
    """Return changes by heading, what is alike in several operations first told once; otherwise in their order."""
    listed = list(changes)
    headings: dict[tuple[str, ...], set[str]] = {}
    for change in listed:
        headings.setdefault(_edit(change), set()).add(heading_of(change))
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in listed:
        many = len(headings[_edit(change)]) >= ALIKE
        found.setdefault(_edit(change) if many else (heading_of(change),), []).append(change)
    return tuple(_group(mark, tuple(group)) for mark, group in found.items())


def _edit(change: Change) -> tuple[str, ...]:
    """Return what two changes of different operations have in common when somebody made the same edit twice."""
    if len(change.operations) != 1 or change.milder or change.subject.startswith("schema "):
        return (change.fingerprint, "alone")
    return (change.rule, change.severity, detail_of(change), change.advice, str(change.approved))


def _group(mark: tuple[str, ...], changes: tuple[Change, ...]) -> Group:
    if len(mark) == 1:
        return Group(heading=mark[0], changes=changes)
    return Group(heading=plural(len(changes), "operation"), changes=changes, alike=_common(changes))


def _common(changes: tuple[Change, ...]) -> str:
    """Return the message of all changes, with an ellipsis in place of what differs."""
    messages = [change.message for change in changes]
    if len(set(messages)) == 1:
        return messages[0]
    rows = [message.split(" ") for message in messages]
    start, end = _same(rows), _same([row[::-1] for row in rows])[::-1]
    return " ".join([*start, "…", *end])


def _same(rows: list[list[str]]) -> list[str]:
    """Return the words with which all rows begin."""
    return [words[0] for words in takewhile(lambda words: len(set(words)) == 1, zip(*rows, strict=False))]


def counts(drift: Drift) -> Counter[Severity]:
    """Count the changes that nobody has approved, by severity."""
    return Counter(change.severity for change in drift.changes if change.approved is None)


def reach(change: Change) -> str:
    """Return the operations that a change reaches, the first few by name; nothing where the heading says it all."""
    if len(change.operations) <= 1 and not change.milder:
        return ""
    milder = f"; more mildly {_named(change.milder)}" if change.milder else ""
    return f"reaches {_named(change.operations)}{milder}"


def _named(keys: tuple[str, ...]) -> str:
    names = keys[:NAMED] if len(keys) > NAMED + 1 else keys
    rest = len(keys) - len(names)
    return ", ".join(names) + (f" and {rest} others" if rest else "")


def plural(number: int, noun: str) -> str:
    """Return `1 change` or `2 changes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def headline(drift: Drift) -> str:
    """Return one line: how many changes of which severity, and the version step they ask for."""
    number = counts(drift)
    parts = [f"{number[severity]} {severity}" for severity in WORST_FIRST if number[severity]]
    if parts:
        parts[-1] += " change" if parts[-1].startswith("1 ") else " changes"
    approved = sum(change.approved is not None for change in drift.changes)
    parts += [f"{approved} approved"] if approved else []
    parts += [f"{len(drift.not_evaluated)} not evaluated"] if drift.not_evaluated else []
    if not parts:
        return "no drift"
    return f"{', '.join(parts)}: {BUMP_TEXT[drift.bump]}"
