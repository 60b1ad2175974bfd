"""Put a plan on its branch: one commit that GitHub signs, made of what differs, and moved there by compare-and-swap."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.adapters.github.repository import NOTHING, RefMove
from specloom.errors import UpstreamError
from specloom.publish.commit import Ground, Stand, decide_ground, is_ours, message_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pygit2

    from specloom.adapters.github.repository import Repository
    from specloom.adapters.mirror import Changed, Mirror
    from specloom.model.plan import Plan

BATCH_BYTES: Final = 2_000_000
"""Bytes of content in one request for a tree."""

BATCH_ENTRIES: Final = 500

PRISTINE: Final = "refs/specloom/pristine/"
"""Prefix of the refs that keep what generators wrote, as `specloom.adapters.branches` does locally."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a plan is made against: the stand of things, the ground to build on, and the tree as people left it.

    `pristine` is the commit that keeps what generators wrote for this branch, where there is one.
    """

    stand: Stand
    ground: Ground
    ours: pygit2.Tree
    pristine: str | None = None


def survey(mirror: Mirror, *, default: str, branch: str | None, open_pull: bool) -> Base:
    """Look at the fetched heads and decide what to build on."""
    if branch is None:
        stand, merged = Stand(default), None
    else:
        by_people = any(not is_ours(commit.message, str(commit.tree_id)) for commit in mirror.commits(branch, default))
        contains = mirror.contains(branch, default)
        merged = mirror.merged_tree(branch, default) if by_people and not contains else None
        stand = Stand(default, branch, by_people=by_people, contains=contains, merges=merged is not None)
    ground = decide_ground(stand, open_pull=open_pull)
    if ground.tree == "merged" and merged is not None:
        return Base(stand, ground, merged)
    commit = branch if ground.tree == "branch" and branch else default
    return Base(stand, ground, mirror.tree_of(commit))


def stands_already(mirror: Mirror, base: Base, plan: Plan) -> bool:
    """Say whether the branch shows all that the plan wants, so that a new commit would say nothing new."""
    if base.stand.branch is None:
        return plan.empty
    final = mirror.composed(base.ours, {path: plan.tree.files[path] for path in plan.writes}, plan.deletions)
    here = mirror.tree_of(base.stand.branch)
    if final.id == here.id:
        return True
    ours = {item.path: item.blob for item in mirror.changes(mirror.tree_of(base.stand.default), final)}
    common = mirror.merge_base(base.stand.branch, base.stand.default)
    before = mirror.tree_of(common) if common else here
    return ours == {item.path: item.blob for item in mirror.changes(before, here)}


async def publish_branch(api: Repository, node_id: str, mirror: Mirror, base: Base, plan: Plan) -> str:
    """Make the commit and move the branch to it; return its id. Raises LeaseLost where somebody moved the branch."""
    final = mirror.composed(base.ours, {path: plan.tree.files[path] for path in plan.writes}, plan.deletions)
    start = mirror.tree_of(base.ground.parents[0])
    tree = await _upload(api, mirror, start, final)
    commit = await api.create_commit(message_of(plan.title, tree), tree, base.ground.parents)
    moves = [RefMove(f"refs/heads/{plan.branch}", base.stand.branch or NOTHING, commit, force=base.ground.reset)]
    kept = await _keep_pristine(api, mirror, final, base.pristine, plan)
    if kept is not None:
        moves.append(RefMove(f"{PRISTINE}{plan.branch}", base.pristine or NOTHING, kept))
    await api.move_refs(node_id, moves)
    return commit


async def _keep_pristine(
    api: Repository, mirror: Mirror, final: pygit2.Tree, last: str | None, plan: Plan
) -> str | None:
    """Commit what the generators wrote on top of what they wrote before, so that the next merge has its base."""
    if last is not None and str(mirror.tree_of(last).id) == plan.pristine.id:
        return None
    tree = mirror.composed(None, plan.pristine.files, ())
    known = {item.blob for item in mirror.changes(None, final)}
    made: str | None = None
    for batch in _batches(mirror, mirror.changes(None, tree)):
        entries = [await _entry(api, mirror, item, known=item.blob in known) for item in batch]
        made = await api.create_tree(entries, made)
    if made is None:
        return None
    return await api.create_commit("Generated files, before any merge with hand edits", made, [last] if last else [])


async def _upload(api: Repository, mirror: Mirror, start: pygit2.Tree, final: pygit2.Tree) -> str:
    """Rebuild `final` at GitHub from `start`, which it has; both sides must agree on what came out."""
    tree = str(start.id)
    for batch in _batches(mirror, mirror.changes(start, final)):
        entries = [await _entry(api, mirror, item) for item in batch]
        tree = await api.create_tree(entries, tree)
    if tree != str(final.id):
        raise UpstreamError(f"GitHub made tree {tree} where {final.id} was meant")
    return tree


def _batches(mirror: Mirror, changes: Sequence[Changed]) -> Iterator[list[Changed]]:
    batch: list[Changed] = []
    size = 0
    for item in changes:
        length = len(mirror.blob(item.blob) or b"") if item.blob else 0
        if batch and (size + length > BATCH_BYTES or len(batch) >= BATCH_ENTRIES):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
    if batch:
        yield batch


async def _entry(api: Repository, mirror: Mirror, item: Changed, *, known: bool = False) -> dict[str, Any]:
    kind = {0o040000: "tree", 0o160000: "commit"}.get(item.mode, "blob")
    entry: dict[str, Any] = {"path": item.path, "mode": f"{item.mode:06o}", "type": kind}
    content = mirror.blob(item.blob) if item.blob and not known else None
    if item.blob is None or content is None:
        return entry | {"sha": item.blob}
    try:
        return entry | {"content": content.decode()}
    except UnicodeDecodeError:
        return entry | {"sha": await api.create_blob(base64.b64encode(content).decode())}
