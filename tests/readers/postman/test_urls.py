"""Addresses: text and parts, path parameters, queries, servers and variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.model.api import Location
from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json

    Read = Callable[..., tuple[Api, tuple[Diagnostic, ...]]]
    Item = Callable[..., Any]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.io/users/:id/x", ("https://a.io", "/users/{id}/x", ["id"])),
        ("https://a.io/users/:user-id:cancel", ("https://a.io", "/users/{user-id}:cancel", ["user-id"])),
        ("{{baseUrl}}/users/{{id}}", ("{baseUrl}", "/users/{id}", ["id"])),
        ("{{url}}{{site}}/data/v{{version}}/x", ("{url}{site}", "/data/v{version}/x", ["version"])),
        ("https://{{region}}.a.io:8443/x/", ("https://{region}.a.io:8443", "/x/", [])),
        ("a.io/x", ("http://a.io", "/x", [])),
        ("https://a.io", ("https://a.io", "/", [])),
        ("https://a.io/x#there?y", ("https://a.io", "/x", [])),
        ("https://a.io/:id/b/:id", ("https://a.io", "/{id}/b/{id2}", ["id", "id2"])),
        ("https://a.io/{id}/{{$guid}}", ("https://a.io", "/{id}/{guid}", ["id", "guid"])),
        ("https://a.io/a{b/c}d", ("https://a.io", "/a%7Bb/c%7Dd", [])),
        ({"raw": "https://a.io/x"}, ("https://a.io", "/x", [])),
        ({"protocol": "https", "host": ["a", "io"], "path": ["x", ":id"]}, ("https://a.io", "/x/{id}", ["id"])),
        ({"host": "{{h}}", "path": "/x/y", "port": "80"}, ("{h}:80", "/x/y", [])),
        ({"host": ["a.io"], "path": [{"type": "string", "value": ":id"}, 7]}, ("http://a.io", "/{id}/7", ["id"])),
    ],
)
def test_an_address_is_server_and_path(
    read: Read, request_item: Item, url: Json, expected: tuple[str, str, list[str]]
) -> None:
    """Text and parts give the same: the server, the path as a template, and its parameters."""
    api, _ = read(request_item(url))
    operation = api.operations[0]
    names = [item.name for item in operation.parameters if item.location is Location.PATH]

    assert (api.servers[0].url, operation.path, names) == expected


def test_a_relative_url_has_no_server(read: Read, request_item: Item) -> None:
    """Without a host there is nothing to call, and that is said by leaving the server out."""
    api, _ = read(request_item("/x"))

    assert api.servers == ()
    assert api.operations[0].path == "/x"


def test_variables_of_the_collection_make_the_server(read: Read, request_item: Item) -> None:
    """The variable at the start is written out, one inside the host stays a server variable with its value."""
    variables = [
        {"key": "baseUrl", "value": "https://{{region}}.a.io/v1/"},
        {"key": "region", "value": "eu"},
        {"key": "unused", "value": "x", "disabled": True},
    ]
    api, _ = read(request_item("{{baseUrl}}/x"), variable=variables)
    server = api.servers[0]

    assert server.url == "https://{region}.a.io/v1"
    assert [(item.name, item.default) for item in server.variables] == [("region", "eu")]


def test_variables_that_grow_without_end_are_left_alone(read: Read, request_item: Item) -> None:
    """Variables that name each other, or multiply, end in some server, quickly."""
    variables = [{"key": f"v{n}", "value": f"{{{{v{n + 1}}}}}" * 50} for n in range(50)]
    variables += [{"key": "a", "value": "{{b}}"}, {"key": "b", "value": "{{a}}"}]
    api, _ = read(request_item("{{v0}}/x"), request_item("{{a}}/y"), variable=variables)

    assert [operation.path for operation in api.operations] == ["/x", "/y"]


def test_path_parameters_tell_what_the_collection_knows(read: Read, request_item: Item) -> None:
    """A path parameter is required; its sample and description are kept; a collection's variable is its default."""
    url = {
        "host": ["a.io"],
        "path": [":id", "{{version}}"],
        "variable": [{"key": "id", "value": "42", "description": "Which one"}],
    }
    api, _ = read(request_item(url), variable=[{"key": "version", "value": "2"}])
    pet, version = api.operations[0].parameters

    assert (pet.required, pet.style, pet.explode, pet.description) == (True, "simple", False, "Which one")
    assert (pet.schema.types, pet.schema.default) == (("string",), ABSENT)
    assert [example.value for example in pet.examples] == ["42"]
    assert version.schema.default == "2"


def test_queries_are_parameters(read: Read, request_item: Item) -> None:
    """Values give types; templates give none; "(Required)" requires; a repeated key is a list."""
    url = {
        "raw": "https://a.io/x",
        "host": ["a.io"],
        "path": ["x"],
        "query": [
            {"key": "limit", "value": "20"},
            {"key": "deep", "value": "true", "disabled": True},
            {"key": "q", "value": "{{term}}", "description": "(Required) What to look for"},
            {"key": "tag", "value": "a"},
            {"key": "tag", "value": "b"},
            {"key": "size", "value": "<number>"},
            {"key": "zip", "value": "01234"},
            {"key": "filter%5Bname%5D", "value": None},
            {"value": "no key"},
        ],
    }
    api, _ = read(request_item(url))
    found = {item.name: item for item in api.operations[0].parameters}

    assert {name: item.schema.types for name, item in found.items()} == {
        "limit": ("integer",),
        "deep": ("boolean",),
        "q": ("string",),
        "tag": ("array",),
        "size": ("number",),
        "zip": ("string",),
        "filter[name]": ("string",),
    }
    assert [name for name, item in found.items() if item.required] == ["q"]
    assert [example.value for example in found["tag"].examples] == ["a", "b"]
    assert found["q"].examples == ()
    assert found["limit"].span.start < found["deep"].span.start < found["q"].span.start


def test_headers_and_cookies_are_parameters(read: Read, request_item: Item) -> None:
    """Headers that HTTP or security account for are left out; cookies are taken apart."""
    headers = [
        {"key": "X-Trace", "value": "1", "description": {"content": "Trace it"}},
        {"key": "x-trace", "value": "2"},
        {"key": "Content-Type", "value": "application/json"},
        {"key": "Accept", "value": "*/*"},
        {"key": "Cookie", "value": "session={{s}}; theme=dark"},
    ]
    api, _ = read(
        request_item("https://a.io/x", header=headers), request_item("https://a.io/y", header="X-A: b\nX-C: d")
    )
    first, second = api.operations

    assert [(item.name, item.location.value) for item in first.parameters] == [
        ("X-Trace", "header"),
        ("session", "cookie"),
        ("theme", "cookie"),
    ]
    assert first.parameters[0].description == "Trace it"
    assert [item.name for item in second.parameters] == ["X-A", "X-C"]
