"""Parts of descriptions, read inside the smallest description that holds them."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Operation
    from specloom.model.schema import Schema
    from specloom.readers import Reading

HEADS = {
    "2.0": "swagger: '2.0'\ninfo: {title: T, version: '1'}\n",
    "3.0": "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n",
    "3.1": "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n",
    "3.2": "openapi: 3.2.0\ninfo: {title: T, version: '1'}\n",
}


@pytest.fixture
def describe(reading: Callable[..., Reading]) -> Callable[..., Reading]:
    """Return a function that reads a description of some version, given without its head."""

    def run(text: str, version: str = "3.1", files: dict[str, str] | None = None) -> Reading:
        return reading(HEADS[version] + dedent(text), files)

    return run


@pytest.fixture
def operation(describe: Callable[..., Reading]) -> Callable[..., Operation]:
    """Return a function that reads one operation, `POST /things/{id}`, given as YAML."""

    def run(text: str, version: str = "3.1", rest: str = "", path: str = "/things") -> Operation:
        body = f"paths:\n  {path}:\n    post:\n{indent(dedent(text), ' ' * 6)}\n{dedent(rest)}"
        return describe(body, version).api.operations[0]

    return run


@pytest.fixture
def schema(describe: Callable[..., Reading]) -> Callable[..., Schema]:
    """Return a function that reads one schema, given as YAML, beside the schemas `Pet` and `Cat`."""

    def run(text: str, version: str = "3.1") -> Schema:
        others = "Pet: {type: object}\nCat: {type: object}\nIt:\n" + indent(dedent(text), "  ")
        if version == "2.0":
            return describe("definitions:\n" + indent(others, "  "), version).api.schemas["It"]
        return describe("components:\n  schemas:\n" + indent(others, "    "), version).api.schemas["It"]

    return run
