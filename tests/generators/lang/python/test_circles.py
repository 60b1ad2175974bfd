"""Aliases that lead back to themselves."""

from __future__ import annotations

from generators.lang.python import types as t
from generators.lang.python.circles import break_direct_circles, mark_recursive
from generators.lang.python.plans import AliasPlan


def _ref(name: str) -> t.Ref:
    return t.Ref(name, name.lower())


def _aliases(**types: t.PyType) -> dict[str, AliasPlan]:
    return {name: AliasPlan(name=name, type=tp) for name, tp in types.items()}


def test_a_circle_is_opened_at_one_place() -> None:
    """A = B | str, B = A | int: one of the references goes, the rest stays."""
    aliases = _aliases(A=t.union([_ref("B"), t.STR]), B=t.union([_ref("A"), t.INT]))
    settled, broken = break_direct_circles(aliases)
    assert (["A"], t.STR, t.union([_ref("A"), t.INT])) == (broken, settled["A"].type, settled["B"].type)


def test_an_alias_of_nothing_but_itself_is_any() -> None:
    """There is no value that would tell."""
    settled, _ = break_direct_circles(_aliases(A=_ref("A")))
    assert t.ANY == settled["A"].type


def test_a_container_makes_a_circle_a_type() -> None:
    """A = list[A] | str is fine, and recursive; what merely uses it is not."""
    aliases = _aliases(A=t.union([t.list_of(_ref("A")), t.STR]), B=t.list_of(_ref("A")))
    settled, broken = break_direct_circles(aliases)
    marked = mark_recursive(settled, {"A": "a", "B": "b"})
    assert ([], True, False) == (broken, marked["A"].recursive, marked["B"].recursive)


def test_modules_that_would_import_each_other_wait() -> None:
    """Aliases beside classes that name each other's classes are marked; one that nobody leads back to is not."""
    aliases = _aliases(InA=t.list_of(t.Ref("B", "b")), InB=t.list_of(t.Ref("A", "a")), InC=t.list_of(t.Ref("A", "a")))
    marked = mark_recursive(aliases, {"InA": "a", "InB": "b", "InC": "c"})
    assert (True, True, False) == (marked["InA"].recursive, marked["InB"].recursive, marked["InC"].recursive)
