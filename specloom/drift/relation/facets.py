"""Parts of the relation that need no look below: bounds, steps, formats, and which members an object knows."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Direction
from specloom.drift.relation.formats import RANGES
from specloom.drift.relation.formats import contains as format_contains
from specloom.drift.relation.limits import KIND_OF, LOWER, NUMBERS, stricter
from specloom.drift.relation.objects import closed

if TYPE_CHECKING:
    from specloom.drift.relation.form import Form
    from specloom.drift.relation.limits import Bound
    from specloom.drift.relation.objects import Objects
    from specloom.model.source import Json

FEW: Final = 100
"""Whole numbers between two bounds that are counted out."""


def bounded(small: Form, large: Form) -> bool:
    """Tell whether whatever binds the large side is implied on the small one."""
    return all(_implied(small, name, bound) for name, bound in large.bounds.items() if small.kinds & KIND_OF[name])


def _implied(small: Form, name: str, wanted: Bound) -> bool:
    own = small.bounds.get(name)
    if own is not None and not stricter(wanted, own, lower=name in LOWER):
        return True
    edge = _edge(small, name)
    return (
        edge is not None
        and (edge >= wanted.value if name in LOWER else edge <= wanted.value)
        and not (wanted.exclusive and edge == wanted.value)
    )


def _edge(form: Form, name: str) -> int | None:
    """Return a limit that something else than a limit sets."""
    objects = form.objects
    if name == "min_properties":
        return len(objects.demander)
    if name == "max_properties" and not (objects.patterns or form.unions) and closed(objects.additional):
        return len(objects.members)
    if name in {"minimum", "maximum"} and form.kinds & NUMBERS == {"integer"}:
        ranges = [RANGES[one] for one in form.formats if one in RANGES]
        return (
            (max(low for low, _ in ranges) if name == "minimum" else min(high for _, high in ranges))
            if ranges
            else None
        )
    return None


def stepped(small: Form, large: Form) -> bool:
    """Tell whether every number of the one is a multiple where the other asks for it."""
    kinds = small.kinds & NUMBERS
    if not kinds or large.step is None:
        return True
    own = small.step or (Fraction(1) if kinds == {"integer"} else None)
    return own is not None and (own / large.step).denominator == 1


def formatted(small: Form, large: Form) -> bool:
    """Tell whether every format of the large side takes in one of the small side, or its whole range."""
    return all(
        any(format_contains(wide, own) for own in small.formats) or _ranged(small, wide) for wide in large.formats
    )


def _ranged(form: Form, name: str) -> bool:
    if name not in RANGES or form.kinds != {"integer"}:
        return False
    (low, high), least, most = RANGES[name], form.bounds.get("minimum"), form.bounds.get("maximum")
    return least is not None and most is not None and least.value >= low and most.value <= high


def counted(form: Form) -> list[Json] | None:
    """Return the values of a form that takes two truth values or a few whole numbers; None where there are more."""
    if form.kinds == {"boolean"}:
        return [True, False]
    least, most = form.bounds.get("minimum"), form.bounds.get("maximum")
    if form.kinds != {"integer"} or least is None or most is None or most.value - least.value > FEW:
        return None
    return list(range(int(least.value), int(most.value) + 1))


def needed(objects: Objects, name: str, other: str) -> bool:
    """Tell whether `other` is there whenever `name` is."""
    branch = objects.branches.get(name)
    asked = branch is not None and other in branch.rare.dependent_schemas[name].required
    return asked or (name, other) in objects.needs or other in objects.required


def described(small: Form, large: Form, direction: Direction) -> bool:
    """Tell whether every member that the small side describes is one that the large side knows of.

    An object that names no members at all, or says what further ones must be, knows of any. In answers an object with
    all the members of another and more of its own will do for it: a tolerant reader sees what it knows.
    """
    mine, yours = small.objects, large.objects
    if yours.additional is not None or yours.patterns or not (yours.members or yours.hidden):
        return True
    if direction is Direction.RESPONSE and yours.members.keys() <= mine.members.keys():
        return True
    return mine.members.keys() <= yours.members.keys() | yours.hidden.keys() | mine.hidden.keys()


def trivial(form: Form) -> bool:
    """Tell whether a form accepts everything."""
    odd = form.bounds or form.formats or form.patterns or form.multiples or form.negations or form.conditions
    objects = form.objects
    members = objects.members or objects.demander or objects.additional or objects.patterns or objects.needs
    arrays = form.items or form.prefix or form.contains or form.unique
    return form.null and form.anything and not odd and not members and not arrays and not form.dynamic
