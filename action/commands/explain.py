"""`specloom explain`: what stands behind an ID."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer
from typing_extensions import TypedDict

from action.console import console, emit, progress
from action.failures import excerpt
from action.inputs import AsJson
from action.session import Base, Head, Repository, planned
from action.shapes import ChangeShape, drift_shape
from specloom.config import PATH
from specloom.drift.pages import summary
from specloom.drift.rules import ALL as RULES
from specloom.errors import UserError
from specloom.report.markdown import MEANING

if TYPE_CHECKING:
    from rich.console import Console

    from specloom.drift.rule import Rule
    from specloom.model.change import Change
    from specloom.pipeline import Inputs


class RuleShape(TypedDict):
    """A rule of the table: what it says, why that matters, and what a caller should do."""

    rule: str
    message: str
    why: str
    advice: str
    convention: str


ExplainShape: TypeAlias = ChangeShape | RuleShape

JSON: Final = ExplainShape
EXAMPLES: Final = (
    "specloom explain operation-removed",
    "specloom explain 1f2e3d4c5b6a",
    "specloom explain 1f2e3d4c5b6a --base v1.2.0 --json",
)


def run(
    identity: Annotated[
        str, typer.Argument(metavar="ID", help="A change's ID from a report (its first digits do), or a rule's.")
    ],
    *,
    base: Base = None,
    head: Head = "HEAD",
    repository: Repository = Path(),
    as_json: AsJson = False,
) -> None:
    """Explain a change or a rule.

    A change by its ID: what it is, whom it breaks, what to do instead, and the lines on both sides. A rule by its name:
    what it says and why.
    """
    rule = next((rule for rule in RULES if rule.id == identity), None)
    if rule is not None:
        _explain_rule(rule, as_json=as_json)
        return
    with progress() as step, planned(repository, base=base, head=head, targets=(), step=step) as session:
        drift = session.plan.drift
    found = [change for change in drift.changes if change.fingerprint.startswith(identity.lower())]
    if len(found) != 1:
        raise UserError(_not_one(identity, len(found)))
    if as_json:
        emit(drift_shape(replace(drift, changes=tuple(found)))["changes"][0])
    else:
        _print(console(), found[0], session.inputs)


def _not_one(identity: str, number: int) -> str:
    close = get_close_matches(identity, [rule.id for rule in RULES], n=1)
    if close:
        return f"there is no rule {identity}; did you mean {close[0]}?"
    why = f"{number} changes have an ID that begins with" if number else "no change and no rule has the ID"
    return f"{why} {identity}; `specloom plan` lists the changes, and --base chooses what to compare with"


def _explain_rule(rule: Rule, *, as_json: bool) -> None:
    shape: RuleShape = {
        "rule": rule.id,
        "message": summary(rule),
        "why": rule.why,
        "advice": rule.advice,
        "convention": rule.convention,
    }
    if as_json:
        emit(shape)
        return
    screen = console()
    screen.print(rule.id, style="bold")
    for line in (summary(rule), rule.why, rule.advice, rule.convention):
        if line:
            screen.print(line)


def _print(screen: Console, change: Change, inputs: Inputs) -> None:
    screen.print(f"{change.severity}: {change.subject}", style="bold")
    for line in (change.message, change.advice, MEANING[change.severity]):
        if line:
            screen.print(line)
    for side, span, tree in (("before", change.base, inputs.base), ("now", change.head, inputs.head)):
        content = tree.read(span.path) if span and tree else None
        if span and content is not None:
            screen.print(f"\n{side}  {span}\n{excerpt(content, span)}")
    if change.operations:
        screen.print("\nreaches", style="bold")
        screen.print("\n".join(f"  {key}" for key in change.operations))
    if change.milder:
        screen.print("\nreaches more mildly", style="bold")
        screen.print("\n".join(f"  {key}" for key in change.milder))
    approve = f"drift.accept in {PATH}: fingerprint {change.fingerprint}, with a reason"
    screen.print(f"\nrule {change.rule}; to accept it, {approve}", style="dim")
