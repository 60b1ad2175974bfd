"""One operation of an OpenAPI description written in a test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json
    from specloom.readers import Reading


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """Return a function that reads `GET /things` with this answer.

    Parameters are given as name → schema, all in the query; `method`, `path`, `body`, the answer's `headers`,
    `schemas`, members of the operation and of the `root` by keyword.
    """

    def run(answer: Json, parameters: Json = None, **rest: Json) -> Reading:
        method, path = rest.pop("method", "get"), rest.pop("path", "/things")
        body, headers, schemas = rest.pop("body", None), rest.pop("headers", {}), rest.pop("schemas", {})
        operation = {
            "parameters": [
                {"name": name, "in": "query", "schema": schema} for name, schema in (parameters or {}).items()
            ],
            "responses": {
                "200": {"description": "", "headers": headers, "content": {"application/json": {"schema": answer}}}
            },
            **({"requestBody": {"content": {"application/json": {"schema": body}}}} if body else {}),
            **rest.pop("operation", {}),
        }
        root = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "components": {"schemas": schemas}}
        content = json.dumps({**root, "paths": {path: {method: operation}}, **rest.pop("root", {})}, indent=1)
        return read(FileTree({"api.json": content.encode()}), "api.json")

    return run
