"""Servers at every level, and what Swagger 2.0 says instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading


def test_servers_with_variables(describe: Callable[..., Reading]) -> None:
    """URLs keep their variables, and variables their defaults, whatever type they are written in."""
    server = describe("""
        servers:
        - url: https://{region}.example.com:{port}/v1
          description: D
          variables:
            region: {enum: [eu, us], description: where}
            port: {default: 443}
    """).api.servers[0]

    assert ("https://{region}.example.com:{port}/v1", "D") == (server.url, server.description)
    assert [("region", "eu", ("eu", "us"), "where"), ("port", "443", (), None)] == [
        (variable.name, variable.default, variable.enum, variable.description) for variable in server.variables
    ]


def test_the_nearest_servers_hold(describe: Callable[..., Reading]) -> None:
    """An operation's servers are its own, else its path's; the description's are not repeated."""
    operations = describe("""
        servers: [{url: /root}]
        paths:
          /a:
            servers: [{url: /path}]
            get: {servers: [{url: /operation}]}
            put: {}
          /b: {get: {}}
    """).api.operations

    assert [["/operation"], ["/path"], []] == [[server.url for server in item.servers] for item in operations]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("", []),
        ("basePath: /v1", ["/v1"]),
        ("host: e.com", ["https://e.com"]),
        ("{host: e.com, basePath: /v1/, schemes: [http, https]}", ["https://e.com/v1", "http://e.com/v1"]),
        ("{host: 'https://e.com', basePath: v1}", ["https://e.com/v1"]),
        ("{host: 'e.com:80', basePath: /, schemes: [http]}", ["http://e.com:80"]),
    ],
)
def test_swagger_hosts(reading: Callable[..., Reading], text: str, urls: list[str]) -> None:
    """Host, base path and schemes make one URL each, the safest first."""
    members = text.removeprefix("{").removesuffix("}")
    root = f"{{swagger: '2.0', info: {{title: T, version: '1'}}, paths: {{}}, {members}}}"

    assert urls == [server.url for server in reading(root).api.servers]


@pytest.mark.parametrize("text", ["null", "text", "[null]", "[3]", "{url: /}", "[{}]", "[{url: /, variables: [a]}]"])
def test_wrong_servers_cost_only_themselves(describe: Callable[..., Reading], text: str) -> None:
    """The rest is read whatever the servers are."""
    assert "GET /a" == describe(f"servers: {text}\npaths: {{/a: {{get: {{}}}}}}").api.operations[0].key
