"""Where a client calls when its user gives no address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.lang.servers import addresses_of, own_address
from specloom.model.api import Api, Operation, OperationKind, Server, ServerVariable
from specloom.model.source import Source, Span

HERE = Span("api.yaml", 1, 1)


def _server(url: str, **variables: str) -> Server:
    given = tuple(ServerVariable(name=name, default=default) for name, default in variables.items())
    return Server(url=url, span=HERE, variables=given)


def _operation(number: int, *servers: Server) -> Operation:
    path = f"/{number}"
    return Operation(
        key=f"GET {path}", kind=OperationKind.HTTP, method="GET", path=path, span=HERE, servers=tuple(servers)
    )


def _api(urls: list[str], *operations: Operation) -> Api:
    source = Source(path="api.yaml", format="openapi-3.1", files=("api.yaml",), digest="")
    return Api(title="T", version="1", source=source, servers=tuple(map(_server, urls)), operations=tuple(operations))


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["https://a.example/v1"], "https://a.example/v1"),
        (["/v1", "https://a.example"], "https://a.example"),
        (["http://a.example/v1", "https://a.example/v1"], "https://a.example/v1"),
        (["http://a.example", "https://b.example"], "http://a.example"),
        (["//a.example/v1"], "https://a.example/v1"),
        (["a.example:8080/v1"], "https://a.example:8080/v1"),
        (["{scheme}://{host}/v1"], "{scheme}://{host}/v1"),
        (["/v1", "Your API URL", ",", ""], None),
    ],
)
def test_the_base_is_the_first_address_over_tls_where_there_is_one(urls: list[str], expected: str | None) -> None:
    """A host needs no scheme; a path alone is no address."""
    base = addresses_of(_api(urls)).base
    assert expected == (base.url if base else None)


@pytest.mark.parametrize(
    ("url", "default", "expected"),
    [
        ("{host}/v1", "https://a.example", "{host}/v1"),
        ("{host}/v1", "a.example", "https://{host}/v1"),
        ("//{host}", "a.example", "https://{host}"),
        ("{host}/v1", "", None),
        ("{host}/v1", "/api", None),
    ],
)
def test_the_host_may_stand_in_a_variable(url: str, default: str, expected: str | None) -> None:
    """The variable stays, so that a caller can set it."""
    api = replace(_api([]), servers=(_server(url, host=default),))
    base = addresses_of(api).base
    assert expected == (base.url if base else None)


def test_the_address_of_most_operations_is_the_base_where_the_api_names_none() -> None:
    """And then those operations have none of their own."""
    main, other = _server("https://a.example"), _server("https://b.example")
    operations = (_operation(1, other), _operation(2, main), _operation(3, main))
    api = _api([], *operations)
    addresses = addresses_of(api)
    assert ["https://b.example", None, None] == [own_address(one, api, addresses) for one in operations]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("https://files.example/v1", "https://files.example/v1"),
        ("//files.example", "https://files.example"),
        ("https://a.example/v1/", None),
        ("http://a.example/v1", None),
        ("/v2", "/v2"),
        ("", None),
        ("{origin}", None),
    ],
)
def test_an_operation_has_an_address_of_its_own_where_that_leads_elsewhere(own: str, expected: str | None) -> None:
    """The same host without TLS is no reason to send a secret in the clear."""
    operation = _operation(1, _server(own))
    api = _api(["https://a.example/v1"], operation)
    assert expected == own_address(operation, api, addresses_of(api))


def test_variables_of_operations_can_be_set_unless_another_address_gives_them_another_default() -> None:
    """One name has one value in a client."""
    one = _operation(1, _server("https://{shard}.a.example", shard="s1"))
    other = _operation(2, _server("https://{shard}.b.example", shard="s2"))
    api = _api(["https://a.example"], one, other)
    addresses = addresses_of(api)
    assert addresses.variables == {"shard": "s1"}
    assert own_address(one, api, addresses) == "https://{shard}.a.example"
    assert own_address(other, api, addresses) == "https://s2.b.example"
