"""Questions and changes to a bare repository, and the lines of a diff that a comment may stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygit2

from github_twin.state import Refusal

if TYPE_CHECKING:
    from github_twin.state import Repository

ZERO = "0" * 40
STATUS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "C": "copied", "T": "changed"}


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of a diff, with the lines that its hunks show on each side (context included)."""

    path: str
    previous: str
    status: str
    sha: str
    additions: int
    deletions: int
    patch: str | None
    lines: dict[str, dict[int, int]]
    hunks: tuple[str, ...]


def head_of(repository: Repository, branch: str) -> str | None:
    """Return the commit id of a branch, or None."""
    return ref_of(repository, f"refs/heads/{branch}")


def ref_of(repository: Repository, ref: str) -> str | None:
    """Return what a full ref name points at, or None."""
    git = repository.git
    return str(git.references[ref].target) if ref in git.references else None


def set_ref(repository: Repository, ref: str, target: str | None) -> None:
    """Create, move or delete a ref, whatever it was."""
    git = repository.git
    if target is not None:
        git.references.create(ref, target, force=True)
    elif ref in git.references:
        git.references.delete(ref)


def commit_of(repository: Repository, oid: str) -> pygit2.Commit:
    """Return a commit, or refuse."""
    try:
        found = repository.git.get(oid)
    except ValueError:
        found = None
    if not isinstance(found, pygit2.Commit):
        raise Refusal(404, "Not Found")
    return found


def is_ancestor(repository: Repository, ancestor: str, descendant: str) -> bool:
    """Say whether moving a ref from `ancestor` to `descendant` is a fast-forward."""
    return ancestor == descendant or repository.git.descendant_of(descendant, ancestor)


def changed_files(repository: Repository, base: str, head: str) -> list[ChangedFile]:
    """Diff the merge base of two commits with `head`, as a pull request shows it."""
    git = repository.git
    origin = git.merge_base(base, head)
    diff = git.diff(git[origin or base], git[head], context_lines=3)
    diff.find_similar()
    return [_changed_file(patch) for patch in diff]


def _changed_file(patch: pygit2.Patch) -> ChangedFile:
    lines: dict[str, dict[int, int]] = {"LEFT": {}, "RIGHT": {}}
    hunks: list[str] = []
    for number, hunk in enumerate(patch.hunks):
        hunks.append("".join([hunk.header, *(line.origin + line.content for line in hunk.lines)]))
        for line in hunk.lines:
            if line.origin in " -" and line.old_lineno > 0:
                lines["LEFT"][line.old_lineno] = number
            if line.origin in " +" and line.new_lineno > 0:
                lines["RIGHT"][line.new_lineno] = number
    delta = patch.delta
    _, additions, deletions = patch.line_stats
    return ChangedFile(
        path=delta.new_file.path,
        previous=delta.old_file.path,
        status=STATUS.get(delta.status_char(), "changed"),
        sha=str(delta.new_file.id if delta.status_char() != "D" else delta.old_file.id),
        additions=additions,
        deletions=deletions,
        patch=None if delta.is_binary else re.sub(r"\A(?:.*\n)*?(?=@@)", "", patch.text or ""),
        lines=lines,
        hunks=tuple(hunks),
    )


def mergeable(repository: Repository, base: str, head: str) -> bool:
    """Say whether `head` merges into `base` without a conflict."""
    index = repository.git.merge_commits(base, head)
    return index.conflicts is None


def borrow(repository: Repository, other: Repository) -> None:
    """Make the objects of a fork visible in its parent, as GitHub's shared object store does."""
    alternates = repository.path / "objects" / "info" / "alternates"
    line = f"{other.path / 'objects'}\n"
    known = alternates.read_text() if alternates.exists() else ""
    if line not in known:
        alternates.write_text(known + line)


def publish_pull(repository: Repository, number: int, head: str) -> None:
    """Keep `refs/pull/N/head`, by which GitHub shows a fork's commits in the repository they were offered to."""
    if head:
        set_ref(repository, f"refs/pull/{number}/head", head)
