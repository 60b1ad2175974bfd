"""Types, null, formats and encodings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.drift.effect import BOTH, Effect
from specloom.drift.pair import Difference, Pair, at
from specloom.drift.relation.facets import trivial
from specloom.drift.relation.form import EVERY
from specloom.drift.relation.formats import KNOWN, contains
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.form import Form, Forms
    from specloom.model.source import Span

_NULL: Final = ("nullable", "x-nullable", "type", "anyOf", "oneOf", "enum")


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield what changed about the sort of value."""
    yield from _types(pair)
    if pair.base.declared and pair.head.declared:  # else null is one of the types that are told
        yield from null(pair)
    yield from _formats(pair)
    yield from _content(pair)


def compared(small: frozenset[str], large: frozenset[str]) -> Effect:
    """Return what it means that the set `small` became the set `large`."""
    effect = Effect.NONE if small <= large else Effect.NARROWS
    return effect if large <= small else effect | Effect.WIDENS


def suffix(effect: Effect) -> str:
    """Name an effect as rule ids do."""
    return {Effect.NARROWS: "narrowed", Effect.WIDENS: "widened"}.get(effect, "changed")


def _types(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base, pair.head
    if base.declared == head.declared:
        return
    before, after = _sorts(base), _sorts(head)
    effect = compared(before, after)
    if not (base.declared and head.declared):
        effect = compared(_with_null(base, before), _with_null(head, after))
    if effect is Effect.NONE or _supposed(base, head):
        return
    if pair.lens.textual:
        # As text a number is a text too; with an enum on either side only the values count.
        if base.values is not None and head.values is not None:
            return
        effect = compared(base.kinds, head.kinds)
        if effect is Effect.NONE:
            return
    values = {"before": _told(base, before), "after": _told(head, after)}
    yield Difference(
        what=f"type-{suffix(effect)}",
        effect=effect,
        base=_typed(base),
        head=_typed(head),
        values=values,
    )


def _supposed(base: Form, head: Form) -> bool:
    """Tell whether nobody wrote a type: that members are described, not only required, is no other sort of value."""
    told = any(part.types or part.boolean is not None for form in (base, head) for part in form.parts)
    listed = base.values is not None or head.values is not None
    return not (told or listed or trivial(base) or trivial(head))


def _sorts(form: Form) -> frozenset[str]:
    """Return the types that are written, or where none is the types of the listed values."""
    return form.kinds if form.declared == EVERY and form.values else form.declared


def _with_null(form: Form, kinds: frozenset[str]) -> frozenset[str]:
    return kinds | {"null"} if form.null else kinds


def _told(form: Form, kinds: frozenset[str]) -> str:
    return "null" if form.null and not kinds else names(kinds)


def names(kinds: frozenset[str]) -> str:
    """Return kinds as the types that people write."""
    if kinds == EVERY:
        return "any type"
    words = sorted(kinds - {"fraction", "integer"})
    words += ["number"] if "fraction" in kinds else ["integer"] if "integer" in kinds else []
    return " or ".join(words) or "nothing"


def _typed(form: Form) -> Span:
    for part in form.parts:
        if part.types:
            return at(part, "type")
    return form.node[0].span


def null(pair: Pair) -> Iterator[Difference]:
    """Yield whether null came or went."""
    base, head = pair.base, pair.head
    if base.null == head.null or (base.anything and not head.anything) or (head.anything and not base.anything):
        return
    if (base.unions or head.unions) and _by_members(base, pair.lens.base) is not _by_members(head, pair.lens.head):
        return  # the member that takes null tells it
    spans = Spans(base=_nulled(base), head=_nulled(head))
    if head.null:
        yield Difference(what="null-added", effect=Effect.WIDENS, **spans)
    else:
        yield Difference(what="null-removed", effect=Effect.NARROWS, **spans)


def _nulled(form: Form) -> Span:
    """Return where a form says that null is a value, or where it would: a component that it takes in says neither."""
    saying = next((part for part in form.parts if part.nullable), None)
    if saying is not None and (span := at(saying, *_NULL)) != saying.span:
        return span
    return _first(form, _NULL)


def _by_members(form: Form, forms: Forms) -> bool:
    """Tell whether null is a value of one of the alternatives; of a form without any, whether it is a value."""
    if not form.unions:
        return form.null
    members = [forms.names.node(member) for union in form.unions for member in union.members]
    return any(forms.form(node).null for node in members)


def _first(form: Form, keywords: tuple[str, ...]) -> Span:
    for keyword in keywords:
        for part in form.parts:
            if any(name == keyword for name, _ in part.span.members):
                return part.span.member(keyword)
    return form.node[0].span


def _formats(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base, pair.head
    gone, new = sorted(base.formats.keys() - head.formats.keys()), sorted(head.formats.keys() - base.formats.keys())
    if not (pair.shared & {"string", "integer", "fraction"}) or not (gone or new):
        return
    before, after = ", ".join(gone), ", ".join(new)
    effect = _format_effect(gone, new)
    what = "added" if not gone else "removed" if not new else suffix(effect)
    reason = "" if Effect.UNKNOWN not in effect else f"what the format {before or after} allows is not standardised"
    yield Difference(
        what=f"format-{what}",
        effect=effect,
        base=at(base.formats[gone[0]], "format") if gone else pair.base_span,
        head=at(head.formats[new[0]], "format") if new else pair.head_span,
        values={"before": before, "after": after},
        undecided=reason,
    )


def _format_effect(gone: list[str], new: list[str]) -> Effect:
    if not {*gone, *new} <= KNOWN:
        return Effect.UNKNOWN
    effect = Effect.NONE if all(any(contains(wide, own) for own in gone) for wide in new) else Effect.NARROWS
    return effect if all(any(contains(wide, own) for own in new) for wide in gone) else effect | Effect.WIDENS


def _content(pair: Pair) -> Iterator[Difference]:
    before, after = pair.base.content, pair.head.content
    for keyword in sorted(before.keys() | after.keys()):
        old, new = before.get(keyword), after.get(keyword)
        if old == new:
            continue
        effect = Effect.NARROWS if old is None else Effect.WIDENS if new is None else BOTH
        yield Difference(
            what="content-encoding-changed" if keyword == "contentEncoding" else "content-media-type-changed",
            effect=effect,
            base=_first(pair.base, (keyword,)),
            head=_first(pair.head, (keyword,)),
            values={"before": old or "nothing", "after": new or "nothing"},
        )
