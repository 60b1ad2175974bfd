"""Generated methods, called over a transport in memory."""

from __future__ import annotations

import datetime as dt
import inspect
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

Json = dict[str, Any]
Loose = Any  # a client whose class exists only while the test runs
OK = {"200": {"description": "ok"}}


def _json(schema: dict[str, Any], status: str = "200") -> dict[str, Any]:
    return {status: {"description": "ok", "content": {"application/json": {"schema": schema}}}}


def _body(schema: dict[str, Any], media_type: str = "application/json", *, required: bool = True) -> dict[str, Any]:
    return {"required": required, "content": {media_type: {"schema": schema}}}


class Server:
    """Answers every request with the same thing, and remembers the requests."""

    def __init__(self, answer: object = None, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self.answer, self.status, self.headers = answer, status, headers or {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self.answer, bytes):
            return httpx.Response(self.status, content=self.answer, headers=self.headers)
        return httpx.Response(self.status, json=self.answer, headers=self.headers)

    @property
    def sent(self) -> Json:
        """The JSON body of the last request."""
        return json.loads(self.requests[-1].content)


def _client(package: ModuleType, server: Server, name: str = "Zoo") -> Loose:
    return getattr(package, name)(http_client=httpx.Client(transport=httpx.MockTransport(server)))


def test_a_method_sends_what_it_is_given_and_returns_a_model(
    sdk: Callable[..., ModuleType], document: Callable[..., Json]
) -> None:
    """Path, query, header and body reach the wire under their own names; the answer is a typed model."""
    pet = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "integer"}, "bornAt": {"type": "string", "format": "date-time"}},
    }
    paths = {
        "/pets/{petId}": {
            "put": {
                "operationId": "updatePet",
                "tags": ["pets"],
                "parameters": [
                    {"name": "petId", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "dry-run", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                ],
                "requestBody": _body({"$ref": "#/components/schemas/Pet"}),
                "responses": _json({"$ref": "#/components/schemas/Pet"}),
            }
        }
    }
    package = sdk(document(paths, {"Pet": pet}))
    server = Server({"id": 7, "bornAt": "2026-01-31T12:00:00Z", "extra": True})
    result = _client(package, server).pets.update("a/b c", dry_run=True, x_trace="t", id=7)
    assert server.requests[0].url.raw_path == b"/v1/pets/a%2Fb%20c?dry-run=true"
    assert server.requests[0].headers["X-Trace"] == "t"
    assert server.sent == {"id": 7}
    assert result == package.models.Pet(id=7, born_at=dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), extra=True)


async def test_the_async_twin_has_the_same_methods_and_answers_alike(
    sdk: Callable[..., ModuleType], document: Callable[..., Json]
) -> None:
    """Both classes of a resource have one surface, and the asynchronous one is awaited."""
    paths = {
        "/pets": {
            "get": {
                "tags": ["pets"],
                "operationId": "listPets",
                "responses": _json({"type": "array", "items": {"type": "string"}}),
            }
        }
    }
    package = sdk(document(paths))
    resources = __import__(f"{package.__name__}.resources.pets", fromlist=["pets"])
    twin = package.AsyncZoo(http_client=httpx.AsyncClient(transport=httpx.MockTransport(Server(["Rex"]))))
    assert await twin.pets.list() == ["Rex"]
    assert inspect.signature(resources.Pets.list).parameters == inspect.signature(resources.AsyncPets.list).parameters


def test_null_unset_and_a_value_are_three_things(sdk: Callable[..., ModuleType], document: Callable[..., Json]) -> None:
    """Leaving a member out sends nothing, None sends null."""
    schema = {"type": "object", "properties": {"a": {"type": ["string", "null"]}, "b": {"type": ["string", "null"]}}}
    paths = {"/x": {"patch": {"tags": ["x"], "requestBody": _body(schema), "responses": OK}}}
    server = Server()
    _client(sdk(document(paths)), server).x.update(a=None)
    assert server.sent == {"a": None}


def test_parameters_of_one_name_in_different_places_all_arrive(
    sdk: Callable[..., ModuleType], document: Callable[..., Json]
) -> None:
    """A clash of names is solved by saying where the later one travels."""
    parameters = [
        {"name": "id", "in": place, "required": True, "schema": {"type": "string"}}
        for place in ("path", "query", "header")
    ]
    schema = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    paths = {
        "/x/{id}": {
            "post": {
                "tags": ["x"],
                "operationId": "go",
                "parameters": parameters,
                "requestBody": _body(schema),
                "responses": OK,
            }
        }
    }
    server = Server()
    _client(sdk(document(paths)), server).x.go("1", query_id="2", header_id="3", body_id="4")
    request = server.requests[0]
    assert (request.url.path, request.url.query, request.headers["id"], server.sent) == (
        "/v1/x/1",
        b"id=2",
        "3",
        {"id": "4"},
    )


def test_a_union_as_body_is_one_argument_and_takes_models_and_mappings(
    sdk: Callable[..., ModuleType], document: Callable[..., Json]
) -> None:
    """What is not an object of known members is passed as `body`."""
    cat = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}},
    }
    dog = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "dog"}}}
    refs = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]
    paths = {
        "/x": {
            "post": {
                "tags": ["x"],
                "operationId": "add",
                "requestBody": _body({"oneOf": refs}),
                "responses": _json({"oneOf": refs}),
            }
        }
    }
    package = sdk(document(paths, {"Cat": cat, "Dog": dog}))
    server = Server({"kind": "newt", "tail": 1})
    result = _client(package, server).x.add(body=package.models.Cat(kind="cat", lives=9))
    assert server.sent == {"kind": "cat", "lives": 9}
    assert result.raw == {"kind": "newt", "tail": 1}
    server.answer = {"kind": "dog"}
    assert isinstance(_client(package, server).x.add(body={"kind": "dog"}), package.models.Dog)


def test_media_types_of_a_body_are_a_typed_choice(
    sdk: Callable[..., ModuleType], document: Callable[..., Json]
) -> None:
    """Where one object can be written in several ways the caller chooses, JSON being the default."""
    patch = {"type": "object", "properties": {"a": {"type": "integer"}}}
    content = {name: {"schema": patch} for name in ("application/merge-patch+json", "application/json")}
    ref = {"$ref": "#/components/schemas/Patch"}
    content = {name: {"schema": ref} for name in content}
    paths = {"/x": {"patch": {"tags": ["x"], "requestBody": {"required": True, "content": content}, "responses": OK}}}
    server = Server()
    client = _client(sdk(document(paths, {"Patch": patch})), server)
    client.x.update(a=1)
    client.x.update(a=1, content_type="application/merge-patch+json")
    assert [request.headers["content-type"] for request in server.requests] == [
        "application/json",
        "application/merge-patch+json",
    ]


def test_multipart_takes_files(sdk: Callable[..., ModuleType], document: Callable[..., Json]) -> None:
    """Binary members of a multipart body are files."""
    schema = {
        "type": "object",
        "required": ["photo"],
        "properties": {"photo": {"type": "string", "format": "binary"}, "note": {"type": "string"}},
    }
    paths = {
        "/x": {
            "post": {
                "tags": ["x"],
                "operationId": "up",
                "requestBody": _body(schema, "multipart/form-data"),
                "responses": OK,
            }
        }
    }
    server = Server()
    _client(sdk(document(paths)), server).x.up(photo=("a.png", b"PNG"), note="n")
    assert b'filename="a.png"' in server.requests[0].content
    assert b"PNG" in server.requests[0].content


def test_an_answer_without_content_is_none_and_a_binary_one_is_a_download(
    sdk: Callable[..., ModuleType], document: Callable[..., Json]
) -> None:
    """204 gives None, image/png gives bytes."""
    picture = {"200": {"description": "", "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}}
    paths = {
        "/x": {"delete": {"tags": ["x"], "responses": {"204": {"description": ""}}}},
        "/x/photo": {"get": {"tags": ["x"], "operationId": "photo", "responses": picture}},
    }
    package = sdk(document(paths))
    assert _client(package, Server(b"", 204)).x.delete() is None
    assert _client(package, Server(b"PNG")).x.photo().read() == b"PNG"


def test_stream_is_an_overload_beside_json(sdk: Callable[..., ModuleType], document: Callable[..., Json]) -> None:
    """The member `stream` of the body chooses between one answer and events."""
    chunk = {"type": "object", "properties": {"n": {"type": "integer"}}}
    content = {"application/json": {"schema": chunk}, "text/event-stream": {"schema": chunk}}
    body = _body({"type": "object", "properties": {"stream": {"type": "boolean"}}})
    paths = {
        "/x": {
            "post": {
                "tags": ["x"],
                "operationId": "tell",
                "requestBody": body,
                "responses": {"200": {"description": "", "content": content}},
            }
        }
    }
    package = sdk(document(paths))
    events = Server(b'data: {"n": 1}\n\ndata: {"n": 2}\n\n', headers={"content-type": "text/event-stream"})
    with _client(package, events).x.tell(stream=True) as stream:
        assert [event.n for event in stream] == [1, 2]
    assert events.sent == {"stream": True}
    assert _client(package, Server({"n": 3})).x.tell().n == 3


def test_an_error_carries_its_typed_body(sdk: Callable[..., ModuleType], document: Callable[..., Json]) -> None:
    """A described error body becomes a model."""
    problem = {"type": "object", "properties": {"title": {"type": "string"}}}
    responses = {**OK, **_json({"$ref": "#/components/schemas/Problem"}, "404")}
    package = sdk(
        document({"/x": {"get": {"tags": ["x"], "operationId": "look", "responses": responses}}}, {"Problem": problem})
    )
    with pytest.raises(package.NotFoundError) as caught:
        _client(package, Server({"title": "gone"}, 404)).x.look()
    assert caught.value.problem == package.models.Problem(title="gone")


def test_credentials_of_the_description_are_sent(
    sdk: Callable[..., ModuleType], document: Callable[..., Json], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key from the environment travels where the scheme says."""
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    built = document(
        {"/x": {"get": {"tags": ["x"], "operationId": "look", "responses": OK}}},
        components={"securitySchemes": schemes},
        security=[{"key": []}],
    )
    monkeypatch.setenv("ZOO_API_KEY", "secret")
    server = Server()
    _client(sdk(built), server).x.look()
    assert server.requests[0].headers["X-Key"] == "secret"


def test_schemas_that_name_each_other_in_unions_can_be_imported_and_read(
    sdk: Callable[..., ModuleType], document: Callable[..., Json]
) -> None:
    """Their modules do not wait for each other; what does not fit stays raw at the smallest place."""

    def node(kind: str, *others: str) -> Json:
        union = {"oneOf": [{"$ref": f"#/components/schemas/{other}"} for other in others]}
        return {
            "type": "object",
            "required": ["k"],
            "properties": {"k": {"const": kind}, "n": {"type": "integer"}, "x": union},
        }

    schemas = {"A": node("a", "B", "C"), "B": node("b", "A", "C"), "C": node("c", "A", "B")}
    package = sdk(
        document(
            {
                "/x": {
                    "get": {
                        "tags": ["x"],
                        "operationId": "look",
                        "responses": _json({"$ref": "#/components/schemas/A"}),
                    }
                }
            },
            schemas,
        )
    )
    found = _client(package, Server({"k": "a", "x": {"k": "b", "n": "bad", "x": {"k": "c", "n": 1}}})).x.look()
    assert isinstance(found.x.x, package.models.C)
    assert found.x.n == "bad"


def test_headers_of_the_connection_are_no_arguments(
    sdk: Callable[..., ModuleType], document: Callable[..., dict[str, Any]]
) -> None:
    """Who sends a request knows its length and its host; a caller could only get them wrong."""
    headers = ["Content-Length", "host", "Transfer-Encoding", "X-Trace"]
    parameters = [{"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in headers]
    paths = {"/pets": {"post": {"parameters": parameters, "responses": {"204": {"description": ""}}}}}
    method = sdk(document(paths)).Zoo().pets.create
    assert ["x_trace", "options"] == list(inspect.signature(method).parameters)


@pytest.mark.parametrize(("members", "expected"), [(100, False), (101, True)])
def test_a_body_of_very_many_members_is_passed_whole(
    sdk: Callable[..., ModuleType], document: Callable[..., Json], members: int, *, expected: bool
) -> None:
    """A signature of hundreds of arguments helps nobody, and many operations may share the body."""
    wide = {"type": "object", "properties": {f"m{number}": {"type": "string"} for number in range(members)}}
    body = _body({"$ref": "#/components/schemas/Wide"})
    operation = {"operationId": "addPet", "tags": ["pets"], "requestBody": body, "responses": OK}
    package = sdk(document({"/pets": {"post": operation}}, {"Wide": wide}))
    server = Server({})
    pets = _client(package, server).pets
    assert expected == ("body" in inspect.signature(pets.add).parameters)
    pets.add(**({"body": package.models.Wide(m0="x")} if expected else {"m0": "x"}))
    assert server.sent == {"m0": "x"}
