"""The parameters of an operation as arguments of a method."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generators.lang.allocation import free
from generators.lang.python import types as t
from generators.lang.python.identifiers import snake
from generators.lang.python.plans import AliasPlan, ModelPlan
from generators.lang.python.quoting import string
from specloom.model.api import Location, Parameter
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.schema import ABSENT, Schema
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generators.lang.python.planning import Place, Planner
    from generators.lang.python.types import PyType
    from specloom.model.api import Operation
    from specloom.model.schema import Absent
    from specloom.model.source import Json

RESERVED: Final = frozenset(
    {"args", "options", "self", "extra_headers", "extra_query", "extra_body", "timeout", "max_retries"}
    | {"idempotency_key"}
)
"""Names that every method uses for itself."""

_TEMPLATE: Final = re.compile(r"\{([^{}]+)\}")
_SET_BY_CLIENT: Final = frozenset({"accept", "content-type", "authorization"}) | frozenset(
    {"connection", "content-length", "host", "transfer-encoding"}
)
_STYLES: Final = {Location.PATH: "simple", Location.QUERY: "form", Location.COOKIE: "form", Location.HEADER: "simple"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An argument of a method: `name` in Python, `wire` in the request, what may be passed, and its default."""

    name: str
    wire: str
    type: PyType
    required: bool
    doc: str = ""
    default: Json | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class Sent:
    """A parameter with the code that declares how it is written."""

    argument: Argument
    location: Location
    code: Code


def parameters_of(
    operation: Operation, planner: Planner, place: Place, taken: set[str]
) -> tuple[list[Sent], list[Diagnostic]]:
    """Return the parameters that a caller gives, those of the path first and in its order; names go into `taken`.

    Left out are headers that the client writes itself (OpenAPI, "Parameter Object", says to ignore three of them, the
    connection decides about four, and the idempotency key is an option of every call), and path parameters that the
    path does not have.
    """
    in_path = list(dict.fromkeys(_TEMPLATE.findall(operation.path)))
    declared = {one.name: one for one in operation.parameters if one.location is Location.PATH}
    notes = [
        _note(
            "path-parameter-unused",
            f"{operation.key}: the path has no {{{name}}}; the parameter is left out",
            operation,
        )
        for name in declared
        if name not in in_path
    ]
    path = [declared.get(name) or _undeclared(name, operation) for name in in_path]
    others = [one for one in operation.parameters if one.location is not Location.PATH and not _is_ours(one, operation)]
    return [_sent(parameter, planner, place, taken) for parameter in (*path, *others)], notes


def accepted(tp: PyType, planner: Planner) -> PyType:
    """Return what callers may pass for `tp`: any sequence for a list, any mapping for an object or a model."""

    def change(part: PyType) -> PyType:
        match part:
            case t.Generic(name="list", args=args):
                return t.Generic("Sequence", args)
            case t.Generic(name="dict", args=args):
                return t.Generic("Mapping", args)
            case t.Tagged(variants=variants):
                return t.union(variant for _, variant in variants)
            case t.Ref():
                return _accepted_ref(part, planner)
            case _:
                return part

    return t.rewrite(tp, change)


def _accepted_ref(ref: t.Ref, planner: Planner) -> PyType:
    plan = planner.plan_of(ref)
    if isinstance(plan, ModelPlan):
        return t.union((ref, t.ANY_MAPPING))
    if plan.recursive:
        return t.union((ref, t.ANY_MAPPING))
    return _accepted_alias(ref, plan, planner)


def _accepted_alias(ref: t.Ref, plan: AliasPlan, planner: Planner) -> PyType:
    choices = plan.type.members if isinstance(plan.type, t.Union) else (plan.type,)
    if any(isinstance(choice, t.Generic) for choice in choices):
        return accepted(plan.type, planner)
    inner = [accepted(choice, planner) for choice in choices]
    has_models = any(t.ANY_MAPPING in (one, *t.children(one)) for one in inner)
    return t.union((ref, t.ANY_MAPPING)) if has_models else ref


def _undeclared(name: str, operation: Operation) -> Parameter:
    schema = Schema(span=operation.span, types=("string",))
    return Parameter(
        name=name, location=Location.PATH, schema=schema, span=operation.span, style="simple", explode=False
    )


def _is_ours(parameter: Parameter, operation: Operation) -> bool:
    if parameter.location is not Location.HEADER:
        return False
    name = parameter.name.lower()
    return name in _SET_BY_CLIENT or (
        operation.idempotency is not None and operation.idempotency.header.lower() == name
    )


def _sent(parameter: Parameter, planner: Planner, place: Place, taken: set[str]) -> Sent:
    name = argument_name(parameter.name, parameter.location.value, taken)
    tp = accepted(planner.type_of(parameter.schema, place.inner(parameter.name)), planner)
    if parameter.schema.types == ("object",) and tp == t.Generic("Mapping", (t.STR, t.ANY)):
        tp = t.ANY_MAPPING
    argument = Argument(
        name=name,
        wire=parameter.name,
        type=tp,
        required=parameter.required or parameter.location is Location.PATH,
        doc=parameter.description or "",
        default=planner.shapes.flat(parameter.schema).default,
    )
    return Sent(argument, parameter.location, _declaration(parameter, name))


def argument_name(wire: str, location: str, taken: set[str]) -> str:
    """Return a free name for an argument and take it; of two that clash, the later one says where it travels."""
    plain = snake(wire, prefix="param")
    wishes = [f"{plain}_" if plain in RESERVED else plain, f"{location}_{plain}".replace("__", "_")]
    name = free(wishes, taken)
    taken.add(name)
    return name


def _declaration(parameter: Parameter, name: str) -> Code:
    parts = [string(name)]
    if parameter.name != name and parameter.location is not Location.QUERYSTRING:
        parts.append(string(parameter.name))
    parts.extend(_how(parameter))
    return Code(f"{parameter.location.value}({', '.join(parts)})")


def _how(parameter: Parameter) -> Iterable[Code]:
    if parameter.media_type is not None or parameter.location is Location.QUERYSTRING:
        yield Code(f"content={string(parameter.media_type or 'application/x-www-form-urlencoded')}")
        return
    default = _STYLES.get(parameter.location, "form")
    if parameter.location is not Location.HEADER and parameter.style != default:
        yield Code(f"style={string(parameter.style)}")
    if parameter.explode != (default == "form"):
        yield Code(f"explode={parameter.explode}")
    if parameter.allow_reserved and parameter.location in {Location.PATH, Location.QUERY}:
        yield Code("reserved=True")
    if parameter.allow_empty_value and parameter.location is Location.QUERY:
        yield Code("empty=True")


def _note(code: str, message: str, operation: Operation) -> Diagnostic:
    return Diagnostic(Level.WARNING, code, message, operation.span)
