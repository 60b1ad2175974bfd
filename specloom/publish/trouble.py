"""Trouble as check runs: a mistake of the user's points at its line, one of ours is never a red cross on their work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.plan import Annotation, CheckRun
from specloom.report.escape import inline

if TYPE_CHECKING:
    from specloom.errors import UserError

GAVE_UP: Final = "Specloom could not finish"
NO_RESULT: Final = "There is no result to show, and that is no verdict on this change."


def check_for(error: UserError, *, name: str) -> CheckRun:
    """Return a failed check run at the line of the mistake; neutral where there are no lines to blame."""
    if error.span is None:
        return CheckRun(name=name, conclusion="neutral", title="Nothing to compare", summary=inline(error.message))
    note = Annotation(level="failure", span=error.span, title="This cannot be read", message=error.message)
    return CheckRun(
        name=name,
        conclusion="failure",
        title=f"{error.span} cannot be read",
        summary=f"{inline(error.message)}\n\nNothing was generated; what was there before is untouched.",
        annotations=(note,),
    )


def check_for_bug(*, name: str, delivery: str) -> CheckRun:
    """Return a neutral check run that names the delivery, for whoever reads our logs."""
    summary = f"{NO_RESULT}\n\nThe job is kept; `/specloom retry` runs it again. Its id is `{delivery}`."
    return CheckRun(name=name, conclusion="neutral", title=GAVE_UP, summary=summary)


def check_not_allowed(*, name: str, delivery: str) -> CheckRun:
    """Return a neutral check run for what GitHub refused: only somebody who administers the installation can help."""
    summary = (
        f"{NO_RESULT}\n\nGitHub refused a part of it. Look in the repository's settings, under GitHub Apps, whether"
        f" Specloom has permissions to accept; then press re-run. The job was `{delivery}`."
    )
    return CheckRun(name=name, conclusion="neutral", title="GitHub does not let Specloom do this", summary=summary)


def check_closed(*, name: str) -> CheckRun:
    """Return a neutral check run for a pull request that was closed while it was looked at."""
    summary = f"{NO_RESULT} The pull request was closed meanwhile; opening it again has it looked at again."
    return CheckRun(name=name, conclusion="neutral", title="Closed", summary=summary)


def check_superseded(*, name: str, delivery: str) -> CheckRun:
    """Return a neutral check run for a commit that newer ones replaced while it was looked at."""
    summary = f"{NO_RESULT} A newer commit is being looked at instead.\n\nThe job was `{delivery}`."
    return CheckRun(name=name, conclusion="neutral", title="Superseded", summary=summary)
