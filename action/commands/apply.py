"""`specloom apply`: what `plan` shows, done on a branch of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from typing_extensions import TypedDict

from action.console import console, emit, progress
from action.folder import replace_file
from action.inputs import AsJson
from action.listing import print_plan
from action.session import Base, Head, Repository, Targets, planned
from action.shapes import ConflictShape, conflict_shape
from specloom.adapters.branches import PRISTINE, apply_plan

if TYPE_CHECKING:
    from action.session import Session


class ApplyShape(TypedDict):
    """What `specloom apply --json` prints; `commit` is null where there was nothing to do."""

    branch: str
    title: str
    commit: str | None
    files: list[str]
    deletions: list[str]
    conflicts: list[ConflictShape]
    report: str


JSON: Final = ApplyShape
EXAMPLES: Final = (
    "specloom apply",
    "specloom apply --base v1.2.0 --report report.html",
    "specloom apply --target sdk/python --json",
)


def run(
    *,
    base: Base = None,
    head: Head = "HEAD",
    target: Targets = None,
    repository: Repository = Path(),
    report: Annotated[
        Path | None, typer.Option(help="Where to write the report; by default inside .git.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Do what `plan` shows, on a branch of its own.

    Makes one commit on a local branch and writes the report; the work tree stays as it is, and so does everything that
    people have committed on that branch.
    """
    with progress() as step, planned(repository, base=base, head=head, targets=target or None, step=step) as session:
        step("Writing the branch")
        commit = None
        if not session.plan.empty:
            commit = apply_plan(session.history, session.plan, session.start, head=head)
        page = report or Path(session.history.repository.path, "specloom", "report.html")
        replace_file(page, session.plan.report_html.encode())
    if as_json:
        emit(_shape(session, commit, page))
    else:
        _print(session, commit, page)


def _shape(session: Session, commit: str | None, page: Path) -> ApplyShape:
    plan = session.plan
    return {
        "branch": plan.branch,
        "title": plan.title,
        "commit": commit,
        "files": list(plan.writes),
        "deletions": list(plan.deletions),
        "conflicts": [conflict_shape(item) for item in plan.conflicts],
        "report": str(page),
    }


def _print(session: Session, commit: str | None, page: Path) -> None:
    screen, plan = console(), session.plan
    print_plan(screen, session)
    screen.print(f"\nreport  {page}")
    if commit is None:
        return
    screen.print(f"branch  {plan.branch} ({commit[:12]})", style="bold")
    settle = "; settle the conflicts there" if plan.conflicts else ""
    screen.print(f"next    git diff HEAD...{plan.branch}{settle}")
    screen.print(f"then    git push -u origin {plan.branch} '{PRISTINE}*:{PRISTINE}*'")
