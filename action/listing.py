"""Parts of a plan, listed for people on a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from action.session import uncommitted
from action.shapes import file_shapes
from specloom.model.diagnostic import Level
from specloom.provenance import PATH
from specloom.report import text
from specloom.report.facts import name_of

if TYPE_CHECKING:
    from rich.console import Console

    from action.session import Session
    from specloom.model.plan import Conflict, Plan

MANY: Final = 20
"""More lines of one kind than this are counted."""

REASONS: Final = {
    "both-changed": "edited by hand and changed by the generator; the hand edit stands",
    "deleted-by-hand": "deleted by hand and changed by the generator; it stays deleted",
    "dropped-by-generator": "edited by hand and no longer generated; it stays",
    "no-base": "stands there, and what was generated before is not known; it stays",
}


def print_plan(screen: Console, session: Session) -> None:
    """Print what a plan would do, or why it would do nothing."""
    made = session.plan
    screen.print(made.title, style="bold")
    screen.out(text(made.drift), end="", highlight=False)
    _print_files(screen, made, session)
    _print_facts(screen, made)
    print_conflicts(screen, made)
    print_diagnostics(screen, made)
    for path in uncommitted(session):
        screen.print(f"\n{path} has changes that are not committed; a plan is made from commits", style="yellow")


def _print_files(screen: Console, made: Plan, session: Session) -> None:
    if made.empty:
        screen.print("\nNothing to do: everything generated is up to date.")
        return
    screen.print(f"\nfiles on branch {made.branch}", style="bold")
    changed = [file for file in file_shapes(made, session.start.tree) if file["status"] != "unchanged"]
    for target in sorted({file["target"] or "" for file in changed} - {""}):
        counts = Counter(file["status"] for file in changed if file["target"] == target)
        screen.print(f"  {target}: {', '.join(f'{number} {status}' for status, number in sorted(counts.items()))}")
    for file in changed:
        if not file["target"] and file["path"] != PATH:
            screen.print(f"  {file['path']}: {file['status']}")


def _print_facts(screen: Console, made: Plan) -> None:
    """Say in one line what the docs state; the report has the proofs."""
    if made.inferences:
        kinds = Counter(name_of(item.fact_kind) for item in made.inferences)
        told = ", ".join(kind if number == 1 else f"{kind} ({number})" for kind, number in sorted(kinds.items()))
        screen.print(f"\n{_count(len(made.inferences), 'fact')} found in the docs: {told}")


def print_conflicts(screen: Console, made: Plan) -> None:
    """List what people have to settle."""
    if made.conflicts:
        screen.print(f"\n{_count(len(made.conflicts), 'conflict')} with hand edits", style="bold yellow")
    for conflict in made.conflicts[:MANY]:
        screen.print(f"  {_place(conflict)}: {REASONS[conflict.reason]}")
    _more(screen, len(made.conflicts))


def print_diagnostics(screen: Console, made: Plan) -> None:
    """List what could not be done."""
    if made.diagnostics:
        screen.print(f"\n{_count(len(made.diagnostics), 'remark')}", style="bold")
    for item in made.diagnostics[:MANY]:
        screen.print(f"  {item}", style="red" if item.level is Level.ERROR else "")
    _more(screen, len(made.diagnostics))


def _place(conflict: Conflict) -> str:
    if conflict.line_start is None:
        return conflict.path
    end = "" if conflict.line_end == conflict.line_start else f"-{conflict.line_end}"
    return f"{conflict.path}:{conflict.line_start}{end}"


def _more(screen: Console, count: int) -> None:
    if count > MANY:
        screen.print(f"  … and {count - MANY} more; --json lists them all")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
