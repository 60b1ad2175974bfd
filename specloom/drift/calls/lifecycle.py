"""Deprecation, sunset dates, stability levels, names and tags of operations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from specloom.drift.desk import Desk, Seen
from specloom.drift.effect import Effect
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from specloom.model.api import Extensions, Operation
    from specloom.model.policy import Policy

LEVELS: Final = ("draft", "alpha", "beta", "stable")


def compare(base: Operation, head: Operation, desk: Desk, *, policy: Policy) -> None:
    """Report what the description says about an operation's future, and what it is called."""
    if base.deprecated is not head.deprecated:
        what = "operation-deprecated" if head.deprecated else "operation-reactivated"
        spans = Spans(base=base.span.member("deprecated"), head=head.span.member("deprecated"))
        desk.report(Seen(what=what, **spans))
    _sunset(base, head, desk, policy)
    _stability(base, head, desk)
    _names(base, head, desk)


def sunset(extensions: Extensions) -> date | None:
    """Return the day of `x-sunset`, None where there is none or it is no date."""
    text = extensions.get("x-sunset")
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def stability(extensions: Extensions) -> str:
    """Return the stability level; what says nothing is stable."""
    level = extensions.get("x-stability-level")
    return level if isinstance(level, str) else "stable"


def _sunset(base: Operation, head: Operation, desk: Desk, policy: Policy) -> None:
    before, after = sunset(base.extensions), sunset(head.extensions)
    spans = Spans(base=base.span.member("x-sunset"), head=head.span.member("x-sunset"))
    days = policy.deprecation_days.get(stability(head.extensions), 0)
    if (
        head.deprecated
        and after is None
        and "x-sunset" in head.extensions
        and base.extensions.get("x-sunset") != head.extensions["x-sunset"]
    ):
        desk.report(Seen(what="sunset-unreadable", values={"text": str(head.extensions["x-sunset"])}, **spans))
    elif before is not None and after is None and head.deprecated:
        desk.report(Seen(what="sunset-removed", effect=Effect.NARROWS, values={"before": str(before)}, **spans))
    elif before is not None and after is not None and before != after:
        what = "sunset-brought-forward" if after < before else "sunset-postponed"
        desk.report(Seen(what=what, values={"before": str(before), "after": str(after)}, **spans))
    elif head.deprecated and not base.deprecated and days and (after is None or _short(after, days, policy)):
        what = "sunset-missing" if after is None else "sunset-too-soon"
        desk.report(Seen(what=what, values={"days": str(days), "after": str(after)}, **spans))


def _short(day: date, days: int, policy: Policy) -> bool:
    return policy.today is not None and (day - policy.today).days < days


def _stability(base: Operation, head: Operation, desk: Desk) -> None:
    before, after = stability(base.extensions), stability(head.extensions)
    if before == after:
        return
    spans = Spans(base=base.span.member("x-stability-level"), head=head.span.member("x-stability-level"))
    values = {"before": before, "after": after}
    if after not in LEVELS or before not in LEVELS:
        what = "stability-unknown"
    else:
        what = "stability-raised" if LEVELS.index(after) > LEVELS.index(before) else "stability-lowered"
    desk.report(Seen(what=what, values=values, **spans))


def _names(base: Operation, head: Operation, desk: Desk) -> None:
    before, after = base.operation_id, head.operation_id
    if before != after:
        what = "added" if before is None else "removed" if after is None else "changed"
        spans = Spans(base=base.span.member("operationId"), head=head.span.member("operationId"))
        values = {"before": before or "", "after": after or ""}
        desk.report(Seen(what=f"operation-id-{what}", values=values, **spans))
    spans = Spans(base=base.span.member("tags"), head=head.span.member("tags"))
    for tag in dict.fromkeys((*base.tags, *head.tags)):
        gone, new = tag in base.tags, tag in head.tags
        if gone is not new:
            what = "operation-tag-removed" if gone else "operation-tag-added"
            desk.report(Seen(what=what, detail=tag, values={"name": tag}, **spans))
