"""Operations, webhooks and callbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading


def test_what_an_operation_says(describe: Callable[..., Reading]) -> None:
    """Names, texts, tags, docs and extensions arrive, with the path item's where the operation has none."""
    operation = describe("""
        paths:
          /a:
            summary: of the path
            x-path: 1
            get:
              operationId: getA
              description: D
              tags: [one, two]
              deprecated: true
              externalDocs: {url: 'https://e.com'}
              x-own: 2
    """).api.operations[0]

    assert ("GET /a", "http", "GET", "/a") == (operation.key, operation.kind, operation.method, operation.path)
    assert ("getA", "of the path", "D") == (operation.operation_id, operation.summary, operation.description)
    assert (("one", "two"), True, "https://e.com") == (operation.tags, operation.deprecated, operation.external_docs)
    assert {"x-path": 1, "x-own": 2} == operation.extensions


def test_every_method_in_order(describe: Callable[..., Reading]) -> None:
    """All methods are read, those of 3.2 too, in the description's order."""
    reading = describe(
        """
        paths:
          /b: {trace: {}, query: {}, additionalOperations: {COPY: {}, link: {}}}
          /a: {get: {}, put: {}, post: {}, delete: {}, options: {}, head: {}, patch: {}, parameters: [], x-a: {}}
        """,
        "3.2",
    )

    assert ["TRACE", "QUERY", "COPY", "LINK", "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"] == [
        operation.method for operation in reading.api.operations
    ]
    assert () == reading.diagnostics


@pytest.mark.parametrize(
    ("paths", "keys"),
    [
        ("null", []),
        ("[]", []),
        ("text", []),
        ("{/a: null}", []),
        ("{/a: text}", []),
        ("{/a: {get: null}}", ["GET /a"]),
        ("{/a: {get: text}}", ["GET /a"]),
        ("{/a: {get: [1]}}", ["GET /a"]),
        ("{/a: {GET: {}}}", ["GET /a"]),
        ("{/a: {get: {}, GET: {}}}", ["GET /a"]),
        ("{a: {get: {}}}", ["GET /a"]),
        ("{a: {get: {}}, /a: {get: {}}}", ["GET /a"]),
        ("{/a: {frobnicate: {}, get: {}}}", ["GET /a"]),
        ("{/a: {get: {$ref: '#/gone'}}}", ["GET /a"]),
        ("{/a: {get: {tags: text, operationId: 3, summary: [1], deprecated: 'yes'}}}", ["GET /a"]),
        ("{x-a: {get: {}}, /a: {get: {}}}", ["GET /a"]),
    ],
)
def test_wrong_paths_cost_only_themselves(
    describe: Callable[..., Reading], faults: Callable[..., list[str]], paths: str, keys: list[str]
) -> None:
    """Every operation that can be told is delivered, whatever is wrong with it."""
    reading = describe(f"paths: {paths}")

    assert keys == [operation.key for operation in reading.api.operations]
    assert [] == faults(reading)


@pytest.mark.parametrize("key", ["webhooks", "x-webhooks"])
def test_webhooks(describe: Callable[..., Reading], key: str) -> None:
    """Webhooks are operations that the server calls, under their name."""
    api = describe(f"{key}: {{newPet: {{post: {{requestBody: {{content: {{application/json: {{}}}}}}}}}}}}").api

    assert () == api.operations
    assert [("POST webhook newPet", "webhook", "POST", "newPet")] == [
        (webhook.key, webhook.kind, webhook.method, webhook.path) for webhook in api.webhooks
    ]


def test_callbacks(describe: Callable[..., Reading]) -> None:
    """Callbacks are operations inside the operation that asks for them."""
    operation = describe("""
        paths:
          /subscribe:
            post:
              callbacks:
                onData:
                  '{$request.body#/url}': {post: {responses: {'204': {}}}}
    """).api.operations[0]

    assert [("POST /subscribe → POST callback onData {$request.body#/url}", "callback", ())] == [
        (callback.key, callback.kind, callback.parameters) for callback in operation.callbacks
    ]


def test_callbacks_inside_themselves_end(describe: Callable[..., Reading]) -> None:
    """A callback that refers to itself is read once."""
    reading = describe("""
        paths: {/a: {post: {callbacks: {c: {$ref: '#/components/callbacks/C'}}}}}
        components:
          callbacks:
            C: {'{$url}': {post: {callbacks: {again: {$ref: '#/components/callbacks/C'}}}}}
    """)

    assert ["circular-callback"] == [found.code for found in reading.diagnostics]
    assert () == reading.api.operations[0].callbacks[0].callbacks


def test_operation_ids_that_are_not_unique(describe: Callable[..., Reading]) -> None:
    """Two operations with one operationId are both there, and the second is reported."""
    reading = describe("paths: {/a: {get: {operationId: x}, put: {operationId: x}}}")

    assert 2 == len(reading.api.operations)
    assert ["duplicate-operation-id"] == [found.code for found in reading.diagnostics]
