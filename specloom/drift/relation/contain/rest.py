"""What is compared mostly by its text: negations, conditions, dynamic references and unevaluated members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.relation.apart import apart

if TYPE_CHECKING:
    from specloom.drift.relation.contain.question import Containment
    from specloom.drift.relation.form import Form
    from specloom.model.schema import Schema


def rest(question: Containment, small: Form, large: Form) -> bool:
    """Compare negations, conditions and dynamic references, mostly by their text."""
    if not set(large.dynamic) <= set(small.dynamic):
        return False
    return all(_excluded(question, negation, small) for negation, _ in large.negations) and all(
        any(_implied(question, own, part) for own in small.conditions) for part in large.conditions
    )


def _excluded(question: Containment, negation: Schema, small: Form) -> bool:
    """Below a `not`, what is larger excludes more."""
    no = question.large.names.node(negation)
    own = [question.small.names.node(inner) for inner, _ in small.negations]
    return apart(small, question.large.form(no)) or any(question.mirror.holds(no, node) for node in own)


def _implied(question: Containment, own: Schema, wanted: Schema) -> bool:
    mine, yours = own.rare, wanted.rare
    if mine.if_ is None or yours.if_ is None:
        return False
    one, other = question.small.names.node(mine.if_), question.large.names.node(yours.if_)
    if not question.holds(one, other) or not question.mirror.holds(other, one):
        return False
    return question.maybe(mine.then, yours.then) and question.maybe(mine.else_, yours.else_)


def unevaluated(question: Containment, keyword: str, small: Form, large: Form) -> bool:
    """Tell whether what the large side asks of unevaluated members or items holds on the small one."""
    further = small.items if keyword == "unevaluatedItems" else small.objects.additional
    for word, inner, part in large.objects.unevaluated:
        if word != keyword:
            continue
        own = [question.small.names.node(one) for other, one, _ in small.objects.unevaluated if other == keyword]
        # Of an object, only what the schema itself describes is out of its `unevaluatedProperties`.
        parts = question.large.names.flat((part,))
        seen = {name for one in parts for name in (*one.properties, *one.rare.pattern_properties)}
        told = {*small.objects.members, *small.objects.patterns} - large.objects.hidden.keys()
        if keyword == "unevaluatedProperties" and not told <= seen:
            return False
        own += [further] if further else []
        if not any(question.holds(node, question.large.names.node(inner)) for node in own):
            return False
    return True
