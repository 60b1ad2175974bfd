"""Deprecation, sunset dates, stability levels, names and tags of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from specloom.drift.desk import Desk, Seen
from specloom.drift.notice import Notice, Stage, notices, until
from specloom.drift.spans import Spans
from specloom.model.api import Operation

if TYPE_CHECKING:
    from specloom.model.api import Header, Parameter
    from specloom.model.policy import Policy
    from specloom.model.schema import Schema
    from specloom.model.source import Span

Lasting: TypeAlias = "Operation | Parameter | Header"


def compare(base: Operation, head: Operation, desk: Desk, *, policy: Policy) -> None:
    """Report what the description says about an operation's future, and what it is called."""
    if base.deprecated is not head.deprecated:
        what = "operation-deprecated" if head.deprecated else "operation-reactivated"
        spans = Spans(base=base.span.member("deprecated"), head=head.span.member("deprecated"))
        desk.report(Seen(what=what, values={"until": until(head.extensions)}, **spans))
    announce(base, head, desk, policy=policy)
    _names(base, head, desk)


def announce(old: Lasting, new: Lasting, desk: Desk, *, policy: Policy, place: str = "") -> None:
    """Report what was said anew about the sunset and the stability of an operation, a parameter or a header."""
    # In Swagger a parameter is its own schema, and what both would say is said once.
    told = [] if isinstance(old, Operation) or isinstance(new, Operation) else _said(old.schema, new.schema, policy)
    for one in _said(old, new, policy):
        if one in told:
            continue
        spans = Spans(base=old.span.member(one.keyword), head=new.span.member(one.keyword))
        desk.report(Seen(what=one.what, place=place, values=one.values, **spans))


def _said(old: Lasting | Schema, new: Lasting | Schema, policy: Policy) -> list[Notice]:
    return list(notices(Stage(old.deprecated, old.extensions), Stage(new.deprecated, new.extensions), policy))


def _names(base: Operation, head: Operation, desk: Desk) -> None:
    before, after = base.operation_id, head.operation_id
    if before != after:
        what = "added" if before is None else "removed" if after is None else "changed"
        spans = Spans(base=base.span.member("operationId"), head=head.span.member("operationId"))
        values = {"before": before or "", "after": after or ""}
        desk.report(Seen(what=f"operation-id-{what}", values=values, **spans))
    for tag in dict.fromkeys((*base.tags, *head.tags)):
        gone, new = tag in base.tags, tag in head.tags
        if gone is not new:
            what = "operation-tag-removed" if gone else "operation-tag-added"
            spans = Spans(base=_tag(base, tag), head=_tag(head, tag))
            desk.report(Seen(what=what, detail=tag, values={"name": tag}, **spans))


def _tag(operation: Operation, tag: str) -> Span:
    """Return the line of a tag, or of the list that it would stand in."""
    steps = (operation.tags.index(tag),) if tag in operation.tags else ()
    return operation.span.member("tags", *steps)
