"""The package of models of one API, decided and ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from generators.lang.python.types import PyType
    from specloom.model.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A member of a model: `name` in Python, `wire` in JSON.

    `type` includes None where null is allowed. A member that may be missing is not `required`. `schema` is what it was
    made from.
    """

    name: str
    wire: str
    type: PyType
    required: bool
    schema: Schema
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPlan:
    """A class for JSON objects; `schema` is the name of the schema it was made from, if that has one."""

    name: str
    fields: tuple[Field, ...]
    doc: str = ""
    schema: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasPlan:
    """A name for any other type; `recursive` where the type leads back to the name through aliases alone."""

    name: str
    type: PyType
    doc: str = ""
    schema: str | None = None
    recursive: bool = False


Plan: TypeAlias = ModelPlan | AliasPlan


@dataclass(slots=True)
class ModulePlan:
    """One module of the package of models, in the order of definition."""

    name: str
    plans: list[Plan] = field(default_factory=list)
