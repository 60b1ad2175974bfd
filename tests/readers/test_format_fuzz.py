"""Postman, GraphQL and stainless files, mutated: a reading or a message, never a traceback, never much time."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.readers import Reading

JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    "",
    "\0",
    "{{",
    "}}{{a}}",
    "<integer>",
    "x" * 3000,
    "https://",
    "://:/{{}}/:/{}//",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    [],
    {},
    [[]],
    [None, 7, {}],
    {"": {}},
    {"key": {"key": []}},
    {"mode": "raw", "raw": {}},
    {"item": [{"item": [{}]}]},
    {"type": "oauth2", "oauth2": [{"key": "scope", "value": {}}]},
    {"raw": 7, "host": {}, "path": [[]], "query": "a=b", "variable": {"a": []}},
)

COLLECTION: dict[str, Any] = {
    "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
    "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "k"}, {"key": "in", "value": "query"}]},
    "variable": [{"key": "baseUrl", "value": "https://{{region}}.a.io"}, {"key": "region", "value": "eu"}],
    "item": [
        {
            "name": "Folder",
            "description": {"content": "All"},
            "item": [
                {
                    "name": "First",
                    "request": {
                        "method": "POST",
                        "auth": {"type": "oauth2", "oauth2": [{"key": "accessTokenUrl", "value": "https://a.io/t"}]},
                        "header": [
                            {"key": "Content-Type", "value": "application/json"},
                            {"key": "X-A", "value": "{{b}}"},
                        ],
                        "url": {
                            "raw": "{{baseUrl}}/things/:id?x=1",
                            "host": ["{{baseUrl}}"],
                            "path": ["things", ":id"],
                            "query": [{"key": "x", "value": "1", "disabled": True}],
                            "variable": [{"key": "id", "value": "7"}],
                        },
                        "body": {"mode": "raw", "raw": '{"a": {{b}}, "c": [1, "x"]}'},
                    },
                    "response": [
                        {"name": "ok", "code": 200, "header": [{"key": "Link", "value": "x"}], "body": '{"data": []}'}
                    ],
                },
                {
                    "name": "Second",
                    "request": {
                        "method": "PUT",
                        "url": "{{baseUrl}}/files",
                        "body": {"mode": "formdata", "formdata": [{"key": "f", "type": "file", "src": ["a"]}]},
                    },
                },
            ],
        },
        {
            "name": "Third",
            "request": {
                "method": "POST",
                "url": "https://b.io/graphql",
                "body": {"mode": "graphql", "graphql": {"query": "{ a }", "variables": '{"a": 1}'}},
            },
        },
    ],
}

SDL = '''
"The shop" schema @link(url: "x") { query: Q mutation: M }
directive @cost(w: Int! = 1) repeatable on FIELD_DEFINITION | OBJECT
"""Root""" type Q { pets(first: Int = 20, after: String @deprecated): [Pet!]! @cost(w: 5) node(id: ID!): Node }
type M { save(input: New = {name: "x", kinds: [CAT]}): Pet }
interface Node implements Other & More { id: ID! }
union Found = | Pet | Shop
enum Kind { CAT DOG @deprecated(reason: "loud") }
input New @oneOf { name: String kinds: [Kind!] = [DOG] size: Float = -1.5e3 }
scalar Date @specifiedBy(url: "https://x")
extend type Pet implements Node { id: ID! kind: Kind friends(n: Int): [[Pet]] }
extend schema { subscription: S }
'''

CONFIG: dict[str, Any] = {
    "resources": {
        "$client": {"methods": {"status": "get /things/{id}"}},
        "things": {
            "methods": {"create": {"endpoint": "post /things/{id}", "paginated": True}, "gone": {"type": "alias"}},
            "subresources": {"files": {"methods": {"update": "put /files"}}},
        },
    },
    "pagination": [
        {
            "name": "p",
            "type": "cursor",
            "request": {"x": {"x-stainless-pagination-property": {"purpose": "next_cursor_param"}}},
            "response": {
                "data": {"type": "array", "items": {"properties": {"id": {}}}},
                "n": {"properties": {"m": {}}},
            },
        }
    ],
    "client_settings": {"idempotency": {"header": "K"}},
    "targets": {"python": {"package_name": "p"}, "node": {"package_name": "n"}},
}


def mutate(tree: Any, seed: int, times: int) -> Any:  # noqa: ANN401 - any JSON in, any JSON out
    """Replace, remove, repeat or move parts of a JSON value, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a reproducible choice, not a secret
    root = {"": copy.deepcopy(tree)}
    for _ in range(times):
        places: list[tuple[Any, Any]] = []
        pending: list[Any] = [root]
        while pending:
            container = pending.pop()
            keys = list(container) if isinstance(container, dict) else range(len(container))
            places.extend((container, key) for key in keys)
            pending.extend(container[key] for key in keys if isinstance(container[key], dict | list))
        container, key = chance.choice(places)
        match chance.randrange(4):
            case 0 | 1:
                container[key] = copy.deepcopy(chance.choice(JUNK))
            case 2 if container is not root:
                del container[key]
            case _:
                other, there = chance.choice(places)
                container[key] = copy.deepcopy(other[there]) if len(json.dumps(other[there])) < 20_000 else None
    return root[""]


def attempt(path: str, files: dict[str, bytes]) -> Reading | None:
    """Read a file that may be anything: None where a message was the outcome."""
    try:
        reading = read(FileTree(files), path)
    except UserError:
        return None
    keys = [operation.key for operation in reading.api.operations]
    assert len(keys) == len(set(keys))
    return reading


fuzz = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@fuzz
@given(seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_collections_with_parts_replaced(seed: int, times: int) -> None:
    """A collection with broken parts is read without them, or refused with a message."""
    attempt("a.json", {"a.json": json.dumps(mutate(COLLECTION, seed, times)).encode()})


@fuzz
@given(seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_stainless_files_with_parts_replaced(seed: int, times: int) -> None:
    """Whatever stands beside the description, the description is read."""
    config = json.dumps(mutate(CONFIG, seed, times)).encode()

    assert attempt("a.json", {"a.json": json.dumps(COLLECTION).encode(), "stainless.yml": config}) is not None


@fuzz
@given(data=st.data())
def test_sdl_with_slices_moved(data: st.DataObject) -> None:
    """SDL cut anywhere and put together again is a schema or a message."""
    text = SDL
    for _ in range(data.draw(st.integers(1, 6))):
        start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(
            st.sampled_from(["", text[start : start + 40], "{", '"""', "@a", "\0", "![", "= 9e999", "extend "])
        )
        text = text[:start] + text[min(end, start + 60) :] if not piece else text[:at] + piece + text[at:]
    attempt("a.graphql", {"a.graphql": text.encode()})


@fuzz
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """Bytes that are nothing at all end in a message or, by chance, in a reading."""
    attempt("a.graphql", {"a.graphql": content})
    attempt("a.json", {"a.json": content})


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["salesforce", "newman-echo", "crossref", "folder-collection", "google-maps"])
def test_real_collections_mutated(corpus: Path, name: str) -> None:
    """Real collections, each broken in many ways and cut short in a few, end in a reading or a message."""
    content = (corpus / "postman" / f"{name}.postman_collection.json").read_bytes()
    tree = json.loads(content)
    for seed in range(15):
        attempt("a.json", {"a.json": json.dumps(mutate(tree, seed, 40)).encode()})
    for part in range(1, 8):
        attempt("a.json", {"a.json": content[: len(content) * part // 8]})


@pytest.mark.corpus
def test_a_real_schema_mutated(corpus: Path) -> None:
    """A real schema cut short, with lines lost and with lines doubled ends in a reading or a message."""
    lines = (corpus / "graphql" / "swapi.graphql").read_text().splitlines()
    for seed in range(60):
        chance = random.Random(seed)  # noqa: S311 - a reproducible choice, not a secret
        kept = [line for line in lines for _ in range(chance.choice([1] * 200 + [0, 2]))]
        attempt(
            "a.graphql",
            {"a.graphql": "\n".join(kept[: chance.choice([len(kept), chance.randrange(len(kept))])]).encode()},
        )
