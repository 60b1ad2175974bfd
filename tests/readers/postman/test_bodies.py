"""Request bodies and saved answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json

    Read = Callable[..., tuple[Api, tuple[Diagnostic, ...]]]
    Item = Callable[..., Any]

JSON_TYPE = [{"key": "Content-Type", "value": "application/json; charset=utf-8"}]


@pytest.mark.parametrize(
    ("written", "media_type"),
    [
        (('{"a": 1}', [], None), "application/json"),
        (('{"a": 1}', [{"key": "content-type", "value": "application/vnd.x+json"}], None), "application/vnd.x+json"),
        (('{"a": 1}', [{"key": "Content-Type", "value": "text/csv", "disabled": True}], "json"), "application/json"),
        (("<a/>", [], None), "application/xml"),
        (("<a/>", [], "html"), "text/html"),
        (("a,b", [{"key": "Content-Type", "value": "text/csv"}], "text"), "text/csv"),
        (("hello", [], None), "text/plain"),
        (("hello", [{"key": "Content-Type", "value": "{{type}}"}], None), "text/plain"),
    ],
)
def test_raw_bodies_have_the_type_they_are_given(
    read: Read, request_item: Item, written: tuple[str, Json, str | None], media_type: str
) -> None:
    """A Content-Type header says what a body is, else the language chosen for it, else its look."""
    raw, header, language = written
    body = {"mode": "raw", "raw": raw, **({"options": {"raw": {"language": language}}} if language else {})}
    api, _ = read(request_item("https://a.io/a", method="POST", header=header, body=body))
    found = api.operations[0].request_body

    assert found is not None
    assert [content.media_type for content in found.content] == [media_type]
    assert found.required
    assert len(found.content[0].examples) == 1


def test_json_bodies_are_samples_of_one_schema(read: Read, request_item: Item) -> None:
    """Variables may stand anywhere, comments too; placeholders of converters name types."""
    first = '{"id": {{id}}, "name": "{{name}}", "n": "<integer>", // how many\n "at": "<dateTime>"}'
    second = '{"id": 7, "name": "https://x"}'
    api, diagnostics = read(
        *(
            request_item("https://a.io/a", method="POST", header=JSON_TYPE, body={"mode": "raw", "raw": raw})
            for raw in (first, second)
        )
    )
    found = api.operations[0].request_body
    assert found is not None
    schema = found.content[0].schema
    assert schema is not None

    assert {name: (value.types, value.format) for name, value in schema.properties.items()} == {
        "id": (("integer",), None),
        "name": (("string",), None),
        "n": (("integer",), None),
        "at": (("string",), "date-time"),
    }
    assert schema.required == ("id", "name")
    assert "postman-unreadable-body" not in {item.code for item in diagnostics}


@pytest.mark.parametrize("raw", ["{", '{"a": }', '{"a"', "[" * 5000, '{"a": "' + '\\"' * 5000])
def test_a_body_that_is_no_json_is_kept_as_text(read: Read, request_item: Item, raw: str) -> None:
    """A broken body costs its schema: it is an example, and a diagnostic."""
    body = {"mode": "raw", "raw": raw}
    api, diagnostics = read(request_item("https://a.io/a", method="POST", header=JSON_TYPE, body=body))
    found = api.operations[0].request_body

    assert found is not None
    assert found.content[0].schema is None
    assert found.content[0].examples[0].value == raw
    assert [item.code for item in diagnostics] == ["postman-unreadable-body"]


def test_forms_and_files(read: Read, request_item: Item) -> None:
    """Fields have types from their values; files are binary, several of them a list; part types are encodings."""
    form = [
        {"key": "count", "value": "3", "type": "text", "description": "(Required) How many"},
        {"key": "photo", "type": "file", "src": "/a.png", "contentType": "image/png"},
        {"key": "papers", "type": "file", "src": ["/a.pdf", "/b.pdf"]},
        {"key": "tag", "value": "a", "type": "text"},
        {"key": "tag", "value": "b", "type": "text"},
    ]
    api, _ = read(request_item("https://a.io/a", method="POST", body={"mode": "formdata", "formdata": form}))
    found = api.operations[0].request_body
    assert found is not None
    content = found.content[0]
    assert content.schema is not None
    fields = content.schema.properties

    assert content.media_type == "multipart/form-data"
    assert (fields["count"].types, fields["count"].description) == (("integer",), "(Required) How many")
    assert (fields["photo"].types, fields["photo"].format) == (("string",), "binary")
    assert fields["papers"].types == ("array",)
    assert fields["tag"].types == ("array",)
    assert content.schema.required == ("count",)
    assert {name: encoding.content_type for name, encoding in content.encodings.items()} == {"photo": "image/png"}


def test_urlencoded_and_multipart_are_two_types_of_one_operation(read: Read, request_item: Item) -> None:
    """Requests that send the same thing in two ways are two media types of one body."""
    pairs = [{"key": "a", "value": "x"}]
    api, _ = read(
        request_item("https://a.io/a", method="POST", body={"mode": "urlencoded", "urlencoded": pairs}),
        request_item("https://a.io/a", method="POST", body={"mode": "formdata", "formdata": pairs}),
        request_item("https://a.io/a", method="POST"),
    )
    found = api.operations[0].request_body

    assert found is not None
    assert [content.media_type for content in found.content] == [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ]
    assert not found.required


def test_a_file_body_is_binary(read: Read, request_item: Item) -> None:
    """A file has the type its header says, else that of any bytes."""
    api, _ = read(
        request_item("https://a.io/a", method="PUT", body={"mode": "file", "file": {}}),
        request_item("https://a.io/b", method="PUT", header=JSON_TYPE, body={"mode": "file", "file": {"src": "x"}}),
    )
    types = [operation.request_body.content[0] for operation in api.operations if operation.request_body]

    assert [content.media_type for content in types] == ["application/octet-stream", "application/json"]
    assert {content.schema.format for content in types if content.schema} == {"binary"}


@pytest.mark.parametrize(
    ("method", "behaviour", "sent"), [("GET", False, False), ("GET", True, True), ("PUT", False, True)]
)
def test_postman_prunes_bodies(read: Read, request_item: Item, method: str, *, behaviour: bool, sent: bool) -> None:
    """A GET has a body only where the collection says so, and what is not sent is said."""
    item = request_item("https://a.io/a", method=method, body={"mode": "raw", "raw": "x"})
    api, diagnostics = read(item, protocolProfileBehavior={"disableBodyPruning": behaviour})

    assert (api.operations[0].request_body is not None) == sent
    assert [item.code for item in diagnostics] == ([] if sent else ["postman-body-not-sent"])


def test_an_unknown_mode_is_said(read: Read, request_item: Item) -> None:
    """A body of a mode that nobody knows is there, without a schema."""
    body = {"mode": "telepathy", "telepathy": "x"}
    api, diagnostics = read(request_item("https://a.io/a", method="POST", body=body))

    assert api.operations[0].request_body is not None
    assert [item.code for item in diagnostics] == ["postman-unknown-body"]


def test_saved_answers_are_responses(read: Read, request_item: Item) -> None:
    """Answers are sorted by status; several of one status are samples; an API's own headers are kept."""
    answers = [
        {
            "name": "found",
            "code": 200,
            "body": '{"id": 1}',
            "header": [
                {"key": "Content-Type", "value": "application/json"},
                {"key": "X-Rate-Limit", "value": "9"},
                {"key": "Date", "value": "now"},
            ],
        },
        {"name": "found too", "code": 200, "body": '{"id": 2, "x": null}', "_postman_previewlanguage": "json"},
        {"name": "missing", "code": 404, "body": "no such thing", "header": None},
        {"name": "odd", "code": None, "status": "?"},
    ]
    api, _ = read(request_item("https://a.io/a", response=answers))
    ok, missing, odd = api.operations[0].responses

    assert [(item.status, item.description) for item in (ok, missing, odd)] == [
        ("200", "found"),
        ("404", "missing"),
        ("default", "odd"),
    ]
    assert ok.content[0].schema is not None
    assert ok.content[0].schema.required == ("id",)
    assert [example.name for example in ok.content[0].examples] == ["found", "found too"]
    assert [header.name for header in ok.headers] == ["X-Rate-Limit"]
    assert missing.content[0].media_type == "text/plain"
    assert odd.content == ()


def test_an_answer_that_is_not_saved_may_be_anything(read: Read, request_item: Item) -> None:
    """Without a saved success, the answer is of the type that the request accepts, and of any shape."""
    failed = [{"name": "missing", "code": 404, "body": "no such thing"}]
    accept = [{"key": "Accept", "value": "application/xml; q=1"}]
    api, _ = read(
        request_item("https://a.io/a", response=failed, header=accept),
        request_item("https://a.io/b", header=[{"key": "Accept", "value": "a/b, */*"}]),
    )
    first, second = (operation.responses for operation in api.operations)

    assert [item.status for item in first] == ["404", "2XX"]
    assert [item.content[0].media_type for item in (first[1], second[0])] == ["application/xml", "*/*"]
    assert second[0].content[0].schema is not None
    assert second[0].content[0].schema.types == ()
