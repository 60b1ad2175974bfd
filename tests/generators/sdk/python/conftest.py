"""Generated SDKs, imported from a folder of their own."""

from __future__ import annotations

import importlib
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from generators.sdk.python import GENERATOR, Options
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from specloom.model.api import Api
    from specloom.model.generator import Generated

Json = dict[str, Any]


@pytest.fixture
def generate() -> Callable[..., Generated]:
    """Return a function from an OpenAPI document or an `Api`, and options, to what is generated."""

    def run(document: Json | Api, **options: str) -> Generated:
        if isinstance(document, dict):
            tree = FileTree({"openapi.json": json.dumps(document).encode("utf-8", "surrogatepass")})
            document = read(tree, "openapi.json").api
        return GENERATOR.generate(document, Options(**options))

    return run


@pytest.fixture
def sdk(generate: Callable[..., Generated], tmp_path: Path) -> Iterator[Callable[..., ModuleType]]:
    """Return a function that generates the SDK of an OpenAPI document and imports it."""
    imported: list[str] = []

    def build(document: Json | Api, **options: str) -> ModuleType:
        generated = generate(document, **options)
        root = tmp_path / f"sdk{len(imported)}"
        for path, content in generated.files.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        package = next(path.name for path in (root / "sdk/python/src").iterdir())
        _forget(package)
        sys.path.insert(0, str(root / "sdk/python/src"))
        imported.append(str(root / "sdk/python/src"))
        module = importlib.import_module(package)
        for path in generated.files.files:
            if path.endswith(".py") and "/_core/" not in path:
                importlib.import_module(
                    path.removeprefix("sdk/python/src/")[:-3].replace("/", ".").removesuffix(".__init__")
                )
        return module

    yield build
    for folder in imported:
        sys.path.remove(folder)
    importlib.invalidate_caches()


def _forget(package: str) -> None:
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]


@pytest.fixture
def document() -> Callable[..., Json]:
    """Return a function that completes paths and schemas to an OpenAPI 3.1 document."""

    def complete(paths: Json, schemas: Json | None = None, components: Json | None = None, **more: object) -> Json:
        return {
            "openapi": "3.1.0",
            "info": {"title": "Zoo", "version": "1.2.3"},
            "servers": [{"url": "https://zoo.example/v1"}],
            "paths": paths,
            "components": {"schemas": schemas or {}, **(components or {})},
            **more,
        }

    return complete
