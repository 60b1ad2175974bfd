"""The plan as a function of trees, config and generators."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom.errors import UserError
from specloom.provenance import PATH, load_record

if TYPE_CHECKING:
    from collections.abc import Callable

    Describe = Callable[..., bytes]
    Repository = Any  # the one of conftest.py, which tests cannot import

CLAIM = json.dumps(
    {
        "outputs": [
            {
                "description": "openapi.json",
                "target": "sdk/python",
                "folder": "",
                "origin": {"description": "", "config": "", "inferences": "", "generator": ""},
                "files": {"PATH": "1"},
            }
        ]
    }
).encode()
SDK = ["sdk/python/orders.py", "sdk/python/pets.py", "sdk/python/project"]


def test_without_a_config_the_description_is_found_and_an_sdk_is_made(repository: Repository) -> None:
    """A repository with nothing but a description gets something useful."""
    made = repository.plan()
    assert ([PATH, *SDK], (), ()) == (list(made.writes), made.deletions, made.conflicts)
    assert ("specloom/update", "Follow Shop 1.0", False) == (made.branch, made.title, made.draft)


def test_a_plan_changes_nothing_and_is_the_same_every_time(repository: Repository) -> None:
    """Equal inputs give equal plans."""
    assert repository.plan() == repository.plan()


def test_where_nothing_changed_nothing_is_generated_or_written(repository: Repository) -> None:
    """The digests in the record are enough to know."""
    repository.apply()
    repository.calls.clear()
    made = repository.plan()
    assert (True, [], SDK) == (made.empty, repository.calls, list(made.tree.files))


def test_a_changed_description_rewrites_only_what_depends_on_it(repository: Repository, description: Describe) -> None:
    """A new operation is a new file, and the others are not touched."""
    repository.apply()
    repository.files["openapi.json"] = description("pets", "orders", "users")
    assert [PATH, "sdk/python/users.py"] == list(repository.apply().writes)


def test_a_change_that_no_output_shows_is_no_pull_request(repository: Repository) -> None:
    """Reformatting a description opens nothing."""
    repository.apply()
    repository.files["openapi.json"] = json.dumps(json.loads(repository.files["openapi.json"])).encode()
    assert repository.plan().empty


def test_another_generator_version_generates_again(repository: Repository) -> None:
    """The same description may give other bytes then."""
    repository.apply()
    repository.calls.clear()
    repository.version = "2"
    repository.plan()
    assert ["openapi.json"] == repository.calls


def test_with_no_target_nothing_is_generated_and_drift_is_still_told(
    repository: Repository, description: Describe
) -> None:
    """Whoever wants drift alone gets it, for one description or for all."""
    repository.base = {"openapi.json": description("pets", "users")}
    for config in (b"targets: {}", b"descriptions: [{path: openapi.json, targets: {}}]"):
        repository.files[".github/specloom.yml"] = config
        made = repository.plan()
        assert (True, [], {"operation-removed"}) == (
            made.empty,
            repository.calls,
            {change.rule for change in made.drift.changes if change.severity == "breaking"},
        )


def test_other_options_generate_again_and_clean_up(repository: Repository) -> None:
    """Files under their old names go."""
    repository.apply()
    repository.files[".github/specloom.yml"] = b"targets: {sdk/python: {suffix: .pyi}}"
    made = repository.plan()
    assert ("sdk/python/orders.py", "sdk/python/pets.py") == made.deletions


def test_a_hand_edit_survives_a_change_of_the_description(repository: Repository, description: Describe) -> None:
    """The edit and the change are both in the file."""
    repository.apply()
    path = "sdk/python/pets.py"
    repository.files[path] = repository.files[path].replace(b"call():\n", b"call():\n    print('mine')\n")
    repository.files["openapi.json"] = description("pets", "orders", note="Now with words.")
    made = repository.apply()
    assert ((), True) == (made.conflicts, b"print('mine')" in repository.files[path])
    assert b"Now with words." in repository.files[path]


def test_a_collision_keeps_the_hand_edit_and_makes_a_draft_with_a_suggestion(
    repository: Repository, description: Describe
) -> None:
    """People settle it; until then nobody merges by accident."""
    repository.apply()
    path = "sdk/python/pets.py"
    repository.files[path] = repository.files[path].replace(b"# \n", b"# mine\n")
    repository.files["openapi.json"] = description("pets", "orders", note="theirs")
    made = repository.apply()
    assert (True, [path]) == (made.draft, [conflict.path for conflict in made.conflicts])
    (comment,) = made.review_comments
    assert (path, 8, True) == (comment.path, comment.line_start, "```suggestion\n# theirs\n```" in comment.body)
    assert b"# mine\n" in repository.files[path]


def collide(repository: Repository, describe: Describe) -> str:
    """Bring the repository to where one conflict is open, and return its path."""
    repository.apply()
    path = "sdk/python/pets.py"
    repository.files[path] = repository.files[path].replace(b"# \n", b"# mine\n")
    repository.files["openapi.json"] = describe("pets", "orders", note="theirs")
    repository.apply()
    return path


def test_a_conflict_nobody_touched_is_raised_again_on_its_branch(repository: Repository, description: Describe) -> None:
    """Running twice does not settle anything, nor does it write anything."""
    path = collide(repository, description)
    again = repository.plan(settled=False)
    assert (True, [path], ()) == (again.draft, [conflict.path for conflict in again.conflicts], again.writes)


def test_a_conflict_alone_is_a_pull_request_too(repository: Repository, description: Describe) -> None:
    """Where a hand edit stands in the way of all that is new, people are told; merging settles it."""
    repository.files["openapi.json"] = description("pets")
    path = collide(repository, description)
    repository.files["openapi.json"] = description("pets", "orders", note="new")
    made = repository.apply(settled=False)
    assert ([PATH, "sdk/python/orders.py"], [path]) == (list(made.writes), [item.path for item in made.conflicts])
    repository.files["openapi.json"] = description("pets", "orders", note="new", title="Shop")
    assert repository.plan().empty


@pytest.mark.parametrize("text", [b"# theirs\n", b"# both mine and theirs\n"])
def test_a_conflict_is_settled_by_editing_the_file(repository: Repository, description: Describe, text: bytes) -> None:
    """Taking the suggestion settles it, and so does any other edit by hand."""
    path = collide(repository, description)
    repository.files[path] = repository.files[path].replace(b"# mine\n", text)
    again = repository.plan(settled=False)
    assert (False, (), True) == (again.draft, again.conflicts, again.empty)


def test_a_conflict_is_settled_by_merging_the_pull_request(repository: Repository, description: Describe) -> None:
    """What people merged is what they want, also after the next change."""
    path = collide(repository, description)
    repository.files["openapi.json"] = description("pets", "orders", "users", note="theirs")
    made = repository.apply()
    assert ((), True) == (made.conflicts, b"# mine\n" in repository.files[path])
    assert {} == load_record(repository.files[PATH]).unsettled


def test_a_first_adoption_never_overwrites(repository: Repository) -> None:
    """Somebody's own file at a generated path stays, and is proposed against."""
    repository.files["sdk/python/pets.py"] = b"mine\n"
    made = repository.apply()
    assert [("sdk/python/pets.py", "no-base")] == [(item.path, item.reason) for item in made.conflicts]
    assert b"mine\n" == repository.files["sdk/python/pets.py"]


def test_version_lines_changed_by_hand_are_no_conflict(repository: Repository, description: Describe) -> None:
    """They are the generator's, whatever people do to them."""
    repository.apply()
    path = "sdk/python/project"
    repository.files[path] = repository.files[path].replace(b"1.0", b"7.7")
    repository.files["openapi.json"] = description("pets", "orders", version="1.1")
    made = repository.apply()
    assert ((), True) == (made.conflicts, b"version = 1.1  #" in repository.files[path])


def test_lost_output_is_made_once_more_rather_than_taken_for_foreign(
    repository: Repository, description: Describe
) -> None:
    """A clone without our refs still knows what was generated: the base description gives the same bytes."""
    repository.apply()
    repository.blobs.clear()
    repository.base = dict(repository.files)
    path = "sdk/python/pets.py"
    repository.files[path] = repository.files[path].replace(b"call():\n", b"call():\n    print('mine')\n")
    repository.files["openapi.json"] = description("pets", "orders", note="Now with words.")
    made = repository.apply()
    assert ((), True) == (made.conflicts, b"print('mine')" in repository.files[path])


def test_a_file_deleted_by_hand_stays_deleted_though_its_content_is_lost(
    repository: Repository, description: Describe
) -> None:
    """That it was generated once is known; the new version is proposed."""
    repository.apply()
    repository.blobs.clear()
    del repository.files["sdk/python/pets.py"]
    repository.files["openapi.json"] = description("pets", "orders", note="Now with words.")
    made = repository.apply()
    assert [("sdk/python/pets.py", "deleted-by-hand")] == [(item.path, item.reason) for item in made.conflicts]
    assert "sdk/python/pets.py" not in repository.files


def test_where_the_last_output_is_lost_for_good_nothing_is_overwritten(
    repository: Repository, description: Describe
) -> None:
    """The edit stands, and people are told how to bring back what is needed to merge it."""
    repository.apply()
    repository.blobs.clear()
    path = "sdk/python/pets.py"
    repository.files[path] = b"mine\n"
    repository.files["openapi.json"] = description("pets", "orders", note="Now with words.")
    made = repository.apply()
    assert [(path, "no-base")] == [(item.path, item.reason) for item in made.conflicts]
    assert (["lost-base"], b"mine\n") == ([item.code for item in made.diagnostics], repository.files[path])


def test_the_drift_since_the_base_is_in_the_plan(repository: Repository, description: Describe) -> None:
    """Title, body, check run and comments all know of it."""
    repository.base = dict(repository.files)
    repository.files["openapi.json"] = description("pets")
    made = repository.plan()
    assert ["GET /orders"] == [change.subject for change in made.drift.changes]
    assert ("Follow Shop 1.0 (1 breaking change)", "failure") == (made.title, made.check_run.conclusion)


def test_a_moved_description_is_compared_with_where_it_was(repository: Repository, description: Describe) -> None:
    """Moving a file is no removal of an API."""
    repository.base = dict(repository.files)
    del repository.files["openapi.json"]
    repository.files["api/shop.json"] = description("pets", "orders", "users")
    assert ["GET /users"] == [change.subject for change in repository.plan().drift.changes]


def test_a_description_that_cannot_be_read_leaves_everything_alone_and_says_where(repository: Repository) -> None:
    """Bad input never costs data."""
    repository.apply()
    repository.files[".github/specloom.yml"] = b"descriptions: [openapi.json]"
    repository.files["openapi.json"] = b'{"openapi": "3.1.0",\n "paths": {]}'
    with pytest.raises(UserError) as caught:
        repository.plan()
    assert ("openapi.json", 2) == (caught.value.span.path, caught.value.span.start)


def test_one_broken_description_does_not_cost_the_others(repository: Repository, description: Describe) -> None:
    """It is a diagnostic at its line, and what was generated from it stays."""
    repository.files[".github/specloom.yml"] = b"descriptions: [openapi.json, other.json]"
    repository.files["other.json"] = description("users", title="Other")
    repository.apply()
    before = {path: content for path, content in repository.files.items() if path.startswith("sdk/")}
    repository.files["openapi.json"] = b'{"openapi": "3.1.0",\n "paths": {]}'
    repository.files["other.json"] = description("users", "teams", title="Other")
    made = repository.apply()
    assert ("unreadable-description", 2) == (made.diagnostics[0].code, made.diagnostics[0].span.start)
    assert ("other/sdk/python/teams.py", ()) == (made.writes[-1], made.deletions)
    assert before == {path: repository.files[path] for path in before}


def test_a_target_that_fails_costs_that_target(repository: Repository, description: Describe) -> None:
    """Its last output stays, and the reason is listed."""
    repository.files[".github/specloom.yml"] = b"descriptions: [openapi.json, other.json]"
    repository.files["other.json"] = description("users", title="Other")
    repository.apply()
    repository.files["other.json"] = description("users", "teams", title="Broken")
    made = repository.plan()
    assert (["target-failed"], True) == ([item.code for item in made.diagnostics], made.empty)


def test_several_descriptions_write_beside_themselves(repository: Repository, description: Describe) -> None:
    """Each has a folder of its own, and the first keeps the one it has."""
    repository.files = {"pets/openapi.json": description("a"), "shop/openapi.json": description("b")}
    assert ["pets/sdk/python/a.py", "shop/sdk/python/b.py"] == [
        path for path in repository.apply().writes if path.endswith(".py")
    ]


def test_one_more_description_moves_nothing(repository: Repository, description: Describe) -> None:
    """What was alone stays at the root."""
    repository.apply()
    repository.files["second.json"] = description("c", title="Second")
    made = repository.plan()
    assert (["second/sdk/python/c.py"], ()) == ([path for path in made.writes if path.endswith(".py")], made.deletions)


def test_two_descriptions_sent_to_one_folder_are_an_error(repository: Repository, description: Describe) -> None:
    """They would overwrite each other."""
    repository.files["b.json"] = description("b")
    repository.files[".github/specloom.yml"] = (
        b"descriptions: [{path: openapi.json, output: x}, {path: b.json, output: x}]"
    )
    with pytest.raises(UserError, match="several descriptions write to `x`"):
        repository.plan()


def test_globs_and_own_targets_of_a_description(repository: Repository, description: Describe) -> None:
    """A description may have other options than the rest."""
    repository.files = {
        "apis/a.json": description("a"),
        "apis/b.json": description("b"),
        ".github/specloom.yml": (
            b"descriptions:\n- {path: apis/b.json, output: bee, targets: {sdk/python: {suffix: .txt}}}\n- apis/*.json\n"
        ),
    }
    writes = repository.plan().writes
    assert {"bee/sdk/python/b.txt", "apis/sdk/python/a.py"} <= set(writes)


def test_a_description_named_in_the_config_must_exist(repository: Repository) -> None:
    """The message names it."""
    repository.files[".github/specloom.yml"] = b"descriptions: [nowhere.yaml]"
    with pytest.raises(UserError, match=r"nowhere\.yaml"):
        repository.plan()


def test_a_repository_without_a_description_is_told_so(repository: Repository) -> None:
    """With what to do about it."""
    repository.files = {"README.md": b"# Nothing"}
    with pytest.raises(UserError, match="no API description was found"):
        repository.plan()


def test_output_of_a_description_that_is_gone_is_left_to_people(repository: Repository, description: Describe) -> None:
    """Nothing is deleted by itself when a whole API goes; it is said."""
    repository.files["second.json"] = description("c", title="Second")
    repository.files[".github/specloom.yml"] = b"descriptions: ['*.json']"
    repository.apply()
    del repository.files["second.json"]
    made = repository.plan()
    assert (True, ["output-left-alone"]) == (made.empty, [item.code for item in made.diagnostics])


def test_a_chosen_target_has_a_branch_of_its_own(repository: Repository) -> None:
    """A plan for some targets does not fight with the one for all."""
    assert "specloom/update-sdk-python" == repository.plan(targets=frozenset({"sdk/python"})).branch


def test_what_was_generated_is_never_taken_for_a_source(repository: Repository, description: Describe) -> None:
    """An SDK may carry a copy of its description."""
    repository.apply()
    repository.files["sdk/python/openapi.json"] = description("pets", title="Copy")
    assert repository.plan().empty


@pytest.mark.parametrize(
    "content",
    [
        b"<<<<<<< ours\n{}\n",
        CLAIM.replace(b"PATH", b".github/workflows/ci.yml"),
        CLAIM.replace(b"PATH", b"sdk/python/../../x"),
        CLAIM.replace(b"sdk/python", b"sdk/python/.."),
    ],
)
def test_a_damaged_record_is_an_error_that_says_how_to_mend_it(repository: Repository, content: bytes) -> None:
    """It is never guessed what was generated, and never trusted beyond its folder."""
    repository.files[PATH] = content
    with pytest.raises(UserError, match="git checkout"):
        repository.plan()


def test_a_hostile_title_does_not_reach_the_pull_requests_title(repository: Repository, description: Describe) -> None:
    """One short line, with nobody mentioned."""
    repository.files["openapi.json"] = description("a", title="Shop\n@everyone \x1b[31m" + "x" * 200)
    title = repository.plan().title
    assert (False, True) == ("@" in title or "\n" in title or "\x1b" in title, len(title) < 80)
