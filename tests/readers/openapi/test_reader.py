"""A whole description, from bytes to the model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading


def test_what_a_description_says_about_itself(reading: Callable[..., Reading]) -> None:
    """Title, version, licence, contact, docs, tags and extensions arrive."""
    api = reading("""
        openapi: 3.2.0
        info:
          title: Shop
          version: 1.0
          description: D
          termsOfService: https://e.com/terms
          license: {name: MIT}
          contact: {name: N, email: n@e.com}
          x-info: 1
        externalDocs: {url: https://e.com/docs}
        tags: [{name: a, description: A}, {name: b, parent: a, x-tag: 1}]
        x-root: 2
        paths: {}
    """).api

    assert ("Shop", "1.0", "D", "MIT", "n@e.com") == (api.title, api.version, api.description, api.license, api.contact)
    assert ("https://e.com/terms", "https://e.com/docs") == (api.terms_of_service, api.external_docs)
    assert [("a", None), ("b", "a")] == [(tag.name, tag.parent) for tag in api.tags]
    assert {"x-info": 1, "x-root": 2} == api.extensions


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("swagger: '2.0'", "swagger-2.0"),
        ("swagger: 2.0", "swagger-2.0"),
        ("swagger: 2", "swagger-2.0"),
        ("openapi: 3.0.3", "openapi-3.0"),
        ("openapi: 3.0", "openapi-3.0"),
        ("openapi: 3", "openapi-3.0"),
        ("openapi: null", "openapi-3.0"),
        ("openapi: 3.1.2", "openapi-3.1"),
        ("openapi: '3.2.0'", "openapi-3.2"),
        ("openapi: 4.0.0", "openapi-3.2"),
        ("swagger: 3.0.0", "openapi-3.0"),
        ("openapi: '2.0'", "swagger-2.0"),
        ("definitions: {}", "swagger-2.0"),
        ("components: {}", "openapi-3.0"),
    ],
)
def test_versions(reading: Callable[..., Reading], head: str, form: str) -> None:
    """The dialect is told by the version, or by what else is there."""
    assert form == reading(f"{head}\ninfo: {{}}\npaths: {{}}").api.source.format


@pytest.mark.parametrize(
    "text",
    [
        "openapi: 3.1.0",
        "openapi: 3.1.0\ninfo: null\npaths: null\ncomponents: null\nservers: null\ntags: null\nsecurity: null",
        "openapi: 3.1.0\ninfo: text\npaths: text\ncomponents: text\nservers: text\ntags: text\nsecurity: text",
        "openapi: 3.1.0\ninfo: []\npaths: []\ncomponents: []\nservers: {}\ntags: {}\nwebhooks: []",
        "openapi: 3.1.0\ncomponents: {schemas: [], securitySchemes: text}",
        "swagger: '2.0'\ndefinitions: text\nsecurityDefinitions: []\nconsumes: text\nproduces: {}\nhost: 3\nschemes: 4",
        "openapi: 3.1.0\ntags: [null, text, {}]",
    ],
)
def test_wrong_sections_cost_only_themselves(
    reading: Callable[..., Reading], faults: Callable[..., list[str]], text: str
) -> None:
    """Whatever is wrong at the top, a model comes out."""
    assert [] == faults(reading(text))


@pytest.mark.parametrize("content", [b"", b"text", b"a: b", b"[]", b"openapi: [", b'{"openapi": "3.0.0"', b"\x00"])
def test_what_is_no_description(content: bytes) -> None:
    """A file that is none is an error for people, with the file's name."""
    with pytest.raises(UserError, match="api"):
        read(FileTree({"api.yaml": content}), "api.yaml")


def test_a_file_that_is_not_there() -> None:
    """A missing file is an error for people."""
    with pytest.raises(UserError, match="there is no file"):
        read(FileTree({}), "api.yaml")


def test_the_digest_covers_every_file(reading: Callable[..., Reading]) -> None:
    """The digest changes with any file that was read, and with no other."""
    text = "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: a.yaml}}}"
    one = reading(text, {"a.yaml": "type: string", "b.yaml": "1"}).api.source
    same = reading(text, {"a.yaml": "type: string", "b.yaml": "2"}).api.source
    other = reading(text, {"a.yaml": "type: object"}).api.source

    assert one == same
    assert one.digest != other.digest
    assert ("api.yaml", "a.yaml") == one.files


def test_broken_leaves_cost_only_themselves(reading: Callable[..., Reading]) -> None:
    """A file that cannot be read is reported where it breaks, and the rest is delivered."""
    result = reading(
        """
        openapi: 3.1.0
        paths: {/a: {get: {}}}
        components: {schemas: {A: {$ref: bad.yaml}, B: {$ref: deep.json}, C: {type: string}}}
        """,
        {"bad.yaml": "a: 1\nb: [", "deep.json": "[" * 1000},
    )

    assert ["GET /a"] == [operation.key for operation in result.api.operations]
    assert ("string",) == result.api.schemas["C"].types
    assert [("bad.yaml", "unreadable-file"), ("deep.json", "unreadable-file")] == [
        (found.span and found.span.path, found.code) for found in result.diagnostics
    ]


def test_json_and_yaml_give_the_same_model() -> None:
    """The same description in either syntax is the same API, spans aside."""
    root = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a/{b}": {"get": {"parameters": [{"name": "b", "in": "path", "schema": {"type": "integer"}}]}}},
        "components": {"schemas": {"A": {"type": ["object", "null"], "properties": {"x": {"enum": [1, None]}}}}},
    }
    compact = read(FileTree({"a": json.dumps(root).encode()}), "a").api
    pretty = read(FileTree({"a": json.dumps(root, indent=2).encode()}), "a").api
    yaml = read(FileTree({"a": b"# YAML\n" + json.dumps(root, indent=2).encode()}), "a").api

    for api in (pretty, yaml):
        assert compact.schemas["A"].properties["x"].enum == api.schemas["A"].properties["x"].enum
        assert compact.schemas["A"].nullable is api.schemas["A"].nullable
        assert [operation.key for operation in compact.operations] == [operation.key for operation in api.operations]


def test_key_order_does_not_change_names() -> None:
    """Names of schemas and keys of operations do not depend on the order in the file."""
    files = {"x/m.yaml": b"type: object", "y/m.yaml": b"type: string"}
    one = (
        b"openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {items: {$ref: x/m.yaml}}\n    B: {items: {$ref: y/m.yaml}}\n"
    )
    two = (
        b"components:\n  schemas:\n    B: {items: {$ref: y/m.yaml}}\n    A: {items: {$ref: x/m.yaml}}\nopenapi: 3.1.0\n"
    )
    first = read(FileTree({"api.yaml": one, **files}), "api.yaml").api.schemas
    second = read(FileTree({"api.yaml": two, **files}), "api.yaml").api.schemas

    assert sorted(first) == sorted(second)
    assert {"x_m", "y_m"} <= set(first)
    assert all(first[name].items.ref == second[name].items.ref for name in "AB")  # type: ignore[union-attr]
