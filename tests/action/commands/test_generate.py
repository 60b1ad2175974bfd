"""`specloom generate`: a folder that people edit as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]
    Describe = Callable[..., bytes]
    Clone = Any

SCHEMAS = Path(__file__).resolve().parents[3] / "docs/json"


@pytest.fixture
def spec(tmp_path: Path, describe: Describe) -> Path:
    """Return a description."""
    path = tmp_path / "a.json"
    path.write_bytes(describe("pets"))
    return path


def test_the_document_lists_every_file_with_its_digest(run: Run, spec: Path, tmp_path: Path) -> None:
    """What is on disk is what is listed."""
    out = tmp_path / "out"
    document = run("generate", spec, "-o", out, "--json").json
    Draft202012Validator(json.loads((SCHEMAS / "generate.schema.json").read_text())).validate(document)
    listed = {file["path"] for file in document["files"]}
    on_disk = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert (listed, {".specloom/provenance.json"}) == (on_disk & listed, on_disk - listed)
    assert {"added"} == {file["status"] for file in document["files"]}


def test_a_second_run_writes_nothing(run: Run, spec: Path, tmp_path: Path) -> None:
    """Not even the time of a file changes."""
    out = tmp_path / "out"
    run("generate", spec, "-o", out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    result = run("generate", spec, "-o", out)
    assert (True, times) == ("up to date" in result.out, {path: path.stat().st_mtime_ns for path in out.rglob("*")})


def test_only_what_changed_is_written_and_hand_edits_stay(
    run: Run, spec: Path, tmp_path: Path, describe: Describe
) -> None:
    """An edited file that the generator does not touch stays; one that it must change is merged or left."""
    out = tmp_path / "out"
    run("generate", spec, "-o", out)
    readme = out / "sdk/python/README.md"
    readme.write_text(readme.read_text() + "\nMine.\n")
    spec.write_bytes(describe("pets", "users"))
    document = run("generate", spec, "-o", out, "--json").json
    assert readme.read_text().endswith("\nMine.\n")
    assert "users" in (out / "sdk/python/api.md").read_text()
    assert "unchanged" in {file["status"] for file in document["files"]}


def test_foreign_files_are_never_overwritten(run: Run, spec: Path, tmp_path: Path) -> None:
    """A first generation into a folder with something in it leaves that alone, and says so."""
    mine = tmp_path / "out/sdk/python/README.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    document = run("generate", spec, "-o", tmp_path / "out", "--json").json
    assert [("sdk/python/README.md", "no-base")] == [(item["path"], item["reason"]) for item in document["conflicts"]]
    assert "mine" == mine.read_text()


def test_links_that_lead_out_are_not_followed(run: Run, spec: Path, tmp_path: Path) -> None:
    """Nothing is written outside the folder."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/sdk").symlink_to("../elsewhere")
    result = run("generate", spec, "-o", tmp_path / "out", "--json")
    assert (0, []) == (result.code, list((tmp_path / "elsewhere").iterdir()))
    assert {"no-base"} == {item["reason"] for item in result.json["conflicts"]}


def test_check_writes_nothing_and_fails_when_something_would_be_written(
    run: Run, spec: Path, tmp_path: Path, describe: Describe
) -> None:
    """A gate for pipelines that commit what is generated."""
    out = tmp_path / "out"
    assert (1, False) == (run("generate", spec, "-o", out, "--check").code, out.exists())
    run("generate", spec, "-o", out)
    assert 0 == run("generate", spec, "-o", out, "--check").code
    spec.write_bytes(describe("users"))
    assert 1 == run("generate", spec, "-o", out, "--check").code


def test_another_version_of_a_description_updates_what_the_first_one_made(
    run: Run, clone: Clone, tmp_path: Path, describe: Describe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder belongs to the output, not to the path that the description has this time."""
    clone.commit({"v1/a.json": describe("pets"), "v2/a.json": describe("users")})
    monkeypatch.chdir(clone.folder)
    out = tmp_path / "out"
    run("generate", "HEAD:v1/a.json", "-o", out)
    document = run("generate", "HEAD:v2/a.json", "-o", out, "--json").json
    assert ([], True) == (document["conflicts"], "users" in (out / "sdk/python/api.md").read_text())


def test_options_come_from_the_config(run: Run, clone: Clone, tmp_path: Path, describe: Describe) -> None:
    """The one beside the description."""
    config = b"targets: {sdk/python: {module_name: petshop}}"
    clone.commit({"a.json": describe("pets"), ".github/specloom.yml": config})
    run("generate", clone.folder / "a.json", "-o", tmp_path / "out")
    assert (tmp_path / "out/sdk/python/src/petshop/__init__.py").is_file()


@pytest.mark.parametrize(
    ("words", "text"), [(["--target", "sdk/cobol"], "there is no target sdk/cobol"), (["-o", "FILE"], "is a file")]
)
def test_mistakes_are_named(run: Run, spec: Path, tmp_path: Path, words: list[str], text: str) -> None:
    """And nothing is written."""
    words = [str(spec) if word == "FILE" else word for word in words]
    result = run("generate", spec, *(words if "-o" in words else [*words, "-o", tmp_path / "out"]))
    assert (1, True, False) == (result.code, text in result.err, (tmp_path / "out").exists())
