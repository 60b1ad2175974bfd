"""Reading collections written in a test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from specloom.model.source import Source
from specloom.readers.postman import read_collection
from specloom.readers.spec_file import SpecFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


@pytest.fixture
def read() -> Callable[..., tuple[Api, tuple[Diagnostic, ...]]]:
    """Return a function that reads a collection with these items, other members given by keyword."""

    def run(*items: Json, **members: Json) -> tuple[Api, tuple[Diagnostic, ...]]:
        root = {"info": {"name": "Shop", "schema": SCHEMA}, "item": [*items], **members}
        spec = SpecFile("shop.json", json.dumps(root, indent=1).encode())
        source = Source(path="shop.json", format="postman-2.1", files=("shop.json",), digest="")
        return read_collection(spec.document, source)

    return run


@pytest.fixture
def request_item() -> Callable[..., Json]:
    """Return a function that makes an item of a URL, members of the request given by keyword."""

    def make(url: Json, name: str = "a request", response: Json = None, **members: Json) -> Json:
        return {"name": name, "request": {"method": "GET", "url": url, **members}, "response": response or []}

    return make
