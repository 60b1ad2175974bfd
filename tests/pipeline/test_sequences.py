"""Any sequence of changed descriptions, hand edits, open and merged pull requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ["a", "b", "c"]
EDIT = st.tuples(
    st.sampled_from([f"sdk/python/{name}.py" for name in NAMES] + ["sdk/python/project"]),
    st.sampled_from(["insert", "crlf", "delete"]),
    st.integers(0, 9),
)
STEP = st.fixed_dictionaries(
    {
        "paths": st.sets(st.sampled_from(NAMES), min_size=1),
        "note": st.sampled_from(["", "one", "two"]),
        "version": st.sampled_from(["1.0", "1.1"]),
        "edits": st.lists(EDIT, max_size=3),
        "merged": st.booleans(),
        "forget": st.booleans(),
    }
)


def edit(files: dict[str, bytes], step: int, edits: list[tuple[str, str, int]]) -> None:
    """Apply hand edits, each inserted line unlike any other."""
    for number, (path, kind, place) in enumerate(edits):
        if path not in files:
            continue
        lines = files[path].splitlines(keepends=True)
        if kind == "delete":
            del files[path]
        elif kind == "crlf":
            files[path] = b"\r\n".join(files[path].splitlines()) + b"\r\n"
        else:
            files[path] = b"".join([*lines[:place], f"# mine {step}.{number}\n".encode(), *lines[place:]])


def by_hand(files: dict[str, bytes]) -> set[bytes]:
    """Return every line that was inserted by hand."""
    return {line for content in files.values() for line in content.splitlines() if line.startswith(b"# mine")}


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, min_size=1, max_size=4))
def test_no_hand_edit_is_lost_and_running_again_changes_nothing(
    new_repository: Callable[[], Any], description: Callable[..., bytes], steps: list[dict[str, Any]]
) -> None:
    """Also where the pull request stays open, and where the clone has forgotten what was generated."""
    repository = new_repository()
    for number, step in enumerate(steps):
        repository.files["openapi.json"] = description(
            *sorted(step["paths"]), note=step["note"], version=step["version"]
        )
        if step["forget"]:
            repository.blobs.clear()
        before = by_hand(repository.files)
        made = repository.apply(settled=step["merged"])
        assert set() == before - by_hand(repository.files)
        if made.writes:  # a branch was made, with a record of what is open on it
            again = repository.plan(settled=False)
            assert ((), (), made.draft) == (again.writes, again.deletions, again.draft)
        assert repository.plan(settled=True).empty
        edit(repository.files, number, step["edits"])
