"""Objects: members, what must be there, names, patterns and dependent schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.relation.contain.rest import unevaluated
from specloom.drift.relation.facets import described, needed
from specloom.drift.relation.objects import only_requires, view

if TYPE_CHECKING:
    from specloom.drift.relation.contain.question import Containment
    from specloom.drift.relation.form import Form
    from specloom.model.schema import Schema


def objects(question: Containment, small: Form, large: Form) -> bool:
    """Tell whether every object of the one is one of the other, its size apart."""
    mine, yours = small.objects, large.objects
    if not yours.required <= mine.required or not described(small, large, question.small.direction):
        return False
    for name in sorted({*mine.members, *yours.members, *yours.banned}):
        if name in mine.hidden or name in yours.hidden:
            continue
        own = mine.members[name] if name in mine.members else view(small.parts, name, question.small.names)
        if name not in mine.members and own is None and name not in mine.required:
            continue  # undeclared and open: absent, as far as a correct caller goes
        wanted = yours.members[name] if name in yours.members else view(large.parts, name, question.large.names)
        if not question.optional(own, wanted):
            return False
    further = yours.additional is None or (
        mine.additional is not None and question.holds(mine.additional, yours.additional)
    )
    return further and _odd_objects(question, small, large)


def _odd_objects(question: Containment, small: Form, large: Form) -> bool:
    mine, yours = small.objects, large.objects
    if not all(needed(mine, name, other) for name, other in yours.needs):
        return False
    for pattern, (schema, _) in yours.patterns.items():
        own = mine.patterns.get(pattern)
        node = question.small.names.node(own[0]) if own else mine.additional
        if node is None or not question.holds(node, question.large.names.node(schema)):
            return False
    for pattern in mine.patterns.keys() - yours.patterns.keys():
        if yours.additional and not question.holds(
            question.small.names.node(mine.patterns[pattern][0]), yours.additional
        ):
            return False
    return (
        _names(question, mine.names, yours.names)
        and _branches(question, small, large)
        and unevaluated(question, "unevaluatedProperties", small, large)
    )


def _names(question: Containment, mine: tuple[Schema, ...], yours: tuple[Schema, ...]) -> bool:
    small = [question.small.names.node(part.rare.property_names) for part in mine if part.rare.property_names]
    large = [question.large.names.node(part.rare.property_names) for part in yours if part.rare.property_names]
    return all(any(question.holds(own, wanted) for own in small) for wanted in large)


def _branches(question: Containment, small: Form, large: Form) -> bool:
    mine = small.objects
    for name, part in large.objects.branches.items():
        own = mine.branches.get(name)
        schema = part.rare.dependent_schemas[name]
        if only_requires(schema) and all(needed(mine, name, other) for other in schema.required):
            continue
        wanted = question.large.names.node(schema)
        node = question.small.names.node(own.rare.dependent_schemas[name]) if own else small.node
        if not question.holds(node, wanted):
            return False
    return True
