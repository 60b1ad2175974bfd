"""Whole collections: every request is accounted for, folders, merging, servers, real files."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from specloom.errors import UserError
from specloom.model.source import Source
from specloom.readers.postman import read_collection
from specloom.readers.spec_file import SpecFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic

    Read = Callable[..., tuple[Api, tuple[Diagnostic, ...]]]
    Item = Callable[..., Any]


def test_folders_are_tags_with_their_path(read: Read, request_item: Item) -> None:
    """Nested folders keep their path, their parent and their description; the innermost one tags the request."""
    inner = {"name": "Admin", "description": {"content": "For admins"}, "item": [request_item("{{u}}/a")]}
    api, _ = read({"name": "Users", "item": [inner]}, {"name": "Empty", "item": []})

    assert [(tag.name, tag.parent, tag.description) for tag in api.tags] == [
        ("Users", None, None),
        ("Users/Admin", "Users", "For admins"),
        ("Empty", None, None),
    ]
    assert api.operations[0].tags == ("Users/Admin",)


def test_requests_at_one_place_are_one_operation(read: Read, request_item: Item) -> None:
    """Samples of one method and path are merged, said so, and each is named."""
    api, diagnostics = read(
        request_item("https://a.io/works/:id?x=1", name="one"),
        request_item("http://A.io/works/:workId?y=2", name="two", description="Second"),
        request_item("https://a.io/works/:id", name="three", method="DELETE"),
    )

    assert [operation.key for operation in api.operations] == ["GET /works/{id}", "DELETE /works/{id}"]
    assert api.operations[0].extensions["x-postman-requests"] == ["one", "two"]
    assert [parameter.name for parameter in api.operations[0].parameters] == ["id", "x", "y"]
    assert (api.operations[0].summary, api.operations[0].description) == ("one", "Second")
    assert [item.code for item in diagnostics] == ["postman-merged-requests"]


def test_requests_to_other_hosts_are_told_apart(read: Read, request_item: Item) -> None:
    """One path on two hosts is two operations: the second carries its name and its server."""
    api, diagnostics = read(
        request_item("https://a.io/status", name="ours"),
        request_item("https://a.io/pets", name="pets"),
        request_item("https://status.io/status", name="theirs"),
        request_item("https://third.io/status", name="theirs"),
    )

    assert [(operation.key, [server.url for server in operation.servers]) for operation in api.operations] == [
        ("GET /status", []),
        ("GET /pets", []),
        ("GET /status (theirs)", ["https://status.io"]),
        ("GET /status (theirs) #2", ["https://third.io"]),
    ]
    assert [server.url for server in api.servers] == ["https://a.io"]
    assert {item.code for item in diagnostics} == {"postman-told-apart"}


def test_graphql_requests_are_told_apart_by_what_they_ask(read: Read, request_item: Item) -> None:
    """Different queries posted to one address are operations of their own, whatever they are called."""

    def post(name: str, query: str) -> Any:  # noqa: ANN401 - an item of a collection
        body = {"mode": "graphql", "graphql": {"query": query, "variables": '{"n": 1}'}}
        return request_item("https://a.io/graphql", name=name, method="POST", body=body)

    api, _ = read(post("one", "{ a }"), post("two", "{ b }"), post("two", "{ c }"), post("again", "{ a }"))

    assert [(operation.key, operation.extensions["x-postman-requests"]) for operation in api.operations] == [
        ("POST /graphql (one)", ["one", "again"]),
        ("POST /graphql (two)", ["two"]),
        ("POST /graphql (two) #2", ["two"]),
    ]
    assert api.operations[0].request_body is not None
    schema = api.operations[0].request_body.content[0].schema
    assert schema is not None
    assert schema.properties["query"].default == "{ a }"
    assert schema.properties["variables"].properties["n"].types == ("integer",)


def test_names_are_operation_ids_only_where_they_are_unique(read: Read, request_item: Item) -> None:
    """A request's name identifies its operation unless another request has it too."""
    api, _ = read(
        request_item("https://a.io/a", name="List"),
        request_item("https://a.io/b", name="List"),
        request_item("https://a.io/c", name="Show"),
    )

    assert [operation.operation_id for operation in api.operations] == [None, None, "Show"]


def test_an_item_without_a_request_is_said(read: Read) -> None:
    """What is neither a folder nor a request is a diagnostic with its line."""
    api, diagnostics = read({"name": "odd"}, 7)

    assert api.operations == ()
    assert [(item.code, item.span.start) for item in diagnostics if item.span] == [
        ("postman-no-request", 7),
        ("postman-no-request", 1),
    ]


def test_a_request_may_be_just_a_url(read: Read) -> None:
    """The shortest form of a request is its URL."""
    api, _ = read({"name": "short", "request": "https://a.io/x?y=1"})

    assert api.operations[0].key == "GET /x"
    assert api.operations[0].span.start == 7


def test_title_version_and_description(read: Read) -> None:
    """The info object is the API's."""
    info = {"name": "Shop", "description": {"content": "All of it"}, "version": {"major": 1, "minor": 2, "patch": 3}}
    api, _ = read(info=info)

    assert (api.title, api.version, api.description) == ("Shop", "1.2.3", "All of it")


def test_a_collection_may_be_wrapped(request_item: Item) -> None:
    """Postman's own API answers with the collection inside another object."""
    root = {"collection": {"info": {"name": "Shop"}, "item": [request_item("https://a.io/x")]}}
    spec = SpecFile("shop.json", json.dumps(root).encode())
    api, _ = read_collection(spec.document, Source(path="shop.json", format="postman-2.1", files=(), digest=""))

    assert api.title == "Shop"
    assert len(api.operations) == 1


def test_what_is_no_collection_is_refused() -> None:
    """Version 1 has no items; the message says what to do."""
    spec = SpecFile("old.json", b'{"id": "1", "requests": []}')

    with pytest.raises(UserError, match=r"export it again in format 2\.1"):
        read_collection(spec.document, Source(path="old.json", format="postman-2.1", files=(), digest=""))


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "requests", "folders", "operations"),
    [
        ("salesforce", 43, 9, 39),
        ("newman-echo", 22, 7, 21),
        ("google-maps", 17, 18, 17),
        ("crossref", 27, 0, 13),
        ("folder-collection", 10, 11, 10),
    ],
)
def test_real_collections_are_read_whole(corpus: Path, name: str, requests: int, folders: int, operations: int) -> None:
    """Every request of a real collection is in exactly one operation, every folder is a tag, every key is unique."""
    path = corpus / "postman" / f"{name}.postman_collection.json"
    spec = SpecFile(path.name, path.read_bytes())
    api, diagnostics = read_collection(spec.document, Source(path=path.name, format="postman-2.1", files=(), digest=""))
    merged = Counter(len(operation.extensions["x-postman-requests"]) for operation in api.operations)  # type: ignore[arg-type]

    assert sum(size * count for size, count in merged.items()) == requests
    assert len(api.operations) == operations
    assert len({operation.key for operation in api.operations}) == operations
    assert len(api.tags) == folders
    assert {item.level for item in diagnostics} <= {"note"}
    lines = path.read_text().splitlines()
    for operation in api.operations:
        assert json.dumps(operation.summary, ensure_ascii=False) in "\n".join(
            lines[operation.span.start - 1 : operation.span.end]
        )
