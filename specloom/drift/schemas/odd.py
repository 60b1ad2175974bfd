"""Keywords that few schemas use: `not`, conditions, dependent schemas, names and patterns of properties, leftovers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Effect
from specloom.drift.pair import Child, Difference, Pair, at
from specloom.drift.relation.objects import closed, free

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.form import Form
    from specloom.model.schema import Schema


_NAMES: Final = {"propertyNames": "property-names", "contentSchema": "content-schema"}


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield the rules of these sorts that came or went."""
    base, head = pair.base, pair.head
    yield from _sets(pair, "not", tuple(part for _, part in base.negations), tuple(part for _, part in head.negations))
    yield from _conditions(pair)
    if base.dynamic != head.dynamic:
        yield Difference(
            what="dynamic-reference-changed",
            effect=Effect.UNKNOWN,
            base=pair.base_span,
            head=pair.head_span,
            undecided="what a $dynamicRef leads to depends on where it is used",
        )
    if "string" in pair.shared:
        yield from _sets(pair, "contentSchema", base.inside, head.inside)
    if "object" in pair.shared:
        yield from _objects(pair)
    yield from _unevaluated(pair)


def lost(pair: Pair) -> Iterator[Difference]:
    """Yield that a side refers to something that is not there: nothing can be said of what it stands for."""
    now = bool(pair.head.lost)
    reference = (pair.head.lost or pair.base.lost)[0]
    yield Difference(
        what="reference-lost" if now else "reference-found",
        effect=Effect.UNKNOWN,
        base=pair.base_span,
        head=pair.head_span,
        values={"name": reference},
        unseen=True,
        undecided=f"{reference} leads nowhere in the {'new' if now else 'old'} description",
    )


def children(pair: Pair) -> Iterator[Child]:
    """Yield the sub-schemas that both sides have; below a `not` the effect turns round."""
    base, head, mine, yours = pair.base, pair.head, pair.lens.base.names, pair.lens.head.names
    if len(base.negations) == len(head.negations) == 1:
        old, new = base.negations[0][0], head.negations[0][0]
        yield Child(label="not", base=mine.node(old), head=yours.node(new), mirrored=True)
    if len(base.conditions) == len(head.conditions) == 1:
        for label, before, after in _outcomes(base.conditions[0], head.conditions[0]):
            if before is not None and after is not None:
                yield Child(label=label, base=mine.node(before), head=yours.node(after))
    for name in sorted(base.objects.branches.keys() & head.objects.branches.keys()):
        before = base.objects.branches[name].rare.dependent_schemas[name]
        after = head.objects.branches[name].rare.dependent_schemas[name]
        yield Child(label=f"when {name} is there", base=mine.node(before), head=yours.node(after))
    if len(base.inside) == len(head.inside) == 1:
        old_text, new_text = base.inside[0].rare.content_schema, head.inside[0].rare.content_schema
        if old_text is not None and new_text is not None:
            yield Child(label="text", base=mine.node(old_text), head=yours.node(new_text))
    before_names = [part.rare.property_names for part in base.objects.names if part.rare.property_names]
    after_names = [part.rare.property_names for part in head.objects.names if part.rare.property_names]
    if len(before_names) == len(after_names) == 1:
        yield Child(label="property names", base=mine.node(before_names[0]), head=yours.node(after_names[0]))
    yield from _further(pair)


def _further(pair: Pair) -> Iterator[Child]:
    before, after = _leftovers(pair.base), _leftovers(pair.head)
    for word in sorted(before.keys() & after.keys()):
        old, new = pair.lens.base.names.node(before[word][0]), pair.lens.head.names.node(after[word][0])
        if not (closed(old) or closed(new)):
            yield Child(
                label=f"further {'members' if word == 'unevaluatedProperties' else 'items'}", base=old, head=new
            )


def _sets(pair: Pair, keyword: str, before: tuple[Schema, ...], after: tuple[Schema, ...]) -> Iterator[Difference]:
    if len(before) == len(after):
        return
    gained = len(after) > len(before)
    yield Difference(
        what=f"{_NAMES.get(keyword, keyword)}-{'added' if gained else 'removed'}",
        effect=Effect.NARROWS if gained else Effect.WIDENS,
        base=at(before[-1], keyword) if before else pair.base_span,
        head=at(after[-1], keyword) if after else pair.head_span,
    )


def _conditions(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base.conditions, pair.head.conditions
    if len(base) != len(head):
        yield from _sets(pair, "if", base, head)
        return
    for old, new in zip(base, head, strict=True):
        yield from _branches(pair, old, new)


def _branches(pair: Pair, old: Schema, new: Schema) -> Iterator[Difference]:
    mine, yours = pair.lens.base.names, pair.lens.head.names
    if old.rare.if_ is not None and new.rare.if_ is not None:
        moved = pair.lens.effect(mine.node(old.rare.if_), yours.node(new.rare.if_))
        if moved is not Effect.NONE:
            only_then = _asking(old.rare.else_) is None and _asking(new.rare.else_) is None
            yield Difference(
                what="if-changed",
                effect=moved.mirrored if only_then else Effect.UNKNOWN,
                base=at(old, "if"),
                head=at(new, "if"),
                undecided="" if only_then else "more values meet the condition and fewer its opposite, or the reverse",
            )
    for keyword, before, after in _outcomes(old, new):
        if (before is None) is not (after is None):
            yield Difference(
                what=f"{keyword}-{'added' if before is None else 'removed'}",
                effect=Effect.NARROWS if before is None else Effect.WIDENS,
                base=at(old, keyword),
                head=at(new, keyword),
            )


def _outcomes(old: Schema, new: Schema) -> tuple[tuple[str, Schema | None, Schema | None], ...]:
    """Return what follows from two conditions, None for an outcome that asks for nothing."""
    pairs = (("then", old.rare.then, new.rare.then), ("else", old.rare.else_, new.rare.else_))
    return tuple((word, _asking(before), _asking(after)) for word, before, after in pairs)


def _asking(schema: Schema | None) -> Schema | None:
    return None if schema is None or free(schema) else schema


def _objects(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base.objects, pair.head.objects
    for name in sorted(base.branches.keys() ^ head.branches.keys()):
        gained = name in head.branches
        yield Difference(
            what=f"dependent-schema-{'added' if gained else 'removed'}",
            effect=Effect.NARROWS if gained else Effect.WIDENS,
            base=at(base.branches[name], "dependentSchemas") if not gained else pair.base_span,
            head=at(head.branches[name], "dependentSchemas") if gained else pair.head_span,
            detail=name,
            values={"name": name},
        )
    yield from _sets(pair, "propertyNames", base.names, head.names)
    yield from _patterns(pair)


def _patterns(pair: Pair) -> Iterator[Difference]:
    base, head = pair.base.objects, pair.head.objects
    for pattern in sorted(base.patterns.keys() ^ head.patterns.keys()):
        gained = pattern in head.patterns
        yield Difference(
            what=f"pattern-property-{'added' if gained else 'removed'}",
            effect=_patterned(pair, pattern, gained=gained),
            base=pair.base_span if gained else at(base.patterns[pattern][1], "patternProperties"),
            head=at(head.patterns[pattern][1], "patternProperties") if gained else pair.head_span,
            detail=pattern,
            values={"pattern": pattern},
        )


def _patterned(pair: Pair, pattern: str, *, gained: bool) -> Effect:
    """Return what it does that members like `pattern` got a schema of their own, or lost it to that of all others."""
    base, head = pair.base.objects, pair.head.objects
    rest = base.additional if gained else head.additional
    if rest is None or closed(rest):
        return Effect.NARROWS if gained is (rest is None) else Effect.WIDENS
    if gained:
        return pair.lens.effect(rest, pair.lens.head.names.node(head.patterns[pattern][0]))
    return pair.lens.effect(pair.lens.base.names.node(base.patterns[pattern][0]), rest)


def _unevaluated(pair: Pair) -> Iterator[Difference]:
    before, after = _leftovers(pair.base), _leftovers(pair.head)
    for word in sorted(before.keys() | after.keys()):
        one, other = before.get(word), after.get(word)
        gained = other is not None and (one is None or one[0].boolean is not False)
        if one is not None and other is not None and (one[0].boolean is False) is (other[0].boolean is False):
            continue  # the schemas are compared
        name = "unevaluated-properties" if word == "unevaluatedProperties" else "unevaluated-items"
        yield Difference(
            what=f"{name}-{'closed' if gained else 'opened'}",
            effect=Effect.NARROWS if gained else Effect.WIDENS,
            base=at(one[1], word) if one else pair.base_span,
            head=at(other[1], word) if other else pair.head_span,
        )


def _leftovers(form: Form) -> dict[str, tuple[Schema, Schema]]:
    """Return keyword → its schema and the schema that says it."""
    return {word: (inner, part) for word, inner, part in form.objects.unevaluated}
