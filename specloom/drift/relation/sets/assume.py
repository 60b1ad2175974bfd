"""What follows from a value being one of a schema. What cannot be used is left out: that only leaves more values."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from specloom.drift.relation.form import KINDS, at_least
from specloom.drift.relation.formats import RANGES, meaningful
from specloom.drift.relation.limits import LIMITS, fraction
from specloom.drift.relation.objects import free
from specloom.drift.relation.parts import is_interface
from specloom.drift.relation.sets import change
from specloom.drift.relation.sets.literal import PART, PLAIN, Lit, Rest, State, Step, Tally
from specloom.drift.relation.values import key, kind
from specloom.model.schema import ABSENT, NO_LIMITS, NO_RARE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.schema import Schema
    from specloom.model.source import Json

SIZES = {"string": "length", "array": "items", "object": "properties"}


def assume(state: State, lit: Lit) -> State | None:
    """Return what is known once the value is one of `lit`."""
    if lit.forms.textual and lit.told == PLAIN:
        return state  # a text may be of several kinds at once, so that nothing follows for this one
    parts = lit.forms.form(lit.node).parts
    found: State | None = state.but(taken=(*state.taken, *lit.node, *parts))
    for part in parts:
        if found is None or not fits(part, state.kind):
            return None
        for step in _plain(part, state.kind, lit):
            found = step(found) if found is not None else None
        if found is not None:
            found = found.but(clauses=(*found.clauses, *_clauses(part, lit)))
        if found is not None and state.kind == "object":
            found = _object(found, part, lit)
        elif found is not None and state.kind == "array":
            found = _array(found, part, lit)
    return found


def fits(part: Schema, sort: str) -> bool:
    """Tell whether a schema's own words let values of that kind pass."""
    if part.boolean is False:
        return False
    if part.types:
        return any(sort in KINDS.get(name, ()) for name in part.types)
    return not part.properties or sort == "object"


def values_of(part: Schema, sort: str) -> dict[str, Json] | None:
    """Return the values that a schema lists, of one kind; None where it lists none."""
    listed = None if part.enum is None else list(part.enum)
    if part.const is not ABSENT:
        listed = [one for one in (listed or [part.const]) if key(one) == key(part.const)]
    return None if listed is None else {key(value): value for value in listed if kind(value) == sort}


def limits_of(part: Schema, sort: str) -> Iterator[tuple[str, bool, Fraction]]:
    """Yield the limits that bind values of one kind: name, whether the number is excluded, number."""
    if part.limits is NO_LIMITS:
        return
    names = {f"min_{SIZES.get(sort)}", f"max_{SIZES.get(sort)}"} if sort in SIZES else set()
    if sort in {"integer", "fraction"}:
        names = {"minimum", "maximum"}
    for attribute, name, excluded, _ in LIMITS:
        number = fraction(getattr(part.limits, attribute))
        if name in names and number is not None:
            yield name, excluded, number


def step_of(part: Schema, sort: str) -> Fraction | None:
    """Return the number whose multiples a schema asks for."""
    number = fraction(part.limits.multiple_of) if sort in {"integer", "fraction"} else None
    return number if number is not None and number > 0 else None


def marks_of(part: Schema, sort: str) -> list[str]:
    """Return the formats and encodings that a schema asks for."""
    found = []
    name = meaningful(part.format, frozenset({sort}))
    if name and sort in {"string", "integer", "fraction"}:
        found.append("encoding: base64" if name == "byte" else name)
    if sort == "string":
        found += [f"{word}: {said}" for word, said in _encoded(part) if said is not None]
    return found


def _encoded(part: Schema) -> tuple[tuple[str, str | None], ...]:
    return (("encoding", part.rare.content_encoding), ("media type", part.rare.content_media_type))


def _plain(part: Schema, sort: str, lit: Lit) -> Iterator[Step]:
    values = values_of(part, sort)
    if values is not None:
        yield change.among(values)
    for name, excluded, number in limits_of(part, sort):
        if name in {"minimum", "maximum"}:
            yield (change.above if name == "minimum" else change.below)(number, excluded=excluded)
        else:
            yield change.sized(ceil(number), None) if name.startswith("min") else change.sized(0, floor(number))
    number_step = step_of(part, sort)
    if number_step is not None:
        yield change.stepped(number_step, on=True)
    if sort == "string" and part.limits.pattern is not None:
        yield change.spelt(part.limits.pattern, like=True)
    for name in marks_of(part, sort):
        yield change.marked(name)
        if sort == "integer" and name in RANGES:
            low, high = RANGES[name]
            yield change.above(Fraction(low), excluded=False)
            yield change.below(Fraction(high), excluded=False)
    if part.rare.negation is not None:
        yield change.ask(Lit(holds=False, forms=lit.forms, node=lit.forms.names.node(part.rare.negation), told=PLAIN))


def _clauses(part: Schema, lit: Lit) -> Iterator[tuple[Step, ...]]:
    """Yield the choices that a schema leaves."""

    def on(schema: Schema) -> Lit:
        return Lit(holds=True, forms=lit.forms, node=lit.forms.names.node(schema), told=min(lit.told, PART))

    def off(schema: Schema) -> Lit:
        return Lit(holds=False, forms=lit.forms, node=lit.forms.names.node(schema), told=PLAIN)

    if not is_interface(part):
        if len(part.any_of) > 1:
            yield tuple(change.ask(on(member)) for member in part.any_of)
        if len(part.one_of) > 1:
            others = [[off(other) for other in part.one_of if other is not member] for member in part.one_of]
            yield tuple(change.ask(on(one), *rest) for one, rest in zip(part.one_of, others, strict=True))
    rare = part.rare
    if rare.if_ is not None and (rare.then is not None or rare.else_ is not None):
        met = replace(on(rare.if_), told=PLAIN)
        yield (
            change.ask(met, *([on(rare.then)] if rare.then is not None else [])),
            change.ask(off(rare.if_), *([on(rare.else_)] if rare.else_ is not None else [])),
        )


def _object(state: State, part: Schema, lit: Lit) -> State | None:
    names = lit.forms.names
    new = state.copy()
    hidden = {name for name, schema in part.properties.items() if lit.told and lit.forms.hides(names.node(schema))}
    new.hidden = state.hidden | hidden
    new.must = state.must | set(part.required)
    if lit.told:
        new.told = True
        new.named = state.named | {name for name, one in part.properties.items() if one.boolean is not False}
    shown = [(name, schema) for name, schema in part.properties.items() if name not in hidden]
    new.members = (*state.members, *((name, lit.inner(names.node(schema))) for name, schema in shown))
    patterns = part.rare.pattern_properties
    new.patterns = (*state.patterns, *((text, lit.inner(names.node(one))) for text, one in patterns.items()))
    if part.additional is not None and not free(part.additional):
        rest = Rest(frozenset(part.properties), tuple(patterns), lit.inner(names.node(part.additional)))
        new.others = (*state.others, rest)
    if part.rare is NO_RARE:
        return new
    if part.rare.property_names is not None:
        new.labels = (*state.labels, replace(lit.inner(names.node(part.rare.property_names)), told=PLAIN))
    for name, others in part.rare.dependent_required.items():
        new.clauses = (*new.clauses, (change.missing(name), change.both(*(change.there(o) for o in (name, *others)))))
    for name, schema in part.rare.dependent_schemas.items():
        met = replace(lit, node=names.node(schema), told=min(lit.told, PART))
        new.clauses = (*new.clauses, (change.missing(name), change.both(change.there(name), change.ask(met))))
    return new


def _array(state: State, part: Schema, lit: Lit) -> State | None:
    names, rare = lit.forms.names, part.rare
    new = state.copy()
    new.places = (*state.places, *((i, lit.inner(names.node(one))) for i, one in enumerate(rare.prefix_items)))
    if part.items is not None:
        new.rest = (*state.rest, (len(rare.prefix_items), lit.inner(names.node(part.items))))
    new.unique = state.unique or part.limits.unique_items
    if rare.unevaluated_items is not None and part.items is None and alone(part) and len(lit.node) == 1:
        further = lit.inner(names.node(rare.unevaluated_items))
        new.rest = (*new.rest, (len(rare.prefix_items), further))
    if rare.contains is not None:
        wanted = replace(lit.inner(names.node(rare.contains)), told=PLAIN)
        return change.tallied(Tally(wanted, 0, at_least(rare), rare.max_contains))(new)
    return None if new.unique and new.twice else new


def alone(part: Schema) -> bool:
    """Tell whether nothing beside a schema's own tuple can have looked at items."""
    beside = (part.all_of, part.any_of, part.one_of, part.ref, part.rare.if_, part.rare.contains)
    return not any(beside) and part.rare.dynamic_ref is None
