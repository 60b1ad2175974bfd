"""Modules of models, ready to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generators.lang.python import types as t
from generators.lang.python.plans import ModelPlan
from generators.lang.python.quoting import string
from generators.sdk.python.imports import model_imports
from generators.sdk.python.views import DefinitionView, FieldView, ModelModuleView
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generators.lang.python.plans import AliasPlan, Field, ModulePlan, Plan


def model_modules(modules: Iterable[ModulePlan]) -> Iterator[ModelModuleView]:
    """Yield the view of each module."""
    for module in modules:
        definitions = tuple(_definition(plan) for plan in _ordered(module.plans))
        early, late = _references(module)
        code = [*_code(definitions)]
        if any(isinstance(plan, ModelPlan) for plan in module.plans):
            code.append("Model")
        yield ModelModuleView(
            module=Code(module.name),
            imports=(*model_imports(code), *_import_models(early)),
            typing_imports=_import_models(late),
            definitions=definitions,
        )


def _ordered(plans: list[Plan]) -> list[Plan]:
    """Put classes first: what an alias names has to exist by then. Aliases come in the order they need each other."""
    models = [plan for plan in plans if isinstance(plan, ModelPlan)]
    aliases = [plan for plan in plans if not isinstance(plan, ModelPlan)]
    names = {plan.name for plan in aliases}
    placed: set[str] = set()
    ordered: list[AliasPlan] = []
    while aliases:
        ready = [one for one in aliases if one.recursive or not (_names(one) & names - placed - {one.name})] or aliases
        ordered.append(ready[0])
        placed.add(ready[0].name)
        aliases.remove(ready[0])
    return [*models, *ordered]


def _names(plan: AliasPlan) -> set[str]:
    return {ref.name for ref in t.refs(plan.type)}


def _references(module: ModulePlan) -> tuple[set[t.Ref], set[t.Ref]]:
    """Return what must be there when the module is run, which is what aliases are made of, and what may come later."""
    early: set[t.Ref] = set()
    late: set[t.Ref] = set()
    for plan in module.plans:
        if isinstance(plan, ModelPlan):
            late.update(*(t.refs(field.type) for field in plan.fields))
        elif plan.recursive:
            late |= t.refs(plan.type)
        else:
            early |= t.refs(plan.type)
    outside = {ref for ref in early if ref.module != module.name}
    return outside, {ref for ref in late if ref.module != module.name} - outside


def _import_models(refs: set[t.Ref]) -> tuple[Code, ...]:
    ordered = sorted(refs, key=lambda ref: (ref.module, ref.name))
    return tuple(Code(f"from .{ref.module} import {ref.name}") for ref in ordered)


def _code(definitions: tuple[DefinitionView, ...]) -> Iterator[str]:
    for definition in definitions:
        if definition.alias:
            yield f"{definition.alias} {'TypeAliasType' if definition.recursive else 'TypeAlias'}"
        for field in definition.fields:
            yield f"{field.annotation} {field.default}"


def _definition(plan: Plan) -> DefinitionView:
    name = Code(plan.name)
    if isinstance(plan, ModelPlan):
        hidden = frozenset(field.name for field in plan.fields)
        fields = tuple(_field(field, hidden) for field in plan.fields)
        return DefinitionView(name=name, doc=plan.doc, alias=Code(), fields=fields)
    return DefinitionView(name=name, doc=plan.doc, alias=t.written(plan.type), recursive=plan.recursive)


def _field(field: Field, hidden: frozenset[str]) -> FieldView:
    tp = field.type if field.required else t.optional(field.type)
    annotation = t.written(tp, hidden=hidden)
    if field.wire != field.name:
        annotation = Code(f"Annotated[{annotation}, Field(alias={string(field.wire)})]")
    default = Code("" if field.required else "None")
    if field.required and isinstance(tp, t.LiteralOf) and len(tp.values) == 1:
        default = Code(repr(tp.values[0]))
    return FieldView(name=Code(field.name), annotation=annotation, default=default, doc=field.doc)
