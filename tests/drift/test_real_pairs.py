"""The table of real versions in docs/drift.md is what comes out today."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from specloom import drift
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from specloom.model.api import Api

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/drift.md"
ROW: Final = re.compile(r"^\| (\d\d) [^|]*\| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)
ROOT: Final = "specification/DigitalOcean-public.v2.yaml"


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _side(corpus: Path, pair: Path, side: str) -> Api:
    """Read one side; of the pairs that keep changed leaf files only, over the whole description."""
    if (pair / side).is_dir():
        files = _files(corpus / "openapi/digitalocean-v30") | _files(pair / side)
        return read(FileTree(files), ROOT).api
    (file,) = pair.glob(f"{side}.*")
    name = f"api{file.suffix}"
    return read(FileTree({name: file.read_bytes()}), name).api


@pytest.mark.corpus
@pytest.mark.parametrize("row", ROW.findall(PAGE.read_text("utf-8")), ids=lambda row: row[0])
def test_the_table_holds(corpus: Path, row: tuple[str, ...]) -> None:
    """As many breaking, risky and safe changes as the page says, and everything has lines."""
    number, *counts = row
    (pair,) = (corpus / "drift").glob(f"{number}-*")
    found = drift.compare(_side(corpus, pair, "a"), _side(corpus, pair, "b"))
    graded = Counter(change.severity.value for change in found.changes)
    assert [int(count) for count in counts] == [graded["breaking"], graded["risky"], graded["safe"]]
    assert [change.subject for change in found.changes if change.base is None and change.head is None] == []
