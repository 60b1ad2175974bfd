"""Type guards for values of unknown make, so that strict type checkers know what is in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Tell a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Tell a JSON array."""
    return isinstance(value, list)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Tell any mapping."""
    return isinstance(value, Mapping)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Tell any tuple."""
    return isinstance(value, tuple)


def is_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    """Tell anything that can be iterated."""
    return isinstance(value, Iterable)


def is_class(value: object) -> TypeGuard[type[Any]]:
    """Tell a class."""
    return isinstance(value, type)


def is_path(value: object) -> TypeGuard[os.PathLike[str]]:
    """Tell a path."""
    return isinstance(value, os.PathLike)
