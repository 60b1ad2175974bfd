"""What the docstrings of methods say about arguments."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

LONG = "x" * 100


@pytest.mark.parametrize(
    ("description", "default", "expected"),
    [
        ("How many", 20, "size: How many. The default is `20`."),
        ("", "small", "size: The default is `'small'`."),
        ("Which one.", False, "size: Which one. The default is `False`."),
        ("By default all.", 20, "size: By default all."),
        ("Which one.", None, "size: Which one."),
        ("Which one.", [1], "size: Which one."),
        ("Which one.", LONG, "size: Which one."),
        ("One of\n\n- a\n- b", "a", "size: One of\n\n        - a\n        - b\n\n        The default is `'a'`."),
    ],
)
def test_the_default_of_an_argument_is_said_once(
    sdk: Callable[..., ModuleType], document: Callable[..., Any], description: str, default: object, expected: str
) -> None:
    """It is what the server takes where the argument is left out; lists and long texts say nothing to a reader."""
    size = {"name": "size", "in": "query", "description": description, "schema": {"default": default}}
    package = sdk(
        document(
            {"/pets": {"get": {"operationId": "listPets", "tags": ["pets"], "parameters": [size], "responses": {}}}}
        )
    )
    said = inspect.getdoc(type(package.Zoo().pets).list) or ""
    _, _, arguments = said.partition("Args:\n    ")
    assert expected == arguments.partition("\n    **options")[0]
