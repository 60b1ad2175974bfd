"""Which calls are made of an API, with what; and why the others are not."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from specloom.drift.traffic.calls import Given, calls
from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.readers import read

Json = Any
DONE: Final = {"responses": {"200": {"description": "", "content": {"application/json": {}}}}}
BASE: Final = "https://api.example.com/v1"


def _plan(operation: Json, *, path: str = "/things", method: str = "get", **given: Json) -> tuple[list[str], list[str]]:
    """Return method, address and headers of the calls, and the reasons for leaving operations out."""
    more = given.pop("more", {})
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {path: {method: {**DONE, **operation}}},
        **more,
    }
    api = read(FileTree({"a.json": json.dumps(document).encode()}), "a.json").api
    made, left = calls(api, BASE, Given(**given))
    return [f"{call.method} {call.url.removeprefix(BASE)} {dict(call.headers)}" for call in made], [
        item.reason for item in left
    ]


def _parameter(name: str = "id", place: str = "path", **more: Json) -> Json:
    return {"parameters": [{"name": name, "in": place, "required": True, "schema": {"type": "string"}, **more}]}


ACCEPT: Final = "{'Accept': 'application/json'}"


@pytest.mark.parametrize(
    ("path", "operation", "given", "wanted"),
    [
        ("/things", {}, {}, f"GET /things {ACCEPT}"),
        ("/things/{id}", _parameter(), {"parameters": {"id": "a/b ü"}}, f"GET /things/a%2Fb%20%C3%BC {ACCEPT}"),
        ("/things/{id}", _parameter(example="x7"), {}, f"GET /things/x7 {ACCEPT}"),
        ("/things/{id}", _parameter(schema={"enum": ["one", "two"]}), {}, f"GET /things/one {ACCEPT}"),
        (
            "/things",
            _parameter("n", "query", schema={"type": "integer", "default": 3}),
            {},
            f"GET /things?n=3 {ACCEPT}",
        ),
        ("/things", _parameter("n", "query", example=["a", "b"]), {}, f"GET /things?n=a,b {ACCEPT}"),
        (
            "/things",
            _parameter("X-A", "header", example="1"),
            {},
            "GET /things {'X-A': '1', 'Accept': 'application/json'}",
        ),
        (
            "/things",
            {},
            {"headers": (("Accept", "text/csv"),)},
            "GET /things {'Accept': 'text/csv'}",
        ),
    ],
)
def test_what_is_called(path: str, operation: Json, given: Json, wanted: str) -> None:
    """Values come from the command line, then from examples, defaults and lists of the description."""
    assert ([wanted], []) == _plan(operation, path=path, **given)


@pytest.mark.parametrize(
    ("path", "operation", "why"),
    [
        ("/things/{id}", _parameter(), "nobody gave a value for path id; --param id=… does"),
        ("/things/{id}", {}, "path id"),
        ("/things/{id}", _parameter(example=".."), "path id cannot be sent with this value"),
        ("/things", _parameter("X-A", "header", example="a\r\nHost: b"), "header X-A cannot be sent with this value"),
        ("/things", _parameter("Host", "header", example="b"), "header Host cannot be sent with this value"),
        (
            "/things",
            {"servers": [{"url": "http://169.254.169.254/latest"}]},
            "served by another host (169.254.169.254)",
        ),
        ("/things", {"security": [{"key": []}]}, "it needs key; --auth NAME=VARIABLE"),
    ],
)
def test_what_is_left_alone(path: str, operation: Json, why: str) -> None:
    """Nothing is made up, nothing leads to another host, and no value changes the request as such."""
    made, (reason,) = _plan(operation, path=path)
    assert ([], True) == (made, why in reason)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_unless_asked_for(method: str) -> None:
    """Writing methods stay away without --include-writes, and with it need an example of their body."""
    body = {"requestBody": {"required": True, "content": {"application/json": {"example": {"a": 1}}}}}
    bare = {"requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}}
    assert "--include-writes" in _plan(body, method=method)[1][0]
    assert 1 == len(_plan(body, method=method, writes=True)[0])
    assert "no example" in _plan(bare, method=method, writes=True)[1][0]


SCHEMES: Final = {
    "key": {"type": "apiKey", "in": "query", "name": "k"},
    "head": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "jar": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "oauth": {"type": "oauth2", "flows": {}},
}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("key", "GET /things?k=a%3Ab {'Accept'"),
        ("head", "{'X-Key': 'a:b'"),
        ("jar", "{'Cookie': 'sid=a:b'"),
        ("basic", "{'Authorization': 'Basic YTpi'"),
        ("bearer", "{'Authorization': 'Bearer a:b'"),
        ("oauth", "{'Authorization': 'Bearer a:b'"),
    ],
)
def test_secrets_travel_as_their_scheme_says(name: str, wanted: str) -> None:
    """Query, header, cookie, basic and bearer."""
    more = {"components": {"securitySchemes": SCHEMES}}
    (call,), _ = _plan({"security": [{name: []}]}, secrets={name: "a:b"}, more=more)
    assert wanted in call
    (same,), _ = _plan({"security": [{"head": []}]}, headers=(("X-Key", "z"),), more=more)
    assert "'X-Key': 'z'" in same


def test_a_secret_of_no_scheme_is_a_mistake() -> None:
    """The schemes that there are, are named."""
    with pytest.raises(UserError, match="no security scheme nope; it has key, head"):
        _plan({}, secrets={"nope": "x"}, more={"components": {"securitySchemes": SCHEMES}})
