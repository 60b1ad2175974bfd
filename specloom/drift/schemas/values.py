"""Enums and consts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import BOTH, Effect
from specloom.drift.pair import Difference, Pair, at
from specloom.drift.relation.values import key, shown
from specloom.drift.spans import Spans
from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.form import Form
    from specloom.model.schema import Schema
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
    for value in gone.values():
        at_both = Spans(base=_item(pair.base, value) or spans["base"], head=_beside(pair.base, value, pair.head))
        yield _value("removed", value, Effect.NARROWS, at_both)
    for value in new.values():
        at_both = Spans(base=_beside(pair.head, value, pair.base), head=_item(pair.head, value) or spans["head"])
        yield _value("added", value, Effect.WIDENS, at_both)


def _value(what: str, value: Json, effect: Effect, spans: Spans) -> Difference:
    values = {"value": shown(value)}
    return Difference(what=f"enum-value-{what}", effect=effect, detail=key(value), values=values, **spans)


def _item(form: Form, value: Json) -> Span | None:
    """Return the line of a value in the enum that lists it."""
    listing = _listing(form, value)
    return None if listing is None else listing[0].span.member("enum", listing[1])


def _listing(form: Form, value: Json) -> tuple[Schema, int] | None:
    """Return the first schema whose enum has a value, and its place there."""
    for part in form.parts:
        index = next((index for index, one in enumerate(part.enum or ()) if key(one) == key(value)), None)
        if index is not None:
            return part, index
    return None


def _beside(mine: Form, value: Json, yours: Form) -> Span:
    """Return the line, on the other side, of the value that stood before this one; the whole list where none did."""
    listing = _listing(mine, value)
    before = (listing[0].enum or ())[: listing[1]] if listing is not None else ()
    return next((span for one in reversed(before) if (span := _item(yours, one)) is not None), listed(yours))


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
    for text in sorted(before - after):
        spans = Spans(base=_place(pair.base, text), head=_place(pair.head))
        values = {"value": text}
        effect = Effect.NARROWS
        yield Difference(
            what="extensible-value-removed", effect=effect, detail=text, values=values, unseen=True, **spans
        )
    for text in sorted(after - before):
        spans = Spans(base=_place(pair.base), head=_place(pair.head, text))
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


def _place(form: Form, text: str | None = None) -> Span:
    for part in form.parts:
        values = part.extensions.get("x-extensible-enum")
        if isinstance(values, list):
            steps = [index for index, value in enumerate(values) if shown(value) == text]
            return part.span.member("x-extensible-enum", *steps[:1])
    return form.node[0].span
