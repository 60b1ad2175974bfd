"""Mutated descriptions: whatever the reader lets through, the generator writes valid Python for."""

from __future__ import annotations

import ast
import copy
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from specloom.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.model.generator import Generated

MESSY = Path(__file__).resolve().parents[3] / "conformance/messy.yaml"
JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, "", [], {}, ["a"], {"a": 1}),
    *("x", "class", "list", "Any", "self", "models", "dt", "__init__", "+1", "名前", "a.b"),
    *("object", "array", "null", "binary", "deepObject", "path", "query", "multipart/form-data"),
    {"$ref": "#/components/schemas/Customer"},
    {"$ref": "#/components/schemas/Nope"},
    {"type": "object", "properties": {"a": {}}},
    {"oneOf": [{"type": "string"}, {"type": "null"}]},
    {"enum": []},
    {"enum": ["a", "A", 1, None, True, 1.5, {}]},
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 -- a JSON value
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


def _mutated(document: Any, rng: random.Random) -> Any:  # noqa: ANN401 -- a JSON value
    document = copy.deepcopy(document)
    for _ in range(rng.choice([1, 5, 25])):
        container, key = rng.choice(list(_places(document)))
        choice = rng.random()
        if choice < 0.2:
            del container[key]
        elif choice < 0.4 and isinstance(container, dict):
            container[str(rng.choice(JUNK))] = container.pop(key)
        else:
            container[key] = copy.deepcopy(rng.choice(JUNK))
    return document


@pytest.mark.parametrize("seed", range(20))
def test_mutated_descriptions_give_valid_python(seed: int, generate: Callable[..., Generated]) -> None:
    """No exception but the reader's own, and every file parses."""
    document = _mutated(yaml.safe_load(MESSY.read_text(encoding="utf-8")), random.Random(seed))  # noqa: S311 -- a choice
    try:
        generated = generate(document)
    except UserError:
        return
    for path, content in generated.files.files.items():
        if path.endswith(".py") and "/_core/" not in path:
            ast.parse(content, path)
