"""Real descriptions, all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from specloom.adapters.directory import Directory
from specloom.readers import discover, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.readers import Reading

pytestmark = pytest.mark.corpus

ROW = re.compile(
    r"\| \[(?P<name>[^\]]+)\]\(dev/openapi/(?P<folder>[^/]+)/(?P<path>[^)]+)\) .*"
    r"\| (?P<version>[\d.]+) (?:yaml|json) \| [\d,]+ \| (?P<files>[\d,]+) "
    r"\| (?P<operations>[\d,]+) \| (?P<schemas>[\d,]+) \|"
)


@dataclass(frozen=True)
class Row:
    """What the corpus' README says about a description; `schemas` counts those of the root file."""

    folder: str
    path: str
    version: str
    files: int
    operations: int
    schemas: int


def rows(corpus: Path) -> list[Row]:
    """Return the rows of the README's table."""
    found = [match.groupdict() for match in ROW.finditer((corpus.parent / "README.md").read_text())]
    numbers = ("files", "operations", "schemas")
    return [
        Row(
            **{key: int(row[key].replace(",", "")) for key in numbers},
            **{key: row[key] for key in ("folder", "path", "version")},
        )
        for row in found
    ]


def test_every_description_is_read(corpus: Path, faults: Callable[[Reading], list[str]]) -> None:
    """Operations and schemas are as many as independent counts say, and the model keeps its promises."""
    table = rows(corpus)
    wrong = []
    for row in table:
        reading = read(Directory(corpus / "openapi" / row.folder), row.path)
        api = reading.api
        in_root = [name for name, schema in api.schemas.items() if row.files == 1 or schema.span.path == row.path]
        # A reference deep into the description adds a name; the README counts what is declared.
        counts = (len(api.operations), len(api.schemas) if row.files == 1 else max(len(in_root), row.schemas))
        if counts != (row.operations, row.schemas) or faults(reading):
            wrong.append((row.folder, counts, faults(reading)[:3]))
        assert row.version[:3] == api.source.format[-3:]

    assert 29 == len(table)
    assert [] == wrong


def test_every_description_is_found(corpus: Path) -> None:
    """Roots are told from the thousands of files that they refer to, without parsing any."""
    found = discover(Directory(corpus / "openapi"))

    assert sorted(f"{row.folder}/{row.path}" for row in rows(corpus)) == sorted(found)


def test_spans_point_at_what_they_are_of(corpus: Path) -> None:
    """The lines of every operation of a real description begin with its method, and those of a schema with its name."""
    tree = Directory(corpus / "openapi" / "discord-v31")
    api = read(tree, "openapi.json").api
    lines = (tree.read("openapi.json") or b"").decode().split("\n")

    assert all(f'"{item.method.lower()}": {{' in lines[item.span.start - 1] for item in api.operations)
    assert all(lines[item.span.end - 1].strip() in ("}", "},") for item in api.operations)
    assert all(f'"{name}": {{' in lines[schema.span.start - 1] for name, schema in api.schemas.items())
