"""Objects: properties, what is required, what else may stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import BOTH, Direction, Effect
from specloom.drift.objects import view
from specloom.drift.pair import Child, Difference, Pair, at
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.form import Form, Forms
    from specloom.drift.parts import Node
    from specloom.model.source import Span


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
        old = base.members.get(name) or base.hidden.get(name) or _other(pair.base, pair.lens.base, name)
        new = head.members.get(name) or head.hidden.get(name) or _other(pair.head, pair.lens.head, name)
        if old and new and not (_closed(old) or _closed(new)):
            # What does not travel this way can break nobody this way; its notes still count.
            effects = Effect.NONE if name in base.hidden or name in head.hidden else BOTH
            owner = head.owner.get(name) or base.owner.get(name)
            yield Child(label=f"property {name}", base=old, head=new, effects=effects, owner=owner)
    if base.additional and head.additional:
        yield Child(label="additional properties", base=base.additional, head=head.additional)
    for pattern in sorted(base.patterns.keys() & head.patterns.keys()):
        yield Child(
            label=f"properties like {pattern}",
            base=pair.lens.base.names.node(base.patterns[pattern][0]),
            head=pair.lens.head.names.node(head.patterns[pattern][0]),
        )


def _names(pair: Pair) -> list[str]:
    base, head = pair.base.objects, pair.head.objects
    return list(dict.fromkeys((*base.members, *base.hidden, *head.members, *head.hidden)))


def _other(form: Form, forms: Forms, name: str) -> Node | None:
    """Return what a form says about a member it does not declare."""
    return view(form.parts, name, forms.names)


def _closed(node: Node | None) -> bool:
    return node is not None and any(schema.boolean is False for schema in node)


def _property(pair: Pair, name: str) -> Iterator[Difference]:
    base, head = pair.base.objects, pair.head.objects
    was, now = name in base.members, name in head.members
    if was and now:
        if (name in base.required) is not (name in head.required):
            yield _duty(pair, name)
    elif was or now:
        yield _hidden(pair, name) if name in (head.hidden if was else base.hidden) else _existence(pair, name)
    elif (name in base.hidden) is not (name in head.hidden):
        yield _unseen(pair, name)


def _existence(pair: Pair, name: str) -> Difference:
    """Report a property that only one side declares, together with its duty: one finding."""
    base, head = pair.base.objects, pair.head.objects
    if name in head.members:
        shut = _closed(_other(pair.base, pair.lens.base, name)) or _shut(pair.base)
        must = name in head.required
        effect = (Effect.NARROWS if must and name not in base.required else Effect.NONE) | (
            Effect.WIDENS if shut else Effect.NONE
        )
        return Difference(
            what="required-property-added" if must else "property-added",
            effect=effect,
            base=_object_span(pair.base),
            head=_span(head.members[name]),
            values={"name": name},
            lasting=True,
            label=f"property {name}",
            owner=head.owner[name],
        )
    shut = _closed(_other(pair.head, pair.lens.head, name)) or _shut(pair.head)
    must = name in base.required
    effect = (Effect.WIDENS if must and name not in head.required else Effect.NONE) | (
        Effect.NARROWS if shut else Effect.NONE
    )
    return Difference(
        what="required-property-removed" if must else "property-removed",
        effect=effect,
        base=_span(base.members[name]),
        head=_object_span(pair.head),
        values={"name": name},
        lasting=True,
        owner=base.owner[name],
        certain=shut and not must and pair.lens.direction is Direction.RESPONSE,
        label=f"property {name}",
    )


def _shut(form: Form) -> bool:
    """Tell whether `unevaluatedProperties: false` shuts out what is not declared."""
    return not form.unions and any(
        word == "unevaluatedProperties" and schema.boolean is False for word, schema, _ in form.objects.unevaluated
    )


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


def _unseen(pair: Pair, name: str) -> Difference:
    """Report a property that does not travel this way on either side, and on one side does not exist at all."""
    base, head = pair.base.objects, pair.head.objects
    gone = name in base.hidden
    return Difference(
        what="unseen-property-removed" if gone else "unseen-property-added",
        effect=Effect.NONE,
        base=_span(base.hidden[name]) if gone else _object_span(pair.base),
        head=_object_span(pair.head) if gone else _span(head.hidden[name]),
        values={"name": name},
        lasting=True,
        label=f"property {name}",
    )


def _duty(pair: Pair, name: str) -> Difference:
    base, head = pair.base.objects, pair.head.objects
    gained = name in head.required
    return Difference(
        what="property-became-required" if gained else "property-became-optional",
        effect=Effect.NARROWS if gained else Effect.WIDENS,
        base=at(base.demander[name], "required") if name in base.demander else _object_span(pair.base),
        head=at(head.demander[name], "required") if name in head.demander else _object_span(pair.head),
        values={"name": name},
        owner=head.demander.get(name) or base.demander.get(name),
        label=f"property {name}",
    )


def _undeclared(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base.objects, pair.head.objects
    old, new = base.additional, head.additional
    spans = Spans(
        base=at(base.limiter, "additionalProperties") if base.limiter else _object_span(pair.base),
        head=at(head.limiter, "additionalProperties") if head.limiter else _object_span(pair.head),
    )
    if old is None and new is not None:
        what = "additional-properties-closed" if _closed(new) else "additional-properties-restricted"
        yield Difference(what=what, effect=Effect.NARROWS, **spans)
    elif new is None and old is not None:
        what = "additional-properties-opened" if _closed(old) else "additional-properties-relaxed"
        yield Difference(what=what, effect=Effect.WIDENS, **spans)
    elif _closed(old) is not _closed(new):
        what, effect = ("opened", Effect.WIDENS) if _closed(old) else ("closed", Effect.NARROWS)
        yield Difference(what=f"additional-properties-{what}", effect=effect, **spans)


def _needs(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base.objects, pair.head.objects
    for need in sorted(base.needs.keys() ^ head.needs.keys()):
        gained = need in head.needs
        yield Difference(
            what=f"dependent-required-{'added' if gained else 'removed'}",
            effect=Effect.NARROWS if gained else Effect.WIDENS,
            base=_object_span(pair.base) if gained else at(base.needs[need], "dependentRequired"),
            head=at(head.needs[need], "dependentRequired") if gained else _object_span(pair.head),
            detail=" → ".join(need),
            values={"name": need[0], "other": need[1]},
        )


def _span(node: Node) -> Span:
    return node[0].span


def _marked(node: Node, word: str) -> Span:
    key = {"read-only": "readOnly", "write-only": "writeOnly"}[word]
    spans = [at(schema, key) for schema in node]
    return next((span for span, schema in zip(spans, node, strict=True) if span != schema.span), node[0].span)


def _object_span(form: Form) -> Span:
    """Return the lines of the properties where there are some, else those of the schema."""
    for part in form.parts:
        if part.properties:
            return at(part, "properties")
    return form.node[0].span
