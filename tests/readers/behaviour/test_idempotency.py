"""Idempotency keys that descriptions declare, and names that they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json
    from specloom.readers import Reading

    Read = Callable[..., Reading]

ANSWER: Json = {"type": "object"}


def header(name: str, **members: Json) -> Json:
    """Return a header parameter."""
    return {"name": name, "in": "header", "schema": {"type": "string"}, **members}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Idempotency-Key", True),
        ("idempotency_key", True),
        ("X-Idempotency-Key", True),
        ("X-Acme-Idempotency-Token", True),
        ("IdempotencyKey", True),
        ("Idempotent-Key", True),
        ("X-Request-Id", False),
        ("Idempotency-Key-Expiry", False),
    ],
)
def test_a_header_parameter_declares_the_key(reading: Read, name: str, *, found: bool) -> None:
    """The header's name tells, in any spelling, and the parameter is the origin."""
    operation = reading(ANSWER, method="post", operation={"parameters": [header(name)]}).api.operations[0]

    assert (operation.idempotency is not None) == found
    if operation.idempotency:
        assert (operation.idempotency.header, operation.idempotency.origin) == (name, operation.parameters[0].span)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("get", [header("Idempotency-Key")]),
        ("post", [header("Idempotency-Key"), header("X-Idempotency-Key")]),
        ("post", [header("Idempotency-Key", deprecated=True)]),
        ("post", [{"name": "idempotency_key", "in": "query", "schema": {}}]),
        ("post", []),
    ],
)
def test_no_key_where_there_is_doubt(reading: Read, method: str, parameters: Json) -> None:
    """Safe methods need none; two headers, a deprecated one, or one elsewhere than in a header are none."""
    operation = reading(ANSWER, method=method, operation={"parameters": parameters}).api.operations[0]

    assert operation.idempotency is None


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ([{"header": "Idempotency-Key"}], "Idempotency-Key"),
        ([{"header": "A"}, {"header": "B"}], None),
        ("nonsense", None),
    ],
)
def test_fern_lists_headers_at_the_root(reading: Read, listed: Json, expected: str | None) -> None:
    """`x-fern-idempotent` with one listed header declares it."""
    root = {"x-fern-idempotency-headers": listed}
    found = (
        reading(ANSWER, method="post", operation={"x-fern-idempotent": True}, root=root).api.operations[0].idempotency
    )

    assert (found.header if found else None) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"x-fern-sdk-group-name": ["a", "b"], "x-fern-sdk-method-name": "go"}, (("a", "b"), "go")),
        ({"x-fern-sdk-group-name": "a", "x-fern-sdk-method-name": "go"}, (("a",), "go")),
        ({"x-speakeasy-group": "a.b", "x-speakeasy-name-override": "go"}, (("a", "b"), "go")),
        ({"tags": ["T", "U"], "x-speakeasy-name-override": "go"}, (("T",), "go")),
        ({"x-fern-sdk-method-name": ""}, None),
        ({"x-fern-sdk-group-name": "a"}, None),
        ({}, None),
    ],
)
def test_vendors_extensions_name_operations(
    reading: Read, members: dict[str, Json], expected: tuple[tuple[str, ...], str] | None
) -> None:
    """The groups and the method that the owner chose are kept, with the lines where they did."""
    operation = reading(ANSWER, operation=members).api.operations[0]
    found = operation.naming

    assert ((found.resource, found.method) if found else None) == expected
    if found:
        assert operation.span.start < found.origin.start <= operation.span.end
