"""`specloom plan`: what a change of the description would bring about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from typing_extensions import TypedDict

from action.console import console, emit, progress
from action.inputs import AsJson
from action.listing import print_plan
from action.session import Base, Head, Repository, Targets, planned
from action.shapes import (
    ChangeShape,
    CheckRunShape,
    ConflictShape,
    DiagnosticShape,
    FileShape,
    InferenceShape,
    NotEvaluatedShape,
    ProvenanceShape,
    ReviewCommentShape,
    check_run_shape,
    conflict_shape,
    diagnostic_shape,
    drift_shape,
    file_shapes,
    inference_shape,
    provenance_shape,
    review_comment_shape,
)

if TYPE_CHECKING:
    from action.session import Session


class PlanShape(TypedDict):
    """What `specloom plan --json` prints. `empty` says that applying it would change nothing."""

    branch: str
    title: str
    body: str
    draft: bool
    empty: bool
    files: list[FileShape]
    changes: list[ChangeShape]
    not_evaluated: list[NotEvaluatedShape]
    bump: Literal["major", "minor", "patch", "none"]
    inferences: list[InferenceShape]
    conflicts: list[ConflictShape]
    check_run: CheckRunShape
    review_comments: list[ReviewCommentShape]
    diagnostics: list[DiagnosticShape]
    provenance: ProvenanceShape


JSON: Final = PlanShape
EXAMPLES: Final = (
    "specloom plan",
    "specloom plan --base v1.2.0 --head main",
    "specloom plan --target sdk/python --json",
)


def run(
    *,
    base: Base = None,
    head: Head = "HEAD",
    target: Targets = None,
    repository: Repository = Path(),
    as_json: AsJson = False,
) -> None:
    """Show what a change of the description would bring about, and change nothing.

    Reads the commits of the repository around the current folder: drift against the base, files that would be written,
    hand edits that collide. `specloom apply` does what is shown.
    """
    with progress() as step, planned(repository, base=base, head=head, targets=target or None, step=step) as session:
        pass
    if as_json:
        emit(shape(session))
    else:
        print_plan(console(), session)


def shape(session: Session) -> PlanShape:
    """Return a plan as data."""
    plan = session.plan
    drift = drift_shape(plan.drift)
    return {
        "branch": plan.branch,
        "title": plan.title,
        "body": plan.body,
        "draft": plan.draft,
        "empty": plan.empty,
        "files": file_shapes(plan, session.start.tree),
        "changes": drift["changes"],
        "not_evaluated": drift["not_evaluated"],
        "bump": drift["bump"],
        "inferences": [inference_shape(item) for item in plan.inferences],
        "conflicts": [conflict_shape(item) for item in plan.conflicts],
        "check_run": check_run_shape(plan.check_run),
        "review_comments": [review_comment_shape(item) for item in plan.review_comments],
        "diagnostics": [diagnostic_shape(item) for item in plan.diagnostics],
        "provenance": provenance_shape(plan.provenance),
    }
