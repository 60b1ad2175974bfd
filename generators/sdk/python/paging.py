"""Lists that come in pages: what the iteration needs to know, checked against the types of the operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators.lang.python import types as t
from generators.lang.python.plans import ModelPlan
from generators.lang.python.quoting import string, tuple_of
from specloom.model.diagnostic import Diagnostic, Level
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generators.lang.python.planning import Planner
    from generators.lang.python.types import PyType
    from generators.sdk.python.arguments import Argument
    from specloom.model.api import Operation
    from specloom.model.facts import Pagination, PropertyPath


@dataclass(frozen=True, slots=True)
class Paged:
    """The type of an item, and the code of `Paging`."""

    item: PyType
    code: Code


def paged_of(
    operation: Operation, answer: PyType, arguments: Sequence[Argument], planner: Planner
) -> tuple[Paged | None, list[Diagnostic]]:
    """Return how to iterate the list that `operation` answers with; None, and why, where the types do not allow it."""
    pagination = operation.pagination
    if pagination is None:
        return None, []
    item = _item(answer, pagination.items_path, planner)
    if item is None:
        where = ".".join(pagination.items_path) or "the body"
        message = f"{operation.key}: {where} of the answer is no list, so its pages are not iterated"
        return None, [Diagnostic(Level.WARNING, "pagination-without-list", message, operation.span)]
    return Paged(item, _code(pagination, arguments)), []


def _item(tp: PyType, path: PropertyPath, planner: Planner) -> PyType | None:
    for choice in _choices(tp, planner):
        if not path and isinstance(choice, t.Generic) and choice.name in {"list", "dict"}:
            return choice.args[-1]
        plan = planner.plan_of(choice) if isinstance(choice, t.Ref) else None
        if path and isinstance(plan, ModelPlan):
            inner = next((field.type for field in plan.fields if field.wire == path[0]), None)
            if inner is not None:
                return _item(inner, path[1:], planner)
    return None


def _choices(tp: PyType, planner: Planner, depth: int = 0) -> Iterator[PyType]:
    if isinstance(tp, t.Union):
        for member in tp.members:
            yield from _choices(member, planner, depth)
        return
    plan = planner.plan_of(tp) if isinstance(tp, t.Ref) else None
    if plan is not None and not isinstance(plan, ModelPlan) and depth < 10:  # noqa: PLR2004 -- aliases of aliases
        yield from _choices(plan.type, planner, depth + 1)
    else:
        yield tp


def _code(pagination: Pagination, arguments: Sequence[Argument]) -> Code:
    parts: list[str] = [string(pagination.style)]
    if pagination.items_path:
        parts.append(f"items={_path(pagination.items_path)}")
    if pagination.request_param is not None:
        known = next((one.name for one in arguments if one.wire == pagination.request_param), None)
        parts.append(f"param={string(known or pagination.request_param)}")
        if known is None and pagination.request_in == "body":
            parts.append(f"place={string('body')}")
    for name, path in (
        ("next", pagination.next_path),
        ("last_id", pagination.id_path),
        ("has_more", pagination.has_more_path),
        ("total", pagination.total_path),
    ):
        if path is not None:
            parts.append(f"{name}={_path(path)}")
    if pagination.first_page != 1:
        parts.append(f"first_page={pagination.first_page:d}")
    return Code(f"Paging({', '.join(parts)})")


def _path(path: PropertyPath) -> str:
    return tuple_of(string(name) for name in path)
