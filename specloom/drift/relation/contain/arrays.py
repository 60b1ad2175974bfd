"""Lists: positions, items, uniqueness and `contains`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.relation.contain.rest import unevaluated
from specloom.drift.relation.form import at_least

if TYPE_CHECKING:
    from specloom.drift.relation.contain.question import Containment
    from specloom.drift.relation.form import Form
    from specloom.model.schema import Rare, Schema


def arrays(question: Containment, small: Form, large: Form) -> bool:
    """Tell whether every list of the one is one of the other, its size apart."""
    if large.unique is not None and small.unique is None:
        top = small.bounds.get("max_items")
        if top is None or top.value > 1:
            return False
    if not all(_contained(question, part, small) for part in large.contains):
        return False
    for index in range(max(len(small.prefix), len(large.prefix))):
        mine = small.prefix[index] if index < len(small.prefix) else small.items
        yours = large.prefix[index] if index < len(large.prefix) else large.items
        if not question.optional(mine, yours):
            return False
    return question.optional(small.items, large.items) and unevaluated(question, "unevaluatedItems", small, large)


def _contained(question: Containment, part: Schema, small: Form) -> bool:
    wanted = part.rare
    return any(
        own.rare.contains is not None and wanted.contains is not None and _as_often(question, own.rare, wanted)
        for own in small.contains
    )


def _as_often(question: Containment, own: Rare, wanted: Rare) -> bool:
    """At least as many of what is wanted, and at most as many."""
    if own.contains is None or wanted.contains is None:
        return False
    one, other = question.small.names.node(own.contains), question.large.names.node(wanted.contains)
    least = wanted.min_contains == 0 or (at_least(own) >= at_least(wanted) and question.holds(one, other))
    if wanted.max_contains is None:
        return least
    most = own.max_contains is not None and own.max_contains <= wanted.max_contains
    return least and most and question.mirror.holds(other, one)
