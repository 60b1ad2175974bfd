"""Two descriptions written in a test, and what drifts between them."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom import drift
from specloom.model.files import FileTree
from specloom.model.policy import DEFAULT, Policy
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.change import Drift


def _load(document: dict[str, Any] | str, name: str = "api.json") -> Api:
    content = document if isinstance(document, str) else json.dumps(document, indent=1)
    return read(FileTree({name: content.encode()}), name).api


def _compare(base: dict[str, Any] | str, head: dict[str, Any] | str, policy: Policy = DEFAULT) -> Drift:
    return drift.compare(_load(base), _load(head), policy=policy)


def _description(**parts: dict[str, Any]) -> dict[str, Any]:
    """Return a small OpenAPI 3.1 description; `operation` replaces what `POST /things` says."""
    operation = {"responses": {"200": {"description": "fine"}}, **parts.pop("operation", {})}
    return copy.deepcopy(
        {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/things": {"post": operation}}, **parts}
    )


@pytest.fixture(scope="session")
def load() -> Callable[..., Api]:
    """Return what reads a description from a dict or a text."""
    return _load


@pytest.fixture(scope="session")
def compare() -> Callable[..., Drift]:
    """Return what compares two descriptions given as dicts or texts."""
    return _compare


@pytest.fixture(scope="session")
def description() -> Callable[..., dict[str, Any]]:
    """Return what builds a small description around the parts under test."""
    return _description
