"""`specloom read`: inputs of every kind, for people and for programs."""

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


def test_the_document_is_what_its_schema_promises(run: Run, tmp_path: Path, describe: Describe) -> None:
    """Names and places of all operations, with the rest."""
    (tmp_path / "a.json").write_bytes(describe("pets"))
    document = run("read", tmp_path / "a.json", "--json").json
    Draft202012Validator(json.loads((SCHEMAS / "read.schema.json").read_text())).validate(document)
    assert ("Shop", "1.0.0", "openapi-3.1", []) == tuple(
        document[key] for key in ("title", "version", "format", "schemas")
    )
    (operation,) = document["operations"]
    assert ("GET /pets", {"path": "a.json", "start": 14, "end": 21}) == (operation["key"], operation["span"])


def test_people_see_a_summary(run: Run, tmp_path: Path, describe: Describe) -> None:
    """Without colours where it does not go to a terminal."""
    (tmp_path / "a.json").write_bytes(describe("pets"))
    result = run("read", tmp_path / "a.json")
    assert (0, True, False) == (result.code, "GET /pets" in result.out, "\x1b" in result.out)


def test_a_folder_with_one_description_is_enough(run: Run, tmp_path: Path, describe: Describe) -> None:
    """It is found by its content."""
    (tmp_path / "api").mkdir()
    (tmp_path / "api/shop.json").write_bytes(describe("pets"))
    (tmp_path / "package.json").write_text("{}")
    assert ["api/shop.json"] == run("read", tmp_path, "--json").json["files"]


def test_a_folder_with_several_descriptions_asks_which(run: Run, tmp_path: Path, describe: Describe) -> None:
    """It names them."""
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(describe("pets"))
    result = run("read", tmp_path)
    assert (1, True) == (result.code, "a.json, b.json" in result.err)


def test_revisions_are_read_from_git(
    run: Run, clone: Clone, describe: Describe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file, a folder, and a path relative to where one stands."""
    clone.commit({"api/shop.json": describe("old")})
    clone.commit({"api/shop.json": describe("new")})
    monkeypatch.chdir(clone.folder / "api")
    texts = ("HEAD~1:api/shop.json", "HEAD~1:api", "HEAD~1:", "HEAD~1:./shop.json", "shop.json")
    found = [run("read", text, "--json").json["operations"][0]["key"] for text in texts]
    assert ["GET /old"] * 4 + ["GET /new"] == found


@pytest.mark.parametrize("text", ["nothing.yaml", "HEAD:nothing.yaml", "nowhere:a.json", "HEAD:../../etc/passwd"])
def test_what_is_not_there_is_a_users_error(
    run: Run, clone: Clone, describe: Describe, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """With the name that was typed."""
    clone.commit({"a.json": describe("a")})
    monkeypatch.chdir(clone.folder)
    result = run("read", text)
    assert (1, "", False) == (result.code, result.out, "Traceback" in result.err)


def test_references_stay_inside_the_repository(run: Run, tmp_path: Path, clone: Clone) -> None:
    """A description of somebody else may not show files of this machine."""
    (tmp_path / "secret.json").write_text('{"type": "object", "title": "SECRET"}')
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {},
        "components": {
            "schemas": {"A": {"$ref": "../../secret.json"}, "B": {"$ref": "../b.json"}, "C": {"$ref": "/etc/hostname"}}
        },
    }
    clone.commit({"api/shop.json": json.dumps(document).encode(), "b.json": b'{"type": "string"}'})
    result = run("read", clone.folder / "api/shop.json", "--json")
    assert (0, ["api/shop.json", "b.json"], False) == (result.code, result.json["files"], "SECRET" in result.out)
    assert 2 == len([item for item in result.json["diagnostics"] if "unresolved" in item["code"]])


def test_the_root_can_be_widened_by_hand(run: Run, tmp_path: Path) -> None:
    """Outside a repository a file's folder is all that is read, until --root says otherwise."""
    document = {"openapi": "3.1.0", "info": {"title": "S", "version": "1"}, "paths": {}}
    document["components"] = {"schemas": {"A": {"$ref": "../b.json"}}}
    (tmp_path / "api").mkdir()
    (tmp_path / "api/shop.json").write_text(json.dumps(document))
    (tmp_path / "b.json").write_text('{"type": "string"}')
    narrow = run("read", tmp_path / "api/shop.json", "--json").json
    wide = run("read", tmp_path / "api/shop.json", "--json", "--root", tmp_path).json
    assert (["shop.json"], ["api/shop.json", "b.json"]) == (narrow["files"], wide["files"])


def test_a_link_that_leads_out_of_the_repository_is_not_read(run: Run, tmp_path: Path, clone: Clone) -> None:
    """A repository of somebody else may not choose what is read of this machine."""
    (tmp_path / "secret.json").write_text('{"openapi": "3.1.0", "info": {"title": "SECRET"}}')
    (clone.folder / "openapi.json").symlink_to("../secret.json")
    result = run("read", clone.folder / "openapi.json", "--json")
    assert (1, False, True) == (result.code, "SECRET" in result.out + result.err, "--root" in result.err)
