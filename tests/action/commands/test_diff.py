"""`specloom diff`: every format, and the gate."""

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
def sides(tmp_path: Path, describe: Describe) -> tuple[Path, Path]:
    """Return two versions: an operation goes, another comes."""
    base, head = tmp_path / "base.json", tmp_path / "head.json"
    base.write_bytes(describe("pets", "orders"))
    head.write_bytes(describe("pets", "users"))
    return base, head


@pytest.mark.parametrize("form", [["--json"], ["--format", "json"]])
def test_the_document_is_what_its_schema_promises(run: Run, sides: tuple[Path, Path], form: list[str]) -> None:
    """One removed operation is one breaking change."""
    document = run("diff", *sides, *form).json
    Draft202012Validator(json.loads((SCHEMAS / "diff.schema.json").read_text())).validate(document)
    assert [("breaking", "GET /orders"), ("safe", "GET /users")] == [
        (change["severity"], change["subject"]) for change in document["changes"]
    ]
    assert "major" == document["bump"]


@pytest.mark.parametrize(
    ("form", "words"),
    [("text", "breaking"), ("markdown", "### API drift"), ("html", "<!doctype html>"), ("sarif", '"version": "2.1.0"')],
)
def test_formats_for_people_and_tools(run: Run, sides: tuple[Path, Path], form: str, words: str) -> None:
    """Each is complete on stdout."""
    result = run("diff", *sides, "--format", form)
    assert (0, True) == (result.code, words.lower() in result.out.lower())


@pytest.mark.parametrize(("gate", "code"), [("breaking", 1), ("risky", 1), ("any", 1), ("never", 0)])
def test_the_gate_fails_after_the_answer(run: Run, sides: tuple[Path, Path], gate: str, code: int) -> None:
    """The document is complete either way."""
    result = run("diff", *sides, "--json", "--fail-on", gate)
    assert (code, 2) == (result.code, len(result.json["changes"]))


def test_equal_versions_pass_every_gate(run: Run, sides: tuple[Path, Path]) -> None:
    """No change, no failure."""
    result = run("diff", sides[0], sides[0], "--json", "--fail-on", "any")
    assert (0, [], "none") == (result.code, result.json["changes"], result.json["bump"])


def test_changes_accepted_in_the_config_do_not_fail_the_gate(
    run: Run, clone: Clone, describe: Describe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They stay in the list, marked with the reason; after their last day they count again."""
    config = "drift: {accept: [{rule: operation-removed*, reason: nobody used it, expires: 2026-01-31}]}"
    clone.commit({"a.json": describe("pets", "orders")})
    clone.commit({"a.json": describe("pets"), ".github/specloom.yml": config.encode()})
    monkeypatch.chdir(clone.folder)
    codes = []
    for day in ("1769817600", "1769904000"):  # 31 January and 1 February 2026
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        codes.append(run("diff", "HEAD~1:a.json", "HEAD:a.json", "--json", "--fail-on", "any").code)
    assert [0, 1] == codes


def test_a_mistake_in_either_version_names_its_file(run: Run, sides: tuple[Path, Path]) -> None:
    """The excerpt is from the right one."""
    sides[0].write_text('{"openapi": "3.1.0",\n "paths": oops')
    result = run("diff", *sides)
    assert (1, True) == (result.code, "base.json:2" in result.err and "oops" in result.err)
