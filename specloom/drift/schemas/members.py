"""Objects: properties, what is required, what else may stand there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Direction, Effect
from specloom.drift.pair import Child, Difference, Pair, at
from specloom.drift.relation.objects import closed
from specloom.drift.schemas.presence import added, folded, object_span, other, property_span, removed
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.form import Form
    from specloom.drift.relation.parts import Node
    from specloom.model.schema import Schema
    from specloom.model.source import Span

_REST: Final = ("additionalProperties", "unevaluatedProperties")


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield properties that came, went, or changed their duty, and rules for the undeclared ones."""
    if "object" not in pair.shared:
        return
    base, head = pair.base.objects, pair.head.objects
    for name in _names(pair):
        yield from _property(pair, name)
    for name in sorted((base.required ^ head.required) - base.members.keys() - head.members.keys()):
        if name not in base.hidden and name not in head.hidden:
            yield _duty(pair, name)
    yield from _undeclared(pair)
    yield from _needs(pair)


def children(pair: Pair) -> Iterator[Child]:
    """Yield the properties to compare, a property that only one side declares against what the other lets stand."""
    if "object" not in pair.shared:
        return
    base, head = pair.base.objects, pair.head.objects
    for name in _names(pair):
        old = base.members.get(name) or base.hidden.get(name) or other(pair.base, pair.lens.base, name)
        new = head.members.get(name) or head.hidden.get(name) or other(pair.head, pair.lens.head, name)
        if old and new and not (closed(old) or closed(new) or folded(pair, name)):
            silent = name in base.hidden or name in head.hidden
            owner = head.owner.get(name) or base.owner.get(name)
            sites = _sites(pair, name)
            yield Child(label=f"property {name}", base=old, head=new, silent=silent, owner=owner, sites=sites)
    if base.additional and head.additional and not (closed(base.additional) or closed(head.additional)):
        limits = [at(one.limiter, *_REST) for one in (base, head) if one.limiter is not None]
        sites = (limits[0], limits[1]) if len(limits) > 1 else None
        yield Child(label="additional properties", base=base.additional, head=head.additional, sites=sites)
    for pattern in sorted(base.patterns.keys() & head.patterns.keys()):
        yield Child(
            label=f"properties like {pattern}",
            base=pair.lens.base.names.node(base.patterns[pattern][0]),
            head=pair.lens.head.names.node(head.patterns[pattern][0]),
        )


def _sites(pair: Pair, name: str) -> tuple[Span, Span] | None:
    base, head = pair.base.objects.owner.get(name), pair.head.objects.owner.get(name)
    if base is None or head is None:
        return None
    return property_span(base, name), property_span(head, name)


def _names(pair: Pair) -> list[str]:
    base, head = pair.base.objects, pair.head.objects
    return list(dict.fromkeys((*base.members, *base.hidden, *head.members, *head.hidden)))


def _property(pair: Pair, name: str) -> Iterator[Difference]:
    base, head = pair.base.objects, pair.head.objects
    was, now = name in base.members, name in head.members
    if was and now:
        if (name in base.required) is not (name in head.required):
            yield _duty(pair, name)
        yield from _other_way(pair, name)
    elif was or now:
        if name in (head.hidden if was else base.hidden):
            yield _hidden(pair, name)
        elif (found := removed(pair, name) if was else added(pair, name)) is not None:
            yield found
            if name in (head.required - base.required if was else base.required - head.required):
                yield _duty(pair, name)
    elif (name in base.hidden) is not (name in head.hidden):
        yield _unseen(pair, name)
    elif (_asked(pair.base, name) is None) is not (_asked(pair.head, name) is None):
        yield replace(_duty(pair, name), effect=Effect.NONE, lasting=True, certain=True)


def _hidden(pair: Pair, name: str) -> Difference:
    """Report a property that became, or ceased to be, `readOnly` or `writeOnly`: in this direction it goes or comes."""
    base, head = pair.base.objects, pair.head.objects
    word = "read-only" if pair.lens.direction is Direction.REQUEST else "write-only"
    gone = name in base.members
    must = name in (base.required if gone else head.required)
    node_b, node_h = base.members.get(name) or base.hidden[name], head.members.get(name) or head.hidden[name]
    effect = Effect.NONE if not must else Effect.WIDENS if gone else Effect.NARROWS
    prefix = "required-" if must else ""
    return Difference(
        what=f"{prefix}property-{'became' if gone else 'no-longer'}-{word}",
        effect=effect,
        base=_marked(node_b, word),
        head=_marked(node_h, word),
        values={"name": name},
        lasting=True,
        owner=head.owner.get(name),
        label=f"property {name}",
    )


def _other_way(pair: Pair, name: str) -> Iterator[Difference]:
    """Report `readOnly` seen from an answer, `writeOnly` seen from a request: worth knowing, and harmless."""
    asking = pair.lens.direction is Direction.REQUEST
    field, word = ("write_only", "write-only") if asking else ("read_only", "read-only")
    old, new = pair.base.objects.members[name], pair.head.objects.members[name]
    before = any(getattr(part, field) for part in pair.lens.base.names.flat(old))
    after = any(getattr(part, field) for part in pair.lens.head.names.flat(new))
    if before is not after:
        prefix = "required-" if name in pair.head.objects.required else ""
        yield Difference(
            what=f"{prefix}property-{'became' if after else 'no-longer'}-{word}",
            effect=Effect.NONE,
            base=_marked(old, word),
            head=_marked(new, word),
            values={"name": name},
            lasting=True,
            label=f"property {name}",
            owner=pair.head.objects.owner.get(name),
        )


def _unseen(pair: Pair, name: str) -> Difference:
    """Report a property that does not travel this way on either side, and on one side does not exist at all."""
    base, head = pair.base.objects, pair.head.objects
    gone = name in base.hidden
    return Difference(
        what="unseen-property-removed" if gone else "unseen-property-added",
        effect=Effect.NONE,
        base=_span(base.hidden[name]) if gone else object_span(pair.base),
        head=object_span(pair.head) if gone else _span(head.hidden[name]),
        values={"name": name},
        lasting=True,
        label=f"property {name}",
    )


def _duty(pair: Pair, name: str) -> Difference:
    before, after = _asked(pair.base, name), _asked(pair.head, name)
    return Difference(
        what="property-became-required" if after else "property-became-optional",
        effect=Effect.NARROWS if after else Effect.WIDENS,
        base=_required(before, name) or _duty_place(pair.base, name),
        head=_required(after, name) or _duty_place(pair.head, name),
        values={"name": name},
        owner=after or before,
        label=f"property {name}",
    )


def _required(schema: Schema | None, name: str) -> Span | None:
    """Return the line of a name among those that a schema requires; of a form's field, that of its own mark."""
    if schema is None:
        return None
    known = {word for word, _ in schema.span.members}
    if "required" in known or name not in schema.properties:
        return schema.span.member("required", schema.required.index(name))
    return at(schema.properties[name], "required")


def _duty_place(form: Form, name: str) -> Span:
    """Return where the duty of a member would be written: in a list beside the members, or at its own mark."""
    declaring = form.objects.owner.get(name)
    if declaring is None:
        return at(form.node[0], "required", "properties")
    listed = {word for word, _ in declaring.span.members} & {"required", "properties"}
    return at(declaring, "required", "properties") if listed else at(declaring.properties[name], "required")


def _asked(form: Form, name: str) -> Schema | None:
    """Return the schema that requires a member, whether it travels this way or not."""
    return next((part for part in form.parts if name in part.required), None)


def _undeclared(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base.objects, pair.head.objects
    old, new = base.additional, head.additional
    spans = Spans(base=_rest(pair.base), head=_rest(pair.head))
    if old is None and new is not None:
        what = _limited(head.limiter, "closed" if closed(new) else "restricted")
        yield Difference(what=what, effect=Effect.NARROWS, **spans)
    elif new is None and old is not None:
        what = _limited(base.limiter, "opened" if closed(old) else "relaxed")
        yield Difference(what=what, effect=Effect.WIDENS, **spans)
    elif closed(old) is not closed(new):
        what, effect = ("opened", Effect.WIDENS) if closed(old) else ("closed", Effect.NARROWS)
        yield Difference(what=_limited(base.limiter if closed(old) else head.limiter, what), effect=effect, **spans)


def _rest(form: Form) -> Span:
    """Return the line about undeclared members, even where it says that they are free."""
    written = (part for part in form.parts if {name for name, _ in part.span.members} & {*_REST})
    part = form.objects.limiter or next(written, None)
    return at(part, *_REST) if part is not None else object_span(form)


def _limited(limiter: Schema | None, word: str) -> str:
    """Name what happened to undeclared members after the keyword that did it."""
    written = set() if limiter is None else {name for name, _ in limiter.span.members}
    if word in {"closed", "opened"} and written & {*_REST} == {"unevaluatedProperties"}:
        return f"unevaluated-properties-{word}"
    return f"additional-properties-{word}"


def _needs(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base.objects, pair.head.objects
    for need in sorted(base.needs.keys() ^ head.needs.keys()):
        gained = need in head.needs
        yield Difference(
            what=f"dependent-required-{'added' if gained else 'removed'}",
            effect=Effect.NARROWS if gained else Effect.WIDENS,
            base=object_span(pair.base) if gained else at(base.needs[need], "dependentRequired"),
            head=at(head.needs[need], "dependentRequired") if gained else object_span(pair.head),
            detail=" → ".join(need),
            values={"name": need[0], "other": need[1]},
        )


def _span(node: Node) -> Span:
    return node[0].span


def _marked(node: Node, word: str) -> Span:
    key = {"read-only": "readOnly", "write-only": "writeOnly"}[word]
    spans = [at(schema, key) for schema in node]
    return next((span for span, schema in zip(spans, node, strict=True) if span != schema.span), node[0].span)
