"""What is derived from the code is what stands in `docs/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from action.commands import ALL
from action.docs import derived, write

if TYPE_CHECKING:
    from collections.abc import Mapping

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    """Return every derived file."""
    return derived()


def test_the_docs_are_not_stale(files: Mapping[str, str]) -> None:
    """`make docs` renews them."""
    stale = [path for path, text in files.items() if not (DOCS / path).is_file() or (DOCS / path).read_text() != text]
    assert [] == stale, "run `make docs`"


def test_no_schema_is_left_over(files: Mapping[str, str]) -> None:
    """A command that is gone takes its schema along."""
    assert [] == [path.name for path in DOCS.glob("json/*") if f"json/{path.name}" not in files]


def test_every_schema_is_one(files: Mapping[str, str]) -> None:
    """Editors and programs can use them as they are."""
    for path, text in files.items():
        if path.endswith(".json"):
            Draft202012Validator.check_schema(json.loads(text))


def test_every_command_is_in_the_reference(files: Mapping[str, str]) -> None:
    """With its help."""
    assert [] == [command.name for command in ALL if f"## `specloom {command.name}`" not in files["cli.md"]]


def test_every_config_key_is_explained(files: Mapping[str, str]) -> None:
    """A key without a meaning is of no use to anybody."""
    rows = [line for line in files["configuration.md"].splitlines() if line.startswith("| `")]
    assert [] == [row for row in rows if row.rstrip().endswith("|  |")]


def test_writing_twice_writes_nothing(tmp_path: Path, files: Mapping[str, str]) -> None:
    """Only what changed is touched."""
    assert (sorted(files), []) == (sorted(write(tmp_path)), write(tmp_path))
