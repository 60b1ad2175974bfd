"""Lists: items, tuples, `contains`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import BOTH, Effect
from specloom.drift.pair import Child, Difference, Pair, at
from specloom.drift.relation.form import at_least
from specloom.drift.relation.objects import closed
from specloom.drift.spans import Spans
from specloom.model.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.form import Form
    from specloom.drift.relation.parts import Node
    from specloom.model.source import Span


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield items that were first described, or no longer are, tuple positions and `contains`."""
    if "array" not in pair.shared:
        return
    base, head = pair.base, pair.head
    if (base.items is None) is not (head.items is None) and not _free(base.items or head.items):
        gained = base.items is None
        yield Difference(
            what="items-added" if gained else "items-removed",
            effect=Effect.NARROWS if gained else Effect.WIDENS,
            base=_span(base, "items"),
            head=_span(head, "items"),
        )
    yield from _prefix(pair)
    yield from _contains(pair)


def children(pair: Pair) -> Iterator[Child]:
    """Yield the items and tuple positions that both sides describe."""
    if "array" not in pair.shared:
        return
    base, head = pair.base, pair.head
    if base.items and head.items:
        sites = (_span(base, "items"), _span(head, "items"))
        yield Child(label="items", base=base.items, head=head.items, sites=sites)
    for index in range(max(len(base.prefix), len(head.prefix))):
        old, new = _position(base, index), _position(head, index)
        # A position that only `items: false` rules out is told as one that came or went.
        gone = (closed(old) and index >= len(base.prefix)) or (closed(new) and index >= len(head.prefix))
        if old and new and not gone:
            yield Child(label=f"item {index + 1}", base=old, head=new)
    if len(base.contains) == len(head.contains) == 1 and not _capped(base, head):
        yield _contained(pair, base.contains[0], head.contains[0])


def _position(form: Form, index: int) -> Node | None:
    return form.prefix[index] if index < len(form.prefix) else form.items


def _free(node: Node | None) -> bool:
    return node is not None and all(schema.boolean is True for schema in node)


def _span(form: Form, keyword: str) -> Span:
    for part in form.parts:
        if any(name == keyword for name, _ in part.span.members):
            return part.span.member(keyword)
    return form.node[0].span


def _prefix(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base, pair.head
    shorter, longer = sorted((len(base.prefix), len(head.prefix)))
    gained = len(head.prefix) > len(base.prefix)
    rest = base.items if gained else head.items
    for index in range(shorter, longer):
        # A position without a word of its own falls to `items`: false there means it could not exist.
        shut = closed(rest)
        narrows = gained is not shut
        yield Difference(
            what="prefix-item-added" if gained else "prefix-item-removed",
            effect=Effect.NONE if rest and not shut else Effect.NARROWS if narrows else Effect.WIDENS,
            base=_span(base, "prefixItems"),
            head=_span(head, "prefixItems"),
            detail=str(index + 1),
            values={"index": str(index + 1)},
        )


def _capped(base: Form, head: Form) -> bool:
    """Tell whether only so many items may match: then an item that matches no longer makes room."""
    return any(part.rare.max_contains is not None for part in (*base.contains, *head.contains))


def _contained(pair: Pair, old: Schema, new: Schema) -> Child:
    base, head = _wanted(pair, old, new)
    return Child(label="contains", base=base, head=head)


def _wanted(pair: Pair, old: Schema, new: Schema) -> tuple[Node, Node]:
    nothing = Schema(span=old.span, boolean=True)
    base = pair.lens.base.names.node(old.rare.contains or nothing)
    return base, pair.lens.head.names.node(new.rare.contains or nothing)


def _contains(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base.contains, pair.head.contains
    if bool(base) is not bool(head):
        yield Difference(
            what="contains-added" if head else "contains-removed",
            effect=Effect.NARROWS if head else Effect.WIDENS,
            base=at(base[0], "contains") if base else pair.base_span,
            head=at(head[0], "contains") if head else pair.head_span,
        )
    elif base and head:
        for keyword, lower in (("minContains", True), ("maxContains", False)):
            yield from _counted(base[0], head[0], keyword, lower=lower)
        moved = pair.lens.effect(*_wanted(pair, base[0], head[0])) if _capped(pair.base, pair.head) else Effect.NONE
        if moved is not Effect.NONE:
            effect = moved.mirrored if max(map(at_least, (base[0].rare, head[0].rare))) == 0 else BOTH
            spans = Spans(base=at(base[0], "contains"), head=at(head[0], "contains"))
            yield Difference(what="contains-changed", effect=effect, **spans)


def _counted(old: Schema, new: Schema, keyword: str, *, lower: bool) -> Iterator[Difference]:
    before = at_least(old.rare) if lower else old.rare.max_contains
    after = at_least(new.rare) if lower else new.rare.max_contains
    if before == after:
        return
    infinite = float("inf")
    raised = (infinite if after is None else after) > (infinite if before is None else before)
    yield Difference(
        what=f"{'min' if lower else 'max'}-contains-{'raised' if raised else 'lowered'}",
        effect=Effect.NARROWS if raised is lower else Effect.WIDENS,
        base=at(old, keyword),
        head=at(new, keyword),
        values={"before": "none" if before is None else str(before), "after": "none" if after is None else str(after)},
    )
