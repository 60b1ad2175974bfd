"""The page that holds the kinds of change which another tool names against our rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping


class Row(TypedDict):
    """What is found where the other tool sees one of its kinds of change: `level` is its word, the rest is ours."""

    level: str
    rules: list[str]
    severity: str
    note: str


INTRODUCTION: Final = """# Crosswalk

The kinds of change that [oasdiff](https://github.com/oasdiff/oasdiff) names (version of August 2026), each shown by a
minimal pair of descriptions, and the [rules](rules/README.md) that Specloom finds in it. Levels differ where the law
([drift](drift.md)) says so: a request breaks callers when it narrows, an answer when it widens. The data stands in
[drift-crosswalk.json](drift-crosswalk.json).

{figures}

| oasdiff | its level | our severity | our rules |
|---|---|---|---|
"""
_SAME: Final = {"error": "breaking", "warning": "risky", "info": "safe"}


def page(table: Mapping[str, Row]) -> str:
    """Return the text of `docs/drift-crosswalk.md`."""
    told = [row for row in table.values() if row["rules"]]
    same = sum(row["severity"] == _SAME[row["level"]] for row in told)
    figures = (
        f"Of {len(table)} kinds {len(told)} are found and {len(table) - len(told)} left out on purpose; "
        f"{same} have the same weight in both tools."
    )
    rows = "".join(_row(identity, row) for identity, row in table.items())
    return INTRODUCTION.format(figures=figures) + rows


def _row(identity: str, row: Row) -> str:
    ours = ", ".join(f"[{rule}](rules/{rule}.md)" for rule in row["rules"]) or row["note"]
    return f"| {identity} | {row['level']} | {row['severity'] or '–'} | {ours} |\n"
