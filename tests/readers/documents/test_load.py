"""Any bytes: which encoding, which syntax, which parser."""

from __future__ import annotations

import codecs

import pytest

from specloom.errors import UserError
from specloom.readers.documents import limits
from specloom.readers.documents.load import load


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": "\xc3\xa9"}',
        b"a: \xc3\xa9",
        codecs.BOM_UTF8 + b'{"a": "\xc3\xa9"}',
        codecs.BOM_UTF8 + b"a: \xc3\xa9",
        '{"a": "é"}'.encode("utf-16"),
        "a: é".encode("utf-16"),
        codecs.BOM_UTF16_BE + "a: é".encode("utf-16-be"),
        "a: é".encode("utf-32"),
        b'{"a": "\\u00e9"}',
        b'\n\t {"a": "\xc3\xa9",\t"a2": null}'.replace(b',\t"a2": null', b""),
        b"{a: \xc3\xa9, # a comment\n}",
    ],
)
def test_encodings_and_syntaxes(content: bytes) -> None:
    """The same value comes out of every encoding and either syntax."""
    document = load("a", content)

    assert {"a": "é"} == document.root
    assert () == document.diagnostics


def test_bytes_that_are_no_text() -> None:
    """Bytes that are not UTF-8 are replaced, and their line is named."""
    document = load("a", b"a: 1\nb: caf\xe9\n")

    assert {"a": 1, "b": "caf\ufffd"} == document.root
    (found,) = document.diagnostics
    assert found.span is not None
    assert ("bad-encoding", 2) == (found.code, found.span.start)


@pytest.mark.parametrize(
    ("content", "expected", "codes"),
    [
        (b'{"a": NaN, "b": -Infinity}', {"a": "NaN", "b": "-Infinity"}, []),
        (b'{"a": 1,\n"b": 2,\n"a": 3}', {"a": 3, "b": 2}, ["duplicate-key"]),
        (b'{"a": {"b": 1, "b": {"c": 2}}}', {"a": {"b": {"c": 2}}}, ["duplicate-key"]),
        (b'{"a": "\\ud83d\\ude00 \\ud83d"}', {"a": "\U0001f600 \ufffd"}, []),
        (b'{"a": "tab\there"}', {"a": "tab\there"}, []),
        (b'{"a": 1, "a": ' + b"9" * 5000 + b"}", {"a": "9" * 5000}, ["duplicate-key"]),
        (b'{"a": 1,\n"b": \n}', {"a": 1, "b": None}, []),
    ],
)
def test_json_as_it_is_found(content: bytes, expected: object, codes: list[str]) -> None:
    """Duplicate keys, NaN, half surrogates and raw control characters are read all the same."""
    document = load("a", content)

    assert expected == document.root
    assert codes == [found.code for found in document.diagnostics]


def test_lines_survive_duplicates() -> None:
    """After a duplicate key the lines of all others are still right."""
    document = load("a", b'{\n"a": {},\n"b": [],\n"a": {\n"c": 1}\n}')
    root = document.root
    assert isinstance(root, dict)

    assert (("a", 4), ("b", 3)) == document.span(root).members
    assert (4, 5) == (document.span(root["a"]).start, document.span(root["a"]).end)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'{\n"a": 1,\n"b" 2\n}', 3),
        (b'{"a": [1, 2', 1),
        (b"[" * 100_000, 1),
        (b'{"a":' * 100_000, 1),
        (b"[" * 500 + b"]" * 500, 1),
        (b"\n\n- [\n- }", 4),
        (b"a: [\x00\x01\x02", 1),
    ],
)
def test_broken_documents_point_at_the_line(content: bytes, line: int) -> None:
    """What can be read by nobody says where and why."""
    with pytest.raises(UserError) as caught:
        load("a", content)

    assert caught.value.span is not None
    assert ("a", line) == (caught.value.span.path, caught.value.span.start)


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused before anything is done with it."""
    monkeypatch.setattr(limits, "MAX_BYTES", 10)

    with pytest.raises(UserError, match="are not read"):
        load("a", b"a: 0123456789")


def test_files_with_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file can hold very many values, and is refused before they are built."""
    monkeypatch.setattr(limits, "MAX_NODES", 10)

    with pytest.raises(UserError, match="more than 10 values"):
        load("a", b"[" + b"0," * 20 + b"0]")
