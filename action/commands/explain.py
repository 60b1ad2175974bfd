"""`specloom explain`: what stands behind an ID."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from action.console import console, emit, progress
from action.failures import excerpt
from action.inputs import AsJson
from action.session import Base, Head, Repository, planned
from action.shapes import ChangeShape, drift_shape
from specloom.config import PATH
from specloom.errors import UserError
from specloom.report.markdown import MEANING

if TYPE_CHECKING:
    from rich.console import Console

    from specloom.model.change import Change
    from specloom.pipeline import Inputs

JSON: Final = ChangeShape
EXAMPLES: Final = ("specloom explain 1f2e3d4c5b6a", "specloom explain 1f2e3d4c5b6a --base v1.2.0 --json")


def run(
    identity: Annotated[str, typer.Argument(metavar="ID", help="A change's ID from a report; its first digits do.")],
    *,
    base: Base = None,
    head: Head = "HEAD",
    repository: Repository = Path(),
    as_json: AsJson = False,
) -> None:
    """Explain a change by its ID: what it is, whom it breaks, what to do instead, and the lines on both sides."""
    with progress() as step, planned(repository, base=base, head=head, targets=None, step=step) as session:
        drift = session.plan.drift
    found = [change for change in drift.changes if change.fingerprint.startswith(identity.lower())]
    if len(found) != 1:
        why = f"{len(found)} changes have an ID that begins with" if found else "no change has the ID"
        raise UserError(f"{why} {identity}; `specloom plan` lists them, and --base chooses what to compare with")
    if as_json:
        emit(drift_shape(replace(drift, changes=tuple(found)))["changes"][0])
    else:
        _print(console(), found[0], session.inputs)


def _print(screen: Console, change: Change, inputs: Inputs) -> None:
    screen.print(f"{change.severity}: {change.subject}", style="bold")
    for line in (change.message, change.advice, MEANING[change.severity]):
        screen.print(line) if line else None
    for side, span, tree in (("before", change.base, inputs.base), ("now", change.head, inputs.head)):
        content = tree.read(span.path) if span and tree else None
        if span and content is not None:
            screen.print(f"\n{side}  {span}\n{excerpt(content, span)}")
    if change.operations:
        screen.print("\nreaches", style="bold")
        screen.print("\n".join(f"  {key}" for key in change.operations))
    approve = f"drift.accept in {PATH}: fingerprint {change.fingerprint}, with a reason"
    screen.print(f"\nrule {change.rule}; to accept it, {approve}", style="dim")
