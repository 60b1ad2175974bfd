"""`specloom plan` and `apply`: from a changed description to a branch, in a real repository."""

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
BRANCH = "specloom/update"


@pytest.fixture
def shop(clone: Clone, describe: Describe, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """Return a repository with a description, as the current folder."""
    clone.commit({"openapi.json": describe("pets", "orders")})
    monkeypatch.chdir(clone.folder)
    return clone


def validate(document: object, name: str) -> None:
    """Hold a document against the published schema."""
    Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text())).validate(document)


def test_a_plan_is_what_its_schema_promises_and_changes_nothing(run: Run, shop: Clone) -> None:
    """No branch, no file, no ref."""
    before = shop.git("for-each-ref"), shop.git("status", "--porcelain")
    document = run("plan", "--json").json
    validate(document, "plan")
    assert (BRANCH, "Follow Shop 1.0.0", False) == (document["branch"], document["title"], document["empty"])
    assert before == (shop.git("for-each-ref"), shop.git("status", "--porcelain"))


def test_facts_of_the_docs_are_in_the_plan_and_in_one_line_for_people(run: Run, shop: Clone) -> None:
    """With the lines that prove them; the first is commented on, for its file is new."""
    shop.commit({"docs/guide.md": b"# Limits\n\nEvery user may send at most 90 requests per minute.\n"})
    document = run("plan", "--base", "HEAD~1", "--json").json
    validate(document, "plan")
    (fact,) = document["inferences"]
    assert ("rate_limit", 90, False) == (fact["fact_kind"], fact["value"]["limit"], fact["accepted"])
    assert [("docs/guide.md", 3)] == [(item["file"], item["line_start"]) for item in fact["citations"]]
    assert [f"fact-{fact['id']}"] == [item["key"] for item in document["review_comments"]]
    assert "1 fact found in the docs: rate limit" in run("plan").out


def test_apply_makes_one_commit_and_says_where(run: Run, shop: Clone) -> None:
    """Branch, report, next step."""
    result = run("apply")
    assert "1" == shop.git("rev-list", "--count", f"main..{BRANCH}")
    assert all(words in result.out for words in (BRANCH, "report.html", "git push"))
    assert "main" == shop.git("branch", "--show-current")
    assert "" == shop.git("status", "--porcelain")


def test_the_applied_plan_is_what_its_schema_promises(run: Run, shop: Clone, tmp_path: Path) -> None:
    """With the commit and the report's place."""
    document = run("apply", "--json", "--report", tmp_path / "report.html").json
    validate(document, "apply")
    assert (shop.git("rev-parse", BRANCH), True) == (document["commit"], (tmp_path / "report.html").is_file())


def test_after_the_merge_there_is_nothing_to_do(run: Run, shop: Clone) -> None:
    """And `apply` makes no branch out of nothing."""
    run("apply")
    shop.git("merge", "--quiet", BRANCH)
    shop.git("branch", "--delete", BRANCH)
    assert run("plan", "--json").json["empty"]
    result = run("apply", "--json")
    assert (0, None, "") == (result.code, result.json["commit"], shop.git("branch", "--list", BRANCH))


def test_a_hand_edit_and_a_change_meet_on_the_branch(run: Run, shop: Clone, describe: Describe) -> None:
    """The base of the drift is the last generation, without being told."""
    run("apply")
    shop.git("merge", "--quiet", BRANCH)
    readme = shop.folder / "sdk/python/README.md"
    shop.commit({"sdk/python/README.md": readme.read_bytes() + b"\nMine.\n"})
    shop.commit({"openapi.json": describe("pets", "users")})
    shop.commit({"unrelated": b"1"})
    document = run("apply", "--json").json
    changes = run("plan", "--json").json["changes"]
    assert ([], ["GET /orders", "GET /users"]) == (document["conflicts"], [change["subject"] for change in changes])
    assert shop.show(f"{BRANCH}:sdk/python/README.md").endswith(b"\nMine.\n")
    assert b"users" in shop.show(f"{BRANCH}:sdk/python/api.md")


def test_commits_by_hand_on_the_branch_are_kept(run: Run, shop: Clone, describe: Describe) -> None:
    """The next run continues the branch."""
    run("apply")
    shop.git("switch", "--quiet", BRANCH)
    by_hand = shop.commit({"notes": b"mine"})
    shop.git("switch", "--quiet", "main")
    shop.commit({"openapi.json": describe("pets", "users")})
    run("apply")
    assert by_hand in shop.git("log", "--format=%H", BRANCH).split()
    assert b"mine" == shop.show(f"{BRANCH}:notes")
    assert b"users" in shop.show(f"{BRANCH}:sdk/python/api.md")


def test_a_conflict_stays_open_until_somebody_settles_it(run: Run, shop: Clone, describe: Describe) -> None:
    """Running again on the branch neither overwrites the edit nor forgets the conflict."""
    run("apply")
    shop.git("switch", "--quiet", BRANCH)
    path = shop.git("grep", "--files-with-matches", "Find them.", "--", "*.py").splitlines()[0]
    shop.commit({path: shop.show(f"{BRANCH}:{path}").replace(b"Find them.", b"Mine.")})
    shop.git("switch", "--quiet", "main")
    shop.commit({"openapi.json": describe("pets", "orders", note="Theirs.")})
    first = run("apply", "--json").json
    again = run("plan", "--json").json
    assert path in {item["path"] for item in first["conflicts"]}
    assert (True, first["conflicts"]) == (again["draft"], again["conflicts"])
    content = shop.show(f"{BRANCH}:{path}")
    assert (True, False) == (b"Mine." in content, b"<<<<<<<" in content)


def test_a_description_that_cannot_be_read_changes_nothing(run: Run, shop: Clone) -> None:
    """The line is shown, and the branch stays as it was."""
    run("apply")
    tip = shop.git("rev-parse", BRANCH)
    shop.commit({"openapi.json": b'{\n "openapi": "3.1.0",\n "paths": {]}\n', "README.md": b"x"})
    result = run("apply", "--json")
    assert (1, "openapi.json", 3, tip) == (
        result.code,
        result.json["error"]["path"],
        result.json["error"]["line"],
        shop.git("rev-parse", BRANCH),
    )
    assert '3 |  "paths": {]}' in result.err


def test_a_mistake_in_the_config_is_shown_at_its_line(run: Run, shop: Clone) -> None:
    """As for descriptions."""
    shop.commit({".github/specloom.yml": b"targets:\n  sdk/pyton:\n"})
    result = run("plan")
    assert (1, True) == (result.code, ".github/specloom.yml:2: `targets.sdk/pyton` is not a key" in result.err)
    assert "did you mean `sdk/python`?" in result.err


def test_changes_that_are_not_committed_are_mentioned(run: Run, shop: Clone, describe: Describe) -> None:
    """A plan is made from commits, and newcomers wonder why nothing happens."""
    run("apply")
    shop.git("merge", "--quiet", BRANCH)
    (shop.folder / "openapi.json").write_bytes(describe("users"))
    assert "openapi.json has changes that are not committed" in run("plan").out


def test_base_and_head_can_be_chosen(run: Run, shop: Clone, describe: Describe) -> None:
    """Any two revisions."""
    first = shop.git("rev-parse", "HEAD")
    second = shop.commit({"openapi.json": describe("users")})
    shop.commit({"openapi.json": describe("teams")})
    document = run("plan", "--base", first, "--head", second, "--json").json
    assert {"GET /pets", "GET /orders", "GET /users"} == {change["subject"] for change in document["changes"]}


def test_one_target_has_a_branch_of_its_own(run: Run, shop: Clone) -> None:
    """Beside the one for all."""
    run("apply", "--target", "sdk/python")
    assert "specloom/update-sdk-python" in shop.git("branch", "--list", "specloom/*")


def test_outside_a_repository_the_message_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do."""
    monkeypatch.chdir(tmp_path)
    result = run("plan", "--json")
    assert (1, True) == (result.code, "not inside a git repository" in result.json["error"]["message"])


def test_a_change_is_explained_with_both_sides(run: Run, shop: Clone, describe: Describe) -> None:
    """By its ID or the start of it; the document is the change itself."""
    shop.commit({"openapi.json": describe("pets")})
    (change,) = run("plan", "--json").json["changes"]
    result = run("explain", change["fingerprint"][:6])
    assert (0, True) == (result.code, "before  openapi.json" in result.out and '"/orders"' in result.out)
    document = run("explain", change["fingerprint"], "--json").json
    validate(document, "explain")
    assert change == document


@pytest.mark.usefixtures("shop")
def test_an_id_that_is_not_there_is_a_users_error(run: Run) -> None:
    """With where to find the right one."""
    result = run("explain", "ffffff")
    assert (1, True) == (result.code, "no change and no rule has the ID" in result.err)


def test_a_rule_is_explained_without_a_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says and why; a typo gets a suggestion."""
    monkeypatch.chdir(tmp_path)
    document = run("explain", "operation-removed", "--json").json
    validate(document, "explain")
    assert ("operation-removed", True) == (document["rule"], bool(document["why"]))
    assert document["why"] in run("explain", "operation-removed").out


def test_a_mistyped_rule_is_suggested(run: Run, shop: Clone, describe: Describe) -> None:
    """As config keys are."""
    shop.commit({"openapi.json": describe("pets")})
    assert "did you mean operation-removed?" in run("explain", "operation-removd").err


def test_init_writes_a_config_that_is_valid_and_changes_no_plan(run: Run, shop: Clone) -> None:
    """It says what it found; everything else in it is commented."""
    before = run("plan", "--json").json
    document = run("init", "--json").json
    validate(document, "init")
    assert [("openapi.json", 2)] == [(found["path"], found["operations"]) for found in document["descriptions"]]
    shop.commit({})
    after = run("plan", "--base", "HEAD~1", "--json").json
    assert before["files"] == after["files"]


def test_init_names_a_description_that_cannot_be_read(run: Run, shop: Clone) -> None:
    """It is in the config all the same, to be mended."""
    shop.commit({"broken.yaml": b"openapi: 3.1.0\npaths:\n  /a: [\n"})
    result = run("init")
    assert (0, True) == (result.code, "broken.yaml:" in result.out)
    assert b"broken.yaml" in (shop.folder / ".github/specloom.yml").read_bytes()


def test_init_never_touches_a_config_that_is_there(run: Run, shop: Clone) -> None:
    """Not even an empty one."""
    shop.commit({".github/specloom.yml": b""})
    result = run("init")
    assert (1, b"") == (result.code, (shop.folder / ".github/specloom.yml").read_bytes())
