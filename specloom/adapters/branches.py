"""Branches of a local repository: where a plan starts from, and how it is written; no hand's commit is ever dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygit2
from pygit2.enums import FileMode, SortMode

from specloom.adapters.git import PLAIN, GitTree
from specloom.adapters.merging import write_tree
from specloom.errors import UserError

if TYPE_CHECKING:
    from specloom.adapters.git import History
    from specloom.model.files import FileTree
    from specloom.model.plan import Plan

NAME: Final = "Specloom"
EMAIL: Final = "specloom@users.noreply.github.com"
"""Whose author and committer both have this address is our commit; any other is somebody's work."""

PRISTINE: Final = "refs/specloom/pristine/"
"""Prefix of the refs that keep what generators wrote; followed by the branch's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a plan starts: the tree it is applied to, the commits that this tree joins, and the branch's tip if any.

    `by_hand` tells that people have committed on the branch, so that it is continued rather than made anew.
    """

    tree: GitTree
    parents: tuple[str, ...]
    tip: str | None
    by_hand: bool


def find_start(history: History, branch: str, head: str) -> Start:
    """Decide where to start: at `head`, unless people have committed on the branch what `head` does not have.

    Raises `UserError` where their commits and `head` collide: joining them is for people.
    """
    repository, commit = history.repository, history.commit(head)
    tip = repository.branches.local.get(branch)
    fresh = Start(
        tree=GitTree(repository, commit.tree),
        parents=(str(commit.id),),
        tip=str(tip.target) if tip else None,
        by_hand=False,
    )
    if tip is None or not _by_hand(repository, tip.target, commit.id):
        return fresh
    if repository.descendant_of(tip.target, commit.id):
        tree = GitTree(repository, history.commit(str(tip.target)).tree)
        return Start(tree=tree, parents=(str(tip.target),), tip=fresh.tip, by_hand=True)
    index = repository.merge_commits(tip.target, commit.id)
    if index.conflicts is not None:
        paths = sorted({entry.path for sides in index.conflicts for entry in sides if entry})
        raise UserError(
            f"branch {branch} has commits made by hand that collide with {head} in {', '.join(paths[:3])};"
            f" run `git switch {branch} && git merge {head}`, settle that, and try again"
        )
    joined = repository[index.write_tree(repository)].peel(pygit2.Tree)
    if joined.id == commit.tree.id:
        return fresh
    return Start(
        tree=GitTree(repository, joined), parents=(str(tip.target), str(commit.id)), tip=fresh.tip, by_hand=True
    )


def apply_plan(history: History, plan: Plan, start: Start, *, head: str) -> str:
    """Write the plan as a commit on its branch and return the commit's id; the work tree is not touched.

    The commit carries the time of `head`, so that the same plan on the same commit has the same id. Raises `UserError`
    where the branch is checked out, or was moved since `find_start` looked at it.
    """
    repository = history.repository
    branch = repository.branches.local.get(plan.branch)
    if branch is not None and branch.is_checked_out():
        raise UserError(f"branch {plan.branch} is checked out here; run `git switch -` and try again")
    commit = history.commit(head)
    parents = list(start.parents)
    if len(parents) > 1:
        parents = [_commit(history, start.tree.root.id, f"Merge {commit.short_id} into {plan.branch}", parents, commit)]
    tree = _tree_of(repository, plan, start)
    made = _commit(history, tree, _message(plan), parents, commit)
    keep_pristine(history, plan.branch, plan.pristine, at=commit)
    move_ref(repository, f"refs/heads/{plan.branch}", made, expected=start.tip)
    return made


def keep_pristine(history: History, branch: str, tree: FileTree, *, at: pygit2.Commit) -> None:
    """Make what the generators wrote reachable, after all that they wrote for this branch before."""
    repository, name = history.repository, f"{PRISTINE}{branch}"
    last = repository.references.get(name)
    oid = write_tree(repository, tree)
    if last is not None and history.commit(str(last.target)).tree.id == oid:
        return
    parents = [str(last.target)] if last else []
    made = _commit(history, oid, "Generated files, before any merge with hand edits", parents, at)
    move_ref(repository, name, made, expected=parents[0] if parents else None)


def move_ref(repository: pygit2.Repository, name: str, target: str, *, expected: str | None) -> None:
    """Point `name` at `target` if it still points at `expected` (None: does not exist); raises `UserError` if not."""
    reference = repository.references.get(name)
    moved = (str(reference.target) if reference else None) != expected
    if not moved:
        try:
            if reference is None:
                repository.references.create(name, pygit2.Oid(hex=target))
            else:
                reference.set_target(pygit2.Oid(hex=target))  # fails when the ref was changed since it was read
        except (ValueError, pygit2.GitError):
            moved = True
    if moved:
        short = name.removeprefix("refs/heads/")
        raise UserError(f"{short} was moved while this ran, and nothing was written to it; try again")


def _by_hand(repository: pygit2.Repository, tip: pygit2.Oid | str, head: pygit2.Oid) -> bool:
    walker = repository.walk(pygit2.Oid(hex=str(tip)), SortMode.TOPOLOGICAL)
    walker.hide(head)
    return any(EMAIL not in {commit.author.email} & {commit.committer.email} for commit in walker)


def _tree_of(repository: pygit2.Repository, plan: Plan, start: Start) -> pygit2.Oid:
    index = pygit2.Index()
    index.read_tree(start.tree.root)
    for path in plan.deletions:
        index.remove(path)
    for path in plan.writes:
        mode = index[path].mode if path in index and index[path].mode in PLAIN else FileMode.BLOB
        index.add(pygit2.IndexEntry(path, repository.create_blob(plan.tree.files[path]), mode))
    return index.write_tree(repository)


def _commit(history: History, tree: pygit2.Oid, message: str, parents: list[str], at: pygit2.Commit) -> str:
    who = pygit2.Signature(NAME, EMAIL, at.commit_time, 0)
    oids: list[pygit2.Oid | str] = [pygit2.Oid(hex=parent) for parent in parents]
    return str(history.repository.create_commit(None, who, who, message, tree, oids))


def _message(plan: Plan) -> str:
    lines = [f"{target} {version}" for target, version in plan.provenance.generators.items()]
    return f"{plan.title}\n\nGenerated by {', '.join(lines)} from description {plan.provenance.description[:12]}.\n"
