"""`specloom diff`: what changed between two versions of a description, and whom it breaks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from action.console import emit, progress, write
from action.failures import GateFailed, showing
from action.inputs import AsJson, Input, Root, locate
from action.settings import policy_of
from action.shapes import DriftShape, drift_shape
from specloom import __version__, drift, readers, report
from specloom.drift.pages import page, summary
from specloom.drift.rules import ALL

if TYPE_CHECKING:
    from specloom.model.change import Drift


class Format(StrEnum):
    """How the comparison is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    SARIF = "sarif"
    JSON = "json"


class Gate(StrEnum):
    """The mildest change that makes the command fail."""

    BREAKING = "breaking"
    RISKY = "risky"
    ANY = "any"
    NEVER = "never"


JSON: Final = DriftShape
EXAMPLES: Final = (
    "specloom diff old.yaml new.yaml",
    "specloom diff main:openapi.yaml openapi.yaml --fail-on breaking",
    "specloom diff v1:api v2:api --format markdown",
)


def run(
    base: Annotated[str, typer.Argument(help="The version that callers know: file, folder or REV:PATH.")],
    head: Annotated[str, typer.Argument(help="The version that shall replace it.")],
    *,
    as_json: AsJson = False,
    output: Annotated[Format, typer.Option("--format", help="How to print the changes.")] = Format.TEXT,
    fail_on: Annotated[
        Gate, typer.Option(help="Exit with 1 when there is such a change, or a worse one.")
    ] = Gate.NEVER,
    root: Root = None,
) -> None:
    """Compare two versions of a description.

    Every change is breaking, risky or safe for callers, is shown once however many operations it reaches, and names
    its lines. What could not be decided is listed too. The `drift` part of the config applies, where the head has one.
    """
    found = compare(locate(base, root=root), locate(head, root=root))
    if as_json or output is Format.JSON:
        emit(drift_shape(found))
    else:
        write(written(found, output))
    if report.fails(found, fail_on.value):
        raise GateFailed


def _texts() -> dict[str, tuple[str, str]]:
    return {rule.id: (summary(rule), page(rule)) for rule in ALL}


def compare(base: Input, head: Input) -> Drift:
    """Read and compare two descriptions, under the policy of the head's config."""
    with progress() as step, showing(head.tree, base.tree):
        policy = policy_of(head.tree)
        step(f"Reading {base.path}")
        before = readers.read(base.tree, base.path, behaviour=False).api
        step(f"Reading {head.path}")
        after = readers.read(head.tree, head.path, behaviour=False).api
        step("Comparing")
        return drift.compare(before, after, policy=policy)


def written(found: Drift, output: Format) -> str:
    """Return the comparison in one of the formats for people and tools."""
    if output is Format.MARKDOWN:
        return report.markdown(found)
    if output is Format.HTML:
        return report.html(found)
    return report.sarif(found, version=__version__, rules=_texts()) if output is Format.SARIF else report.text(found)
