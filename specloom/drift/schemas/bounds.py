"""Bounds on numbers, texts, lists and objects; multiples, patterns, uniqueness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import BOTH, Effect
from specloom.drift.pair import Difference, Pair, at
from specloom.drift.relation.limits import KIND_OF, LOWER, NUMBERS, stricter
from specloom.drift.relation.patterns import relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.limits import Bound


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield each limit that was set, lifted or moved, for the kinds of value that both sides know."""
    # What was declared counts: as text a number is a text too, and loses its bounds with its type.
    both = pair.shared & pair.base.declared & pair.head.declared
    for name, kinds in KIND_OF.items():
        if both & kinds:
            yield from _bound(pair, name)
    if both & NUMBERS:
        yield from _multiples(pair)
    if "string" in pair.shared:
        yield from _patterns(pair)
    if "array" in pair.shared:
        yield from _unique(pair)


def _bound(pair: Pair, name: str) -> Iterator[Difference]:
    before, after = pair.base.bounds.get(name), pair.head.bounds.get(name)
    if before == after or (before and after and (before.value, before.exclusive) == (after.value, after.exclusive)):
        return
    what, effect = _step(before, after, lower=name in LOWER)
    yield Difference(
        what=f"{name.replace('_', '-')}-{what}",
        effect=effect,
        base=at(before.origin, before.keyword) if before else pair.base_span,
        head=at(after.origin, after.keyword) if after else pair.head_span,
        values={"before": before.shown if before else "none", "after": after.shown if after else "none"},
        owner=after.origin if after else before.origin if before else None,
    )


def _step(before: Bound | None, after: Bound | None, *, lower: bool) -> tuple[str, Effect]:
    if before is None or after is None:
        return ("added", Effect.NARROWS) if before is None else ("removed", Effect.WIDENS)
    narrows = stricter(after, before, lower=lower)
    return "raised" if narrows is lower else "lowered", Effect.NARROWS if narrows else Effect.WIDENS


def _multiples(pair: Pair) -> Iterator[Difference]:
    if pair.base.step == pair.head.step:
        return
    gone = sorted(pair.base.multiples.keys() - pair.head.multiples.keys())
    new = sorted(pair.head.multiples.keys() - pair.base.multiples.keys())
    if not gone and not new:
        return
    effect = Effect.NARROWS if not gone else Effect.WIDENS if not new else BOTH
    yield Difference(
        what=f"multiple-of-{'added' if not gone else 'removed' if not new else 'changed'}",
        effect=effect,
        base=at(pair.base.multiples[gone[0]], "multipleOf") if gone else pair.base_span,
        head=at(pair.head.multiples[new[0]], "multipleOf") if new else pair.head_span,
        values={"before": ", ".join(gone) or "none", "after": ", ".join(new) or "none"},
    )


def _patterns(pair: Pair) -> Iterator[Difference]:
    gone = sorted(pair.base.patterns.keys() - pair.head.patterns.keys())
    new = sorted(pair.head.patterns.keys() - pair.base.patterns.keys())
    if not gone and not new:
        return
    effect = Effect.NARROWS if not gone else Effect.WIDENS if not new else Effect.UNKNOWN
    if len(gone) == len(new) == 1:
        effect = relation(gone[0], new[0])
    yield Difference(
        what=f"pattern-{'added' if not gone else 'removed' if not new else 'changed'}",
        effect=effect,
        base=at(pair.base.patterns[gone[0]], "pattern") if gone else pair.base_span,
        head=at(pair.head.patterns[new[0]], "pattern") if new else pair.head_span,
        values={"before": ", ".join(gone) or "none", "after": ", ".join(new) or "none"},
        undecided="the two regular expressions could not be compared" if Effect.UNKNOWN in effect else "",
    )


def _unique(pair: Pair) -> Iterator[Difference]:
    before, after = pair.base.unique, pair.head.unique
    if (before is None) is (after is None):
        return
    yield Difference(
        what="unique-items-added" if before is None else "unique-items-removed",
        effect=Effect.NARROWS if before is None else Effect.WIDENS,
        base=at(before, "uniqueItems") if before else pair.base_span,
        head=at(after, "uniqueItems") if after else pair.head_span,
    )
