"""`anyOf` and `oneOf`: members that came, went or changed, and values that were put among alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import Effect
from specloom.drift.pair import Child, Difference, Pair, at
from specloom.drift.schemas.distinct import distinct
from specloom.drift.schemas.matching import Matched, interfaces, listed_by_name, matched, published, same_name, sides
from specloom.drift.schemas.overlap import clashing, exclusive
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.form import Form, Forms
    from specloom.drift.relation.parts import Node
    from specloom.model.source import Span


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield members that came or went, unions that were added or dropped, and `anyOf` that became `oneOf`."""
    base, head = pair.base.unions, pair.head.unions
    if not present(pair) or interfaces(pair):
        return
    spans = Spans(base=_span(pair.base), head=_span(pair.head))
    found = matched(pair)
    if found is None:
        gained = len(head) > len(base)
        what, effect = ("union-added", Effect.NARROWS) if gained else ("union-removed", Effect.WIDENS)
        yield Difference(what=what, effect=effect, **spans)
        return
    yield from _members(pair, found)
    if not found.whole and base[0].keyword != head[0].keyword:
        loose = head[0].keyword == "anyOf"
        if not exclusive(pair):
            what = "one-of-became-any-of" if loose else "any-of-became-one-of"
            effect = Effect.WIDENS if loose else Effect.NARROWS
            yield Difference(what=what, effect=effect, strict=True, **spans)


def present(pair: Pair) -> bool:
    """Tell whether there are alternatives on a side."""
    return bool(pair.base.unions or pair.head.unions or listed_by_name(*sides(pair)[0]))


def children(pair: Pair) -> Iterator[Child]:
    """Yield the members that belong together."""
    found = matched(pair)
    for old, new in found.pairs if found else ():
        if interfaces(pair) and not same_name(pair, old, new):
            continue
        yield Child(label=_label(pair, old, new), base=old, head=new)


def rebuilt(pair: Pair) -> bool:
    """Tell whether alternatives were put otherwise, more than that components among them changed by themselves."""
    if not (pair.base.unions or pair.head.unions) or interfaces(pair):
        return False
    found = matched(pair)
    return found is None or bool(found.gone or found.new) or not all(same_name(pair, *one) for one in found.pairs)


def _members(pair: Pair, found: Matched) -> Iterator[Difference]:
    spans = Spans(base=_span(pair.base), head=_span(pair.head))
    named = bool(listed_by_name(*sides(pair)[0]))
    for node in found.gone:
        name = _title(pair.lens.base.names.name(node), node)
        inside = pair.lens.effect(node, pair.head.node) & Effect.NARROWS
        told = named or (not inside and distinct(pair, node, _others(found, gone=True), gone=True))
        clash = len(pair.base.unions) == 1 and clashing(pair.lens, node, pair.base.unions[0], pair.lens.base)
        yield Difference(
            what="union-member-removed",
            effect=(Effect.NARROWS if told else inside) | (Effect.WIDENS if clash else Effect.NONE),
            unseen=told,
            strict=clash,
            base=_member_span(node, pair.base, pair.lens.base),
            head=spans["head"],
            detail=name,
            values={"name": name},
        )
    for node in found.new:
        name = _title(pair.lens.head.names.name(node), node)
        inside = pair.lens.effect(pair.base.node, node) & Effect.WIDENS
        told = named or (not inside and distinct(pair, node, _others(found, gone=False), gone=False))
        clash = len(pair.head.unions) == 1 and clashing(pair.lens, node, pair.head.unions[0], pair.lens.head)
        yield Difference(
            what="union-member-added",
            effect=(Effect.WIDENS if told else inside) | (Effect.NARROWS if clash else Effect.NONE),
            unseen=told,
            strict=clash,
            base=spans["base"],
            head=_member_span(node, pair.head, pair.lens.head),
            detail=name,
            values={"name": name},
        )


def _others(found: Matched, *, gone: bool) -> list[Node]:
    """Return the alternatives of the side that does not have the one in question."""
    return [*(pair[gone] for pair in found.pairs), *(found.new if gone else found.gone)]


def _member_span(node: Node, form: Form, forms: Forms) -> Span:
    """Return the lines of a member in its union: of a component, those of the reference."""
    written = (member for union in form.unions for member in union.members if forms.names.node(member)[0] is node[0])
    found = next(written, None)
    return found.span if found is not None else _span(form)


def _title(name: str | None, node: Node) -> str:
    schema = node[0]
    return name or schema.title or " or ".join(schema.types) or "a schema"


def _label(pair: Pair, old: Node, new: Node) -> str:
    if old is pair.base.node:  # the head put it among alternatives: the new member has the telling name
        old, new = new, old
    names = (pair.lens.base.names.name(old), pair.lens.head.names.name(old), old[0].title)
    name = next((one for one in names if one), None) or pair.lens.head.names.name(new)
    return f"alternative {name or ' or '.join(old[0].types) or 'schema'}"


def _span(form: Form) -> Span:
    named = published(form)
    if named is not None:
        return named.span
    if form.unions:
        return at(form.unions[0].origin, form.unions[0].keyword)
    return form.node[0].span
