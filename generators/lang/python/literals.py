"""Constants and enumerations as types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generators.lang.python import types as t

if TYPE_CHECKING:
    from generators.lang.python.types import PyType
    from specloom.model.source import Json


def literal_type(values: tuple[Json, ...], *, is_open: bool) -> PyType:
    """Return the type of `values`; an open one also takes values that are newer than the description.

    What `Literal` cannot hold (fractions, objects) is there as its type.
    """
    exact = tuple({(type(value), value): value for value in values if isinstance(value, str | int)}.values())
    bases = t.union(_base(value) for value in values)
    closed = [t.LiteralOf(exact)] if exact else []
    if is_open or len(exact) < len(values):
        return t.union(
            [*(closed if any(isinstance(value, str) or type(value) is int for value in exact) else []), bases]
        )
    return closed[0]


def _base(value: Json) -> PyType:
    match value:
        case None:
            return t.NONE
        case bool():
            return t.BOOL
        case int():
            return t.INT
        case float():
            return t.FLOAT
        case str():
            return t.STR
        case _:
            return t.ANY
