"""What a message says where names alone would say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.change import Drift

BEARER = {"type": "http", "scheme": "bearer"}
BASIC = {"type": "http", "scheme": "basic"}
HEADER = {"type": "apiKey", "in": "header", "name": "X-Key"}
QUERY = {"type": "apiKey", "in": "query", "name": "key"}
FIRST = {"type": "openIdConnect", "openIdConnectUrl": "https://one.example/openid"}
SECOND = {"type": "openIdConnect", "openIdConnectUrl": "https://two.example/openid"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (BEARER, BASIC, "the credentials asked for went from way (bearer) to way (basic)"),
        (HEADER, QUERY, "the credentials asked for went from way (header X-Key) to way (query key)"),
        (FIRST, SECOND, "an address of way went from https://one.example/openid to https://two.example/openid"),
    ],
    ids=["scheme", "place", "address"],
)
def test_a_scheme_that_became_another_is_spelt_out(
    old: dict[str, Any],
    new: dict[str, Any],
    says: str,
    compare: Callable[..., Drift],
    description: Callable[..., dict[str, Any]],
) -> None:
    """Under one name, what was asked for and what is asked for now."""
    sides = [description(security=[{"way": []}], components={"securitySchemes": {"way": item}}) for item in (old, new)]
    assert [says] == [item.message for item in compare(*sides).changes]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (["a", None], 'only listed values are possible now: "a", null'),
        ([None], "the type went from string to null"),
    ],
    ids=["among others", "alone"],
)
def test_null_is_listed_with_the_other_values(
    values: list[str | None], says: str, compare: Callable[..., Drift], description: Callable[..., dict[str, Any]]
) -> None:
    """Null is a value of a list like the others."""

    def sent(schema: dict[str, Any]) -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": schema}}}
        return description(operation={"requestBody": body})

    base = sent({"type": ["string", "null"]})
    assert says in [item.message for item in compare(base, sent({"enum": values})).changes]


def test_a_promise_is_not_made_where_it_breaks(
    compare: Callable[..., Drift], description: Callable[..., dict[str, Any]]
) -> None:
    """A rule whose usual case is harmless has another advice where it is not."""

    def answered(schema: dict[str, Any]) -> dict[str, Any]:
        content = {"application/json": {"schema": schema}}
        return description(operation={"responses": {"200": {"description": "", "content": content}}})

    base = answered({"type": "string", "not": {"enum": ["a", "b"]}})
    head = answered({"type": "string", "not": {"enum": ["a"]}})
    (change,) = compare(base, head).changes
    assert ("response-enum-value-removed", "breaking") == (change.rule, change.severity)
    assert "Find where you rely on what was possible before, and change that first." == change.advice


def test_a_deprecation_names_its_last_day(
    compare: Callable[..., Drift], description: Callable[..., dict[str, Any]]
) -> None:
    """Callers learn until when what is deprecated works, where that is said."""

    def described(**marks: object) -> dict[str, Any]:
        schema = {"type": "string", **marks}
        query = {"name": "q", "in": "query", "schema": {}, **marks}
        answer = {
            "description": "",
            "headers": {"X-A": {"schema": {}, **marks}},
            "content": {"application/json": {"schema": schema}},
        }
        return description(operation={**marks, "parameters": [query], "responses": {"200": answer}})

    found = compare(described(), described(deprecated=True, **{"x-sunset": "2031-02-03"})).changes
    assert ["deprecated now, and ends on 2031-02-03"] * 4 == [item.message.split(" is ")[1] for item in found]
    plain = compare(described(), described(deprecated=True)).changes
    assert ["deprecated now"] * 4 == [item.message.split(" is ")[1] for item in plain]
