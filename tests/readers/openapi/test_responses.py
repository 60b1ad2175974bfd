"""Responses, headers and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Operation
    from specloom.readers import Reading


def test_statuses(describe: Callable[..., Reading]) -> None:
    """Statuses are three digits, ranges or `default`; numbers, case and odd ones are forgiven."""
    text = "{200: {}, '4xx': {}, default: {}, '204': null, DEFAULT: {}, ok: {description: odd}, x-note: hidden}"
    reading = describe(f"paths: {{/a: {{get: {{responses: {text}}}}}}}")

    assert ["200", "4XX", "default", "204", "default", "ok"] == [
        response.status for response in reading.api.operations[0].responses
    ]
    assert ["unknown-status"] == [found.code for found in reading.diagnostics]


def test_headers(operation: Callable[..., Operation]) -> None:
    """Response headers have a schema in every version's way of writing it."""
    three = operation("responses: {'200': {headers: {A: {schema: {type: integer}, required: true, deprecated: true}}}}")
    content = operation("responses: {'200': {headers: {A: {content: {text/plain: {schema: {type: string}}}}}}}")
    two = operation("responses: {'200': {headers: {A: {type: integer, description: D}}}}", "2.0")

    header = three.responses[0].headers[0]
    assert ("A", ("integer",), True, True) == (header.name, header.schema.types, header.required, header.deprecated)
    assert ("string",) == content.responses[0].headers[0].schema.types
    assert (("integer",), "D") == (two.responses[0].headers[0].schema.types, two.responses[0].headers[0].description)


def test_headers_may_begin_like_extensions(operation: Callable[..., Operation]) -> None:
    """In a map of headers `x-` is a way to begin a name, and nothing else."""
    text = "{x-rate-limit: {schema: {type: integer}}, x-note: a note}"
    headers = operation(f"responses: {{'200': {{headers: {text}}}}}").responses[0].headers

    assert ["x-rate-limit"] == [header.name for header in headers]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("{operationId: getThing}", "getThing"),
        ("{operationRef: '#/paths/~1things~1{id}/get'}", "GET /things/{id}"),
        ("{operationRef: 'other.yaml#/paths/~1things/get'}", "other.yaml#/paths/~1things/get"),
        ("{description: D}", None),
    ],
)
def test_links(operation: Callable[..., Operation], text: str, target: str | None) -> None:
    """Links name the operation that they lead to, by key where the description points at it."""
    link = operation(f"responses: {{'200': {{links: {{next: {text}}}}}}}").responses[0].links[0]

    assert ("next", target) == (link.name, link.target)


def test_link_parameters(operation: Callable[..., Operation]) -> None:
    """What a link carries over is kept as it stands."""
    text = "{operationId: o, parameters: {id: $response.body#/id}, requestBody: $request.body}"
    link = operation(f"responses: {{'200': {{links: {{n: {text}}}}}}}").responses[0].links[0]

    assert ({"id": "$response.body#/id"}, "$request.body") == (link.parameters, link.request_body)


@pytest.mark.parametrize(
    ("text", "rest", "expected"),
    [
        ("{schema: {type: string}}", "", [("application/json", True)]),
        ("{schema: {type: string}}", "produces: [text/plain, text/csv]", [("text/plain", True), ("text/csv", True)]),
        ("{description: none}", "produces: [text/plain]", []),
        ("{examples: {application/xml: <a/>}}", "", [("application/xml", False)]),
        ("{schema: {type: string}, examples: {text/csv: a}}", "", [("text/csv", True)]),
        ("{schema: {type: file}}", "", [("application/octet-stream", True)]),
    ],
)
def test_swagger_content(
    operation: Callable[..., Operation], text: str, rest: str, expected: list[tuple[str, bool]]
) -> None:
    """A Swagger schema holds for every media type that is produced; JSON is meant where none is named."""
    content = operation(f"responses: {{'200': {text}}}", "2.0", rest=rest).responses[0].content

    assert expected == [(media.media_type, media.schema is not None) for media in content]


@pytest.mark.parametrize(
    "text", ["null", "text", "[]", "{'200': text}", "{'200': [1]}", "{'200': {headers: [], links: 3}}"]
)
def test_wrong_responses_cost_only_themselves(operation: Callable[..., Operation], text: str) -> None:
    """The operation is there whatever its responses are."""
    assert "POST /things" == operation(f"responses: {text}").key


def test_responses_without_content_know_where_they_stand(describe: Callable[..., Reading]) -> None:
    """A status with nothing after it is a response on its own line, however many there are."""
    text = "paths:\n" + "".join(f"  /a{n}:\n    get:\n      responses:\n        '200':\n" for n in range(50))
    operations = describe(text).api.operations

    assert [item.span.start + 2 for item in operations] == [item.responses[0].span.start for item in operations]
