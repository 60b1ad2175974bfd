"""Importing the models that a model refers to, when it is first used.

Model modules import each other for type checkers only, which is what keeps a package of a thousand models quick to
import. Before pydantic looks up the names in a model's annotations, they are put into its module here.
"""

from __future__ import annotations

import builtins
import re
import sys
from functools import cache
from importlib import import_module
from inspect import get_annotations
from types import ModuleType
from typing import TYPE_CHECKING, Any, ForwardRef

from pydantic import BaseModel

from .shapes import is_class

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"(?<![\w.'\"])[A-Za-z_]\w*(?![\w'\"])")


def import_references(tp: object) -> None:
    """Import every model that `tp` (a model, a type alias, any annotation) refers to, however far away."""
    seen: set[type[BaseModel]] = set()
    todo = list(_models_in(tp, ""))
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo.extend(_referenced_by(current))


@cache
def _referenced_by(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    found: dict[type[BaseModel], None] = {}
    for base in model.__mro__:
        if not issubclass(base, BaseModel) or base.__module__.startswith("pydantic"):
            continue
        for annotation in get_annotations(base).values():
            found.update(dict.fromkeys(_models_in(annotation, base.__module__)))
    return tuple(found)


def _models_in(value: object, module: str) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation of `module` mentions, looking through aliases, unions and containers."""
    todo: list[tuple[Any, str]] = [(value, module)]
    seen: set[int] = set()
    while todo:
        current, home = todo.pop()
        if isinstance(current, ForwardRef):
            current = current.__forward_arg__
        if isinstance(current, str):
            todo.extend((_resolve(name, home), home) for name in _NAME.findall(current))
            continue
        if id(current) in seen:
            continue
        seen.add(id(current))
        if is_class(current) and issubclass(current, BaseModel):
            yield current
        todo.extend((argument, home) for argument in getattr(current, "__args__", ()))
        if (aliased := getattr(current, "__value__", None)) is not None:
            todo.append((aliased, current.__module__))


def _resolve(name: str, module: str) -> object:
    """Look `name` up in `module`; what is missing there is imported from the package of models around it."""
    namespace = vars(sys.modules[module]) if module in sys.modules else {}
    if name in namespace:
        found = namespace[name]
        return None if isinstance(found, str | ModuleType) else found
    if hasattr(builtins, name) or "." not in module:
        return None
    found = getattr(import_module(module.rpartition(".")[0]), name, None)
    if isinstance(found, str | ModuleType) or found is None:
        return None  # a word in a literal, or a member of another module
    namespace[name] = found
    return found
