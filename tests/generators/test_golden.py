"""What is generated from a small API, file by file, for people to read in reviews; `make golden` renews it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generators import ALL
from specloom.model.files import FileTree
from specloom.readers import read

GOLDEN = Path(__file__).parents[1] / "golden"
RUNTIME = "/_core/"
"""The same for every API, and tested by itself."""


@pytest.mark.parametrize(("api", "target"), [("library", "sdk/python")])
def test_what_is_generated_is_what_was_read(request: pytest.FixtureRequest, api: str, target: str) -> None:
    """Byte for byte, and no file more or less."""
    folder = GOLDEN / api
    reading = read(FileTree({"openapi.yaml": (folder / "openapi.yaml").read_bytes()}), "openapi.yaml")
    generator = next(generator for generator in ALL if generator.target == target)
    generated = generator.generate(reading.api, generator.options()).files.files
    expected = {path: content.decode() for path, content in generated.items() if RUNTIME not in path}
    if request.config.getoption("--golden"):
        _write(folder, target, expected)
    found = {file.relative_to(folder).as_posix() for file in (folder / target).rglob("*") if file.is_file()}
    assert found == set(expected)
    for path, text in expected.items():
        assert (folder / path).read_bytes().decode() == text, f"{path} has changed; if it is meant, `make golden`"


def test_the_description_of_a_golden_is_read_without_complaint() -> None:
    """It shows how a description should be written, too."""
    for description in sorted(GOLDEN.glob("*/openapi.yaml")):
        reading = read(FileTree({"openapi.yaml": description.read_bytes()}), "openapi.yaml")
        assert (reading.diagnostics, description) == ((), description)


def _write(folder: Path, target: str, files: dict[str, str]) -> None:
    shutil.rmtree(folder / target, ignore_errors=True)
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
