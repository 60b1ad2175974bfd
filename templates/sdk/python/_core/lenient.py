"""Reading an answer that does not fit its description without losing any of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, PydanticUserError, RootModel, TypeAdapter, ValidationError
from pydantic_core import PydanticUndefined

from .model import FROM_SERVER
from .references import import_references
from .shapes import is_array, is_mapping, is_object
from .unions import Discriminated, Unknown


@cache
def adapter(tp: Any) -> TypeAdapter[Any]:
    """Return the validator of a type, with all models it refers to imported."""
    import_references(tp)
    return TypeAdapter(tp)


def read(tp: Any, value: Any, *, strict: bool) -> Any:
    """Turn a JSON value into `tp`.

    What does not fit stays as the server sent it, at the smallest place possible; with `strict`, pydantic's
    `ValidationError` is raised instead.
    """
    try:
        return adapter(tp).validate_python(value, context=FROM_SERVER)
    except ValidationError:
        if strict:
            raise
        return construct(tp, value)


def construct(tp: Any, value: Any) -> Any:
    """Build `tp` from a value that is known not to fit as a whole, member by member."""
    fitting, ok = _try(tp, value)
    if ok:
        return fitting
    origin, args = get_origin(tp), get_args(tp)
    if origin is Annotated:
        return _annotated(args, value)
    if (aliased := getattr(tp, "__value__", None)) is not None:
        return construct(_evaluated(aliased, tp.__module__), value)
    if origin in (Union, UnionType):
        return _best_fit(args, value)
    if is_array(value) and origin is list:
        return [construct(args[0], item) for item in value]
    if is_object(value) and origin is dict:
        return {key: construct(args[1], item) for key, item in value.items()}
    if is_mapping(value) and _is_model(tp):
        return _loose_model(tp, value)
    return value


def _evaluated(aliased: Any, module: str) -> Any:
    """Return the type behind an alias; one that refers to itself holds it as text in the words of its module."""
    return eval(aliased, vars(sys.modules[module])) if isinstance(aliased, str) else aliased


def _try(tp: Any, value: Any) -> tuple[Any, bool]:
    try:
        return adapter(tp).validate_python(value, context=FROM_SERVER), True
    except (ValidationError, PydanticUserError, NameError, TypeError):
        return None, False


def _annotated(args: tuple[Any, ...], value: Any) -> Any:
    for mark in args[1:]:
        if isinstance(mark, Discriminated) and (variant := mark.variant(value)) is not None:
            return construct(variant, value)
    return construct(args[0], value)


def _best_fit(members: tuple[Any, ...], value: Any) -> Any:
    """Choose the model that knows most members of an object; anything else stays as it is."""
    others = [member for member in members if member is not type(None)]
    if len(others) == 1:
        return construct(others[0], value)
    if is_array(value):
        lists = [member for member in members if get_origin(member) is list]
        return construct(lists[0], value) if lists else value
    models = [member for member in members if _is_model(member)]
    if not is_mapping(value) or not models:
        return value
    return _loose_model(max(models, key=lambda model: len(wire_names(model).keys() & value.keys())), value)


def _is_model(tp: Any) -> bool:
    return isinstance(tp, type) and issubclass(tp, BaseModel) and not issubclass(tp, Unknown | RootModel)


def _loose_model(model: type[BaseModel], value: Mapping[str, Any]) -> BaseModel:
    adapter(model)
    names = wire_names(model)
    members = {names.get(key, key): item for key, item in value.items()}
    built = {
        name: construct(_annotation(model, name), item) if name in model.model_fields else item
        for name, item in members.items()
    }
    loose = model.model_construct(_fields_set=set(members), **built)
    loose.model_fields_set.intersection_update(members)
    for name, info in model.model_fields.items():
        if name not in built and info.get_default(call_default_factory=False) is PydanticUndefined:
            vars(loose)[name] = None  # a required member that is missing: reading it gives None, sending it nothing
    return loose


def _annotation(model: type[BaseModel], name: str) -> Any:
    info = model.model_fields[name]
    if not info.metadata:
        return info.annotation
    annotated: Any = Annotated
    parts = (info.annotation, *info.metadata)
    return annotated[parts]


@cache
def wire_names(model: type[BaseModel]) -> Mapping[str, str]:
    """Map the names on the wire of a model's members to their Python names."""
    model.model_rebuild()
    return {info.alias or name: name for name, info in model.model_fields.items()}
