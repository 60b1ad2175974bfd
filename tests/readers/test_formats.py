"""Which reader reads what, through the one door."""

from __future__ import annotations

import pytest

from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.readers import read

COLLECTION = b'{"info": {"name": "A", "schema": "https://schema.getpostman.com/json/collection/v%b/x"}, "item": []}'


@pytest.mark.parametrize(
    ("path", "content", "form"),
    [
        ("shop.json", COLLECTION % b"2.0.0", "postman-2.0"),
        ("shop.json", COLLECTION % b"2.1.0", "postman-2.1"),
        ("shop.json", b'{"collection": {"info": {"name": "Shop"}, "item": []}}', "postman-2.1"),
        ("shop.graphql", b"type Query { a: Int }", "graphql"),
        ("shop.txt", b"# shop\n\ntype Query {\n  a: Int\n}", "graphql"),
        ("shop.txt", b"\xef\xbb\xbfschema { query: Q }\ntype Q { a: Int }", "graphql"),
        ("shop.json", b'{"swagger": "2.0", "info": {}, "paths": {}}', "swagger-2.0"),
    ],
)
def test_every_format_finds_its_reader(path: str, content: bytes, form: str) -> None:
    """A file is read by what it is, not only by what it is called, and its source says so."""
    reading = read(FileTree({path: content}), path)

    assert (reading.api.source.format, reading.api.source.files) == (form, (path,))
    assert len(reading.api.source.digest) == 64
    assert 0 <= reading.score.value <= 100


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"id": "1", "name": "Old", "requests": [], "order": []}', r"export it again in format 2\.1"),
        (b'{"hello": "world"}', "not an API description"),
    ],
)
def test_what_no_reader_reads_says_what_to_do(content: bytes, words: str) -> None:
    """An old collection, or no description at all, ends in a message with the next step."""
    with pytest.raises(UserError, match=words):
        read(FileTree({"shop.json": content}), "shop.json")
