"""Schemas that are made of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading

REF = "{{$ref: '#/components/schemas/{}'}}"


@pytest.mark.parametrize("key", ["allOf", "anyOf", "oneOf"])
def test_circles_are_cut(describe: Callable[..., Reading], faults: Callable[..., list[str]], key: str) -> None:
    """The reference that closes the circle goes, and the members beside it stay."""
    reading = describe(f"""
        components:
          schemas:
            A: {{{key}: [{REF.format("B")}, {{type: object}}]}}
            B: {{{key}: [{REF.format("A")}, {{type: object}}]}}
    """)
    a, b = reading.api.schemas["A"], reading.api.schemas["B"]

    assert (2, 1) == (len(a.all_of + a.any_of + a.one_of), len(b.all_of + b.any_of + b.one_of))
    assert ["circular-schema"] == [found.code for found in reading.diagnostics]
    assert [] == faults(reading)


def test_the_same_reference_goes_in_any_order(describe: Callable[..., Reading]) -> None:
    """Which reference is cut depends on names, not on the order in the file."""
    one = f"A: {{allOf: [{REF.format('B')}]}}"
    two = f"B: {{allOf: [{REF.format('A')}]}}"
    first = describe(f"components: {{schemas: {{{one}, {two}}}}}").api.schemas
    second = describe(f"components: {{schemas: {{{two}, {one}}}}}").api.schemas

    assert {name: len(schema.all_of) for name, schema in first.items()} == {
        name: len(schema.all_of) for name, schema in second.items()
    }


def test_recursion_through_members_stays(describe: Callable[..., Reading]) -> None:
    """A tree, or a list of itself, is a schema like any other."""
    text = f"""
        components:
          schemas:
            Tree: {{properties: {{left: {REF.format("Tree")}}}, additionalProperties: {REF.format("Tree")}}}
            List: {{oneOf: [{{type: string}}, {{type: array, items: {REF.format("List")}}}]}}
    """
    reading = describe(text)

    assert () == reading.diagnostics
    assert "Tree" == reading.api.schemas["Tree"].properties["left"].ref
