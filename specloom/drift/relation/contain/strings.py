"""Texts and numbers: formats, encodings, patterns, and what a text holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.relation.facets import formatted
from specloom.drift.relation.limits import NUMBERS
from specloom.drift.relation.patterns import implies

if TYPE_CHECKING:
    from specloom.drift.relation.contain.question import Containment
    from specloom.drift.relation.form import Form
    from specloom.model.schema import Schema


def strings(question: Containment, small: Form, large: Form) -> bool:
    """Tell whether every text and number of the one is one of the other, kinds and bounds apart."""
    if "string" not in small.kinds and not small.kinds & NUMBERS:
        return True
    if not formatted(small, large):
        return False
    if "string" not in small.kinds:
        return True
    if any(small.content.get(name) != text for name, text in large.content.items()):
        return False
    if not all(any(_inside(question, own, part) for own in small.inside) for part in large.inside):
        return False
    return all(any(implies(own, wanted) for own in small.patterns) for wanted in large.patterns)


def _inside(question: Containment, own: Schema, wanted: Schema) -> bool:
    one, other = own.rare.content_schema, wanted.rare.content_schema
    return one is not None and other is not None and question.maybe(one, other)
