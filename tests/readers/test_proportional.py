"""Twice the description is about twice the work, counted in calls, however its parts refer to each other."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json

SHARED = {"$ref": "#/components/schemas/Shared"}


def _description(operations: int, schemas: dict[str, Json]) -> bytes:
    content = {"application/json": {"schema": SHARED}}
    answers = {"200": {"description": "done", "content": content}}
    paths = {
        f"/part{number}": {"post": {"requestBody": {"content": content}, "responses": answers}}
        for number in range(operations)
    }
    root = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return json.dumps(root, indent=1).encode()


def _object(names: list[str]) -> Json:
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}}


def _many_fields(size: int) -> bytes:
    """Read many operations that share one schema of as many properties."""
    return _description(size, {"Shared": _object([f"field_{number}" for number in range(size)])})


def _many_lists(size: int) -> bytes:
    """Read many operations that share one schema of as many lists."""
    lists = {f"list_{number}": {"type": "array", "items": SHARED} for number in range(size)}
    return _description(size, {"Shared": {"type": "object", "properties": lists}})


def _chain(size: int) -> bytes:
    """Read one operation, and a chain of schemas each of which extends the one before."""
    chain = {
        f"S{number}": {"allOf": [{"$ref": f"#/components/schemas/S{number - 1}"}, _object([f"field_{number}"])]}
        for number in range(1, size)
    }
    return _description(
        1, {"S0": _object(["field_0"]), **chain, "Shared": {"$ref": f"#/components/schemas/S{size - 1}"}}
    )


def _work(content: bytes) -> int:
    calls = 0

    def count(_frame: object, _event: str, _arg: object) -> None:
        nonlocal calls
        calls += 1

    tree = FileTree({"api.json": content})
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(tree, "api.json")
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("describe", [_many_fields, _many_lists, _chain])
def test_twice_the_description_is_twice_the_work(describe: Callable[[int], bytes]) -> None:
    """No part is looked at once for every part that refers to it."""
    _work(describe(1))  # what is done once in the life of a process
    assert _work(describe(400)) < 2.5 * _work(describe(200))
