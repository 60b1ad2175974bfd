"""`specloom export`: one archive with everything that is generated."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]
    Describe = Callable[..., bytes]
    Clone = Any

SCHEMA = Path(__file__).resolve().parents[3] / "docs/json/export.schema.json"
MODELS = "sdk/python/src/shop/__init__.py"


@pytest.fixture
def shop(clone: Clone, describe: Describe, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """Return a repository with a description and a file beside what will be generated, as the current folder."""
    clone.commit({"openapi.json": describe("pets"), "sdk/python/examples/first.py": b"print(1)\n"})
    monkeypatch.chdir(clone.folder)
    return clone


def test_the_archive_holds_what_apply_would_leave(run: Run, shop: Clone, tmp_path: Path) -> None:
    """Generated files, people's files beside them, the record; no branch is made."""
    document = run("export", "--zip", tmp_path / "all.zip", "--json").json
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(document)
    with ZipFile(tmp_path / "all.zip") as archive:
        names = archive.namelist()
        assert b"print(1)\n" == archive.read("sdk/python/examples/first.py")
    assert document["files"] == names == sorted(names)
    assert {MODELS, ".specloom/provenance.json"} <= set(names)
    assert "openapi.json" not in names
    assert "" == shop.git("branch", "--list", "specloom/*")


def test_the_archive_holds_hand_edits(run: Run, shop: Clone, tmp_path: Path) -> None:
    """What was edited on the branch is exported from there."""
    run("apply")
    shop.git("switch", "--quiet", "specloom/update")
    edited = (shop.folder / MODELS).read_bytes() + b"\nEDITED = True\n"
    shop.commit({MODELS: edited})
    assert 0 == run("export", "--zip", tmp_path / "all.zip").code
    with ZipFile(tmp_path / "all.zip") as archive:
        assert edited == archive.read(MODELS)


def test_the_same_commit_gives_the_same_archive(run: Run, shop: Clone, tmp_path: Path) -> None:
    """To the byte."""
    assert shop
    digests = {run("export", "--zip", tmp_path / name, "--json").json["sha256"] for name in ("a.zip", "b.zip")}
    assert {hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest()} == digests


def test_where_nothing_is_generated_nothing_is_written(
    run: Run, clone: Clone, describe: Describe, tmp_path: Path
) -> None:
    """And the next step is said."""
    clone.commit({"openapi.json": describe("pets"), ".github/specloom.yml": b"targets: {}\n"})
    result = run("export", "--zip", tmp_path / "all.zip", "-C", clone.folder)
    assert (1, False) == (result.code, (tmp_path / "all.zip").exists())
    assert "name a target under `targets:`" in result.err
