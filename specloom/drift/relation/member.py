"""Is one value accepted? Proved, or not claimed; needed where a set is finite."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from specloom.drift.relation.limits import LOWER, Bound
from specloom.drift.relation.objects import view
from specloom.drift.relation.patterns import matches
from specloom.drift.relation.values import kind
from specloom.model.schema import Schema
from specloom.model.source import Span

if TYPE_CHECKING:
    from specloom.drift.relation.form import Form, Forms
    from specloom.drift.relation.parts import Node
    from specloom.model.source import Json

DEPTH: Final = 12
NOTHING: Final = (Schema(span=Span("", 0, 0), boolean=False),)
"""The node of no value."""


def admits(forms: Forms, form: Form, value: Json, *, depth: int = DEPTH) -> bool:
    """Return True where `value` is proved to be one of `form`."""
    if value is None:
        return form.null
    if depth <= 0 or form.negations or form.conditions or form.dynamic or form.contains:
        return False
    if form.values is not None and forms.key(value) not in form.values:
        return False
    if form.values is None and kind(value) not in form.kinds:
        return False
    if not (_bounded(form, value) and _written(form, value)):
        return False
    inner = _inside(forms, form, value)
    return all(admits(forms, forms.form(node), item, depth=depth - 1) for node, item in inner) and all(
        any(admits(forms, forms.form(forms.names.node(member)), value, depth=depth - 1) for member in union.members)
        for union in form.unions
    )


def _bounded(form: Form, value: Json) -> bool:
    measures: dict[str, float] = {}
    if isinstance(value, str):
        measures = {"min_length": len(value), "max_length": len(value)}
    elif isinstance(value, list):
        measures = {"min_items": len(value), "max_items": len(value)}
    elif isinstance(value, dict):
        measures = {"min_properties": len(value), "max_properties": len(value)}
    elif not isinstance(value, bool) and value is not None:
        measures = {"minimum": value, "maximum": value}
    return all(_fits(bound, measures[name], name in LOWER) for name, bound in form.bounds.items() if name in measures)


def _fits(bound: Bound, measure: float, lower: bool) -> bool:  # noqa: FBT001  # the sort of the bound, no switch
    number = Fraction(str(measure))
    if number == bound.value:
        return not bound.exclusive
    return (number > bound.value) is lower


def _written(form: Form, value: Json) -> bool:
    """Match patterns; let formats pass only where an enum already spelled the value out."""
    if isinstance(value, str):
        return (not form.formats or form.values is not None) and all(matches(one, value) for one in form.patterns)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return form.step is None or (Fraction(str(value)) / form.step).denominator == 1
    return True


def _inside(forms: Forms, form: Form, value: Json) -> list[tuple[Node, Json]]:
    """Return the members of a container with what each must be; a missing required member fits nothing."""
    if isinstance(value, list):
        nodes = [form.prefix[i] if i < len(form.prefix) else form.items for i in range(len(value))]
        return [(node, item) for node, item in zip(nodes, value, strict=True) if node]
    if isinstance(value, dict):
        missing: list[tuple[Node, Json]] = [(NOTHING, name) for name in form.objects.required - value.keys()]
        found = [(view(form.parts, name, forms.names), item) for name, item in value.items()]
        return missing + [(node, item) for node, item in found if node]
    return []
