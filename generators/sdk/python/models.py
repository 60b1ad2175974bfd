"""Modules of models, ready to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generators.lang.python import types as t
from generators.lang.python.plans import ModelPlan
from generators.lang.python.quoting import literal, string
from generators.sdk.python.imports import import_block, model_imports
from generators.sdk.python.views import DefinitionView, FieldView, ModelModuleView
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generators.lang.python.plans import AliasPlan, Field, ModulePlan, Plan


def model_modules(modules: Iterable[ModulePlan]) -> Iterator[ModelModuleView]:
    """Yield the view of each module."""
    for module in modules:
        classes = tuple(_class(plan) for plan in module.plans if isinstance(plan, ModelPlan))
        aliases = tuple(_alias(plan) for plan in _ordered(module.plans))
        early, late = _references(module)
        code = [*(field.code for one in classes for field in one.fields), *(one.code for one in (*classes, *aliases))]
        # What a recursive alias mentions stands in a string, where `model_imports` does not look.
        hidden = [t.written(plan.type) for plan in module.plans if not isinstance(plan, ModelPlan) and plan.recursive]
        yield ModelModuleView(
            module=Code(module.name),
            imports=import_block((*model_imports((*code, *hidden)), *_import_models(early)), _import_models(late)),
            classes=classes,
            aliases=aliases,
        )


def _ordered(plans: list[Plan]) -> list[AliasPlan]:
    """Return the aliases in the order in which they need each other; they come after the classes that they name."""
    aliases = [plan for plan in plans if not isinstance(plan, ModelPlan)]
    names = {plan.name for plan in aliases}
    placed: set[str] = set()
    ordered: list[AliasPlan] = []
    while aliases:
        ready = [one for one in aliases if one.recursive or not (_names(one) & names - placed - {one.name})] or aliases
        ordered.append(ready[0])
        placed.add(ready[0].name)
        aliases.remove(ready[0])
    return ordered


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


def _class(plan: ModelPlan) -> DefinitionView:
    hidden = frozenset(field.name for field in plan.fields)
    return DefinitionView(
        code=Code(f"class {plan.name}(Model):"),
        doc=plan.doc or ("" if plan.fields else plan.name),
        fields=tuple(_field(field, hidden) for field in plan.fields),
    )


def _alias(plan: AliasPlan) -> DefinitionView:
    written = t.written(plan.type)
    code = f"{plan.name}: TypeAlias = {written}"
    if plan.recursive:
        code = f"{plan.name} = TypeAliasType({string(plan.name)}, {string(written)})"
    return DefinitionView(code=Code(code), doc=plan.doc)


def _field(field: Field, hidden: frozenset[str]) -> FieldView:
    tp = field.type if field.required else t.optional(field.type)
    annotation = t.written(tp, hidden=hidden)
    if field.wire != field.name:
        annotation = Code(f"Annotated[{annotation}, Field(alias={string(field.wire)})]")
    default = "" if field.required else " = None"
    if field.required and isinstance(tp, t.LiteralOf) and len(tp.values) == 1:
        default = f" = {literal(tp.values[0])}"
    return FieldView(code=Code(f"{field.name}: {annotation}{default}"), doc=field.doc)
