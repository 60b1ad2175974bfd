"""Arguments of GraphQL fields: they travel towards the server, whatever their field does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import Direction, Effect
from specloom.drift.pair import Child, Difference, Pair, at
from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.form import Form
    from specloom.model.api import Parameter


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield arguments that came, went, or changed their duty."""
    before, after = _arguments(pair.base), _arguments(pair.head)
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        what, effect = _step(old, new)
        if what:
            yield Difference(
                what=what,
                effect=effect,
                base=at(old.schema, "default") if old and new else old.span if old else pair.base_span,
                head=new.span if new else pair.head_span,
                detail=name,
                values={"name": name},
                direction=Direction.REQUEST,
                lasting=True,
                unseen=True,
                label=f"argument {name}",
            )


def children(pair: Pair) -> Iterator[Child]:
    """Yield the types of arguments that both sides take."""
    before, after = _arguments(pair.base), _arguments(pair.head)
    for name in (one for one in before if one in after):
        yield Child(
            label=f"argument {name}",
            base=pair.lens.base.names.node(before[name].schema),
            head=pair.lens.head.names.node(after[name].schema),
            direction=Direction.REQUEST,
        )


def _arguments(form: Form) -> dict[str, Parameter]:
    return {argument.name: argument for part in form.parts for argument in part.rare.arguments}


def _step(old: Parameter | None, new: Parameter | None) -> tuple[str, Effect]:
    if old is None and new is not None:
        must = new.required and new.schema.default is ABSENT
        return ("required-argument-added", Effect.NARROWS) if must else ("argument-added", Effect.UNKNOWN)
    if new is None:
        return "argument-removed", Effect.NARROWS
    if old is not None and old.required is not new.required:
        if new.required:
            return "argument-became-required", Effect.NARROWS
        return "argument-became-optional", Effect.WIDENS
    return "", Effect.NONE
