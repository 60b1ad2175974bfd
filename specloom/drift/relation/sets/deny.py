"""What follows from a value being none of a schema: for each way of being one, something must be violated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Direction
from specloom.drift.relation.apart import apart
from specloom.drift.relation.form import at_least
from specloom.drift.relation.formats import RANGES
from specloom.drift.relation.objects import free
from specloom.drift.relation.parts import is_interface
from specloom.drift.relation.patterns import refuses
from specloom.drift.relation.sets import change
from specloom.drift.relation.sets.assume import alone, fits, limits_of, marks_of, step_of, values_of
from specloom.drift.relation.sets.literal import PART, PLAIN, WHOLE, Lit, Other, State, Step, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.drift.relation.contain import Same
    from specloom.model.schema import Schema

CASES: Final = 40
"""Ways of being one of a schema that are gone through."""


class Open(Exception):  # noqa: N818  # it is an answer, not an error
    """A schema says something whose violation cannot be written down."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way of being one of a schema: all of `parts`, of which `met` are met for sure, and none of `denied`."""

    parts: tuple[Schema, ...]
    denied: tuple[Schema, ...] = ()
    met: frozenset[int] = frozenset()


def deny(state: State, lit: Lit, same: Same) -> State | None:
    """Return what is known once the value is none of `lit`; None where it is one for sure."""
    taken: dict[object, list[Schema]] = {}
    for own in state.taken:
        taken.setdefault(_looks(own), []).append(own)

    def met(schema: Schema) -> bool:
        return any(own is schema or same(own, schema) for own in taken.get(_looks(schema), ()))

    try:
        cases = alternatives(lit, met)
    except Open:
        return state
    found = state
    for case in cases:
        if not all(fits(part, state.kind) for part in case.parts) or _elsewhere(case, state, lit):
            continue
        try:
            clause = tuple(_violations(case, state, lit))
        except Open:
            continue
        if not clause:
            return None
        found = found.but(clauses=(*found.clauses, clause))
    return found


def _looks(schema: Schema) -> tuple[object, ...]:
    """Return what two schemas have in common that say the same."""
    return (schema.ref, schema.types, schema.format, tuple(schema.properties))


def _elsewhere(case: Case, state: State, lit: Lit) -> bool:
    """Tell whether a member that must be there has values that this case does not know: then it never applies."""
    if state.kind != "object":
        return False
    for name, schema in ((name, one) for part in case.parts for name, one in part.properties.items()):
        if name in state.must:
            theirs = lit.forms.form(lit.forms.names.node(schema))
            for own in (own for word, own in state.members if word == name and own.holds and theirs.values is not None):
                if apart(own.forms.form(own.node), theirs):
                    return True
    return False


def alternatives(lit: Lit, met: Callable[[Schema], bool]) -> list[Case]:
    """Multiply the unions of a schema out."""
    names = lit.forms.names
    done: list[Case] = []
    kept: list[Schema] = []
    parts = lit.forms.form(lit.node).parts
    queue = [Case(parts, met=frozenset(id(part) for part in parts if met(part)))]
    while queue:
        case = queue.pop()
        at = next((i for i, part in enumerate(case.parts) if len(part.any_of) > 1 or len(part.one_of) > 1), None)
        if at is None:
            done.append(case)
        else:
            part = case.parts[at]
            if is_interface(part):
                raise Open
            group, left = (part.any_of, {"any_of": ()}) if len(part.any_of) > 1 else (part.one_of, {"one_of": ()})
            lone = replace(part, **left)  # type: ignore[arg-type]  # one of two fields of one type
            kept.append(lone)  # alive, so that no other takes its id
            rest = (*case.parts[:at], lone, *case.parts[at + 1 :])
            known = case.met | {id(lone)} if id(part) in case.met else case.met
            for member in group:
                chosen = lit.forms.form(names.node(member)).parts
                sure = {id(one) for one in chosen if met(one)}
                others = tuple(one for one in group if one is not member) if group is part.one_of else ()
                queue.append(Case((*rest, *chosen), (*case.denied, *others), known | sure))
        if len(done) + len(queue) > CASES:
            raise Open
    return done


def _violations(case: Case, state: State, lit: Lit) -> Iterator[Step]:
    """Yield the ways in which a value of a kind may fail a case."""
    names, told = lit.forms.names, min(lit.told, PART)
    if state.kind == "object" and lit.told == WHOLE and not _described(case, state, lit):
        raise Open
    for other in case.denied:
        yield change.ask(Lit(holds=True, forms=lit.forms, node=names.node(other), told=PLAIN))
    hidden = _hidden(case, lit)
    for part in (part for part in case.parts if id(part) not in case.met):
        if part.rare.dynamic_ref is not None or (part.rare.content_schema is not None and state.kind == "string"):
            raise Open
        yield from _scalar(part, state.kind)
        if part.rare.negation is not None:
            yield change.ask(Lit(holds=True, forms=lit.forms, node=names.node(part.rare.negation), told=PLAIN))
        yield from _conditions(part, lit, told)
        if state.kind == "object":
            yield from _members(part, case, lit, state.but(hidden=hidden))
        elif state.kind == "array":
            yield from _items(part, lit)


def _described(case: Case, state: State, lit: Lit) -> bool:
    """Tell whether the other side's members are known here, as `facets.described` has it for whole forms."""
    known = {name for part in case.parts for name in part.properties}
    if not state.told or not known:
        return True
    if any(part.rare.pattern_properties or (part.additional and not free(part.additional)) for part in case.parts):
        return True
    mine = state.named - state.absent - state.hidden
    if lit.forms.direction is Direction.RESPONSE and known - _hidden(case, lit) <= mine:
        return True
    return mine <= known


def _hidden(case: Case, lit: Lit) -> frozenset[str]:
    if not lit.told:
        return frozenset()
    names = lit.forms.names
    shown = ((name, schema) for part in case.parts for name, schema in part.properties.items())
    return frozenset(name for name, schema in shown if lit.forms.hides(names.node(schema)))


def _scalar(part: Schema, sort: str) -> Iterator[Step]:
    values = values_of(part, sort)
    if values is not None:
        yield change.outside(values)
    for name, excluded, number in limits_of(part, sort):
        if name in {"minimum", "maximum"}:
            yield (change.below if name == "minimum" else change.above)(number, excluded=not excluded)
        elif name.startswith("max"):
            yield change.sized(floor(number) + 1, None)
        elif number > 0:
            yield change.sized(0, ceil(number) - 1)
    step = step_of(part, sort)
    if step is not None:
        yield change.stepped(step, on=False)
    if sort == "string" and part.limits.pattern is not None:
        yield change.spelt(part.limits.pattern, like=False)
    for name in marks_of(part, sort):
        if sort == "integer" and name in RANGES:
            low, high = map(Fraction, RANGES[name])
            yield change.both(change.unmarked(name), change.below(low, excluded=True))
            yield change.both(change.unmarked(name), change.above(high, excluded=True))
        else:
            yield change.unmarked(name)


def _conditions(part: Schema, lit: Lit, told: int) -> Iterator[Step]:
    rare, names = part.rare, lit.forms.names
    if rare.if_ is None:
        return
    met = Lit(holds=True, forms=lit.forms, node=names.node(rare.if_), told=PLAIN)
    for met_or_not, outcome in ((met, rare.then), (met.turned(), rare.else_)):
        if outcome is not None and not free(outcome):
            yield change.ask(met_or_not, Lit(holds=False, forms=lit.forms, node=names.node(outcome), told=told))


def _members(part: Schema, case: Case, lit: Lit, state: State) -> Iterator[Step]:
    names, rare = lit.forms.names, part.rare
    left = rare.unevaluated_properties
    if left is not None and not free(left) and not any(one.additional is left for one in case.parts):
        raise Open
    yield from (change.missing(name) for name in part.required if name not in state.hidden)
    for name, schema in part.properties.items():
        if _spoken(state, lit, name) and not free(schema):
            yield change.there(name, lit.inner(names.node(schema)))
    for pattern, schema in rare.pattern_properties.items():
        yield change.some(Other(like=pattern, value=lit.inner(names.node(schema))))
    if part.additional is not None and not free(part.additional):
        node = lit.inner(names.node(part.additional))
        known = frozenset(part.properties) | state.hidden
        yield change.some(Other(names=known, patterns=tuple(rare.pattern_properties), value=node))
    if rare.property_names is not None and not free(rare.property_names):
        label = replace(lit.inner(names.node(rare.property_names)), told=PLAIN)
        yield change.some(Other(label=label))
    for name, others in rare.dependent_required.items():
        shown = [other for other in others if other not in state.hidden] if _spoken(state, lit, name) else []
        yield from (change.both(change.there(name), change.missing(other)) for other in shown)
    for name, schema in rare.dependent_schemas.items():
        if _spoken(state, lit, name):
            failed = replace(lit, node=names.node(schema), told=min(lit.told, PART))
            yield change.both(change.there(name), change.ask(failed))


def _spoken(state: State, lit: Lit, name: str) -> bool:
    """Tell whether a member counts: it travels this way, and the other side describes it if it describes any."""
    if name in state.hidden:
        return False
    if not (lit.told and state.told) or name in state.named | state.must:
        return True
    liked = any(own.told and not refuses(pattern, name) for pattern, own in state.patterns)
    return liked or any(rest.lit.told and name not in rest.names for rest in state.others)


def _items(part: Schema, lit: Lit) -> Iterator[Step]:
    names, rare = lit.forms.names, part.rare
    for index, schema in enumerate(rare.prefix_items):
        if not free(schema):
            yield change.placed(index, lit.inner(names.node(schema)))
    further = part.items
    if rare.unevaluated_items is not None and further is None and not free(rare.unevaluated_items):
        if not alone(part) or len(lit.node) != 1:
            raise Open
        further = rare.unevaluated_items
    if further is not None and not free(further):
        yield change.tallied(Tally(lit.inner(names.node(further)), len(rare.prefix_items), 1, None))
    if rare.contains is not None:
        wanted = Lit(holds=True, forms=lit.forms, node=names.node(rare.contains), told=PLAIN)
        if at_least(rare):
            yield change.tallied(Tally(wanted, 0, 0, at_least(rare) - 1))
        if rare.max_contains is not None:
            yield change.tallied(Tally(wanted, 0, rare.max_contains + 1, None))
    if part.limits.unique_items:
        yield change.twice
