"""Discriminators of every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.schema import Schema


@pytest.mark.parametrize(
    ("version", "text", "expected"),
    [
        ("2.0", "{discriminator: kind}", ("kind", {})),
        ("3.0", "{discriminator: {propertyName: kind}}", ("kind", {})),
        (
            "3.0",
            "{discriminator: {propertyName: kind, mapping: {p: '#/components/schemas/Pet', c: Cat, g: Gone}}}",
            ("kind", {"p": "Pet", "c": "Cat"}),
        ),
    ],
)
def test_names_and_mappings(
    schema: Callable[..., Schema], version: str, text: str, expected: tuple[str, dict[str, str]]
) -> None:
    """A mapping leads to schema names, written as names or as references; what leads nowhere is left out."""
    found = schema(text, version).discriminator

    assert found is not None
    assert expected == (found.property_name, found.mapping)
