"""Generated Python SDKs of real descriptions: every operation a method, nothing for type checkers or ruff to say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("python_sdk.py")
SAMPLE = ("readme-schema-types-v31", "newman-echo")
"""Small ones with much in them: every kind of schema, and a collection without any."""


def _run(tmp_path: Path, *arguments: str) -> list[dict[str, object]]:
    report = tmp_path / "report.json"
    command = [sys.executable, str(SCRIPT), "--json", str(report), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(report.read_text())


@pytest.mark.timeout(300)
def test_everything_that_has_broken_a_generator_at_once(tmp_path: Path) -> None:
    """Colliding names, empty enumerations, contradictions, loops, odd media types: typed, and every operation there."""
    (row,) = _run(tmp_path, str(Path(__file__).with_name("messy.yaml")))
    assert row["operations"] == row["methods"] == 13


@pytest.mark.corpus
@pytest.mark.timeout(300)
def test_a_sample_of_the_corpus_is_clean(tmp_path: Path) -> None:
    """Strict mypy, strict pyright, ruff format and ruff check have nothing to say; all operations are there."""
    rows = _run(tmp_path, *(f"^{name}$" for name in SAMPLE))
    assert {row["name"] for row in rows} == set(SAMPLE)


@pytest.mark.corpus
@pytest.mark.conformance
@pytest.mark.timeout(7200)
def test_the_whole_corpus_is_clean(tmp_path: Path) -> None:
    """The same for every OpenAPI, Swagger and Postman file."""
    assert len(_run(tmp_path)) >= len(SAMPLE)
