"""What the model knows beyond the description: the owner's names, pages, idempotency."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from specloom.model.api import Naming, Package
from specloom.model.facts import IdempotencyKey, Pagination
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from specloom.model.api import Api
    from specloom.model.generator import Generated

Json = dict[str, Any]
PAGE = {
    "type": "object",
    "properties": {
        "data": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}},
        "next": {"type": ["string", "null"]},
    },
}


@pytest.fixture
def api(document: Callable[..., Json]) -> Api:
    """Return an API with one list and one action."""
    answer = {"200": {"description": "", "content": {"application/json": {"schema": PAGE}}}}
    key = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    paths = {
        "/a": {
            "get": {"parameters": [{"name": "after", "in": "query", "schema": {"type": "string"}}], "responses": answer}
        },
        "/b": {"post": {"parameters": [key], "responses": {"204": {"description": ""}}}},
    }
    return read(FileTree({"a.json": json.dumps(document(paths)).encode()}), "a.json").api


def _with(api: Api, key: str, **changes: Any) -> Api:  # noqa: ANN401 -- fields of an operation
    operations = (replace(one, **changes) if one.key == key else one for one in api.operations)
    return replace(api, operations=tuple(operations))


def _client(package: ModuleType, answer: Callable[[httpx.Request], httpx.Response]) -> Any:  # noqa: ANN401 -- generated
    return package.Zoo(http_client=httpx.Client(transport=httpx.MockTransport(answer)))


def test_groups_inside_groups_and_operations_of_the_client(api: Api, sdk: Callable[..., ModuleType]) -> None:
    """The owner's resource is a path; an empty one is the client itself."""
    here = api.operations[0].span
    api = _with(api, "GET /a", naming=Naming(resource=("beta", "lists"), method="fetch", origin=here))
    api = _with(api, "POST /b", naming=Naming(resource=(), method="get", origin=here))
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.method} {request.url.path}")
        return httpx.Response(200, json={})

    client = _client(sdk(api), answer)
    client.beta.lists.fetch()
    client.get_()
    assert seen == ["GET /v1/a", "POST /v1/b"]


def test_a_list_is_iterated_over_its_pages(api: Api, sdk: Callable[..., ModuleType]) -> None:
    """The items of all pages come typed; the cursor goes into the argument of the method."""
    fact = Pagination(
        style="cursor", origin=api.operations[0].span, items_path=("data",), request_param="after", next_path=("next",)
    )
    pages = {"": {"data": [{"n": 1}, {"n": 2}], "next": "x"}, "x": {"data": [{"n": 3}], "next": None}}
    package = sdk(_with(api, "GET /a", pagination=fact))
    client = _client(package, lambda request: httpx.Response(200, json=pages[request.url.params.get("after", "")]))
    assert [item.n for item in client.a.list()] == [1, 2, 3]


def test_pages_without_a_list_cost_the_pages_only(api: Api, generate: Callable[..., Generated]) -> None:
    """The method is there, plain, and the diagnostic says why."""
    fact = Pagination(style="cursor", origin=api.operations[0].span, items_path=("nope",), request_param="after")
    generated = generate(_with(api, "GET /a", pagination=fact))
    assert ["pagination-without-list"] == [note.code for note in generated.diagnostics]
    assert b"def list(" in generated.files.files["sdk/python/src/zoo/resources/a.py"]


def test_an_idempotency_key_is_the_clients_business(api: Api, sdk: Callable[..., ModuleType]) -> None:
    """The header is no argument; it is sent on the first try already."""
    fact = IdempotencyKey(header="Idempotency-Key", origin=api.operations[0].span)
    seen: list[httpx.Request] = []
    package = sdk(_with(api, "POST /b", idempotency=fact))
    _client(package, lambda request: seen.append(request) or httpx.Response(204)).b.create()
    assert seen[0].headers["Idempotency-Key"]


def test_the_owners_package_name_is_used(api: Api, generate: Callable[..., Generated]) -> None:
    """It stands in a file beside the description; the config still wins."""
    api = replace(api, packages=(Package(language="python", name="zoo-sdk", origin=api.operations[0].span),))
    assert any(path.startswith("sdk/python/src/zoo_sdk/") for path in generate(api).files.files)
    assert any(
        path.startswith("sdk/python/src/menagerie/") for path in generate(api, module_name="menagerie").files.files
    )


def test_what_cannot_be_a_method_is_listed_with_its_reason(generate: Callable[..., Generated]) -> None:
    """A subscription needs a connection that stays open: there is a diagnostic for each, and a package all the same."""
    schema = b"type Query { pet: ID }\ntype Subscription { born: ID\ndied: ID }\n"
    generated = generate(read(FileTree({"a.graphql": schema}), "a.graphql").api)
    notes = [note for note in generated.diagnostics if note.code == "operation-without-method"]
    assert ["subscription born", "subscription died"] == sorted(note.message.partition(":")[0] for note in notes)
    assert any(path.endswith("/_client.py") for path in generated.files.files)
