"""A local repository made ready for a plan: which commits, which config, and where the branch starts."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from action.failures import showing
from action.settings import chosen_targets, config_of, today
from generators import ALL
from specloom.adapters.branches import find_start
from specloom.adapters.directory import Directory
from specloom.adapters.git import History
from specloom.adapters.merging import merge_trees
from specloom.pipeline import Inputs, branch_name, plan
from specloom.provenance import PATH, load_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from specloom.adapters.branches import Start
    from specloom.model.plan import Plan

Base: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="Revision that callers know; by default the commit of the last generation, or else the parent of --head.",
        show_default=False,
    ),
]
Head: TypeAlias = Annotated[str, typer.Option(help="Revision to generate from.")]
Targets: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        metavar="TARGET",
        help="Only this target, once per target; such a plan has a branch of its own.",
        show_default=False,
    ),
]
Repository: TypeAlias = Annotated[
    Path, typer.Option("-C", "--repository", help="Folder inside the repository.", exists=True, file_okay=False)
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A plan with what it takes to carry it out."""

    history: History
    head: str
    start: Start
    inputs: Inputs
    plan: Plan


@contextmanager
def planned(
    repository: Path, *, base: str | None, head: str, targets: Sequence[str] | None, step: Callable[[str], None]
) -> Iterator[Session]:
    """Make a plan for a local repository; a `UserError` that passes gets the lines in question.

    Without `targets` (None) the plan is for those of the config; with none at all, an empty sequence, for drift alone.
    """
    history = History.around(repository)
    tree = history.tree(head)
    before = base or history.last_change(PATH, head) or history.parent(head)
    with showing(tree):
        config = config_of(tree)
        if targets is not None:
            config = replace(config, targets={**config.targets, **chosen_targets(config, targets)})
        only = None if targets is None else frozenset(targets)
        start = find_start(history, branch_name(config.branch, only), head)
        inputs = Inputs(
            head=tree,
            base=history.tree(before) if before else None,
            ours=start.tree,
            config=replace(config, policy=replace(config.policy, today=today())),
            generators=ALL,
            merge_trees=merge_trees,
            blob=history.blob,
            settled=not start.by_hand,
            targets=only,
            documentation=True,
            step=step,
        )
        yield Session(history=history, head=head, start=start, inputs=inputs, plan=plan(inputs))


def uncommitted(session: Session) -> list[str]:
    """Return the known descriptions whose version in the work tree is not the one that the plan was made from."""
    folder = session.history.folder
    if folder is None:
        return []
    known = {output.description for output in load_record(session.start.tree.read(PATH)).outputs}
    disk = Directory(folder)
    return sorted(path for path in known if disk.read(path) not in {None, session.inputs.head.read(path)})
