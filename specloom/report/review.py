"""Drift as review comments on the changed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.plan import ReviewComment
from specloom.report.escape import code, fenced, inline
from specloom.report.markdown import MEANING, TITLES
from specloom.report.order import WORST_FIRST, detail_of, plural, seen

if TYPE_CHECKING:
    from specloom.model.change import Change, Drift, Severity

TAKE_OUT: Final = "```suggestion\n```"
"""An empty suggestion takes the lines out; one with an empty line would leave one."""
SHOWN: Final = 10
"""Operations named in one comment; the others are counted."""


def review_comments(
    drift: Drift, *, severities: frozenset[Severity] = frozenset(WORST_FIRST[:2])
) -> tuple[ReviewComment, ...]:
    """Return one comment per unapproved change of `severities`: on the head's lines, for removals on the base's."""
    ordered = [change for level in WORST_FIRST for change in drift.changes if change.severity is level]
    found = [_comment(change) for change in ordered if change.severity in severities and change.approved is None]
    return tuple(comment for comment in found if comment is not None)


def _comment(change: Change) -> ReviewComment | None:
    removed = change.base is not None and (change.head is None or change.rule.endswith("-removed"))
    span = change.base if removed else change.head
    if span is None:
        return None
    return ReviewComment(
        key=change.fingerprint,
        path=span.path,
        line_start=span.start,
        line_end=span.end,
        body=body(change),
        side="LEFT" if removed else "RIGHT",
    )


def _named(keys: tuple[str, ...]) -> str:
    names = ", ".join(code(key) for key in keys[:SHOWN])
    return names + (f" and {plural(len(keys) - SHOWN, 'other')}" if len(keys) > SHOWN else "")


def body(change: Change) -> str:
    """Return what breaks, for whom, what to do instead, and how to accept it."""
    where = detail_of(change)
    title = f"**{TITLES[change.severity]}**: {inline(change.message)}"
    blocks = [f"{title}  \nat {inline(where)}" if where else title, MEANING[change.severity]]
    if change.evidence:
        blocks.append(inline(seen(change)))
    if change.advice:
        blocks.append(inline(change.advice))
    if change.operations:
        milder = f" Milder for {_named(change.milder)}." if change.milder else ""
        blocks.append(f"Reaches {_named(change.operations)}.{milder}")
    if change.suggestion is not None:
        blocks.append("To keep callers working, leave it as it was:")
        blocks.append(fenced(change.suggestion, "suggestion") if change.suggestion else TAKE_OUT)
    blocks.append(
        f"<sub>Intended? Comment `/specloom approve {change.fingerprint} reason` · rule {code(change.rule)}</sub>"
    )
    return "\n\n".join(blocks)
