"""Values for examples: short expressions that fit a type, so that what a README shows runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generators.lang.python import types as t
from generators.lang.python.plans import ModelPlan
from generators.lang.python.quoting import literal, string, tuple_of
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generators.lang.python.plans import Plan
    from generators.lang.python.types import PyType

_DEEP: Final = 4
_PLAIN: Final = {
    "bool": "True",
    "bytes": 'b"..."',
    "dt.date": "dt.date(2026, 1, 31)",
    "dt.datetime": "dt.datetime(2026, 1, 31, 12, 0, tzinfo=dt.timezone.utc)",
    "FileInput": 'b"..."',
    "float": "1.5",
    "int": "1",
    "None": "None",
    "object": "{}",
    "Any": "{}",
}


def sample(tp: PyType, name: str, plans: Mapping[str, Plan], *, depth: int = 0) -> Code:
    """Return an expression of type `tp`; texts repeat `name`, objects hold their required members only."""
    match tp:
        case t.LiteralOf(values=values):
            return literal(values[0])
        case t.Union() | t.Tagged():
            return sample(_plainest(t.children(tp)), name, plans, depth=depth)
        case t.Generic(name=container, args=args):
            return _container(container, args, name, plans, depth + 1)
        case t.Ref():
            return _of_plan(plans[tp.name], name, plans, depth + 1)
        case _:
            return Code(_PLAIN[tp.name]) if tp.name in _PLAIN else string(name)


def _container(container: str, args: tuple[PyType, ...], name: str, plans: Mapping[str, Plan], depth: int) -> Code:
    if container in {"dict", "Mapping"}:
        return Code("{}")
    inner = [] if depth > _DEEP else [sample(arg, name, plans, depth=depth) for arg in args]
    return tuple_of(inner) if container == "tuple" else Code(f"[{', '.join(inner)}]")


def _plainest(members: tuple[PyType, ...]) -> PyType:
    """Choose what reads best: a literal, then whatever stands first."""
    return next((one for one in members if isinstance(one, t.LiteralOf)), members[0])


def _of_plan(plan: Plan, name: str, plans: Mapping[str, Plan], depth: int) -> Code:
    if depth > _DEEP:
        return Code("{}")
    if not isinstance(plan, ModelPlan):
        return sample(plan.type, name, plans, depth=depth)
    needed = [field for field in plan.fields if field.required]
    members = (f"{string(field.wire)}: {sample(field.type, field.name, plans, depth=depth)}" for field in needed)
    return Code(f"{{{', '.join(members)}}}")
