"""Hand edits: every trap of a regeneration, and the law that none is lost."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.adapters.merging import merge_trees
from specloom.merge import Merged, TreeMerge, merge
from specloom.model.files import FileTree
from specloom.model.plan import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Run = Callable[..., Merged]

LINES = "".join(f"line {number}\n" for number in range(1, 31)).encode()
MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


def edit(content: bytes, **lines: str) -> bytes:
    """Replace `line N` by another text for every `l<N>=text`."""
    for name, text in lines.items():
        content = content.replace(f"line {name[1:]}\n".encode(), text.encode())
    return content


@pytest.fixture
def run(held: type) -> Run:
    """Return `merge` over plain dictionaries, with git's text merge."""

    def call(
        base: Mapping[str, bytes], ours: Mapping[str, bytes], theirs: Mapping[str, bytes], **more: object
    ) -> Merged:
        return merge(FileTree(base), held(ours, **more), FileTree(theirs), merge_trees=merge_trees)

    return call


def never(*_: FileTree, favor: str = "neither") -> TreeMerge:
    """Fail when the text merge is asked for."""
    raise AssertionError(favor)


def test_a_first_generation_writes_everything(run: Run) -> None:
    """With nothing there, the generator's files are what shall stand."""
    assert Merged(tree=FileTree({"a": b"1"})) == run({}, {}, {"a": b"1"})


def test_nothing_new_needs_no_text_merge(held: type) -> None:
    """Where only one side changed, git is not even asked."""
    tree = FileTree({"a": LINES, "b": b"1"})
    mine = {"a": edit(LINES, l3="mine\n"), "b": b"1"}
    merged = merge(tree, held(mine), tree, merge_trees=never)
    assert Merged(tree=FileTree(mine)) == merged


def test_a_hand_edit_stays_beside_a_generated_change(run: Run) -> None:
    """Edits to different lines of one file are both in the result."""
    merged = run({"a": LINES}, {"a": edit(LINES, l3="mine\n")}, {"a": edit(LINES, l20="new\n")})
    assert Merged(tree=FileTree({"a": edit(LINES, l3="mine\n", l20="new\n")})) == merged


def test_the_same_change_on_both_sides_is_no_conflict(run: Run) -> None:
    """Accepting a suggestion by hand settles it."""
    both = {"a": edit(LINES, l3="same\n")}
    assert Merged(tree=FileTree(both)) == run({"a": LINES}, both, both)


def test_in_a_collision_the_hand_edit_stands_and_the_rest_is_merged(run: Run) -> None:
    """Only the hunk in dispute is left to people, with its lines and the generator's text."""
    mine, new = edit(LINES, l3="mine\n"), edit(LINES, l3="new\n", l20="also new\n")
    merged = run({"a": LINES}, {"a": mine}, {"a": new})
    assert edit(LINES, l3="mine\n", l20="also new\n") == merged.tree.read("a")
    assert (
        Conflict(path="a", reason="both-changed", line_start=3, line_end=3, suggestion="new\n"),
    ) == merged.conflicts


def test_no_conflict_marker_is_ever_written(run: Run) -> None:
    """A tree with markers in it would not even parse."""
    merged = run({"a": LINES}, {"a": edit(LINES, l3="mine\n")}, {"a": edit(LINES, l3="new\n")})
    assert not [marker for marker in MARKERS if marker in (merged.tree.read("a") or b"")]


def test_lines_deleted_by_hand_and_changed_by_the_generator_are_anchored_on_a_line_that_exists(run: Run) -> None:
    """A suggestion needs a line to hang on: the one before, repeated in the suggestion."""
    mine, new = edit(LINES, l3=""), edit(LINES, l3="new\n")
    merged = run({"a": LINES}, {"a": mine}, {"a": new})
    (conflict,) = merged.conflicts
    assert (conflict.line_start, conflict.line_end, conflict.suggestion) == (2, 2, "line 2\nnew\n")


def test_a_file_deleted_by_hand_stays_deleted(run: Run) -> None:
    """Deleting is an edit too; where the generator has nothing new there is nothing to say."""
    assert Merged(tree=FileTree()) == run({"a": LINES}, {}, {"a": LINES})


def test_a_file_deleted_by_hand_and_changed_by_the_generator_is_proposed(run: Run) -> None:
    """The file does not come back by itself."""
    merged = run({"a": LINES}, {}, {"a": edit(LINES, l3="new\n")})
    suggestion = edit(LINES, l3="new\n").decode()
    expected = (Conflict(path="a", reason="deleted-by-hand", suggestion=suggestion),)
    assert (FileTree(), (), expected) == (merged.tree, merged.deletions, merged.conflicts)


def test_an_untouched_file_that_the_generator_drops_goes(run: Run) -> None:
    """A generated file nobody edited is nobody's loss."""
    assert Merged(tree=FileTree(), deletions=("a",)) == run({"a": LINES}, {"a": LINES}, {})


def test_an_edited_file_that_the_generator_drops_stays(run: Run) -> None:
    """An edit is never deleted with its file."""
    merged = run({"a": LINES}, {"a": edit(LINES, l3="mine\n")}, {})
    assert (
        merged.deletions,
        (merged.conflicts[0].path, merged.conflicts[0].reason),
    ) == ((), ("a", "dropped-by-generator"))


def test_a_first_adoption_proposes_and_never_overwrites(run: Run) -> None:
    """With no common base, what people have stands and the generator's file is the proposal."""
    merged = run({}, {"a": b"mine\n"}, {"a": b"new\n", "b": b"new\n"})
    assert merged.tree.files == {"a": b"mine\n", "b": b"new\n"}
    assert (Conflict(path="a", reason="no-base", suggestion="new\n"),) == merged.conflicts


@pytest.mark.parametrize("content", [LINES, LINES.replace(b"\n", b"\r\n")])
def test_a_first_adoption_of_the_same_content_is_silent(run: Run, content: bytes) -> None:
    """Line endings make no difference, and stay as people have them."""
    assert Merged(tree=FileTree({"a": content})) == run({}, {"a": content}, {"a": LINES})


def test_line_endings_are_no_edit(run: Run) -> None:
    """A file that was checked out with CRLF takes the generator's change, and keeps CRLF."""
    new = edit(LINES, l3="new\n")
    merged = run({"a": LINES}, {"a": LINES.replace(b"\n", b"\r\n")}, {"a": new})
    assert Merged(tree=FileTree({"a": new.replace(b"\n", b"\r\n")})) == merged


def test_a_hand_edit_in_a_file_with_other_line_endings_is_merged_line_by_line(run: Run) -> None:
    """Without normalisation every line would be in dispute."""
    mine = edit(LINES, l3="mine\n").replace(b"\n", b"\r\n")
    merged = run({"a": LINES}, {"a": mine}, {"a": edit(LINES, l20="new\n")})
    expected = edit(LINES, l3="mine\n", l20="new\n").replace(b"\n", b"\r\n")
    assert Merged(tree=FileTree({"a": expected})) == merged


def test_version_lines_are_the_generators(run: Run) -> None:
    """A version bumped by hand is not a conflict for ever after; the edit beside it survives."""
    base = b'name = "x"\nversion = "1.0.0"  # specloom:owned\nurl = ""\n'
    mine = b'name = "x"\nversion = "1.0.7"\nurl = "https://example.org"\n'
    new = base.replace(b"1.0.0", b"1.1.0")
    merged = run({"a": base}, {"a": mine}, {"a": new})
    expected = b'name = "x"\nversion = "1.1.0"  # specloom:owned\nurl = "https://example.org"\n'
    assert Merged(tree=FileTree({"a": expected})) == merged


def test_a_version_line_changed_by_hand_comes_back_though_nothing_is_new(run: Run) -> None:
    """Owned means owned in every run, not only in those with a new version."""
    base = b'version = "1.0.0"  # specloom:owned\nurl = ""\n'
    merged = run({"a": base}, {"a": base.replace(b"1.0.0", b"2.0.0")}, {"a": base})
    assert Merged(tree=FileTree({"a": base})) == merged


def test_an_owned_file_is_never_merged(run: Run) -> None:
    """`_version.py` says on its first line whose it is."""
    base, new = (f'# specloom:owned\nVERSION = "{version}"\n'.encode() for version in ("1", "2"))
    merged = run({"_version.py": base}, {"_version.py": b'VERSION = "9"\n'}, {"_version.py": new})
    assert Merged(tree=FileTree({"_version.py": new})) == merged


def test_an_edit_follows_a_file_that_the_generator_renames(run: Run) -> None:
    """The old path goes, the edit stands at the new one."""
    merged = run({"a": LINES}, {"a": edit(LINES, l3="mine\n")}, {"z": edit(LINES, l20="new\n")})
    expected = FileTree({"z": edit(LINES, l3="mine\n", l20="new\n")})
    assert Merged(tree=expected, deletions=("a",)) == merged


def test_a_generated_change_follows_a_file_that_people_renamed(run: Run) -> None:
    """People may move a generated file; it is still kept up to date."""
    merged = run({"p/a": LINES}, {"p/mine": LINES, "p/other": b"x"}, {"p/a": edit(LINES, l20="new\n")})
    assert Merged(tree=FileTree({"p/mine": edit(LINES, l20="new\n")})) == merged


def test_a_colliding_edit_stays_where_it_is_when_the_generator_renames_the_file(run: Run) -> None:
    """Both files stand, and the conflict says so."""
    merged = run({"a": LINES}, {"a": edit(LINES, l3="mine\n")}, {"z": edit(LINES, l3="new\n")})
    assert ({"z": edit(LINES, l3="new\n")}, ()) == (merged.tree.files, merged.deletions)
    assert [(conflict.path, conflict.reason) for conflict in merged.conflicts] == [("a", "dropped-by-generator")]


def test_a_folder_where_people_have_a_file_is_proposed(run: Run) -> None:
    """The file stays; what cannot be written beside it is said."""
    merged = run({}, {"a": b"mine"}, {"a/b": b"new"})
    assert (FileTree(), (Conflict(path="a/b", reason="no-base", suggestion="new"),)) == (merged.tree, merged.conflicts)


def test_a_file_where_people_have_a_folder_is_proposed(run: Run) -> None:
    """The folder stays."""
    merged = run({}, {"a/mine": b"mine"}, {"a": b"new"})
    assert (FileTree(), (Conflict(path="a", reason="no-base", suggestion="new"),)) == (merged.tree, merged.conflicts)


@pytest.mark.parametrize(
    ("base", "theirs", "gone"), [({"a": b"1"}, {"a/b": b"2"}, "a"), ({"a/b": b"1"}, {"a": b"2"}, "a/b")]
)
def test_the_generator_may_turn_its_own_file_into_a_folder_and_back(
    run: Run, base: Mapping[str, bytes], theirs: Mapping[str, bytes], gone: str
) -> None:
    """Where nobody edited it, the old form goes and the new one comes."""
    assert Merged(tree=FileTree(theirs), deletions=(gone,)) == run(base, base, theirs)


def test_a_symbolic_link_of_people_stays(run: Run) -> None:
    """Neither the link nor what it leads to is written."""
    merged = run({"a": b"1"}, {}, {"a": b"2", "b/c": b"2"}, links=frozenset({"a", "b"}))
    assert (FileTree(), ()) == (merged.tree, merged.deletions)
    assert [(found.path, found.reason) for found in merged.conflicts] == [("a", "both-changed"), ("b/c", "no-base")]


def test_binary_files_that_both_sides_changed_are_disputed_as_a_whole(run: Run) -> None:
    """There are no lines in them, and nothing that could be suggested in a comment."""
    merged = run({"a": b"\0\1" * 40}, {"a": b"\0\2" * 40}, {"a": b"\0\3" * 40})
    assert ({"a": b"\0\2" * 40}, (Conflict(path="a", reason="both-changed"),)) == (merged.tree.files, merged.conflicts)


def test_two_files_in_dispute_are_both_reported(run: Run) -> None:
    """The list of conflicts is read as a whole before any entry is looked at."""
    base = {"a": LINES, "b": LINES, "c": LINES}
    mine, new = ({name: edit(LINES, l3=f"{side} {name}\n") for name in base} for side in ("mine", "new"))
    merged = run(base, mine, new)
    assert (mine, ["a", "b", "c"]) == (merged.tree.files, [conflict.path for conflict in merged.conflicts])


# Any sequence of edits and regenerations

NAMES = st.sampled_from(["a", "b", "p/c", "p/d"])
BLOCK = st.lists(st.sampled_from(string.ascii_lowercase[:6]), min_size=0, max_size=8)
GENERATED = st.dictionaries(NAMES, BLOCK, max_size=4)
EDITS = st.lists(
    st.tuples(NAMES, st.sampled_from(["insert", "remove", "delete", "crlf"]), st.integers(0, 8)), max_size=5
)


def as_tree(generated: Mapping[str, list[str]]) -> FileTree:
    """Write every list of lines as a file."""
    return FileTree({path: "".join(f"{line}\n" for line in lines).encode() for path, lines in generated.items()})


def edited(
    files: Mapping[str, bytes], edits: list[tuple[str, str, int]], step: int
) -> tuple[dict[str, bytes], set[bytes]]:
    """Apply hand edits; every inserted line is unlike any other, so that it can be looked for."""
    files, written = dict(files), set()
    for number, (path, kind, place) in enumerate(edits):
        lines = files.get(path, b"").splitlines(keepends=True)
        if kind == "insert":
            token = f"mine {step}.{number}\n".encode()
            files[path] = b"".join([*lines[:place], token, *lines[place:]])
            written.add(token.strip())
        elif kind == "remove" and path in files:
            files[path] = b"".join([*lines[:place], *lines[place + 1 :]])
        elif kind == "crlf" and path in files:
            files[path] = files[path].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        elif kind == "delete":
            files.pop(path, None)
    return files, written


def after(files: Mapping[str, bytes], merged: Merged) -> dict[str, bytes]:
    """Apply a merge, as a publisher does."""
    left = {path: content for path, content in files.items() if path not in merged.deletions}
    return {**left, **merged.tree.files}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(GENERATED, EDITS), min_size=1, max_size=4))
def test_no_hand_edit_is_lost_and_nothing_new_changes_nothing(
    held: type, steps: list[tuple[dict[str, list[str]], list[tuple[str, str, int]]]]
) -> None:
    """Whatever is edited and regenerated in whatever order, every inserted line is still there."""
    base, files = FileTree(), dict[str, bytes]()
    for step, (generated, edits) in enumerate(steps):
        theirs = as_tree(generated)
        merged = merge(base, held(files), theirs, merge_trees=merge_trees)
        tokens = {line.strip() for content in files.values() for line in content.splitlines() if b"mine" in line}
        files, base = after(files, merged), theirs
        standing = {line.strip() for content in files.values() for line in content.splitlines()}
        assert set() == tokens - standing
        assert not [content for content in files.values() for marker in MARKERS if marker in content]
        files, _ = edited(files, edits, step)
        again = merge(base, held(files), theirs, merge_trees=never)
        assert (files, ()) == (after(files, again), again.conflicts)


@settings(max_examples=100, deadline=None)
@given(GENERATED, GENERATED)
def test_without_hand_edits_the_result_is_what_the_generator_wrote(
    held: type, before: dict[str, list[str]], now: dict[str, list[str]]
) -> None:
    """A tree that nobody touched is simply replaced."""
    base, theirs = as_tree(before), as_tree(now)
    merged = merge(base, held(dict(base.files)), theirs, merge_trees=never)
    assert (theirs.files, ()) == (after(base.files, merged), merged.conflicts)
