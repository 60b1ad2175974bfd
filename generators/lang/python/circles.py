"""Type aliases that lead back to themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generators.lang.python import types as t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generators.lang.python.plans import AliasPlan


def break_direct_circles(aliases: Mapping[str, AliasPlan]) -> tuple[dict[str, AliasPlan], list[str]]:
    """Take out of each alias what makes it mean nothing but itself; return the result and the names concerned.

    `A = list[A]` is a type, `A = A | str` is not: there the reference goes and `str` stays, or Any where nothing is
    left.
    """
    settled, broken = dict(aliases), []
    for name in sorted(settled):
        plan = settled[name]
        kept = [one for one in _choices(plan.type) if not _leads_to(one, name, settled)]
        if len(kept) < len(_choices(plan.type)):
            settled[name] = replace(plan, type=t.union(kept) if kept else t.ANY)
            broken.append(name)
    return settled, broken


def mark_recursive(aliases: Mapping[str, AliasPlan], homes: Mapping[str, str]) -> dict[str, AliasPlan]:
    """Mark the aliases that can be reached from themselves, or whose modules would have to import each other.

    `homes` maps an alias to its module. An alias needs the modules of all that it names when its own is imported,
    unless it is marked; classes do not.
    """
    inside = {name: {ref.name for ref in t.refs(plan.type) if ref.name in aliases} for name, plan in aliases.items()}
    marked = {
        name: replace(plan, recursive=True) if name in _closure(inside, inside[name]) else plan
        for name, plan in aliases.items()
    }
    needs: dict[str, set[str]] = {}
    for name, plan in marked.items():
        needs.setdefault(homes[name], set()).update(() if plan.recursive else _outside(plan, homes[name]))
    return {
        name: replace(plan, recursive=True)
        if any(homes[name] in _closure(needs, {module}) for module in _outside(plan, homes[name]))
        else plan
        for name, plan in marked.items()
    }


def _outside(plan: AliasPlan, home: str) -> set[str]:
    return {ref.module for ref in t.refs(plan.type)} - {home}


def _choices(tp: t.PyType) -> tuple[t.PyType, ...]:
    if isinstance(tp, t.Tagged):
        return tuple(variant for _, variant in tp.variants)
    return tp.members if isinstance(tp, t.Union) else (tp,)


def _leads_to(tp: t.PyType, goal: str, aliases: Mapping[str, AliasPlan]) -> bool:
    todo, seen = [tp], set[str]()
    while todo:
        current = todo.pop()
        if isinstance(current, t.Union | t.Tagged):
            todo.extend(_choices(current))
        elif isinstance(current, t.Ref) and current.name == goal:
            return True
        elif isinstance(current, t.Ref) and current.name in aliases and current.name not in seen:
            seen.add(current.name)
            todo.extend(_choices(aliases[current.name].type))
    return False


def _closure(graph: Mapping[str, set[str]], start: set[str]) -> set[str]:
    found, todo = set[str](), list(start)
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo.extend(graph.get(current, ()))
    return found
