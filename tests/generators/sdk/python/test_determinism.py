"""The same description gives the same bytes: in every process, and whatever the order of its keys."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.generator import Generated

ROOT = Path(__file__).resolve().parents[4]

_SCRIPT = """
import sys, hashlib
from pathlib import Path
from generators.sdk.python import GENERATOR
from specloom.model.files import FileTree
from specloom.readers import read
api = read(FileTree({"a": Path(sys.argv[1]).read_bytes()}), "a").api
print(GENERATOR.generate(api, GENERATOR.options()).files.id)
"""


def _shuffled(value: Any, rng: random.Random) -> Any:  # noqa: ANN401 -- a JSON value
    if isinstance(value, dict):
        items = [(key, _shuffled(item, rng)) for key, item in value.items()]
        rng.shuffle(items)
        return dict(items)
    return [_shuffled(item, rng) for item in value] if isinstance(value, list) else value


@pytest.fixture
def museum(corpus: Path) -> dict[str, Any]:
    """Return a description of a thousand lines with enums, unions, forms and streams."""
    return json.loads((corpus / "openapi/meilisearch-v31/open-api.json").read_text())


@pytest.mark.corpus
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_keys_has_no_influence(
    seed: int, museum: dict[str, Any], generate: Callable[..., Generated]
) -> None:
    """Schemas, paths, properties and media types in any order give one tree."""
    expected = generate(museum).files
    found = generate(_shuffled(museum, random.Random(seed))).files  # noqa: S311 -- a shuffle
    assert {path for path in expected.files if expected.files[path] != found.files.get(path)} == set()
    assert expected.id == found.id


@pytest.mark.corpus
def test_processes_with_other_hash_seeds_and_locales_write_the_same(corpus: Path) -> None:
    """Neither PYTHONHASHSEED nor the locale nor the time zone shows."""
    path = corpus / "openapi/figma-v31/openapi.yaml"
    ids = set()
    for seed, lang, zone in (
        ("0", "C", "UTC"),
        ("1", "tr_TR.UTF-8", "Asia/Tokyo"),
        ("99", "en_US.UTF-8", "America/Lima"),
    ):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LANG": lang, "LC_ALL": lang, "TZ": zone, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(path)], env=env, capture_output=True, text=True, check=True
        )
        ids.add(done.stdout)
    assert len(ids) == 1


def test_an_operation_more_rewrites_only_what_depends_on_it(
    generate: Callable[..., Generated], document: Callable[..., dict[str, Any]]
) -> None:
    """A new operation touches its resource, and the two documents that list everything."""
    schemas = {"Pet": {"type": "object", "properties": {"id": {"type": "string"}}}}
    ref = {"$ref": "#/components/schemas/Pet"}
    answer = {"200": {"description": "", "content": {"application/json": {"schema": ref}}}}
    paths = {
        "/pets": {"get": {"tags": ["pets"], "operationId": "listPets", "responses": answer}},
        "/owners": {"get": {"tags": ["owners"], "operationId": "listOwners", "responses": answer}},
    }
    before = generate(document(paths, schemas)).files.files
    paths["/pets/{id}"] = {"get": {"tags": ["pets"], "operationId": "getPet", "responses": answer}}
    after = generate(document(paths, schemas)).files.files
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert changed == {"sdk/python/src/zoo/resources/pets.py", "sdk/python/api.md"}
