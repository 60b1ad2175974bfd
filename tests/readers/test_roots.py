"""Which files of a repository are descriptions."""

from __future__ import annotations

import pytest

from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.readers import discover

OPENAPI = b"openapi: 3.1.0\npaths:\n  /a: {get: {}}\n"
SWAGGER = b'{"info": {}, "paths": {"/a": {}}, "swagger": "2.0"}'
POSTMAN = b'{"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": []}'
SDL = b'"""Shop"""\ntype Query {\n  a: Int\n}\n'


def found(files: dict[str, bytes], **globs: list[str]) -> list[str]:
    """Return what is discovered in a tree of `files`."""
    return list(discover(FileTree(files), **globs))


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("api.yaml", OPENAPI),
        ("deep/er/api.yml", OPENAPI),
        ("API.YAML", OPENAPI),
        ("api.json", SWAGGER),
        ("api.json", b"\xef\xbb\xbf" + SWAGGER),
        ("api.json", '{"openapi": "3.0.0"}'.encode("utf-16")),
        ("api.json", b'{\n  "openapi" : "3.0.0"\n}'),
        ("api.yaml", b"# c\n---\n'openapi': '3.0.0'\n"),
        ("api.yaml", b"swagger: 2.0\r\ninfo: {}\r\n"),
        ("api.yaml", b"{openapi: 3.0.0, paths: {}}"),
        ("shop.json", POSTMAN),
        ("shop.json", b'{"collection": ' + POSTMAN + b"}"),
        ("shop.graphql", SDL),
        ("shop.gql", b"schema { query: Q }\ntype Q { a: Int }"),
    ],
)
def test_roots_are_found(path: str, content: bytes) -> None:
    """Every format is told by its mark, wherever in the file that stands."""
    assert [path] == found({path: content})


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", b'{"name": "x", "dependencies": {"swagger": "2.0.1", "openapi": "1.0"}}'),
        ("api.md", OPENAPI),
        ("ci.yaml", b"jobs:\n  openapi: 3\n"),
        ("a.yaml", b"description: |\n  openapi: 3.1.0\n"),
        ("a.json", b'{"text": "\\"openapi\\": \\"3.0\\""}'),
        ("query.graphql", b"query Q { a }"),
        ("schemas/pet.yaml", b"type: object\nproperties: {swagger: {type: string}}\n"),
        ("empty.json", b""),
        ("broken.json", b'{"swagger": '),
        ("node_modules/x/api.yaml", OPENAPI),
        ("vendor/x/api.yaml", OPENAPI),
        ("tests/fixtures/api.yaml", OPENAPI),
        (".cache/api.yaml", OPENAPI),
    ],
)
def test_other_files_are_not(path: str, content: bytes) -> None:
    """Files that only mention a version, leaves, and other people's descriptions are left out."""
    assert [] == found({path: content})


def test_parts_of_another_description_are_not_roots() -> None:
    """A file with a version, and nothing that can be called, belongs to the one that refers to it."""
    shared = b"openapi: 3.1.0\npaths: {}\ncomponents: {schemas: {A: {}}}\n"
    root = OPENAPI + b"components: {schemas: {B: {$ref: '../shared/all.yaml#/components/schemas/A'}}}\n"

    assert ["apis/a.yaml"] == found({"apis/a.yaml": root, "shared/all.yaml": shared})
    assert ["shared/all.yaml"] == found({"shared/all.yaml": shared})


def test_a_description_that_can_be_called_stays_a_root() -> None:
    """Two descriptions that share schemas are two descriptions."""
    root = OPENAPI + b"components: {schemas: {B: {$ref: 'b.yaml#/x'}}}\n"

    assert ["a.yaml", "b.yaml"] == found({"a.yaml": root, "b.yaml": OPENAPI})


def test_globs() -> None:
    """Globs say where to look, also into folders that are skipped, and what to leave out."""
    files = {"a.yaml": OPENAPI, "tests/b.yaml": OPENAPI, "tests/c.yaml": b"type: object", "d.txt": OPENAPI}

    assert ["tests/b.yaml"] == found(files, include=["tests/**"])
    assert ["a.yaml", "tests/b.yaml"] == found(files, include=["*.yaml"])
    assert [] == found(files, include=["*.yaml"], exclude=["a.*", "tests/"])
    assert ["tests/c.yaml"] == found(files, include=["tests/c.yaml"])


def test_files_that_cannot_be_opened_are_passed_over() -> None:
    """One file without permission does not hide the others."""

    class Guarded(FileTree):
        def read(self, path: str, /) -> bytes | None:
            if path == "a.yaml":
                raise UserError("cannot be read; check its permissions")
            return self.files.get(path)

    assert ("b.yaml",) == discover(Guarded({"a.yaml": OPENAPI, "b.yaml": OPENAPI}))
