"""Enums and consts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import BOTH, Effect
from specloom.drift.pair import Difference, Pair, at
from specloom.drift.spans import Spans
from specloom.drift.values import key, shown
from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.form import Form
    from specloom.model.source import Json, Span

_WORDS = ("enum", "const", "oneOf", "anyOf")


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield each value that came or went, or the finite set itself."""
    before, after = pair.base.values, pair.head.values
    if before is None and after is None:
        return
    spans = Spans(base=listed(pair.base), head=listed(pair.head))
    if before is None or after is None:
        if not pair.shared and pair.base.kinds and pair.head.kinds:
            return  # another type altogether: that is the finding
        gained = before is None
        form = pair.head if gained else pair.base
        told = [*(form.values or {}).values(), *([None] if form.null else [])]
        yield Difference(
            what=f"{'const' if _constant(form) else 'enum'}-{'added' if gained else 'removed'}",
            effect=Effect.NARROWS if gained else Effect.WIDENS,
            values={"values": _few(told)},
            **spans,
        )
        return
    if not pair.base.declared & pair.head.declared:
        return  # likewise
    gone = {name: value for name, value in before.items() if name not in after}
    new = {name: value for name, value in after.items() if name not in before}
    if len(before) == len(after) == len(gone) == 1:  # an enum of one value is a const
        values = {"before": _few(list(gone.values())), "after": _few(list(new.values()))}
        yield Difference(what="const-changed", effect=BOTH, values=values, **spans)
        return
    for found, what, effect in ((gone, "removed", Effect.NARROWS), (new, "added", Effect.WIDENS)):
        for value in found.values():
            values = {"value": shown(value)}
            yield Difference(what=f"enum-value-{what}", effect=effect, detail=key(value), values=values, **spans)


def listed(form: Form) -> Span:
    """Return the lines that list the values."""
    named = next((part for part in form.parts if part.enum is not None or part.const is not ABSENT), None)
    if named is not None:
        return at(named, "enum", "const")
    for word in _WORDS:
        for part in form.parts:
            if any(name == word for name, _ in part.span.members):
                return part.span.member(word)
    return form.node[0].span


def _constant(form: Form) -> bool:
    return any(part.const is not ABSENT for part in form.parts)


def _few(values: list[Json]) -> str:
    text = ", ".join(shown(value) for value in values[:8])
    return text if len(values) <= 8 else f"{text} and {len(values) - 8} more"  # noqa: PLR2004  # a sentence's worth


def extensible(pair: Pair) -> Iterator[Difference]:
    """Yield the values of `x-extensible-enum` that came or went: readers were told to expect new ones."""
    before, after = _extensible(pair.base), _extensible(pair.head)
    if before is None or after is None:
        return
    spans = Spans(base=_place(pair.base), head=_place(pair.head))
    for text in sorted(before - after):
        values = {"value": text}
        effect = Effect.NARROWS
        yield Difference(
            what="extensible-value-removed", effect=effect, detail=text, values=values, unseen=True, **spans
        )
    for text in sorted(after - before):
        values = {"value": text}
        yield Difference(
            what="extensible-value-added", effect=Effect.NONE, detail=text, values=values, lasting=True, **spans
        )


def _extensible(form: Form) -> set[str] | None:
    for part in form.parts:
        listed_values = part.extensions.get("x-extensible-enum")
        if isinstance(listed_values, list):
            return {shown(value) for value in listed_values}
    return None


def _place(form: Form) -> Span:
    for part in form.parts:
        if "x-extensible-enum" in part.extensions:
            return at(part, "x-extensible-enum")
    return form.node[0].span
