"""Where in a description a fact belongs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from specloom import readers
from specloom.facts.home import home
from specloom.model.files import FileTree
from specloom.model.inference import Citation, Inference, Outcome

if TYPE_CHECKING:
    from specloom.model.api import Api

CITED = (Citation(file="a.md", line_start=1, line_end=1, quote="x"),)


@pytest.fixture(scope="module")
def api() -> Api:
    """Return an API with a server, a scheme, two parameters and a response."""
    parameters = [
        {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}},
    ]
    description = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://api.example"}],
        "paths": {"/pets": {"get": {"parameters": parameters, "responses": {"429": {"description": "slow down"}}}}},
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }
    content = json.dumps(description, indent=1).encode()
    return readers.read(FileTree({"openapi.json": content}), "openapi.json").api


def place(api: Api, kind: str, **value: object) -> object:
    """Return where a fact of a kind and value belongs."""
    fact = Inference(
        id="0",
        fact_kind=kind,
        value=value,
        confidence=0.9,
        citations=CITED,
        outcome=Outcome.APPLY,  # type: ignore[arg-type]  # plain JSON values
    )
    return home(fact, api)


def test_a_fact_belongs_where_the_description_would_say_it(api: Api) -> None:
    """A server, a scheme, a parameter, a response."""
    operation = api.operations[0]
    limit, key = (parameter.span for parameter in operation.parameters)
    assert api.servers[0].span == place(api, "base_url", url="https://api.example")
    assert api.security_schemes[0].span == place(api, "auth", type="http", scheme="basic")
    assert limit == place(api, "page_size", param="limit", max=100)
    assert limit == place(api, "pagination", style="page", params={"size": "limit"})
    assert key == place(api, "idempotency", name="Idempotency-Key", **{"in": "header"})
    assert operation.responses[0].span == place(api, "rate_limit_exceeded", status=429)


def test_a_fact_that_no_part_could_say_has_no_home(api: Api) -> None:
    """Also where a parameter of that name travels elsewhere."""
    assert place(api, "rate_limit", limit=90) is None
    assert place(api, "idempotency", name="limit", **{"in": "header"}) is None
