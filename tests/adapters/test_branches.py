"""Plans on branches: nobody's commit is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pygit2
import pytest

from specloom.adapters.branches import EMAIL, PRISTINE, apply_plan, find_start, move_ref
from specloom.errors import UserError
from specloom.model.change import Bump, Drift
from specloom.model.files import FileTree
from specloom.model.plan import CheckRun, Plan, Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

    Clone = Any  # the one of conftest.py, which tests cannot import

BRANCH = "specloom/update"


def plan_of(files: Mapping[str, bytes], *, deletions: tuple[str, ...] = ()) -> Plan:
    """Make a plan that writes `files`."""
    return Plan(
        branch=BRANCH,
        title="Follow Shop 1.0",
        body="",
        tree=FileTree(files),
        pristine=FileTree(files),
        deletions=deletions,
        drift=Drift(changes=(), not_evaluated=(), bump=Bump.NONE),
        conflicts=(),
        check_run=CheckRun(name="drift", conclusion="success", title="", summary=""),
        provenance=Provenance(
            description="d" * 64, config="", inferences="", generators={"sdk/python": "1"}, tree=FileTree(files).id
        ),
        writes=tuple(files),
    )


def apply(clone: Clone, files: Mapping[str, bytes], *, deletions: tuple[str, ...] = ()) -> str:
    """Apply a plan that writes `files` on top of HEAD."""
    history = clone.history
    start = find_start(history, BRANCH, "HEAD")
    return apply_plan(history, plan_of(files, deletions=deletions), start, head="HEAD")


def test_a_plan_is_one_commit_on_top_of_head(clone: Clone) -> None:
    """The branch exists afterwards, and the work tree is as it was."""
    head = clone.commit({"a": b"1"})
    made = apply(clone, {"sdk/x": b"x"})
    assert [made, head] == clone.git("log", "--format=%H", BRANCH).split()
    assert ("a\nsdk/x", "", "main") == (
        clone.git("ls-tree", "-r", "--name-only", BRANCH),
        clone.git("status", "--porcelain"),
        clone.git("branch", "--show-current"),
    )
    assert (EMAIL, "Follow Shop 1.0") == (
        clone.git("log", "-1", "--format=%ce", BRANCH),
        clone.git("log", "-1", "--format=%s", BRANCH),
    )


def test_the_same_plan_gives_the_same_commit(clone: Clone) -> None:
    """The time of the commit is that of the head, so a second run moves nothing."""
    clone.commit({"a": b"1"})
    assert apply(clone, {"x": b"x"}) == apply(clone, {"x": b"x"})


def test_a_branch_of_ours_alone_is_made_anew(clone: Clone) -> None:
    """It stays one commit on top of the newest head."""
    clone.commit({"a": b"1"})
    apply(clone, {"x": b"1"})
    head = clone.commit({"a": b"2"})
    made = apply(clone, {"x": b"2"})
    assert [made, head] == clone.git("log", "-2", "--format=%H", BRANCH).split()


def test_commits_made_by_hand_on_the_branch_are_continued(clone: Clone) -> None:
    """They stay in the history, with head merged in first."""
    clone.commit({"a": b"1"})
    first = apply(clone, {"x": b"1"})
    clone.git("switch", "--quiet", BRANCH)
    by_hand = clone.commit({"x": b"mine", "other": b"mine"})
    clone.git("switch", "--quiet", "main")
    head = clone.commit({"a": b"2"})
    start = find_start(clone.history, BRANCH, "HEAD")
    assert (True, (by_hand, head), b"mine", b"2") == (
        start.by_hand,
        start.parents,
        start.tree.read("x"),
        start.tree.read("a"),
    )
    made = apply(clone, {"y": b"2"})
    commits = clone.git("log", "--format=%H", BRANCH).split()
    assert ({made, by_hand, first, head}, b"mine") == (
        set(commits) & {made, by_hand, first, head},
        clone.show(f"{BRANCH}:other"),
    )


def test_a_commit_of_ours_that_somebody_amended_is_theirs(clone: Clone) -> None:
    """Git keeps the author then and changes the committer."""
    clone.commit({"a": b"1"})
    apply(clone, {"x": b"1"})
    clone.git("switch", "--quiet", BRANCH)
    (clone.folder / "x").write_bytes(b"mine")
    clone.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    clone.git("switch", "--quiet", "main")
    assert find_start(clone.history, BRANCH, "HEAD").by_hand


@pytest.mark.parametrize("way", [("merge", "--quiet", "--no-ff"), ("merge", "--quiet", "--squash")])
def test_a_merged_branch_starts_from_head_again(clone: Clone, way: tuple[str, ...]) -> None:
    """Merged or squashed: what people did there is in head now."""
    clone.commit({"a": b"1"})
    apply(clone, {"x": b"1"})
    clone.git("switch", "--quiet", BRANCH)
    clone.commit({"other": b"mine"})
    clone.git("switch", "--quiet", "main")
    clone.git(*way, BRANCH)
    head = clone.commit({})
    assert (False, (head,)) == ((start := find_start(clone.history, BRANCH, "HEAD")).by_hand, start.parents)


def test_commits_by_hand_that_collide_with_head_are_left_to_people(clone: Clone) -> None:
    """The branch stays as it is, and the message says how to go on."""
    clone.commit({"a": b"1"})
    apply(clone, {"x": b"1"})
    clone.git("switch", "--quiet", BRANCH)
    tip = clone.commit({"a": b"mine"})
    clone.git("switch", "--quiet", "main")
    clone.commit({"a": b"2"})
    with pytest.raises(UserError, match="git switch specloom/update && git merge HEAD"):
        find_start(clone.history, BRANCH, "HEAD")
    assert tip == clone.git("rev-parse", BRANCH)


def test_a_branch_that_moved_meanwhile_is_not_written_to(clone: Clone) -> None:
    """Compare and swap: a push between looking and writing wins."""
    clone.commit({"a": b"1"})
    apply(clone, {"x": b"1"})
    history = clone.history
    start = find_start(history, BRANCH, "HEAD")
    clone.git("branch", "--force", BRANCH, "main")
    with pytest.raises(UserError, match="was moved while this ran"):
        apply_plan(history, plan_of({"x": b"2"}), start, head="HEAD")
    assert clone.git("rev-parse", "main") == clone.git("rev-parse", BRANCH)


def test_a_ref_that_appeared_meanwhile_is_not_written_to(clone: Clone) -> None:
    """Creating is a swap too."""
    head = clone.commit({"a": b"1"})
    clone.git("branch", "new")
    with pytest.raises(UserError, match="was moved"):
        move_ref(clone.history.repository, "refs/heads/new", head, expected=None)


def test_git_itself_refuses_a_stale_ref(clone: Clone) -> None:
    """What the swap rests on: a reference read before somebody else's write cannot be set."""
    first = clone.commit({"a": b"1"})
    clone.commit({"a": b"2"})
    stale = clone.history.repository.references.get("refs/heads/main")
    clone.git("update-ref", "refs/heads/main", first)
    with pytest.raises(pygit2.GitError):
        stale.set_target(pygit2.Oid(hex=first))


def test_a_branch_that_is_checked_out_is_not_moved(clone: Clone) -> None:
    """The work tree would be out of step with it."""
    clone.commit({"a": b"1"})
    apply(clone, {"x": b"1"})
    clone.git("switch", "--quiet", BRANCH)
    clone.commit({})
    with pytest.raises(UserError, match="is checked out"):
        apply(clone, {"x": b"2"})


def test_modes_and_links_of_people_are_kept(clone: Clone) -> None:
    """A file made executable by hand stays executable."""
    clone.commit({"run": b"1", "gone": b"1"})
    (clone.folder / "run").chmod(0o755)
    (clone.folder / "link").symlink_to("run")
    clone.commit({})
    apply(clone, {"run": b"2", "new": b"2"}, deletions=("gone",))
    modes = [line.split()[0] + line.split()[3] for line in clone.git("ls-tree", "-r", BRANCH).splitlines()]
    assert ["120000link", "100644new", "100755run"] == modes


def test_a_file_can_take_the_place_of_a_folder(clone: Clone) -> None:
    """Deletions come first."""
    clone.commit({"a/b": b"1"})
    apply(clone, {"a": b"2"}, deletions=("a/b",))
    assert "a" == clone.git("ls-tree", "-r", "--name-only", BRANCH)


def test_what_generators_wrote_stays_reachable(clone: Clone) -> None:
    """Every pristine tree is a commit below a ref of ours, and no run adds one twice."""
    clone.commit({"a": b"1"})
    for content in (b"1", b"2", b"2"):
        apply(clone, {"x": content})
    ref = f"{PRISTINE}{BRANCH}"
    assert (b"2", b"1", "2") == (
        clone.show(f"{ref}:x"),
        clone.show(f"{ref}~1:x"),
        clone.git("rev-list", "--count", ref),
    )
    assert plan_of({"x": b"2"}).provenance.tree == clone.git("rev-parse", f"{ref}^{{tree}}")
