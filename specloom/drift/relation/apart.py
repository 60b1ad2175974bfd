"""Are two schemas without a common value? Proved, or not claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.drift.relation.form import Form, Forms


def apart(one: Form, other: Form) -> bool:
    """Tell whether kinds or finite sets of values keep the two from ever agreeing."""
    if one.null and other.null:
        return False
    if not one.kinds & other.kinds:
        return True
    if one.values is not None and other.values is not None:
        return not one.values.keys() & other.values.keys()
    return False


def exclusive(one: Form, other: Form, forms: Forms) -> bool:
    """Tell whether a value fits at most one of two members of a union: `apart`, or told apart by a required member."""
    if apart(one, other):
        return True
    if one.kinds != other.kinds or one.kinds != {"object"}:
        return False
    mine, yours = one.objects, other.objects
    shared = sorted(mine.required & yours.required & mine.members.keys() & yours.members.keys())
    return any(apart(forms.form(mine.members[name]), forms.form(yours.members[name])) for name in shared)
