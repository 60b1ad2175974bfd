"""HAR files, cassettes and lines, as recorders write them; and files that are none."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from specloom.errors import UserError
from specloom.readers.recordings import PACKED, read_recording

Json = Any
REQUEST: Json = {"method": "get", "url": "https://a.example/x?y=1", "headers": [{"name": "A", "value": "b"}]}


def _entry(**answer: Json) -> Json:
    return {"request": REQUEST, "response": {"status": 200, "headers": [], **answer}}


def _har(*entries: Json) -> bytes:
    return b"\xef\xbb\xbf" + json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


def test_a_har_file() -> None:
    """Method in capitals, content type from the content where no header names it, base64 undone."""
    text = base64.b64encode(b"\x00\x01").decode()
    content = {"mimeType": "image/png", "text": text, "encoding": "base64"}
    one, other = read_recording(_har(_entry(content=content), _entry(content={"size": 9})), "t.har")
    assert ("GET", "https://a.example/x?y=1", 200, "b") == (one.method, one.url, one.status, one.request.header("a"))
    assert (b"\x00\x01", "image/png", b"") == (one.answer.body, one.answer.header("content-type"), one.request.body)
    assert (2, None) == (other.number, other.answer.body)


def test_entries_without_an_answer_are_left_out() -> None:
    """Browsers write status 0 for what they blocked."""
    broken = [_entry(status=0), {"request": REQUEST}, 7, {"request": {"method": 1}, "response": {"status": 200}}]
    (one,) = read_recording(_har(*broken, _entry(content={"text": "hi"})), "t.har")
    assert (5, b"hi") == (one.number, one.answer.body)


CASSETTE = """
interactions:
- request:
    body: '{"a": 1}'
    headers: {Content-Type: [application/json]}
    method: POST
    uri: https://a.example/x
  response:
    body: {string: '{"b": 2}'}
    headers: {Content-Type: [application/json], Set-Cookie: [a=1, b=2]}
    status: {code: 201, message: Created}
- request: {body: null, headers: {}, method: GET, uri: 'https://a.example/y'}
  response:
    body: {string: !!binary H4sIAAAAAAAA}
    headers: {Content-Encoding: [gzip]}
    status: {code: 200, message: OK}
version: 1
"""


def test_a_cassette() -> None:
    """As VCR writes them; a body that is still packed is left alone."""
    one, other = read_recording(CASSETTE.encode(), "c.yaml")
    assert (b'{"a": 1}', 201, b'{"b": 2}') == (one.request.body, one.status, one.answer.body)
    assert ["a=1", "b=2"] == [value for name, value in one.answer.headers if name == "Set-Cookie"]
    assert (None, PACKED, b"") == (other.answer.body, other.answer.gap, other.request.body)


def test_one_entry_a_line() -> None:
    """What proxies append to a log."""
    lines = "\n".join([json.dumps(_entry(content={"text": "1"})), "", json.dumps(_entry(content={"text": "2"}))])
    assert [b"1", b"2"] == [one.answer.body for one in read_recording(lines.encode(), "t.jsonl")]


BOMB = "a0: &a0 [x, x]\n" + "\n".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]" for n in range(40))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is no recording"),
        (b"[1, 2]", "holds no exchange"),
        (b'{"openapi": "3.1.0"}', "is no recording: a HAR file has"),
        (b"\x00\xff\x13binary", "is no recording"),
        (b"[" * 100_000, "no recording that can be read"),
        (b'{"log": {"entries": []}}', "holds no exchange"),
        (BOMB.encode(), "no recording that can be read"),
    ],
)
def test_what_is_no_recording(content: bytes, why: str) -> None:
    """One sentence that says what would be one."""
    with pytest.raises(UserError, match=why):
        read_recording(content, "t.har")
