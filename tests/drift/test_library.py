"""Descriptions that hold schemas and no operation: others refer to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.change import Drift


def _library(**schemas: dict[str, Any]) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "components": {"schemas": schemas}}


@pytest.mark.parametrize(
    ("base", "head", "severity"),
    [
        ({"type": "integer"}, {"type": "string"}, "breaking"),
        ({"type": "string"}, {"type": "string", "maxLength": 3}, "risky"),
        ({"type": "string", "maxLength": 3}, {"type": "string"}, "risky"),
        ({"type": "object"}, {"type": "object", "properties": {"a": {}}}, "safe"),
    ],
    ids=["another", "narrower", "wider", "more described"],
)
def test_what_breaks_either_way_is_breaking(
    base: dict[str, Any], head: dict[str, Any], severity: str, compare: Callable[..., Drift]
) -> None:
    """Whether a schema is sent or received is not known; a replaced type is wrong for both."""
    found = compare(_library(A=base), _library(A=head)).changes
    assert [severity] == [item.severity for item in found]


def test_a_schema_that_went_may_be_missed(compare: Callable[..., Drift]) -> None:
    """What is published for others is not there for them any more."""
    found = compare(_library(A={}, B={}), _library(A={})).changes
    assert [("schema-removed", "risky")] == [(item.rule, item.severity) for item in found]
