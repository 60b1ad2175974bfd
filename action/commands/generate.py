"""`specloom generate`: a target written into a folder, whatever people have edited there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from typing_extensions import TypedDict

from action.console import console, emit, progress
from action.failures import GateFailed, showing
from action.folder import write_plan
from action.inputs import AsJson, Root, Spec, locate
from action.listing import print_conflicts, print_diagnostics
from action.settings import chosen_targets, config_of
from action.shapes import (
    ConflictShape,
    DiagnosticShape,
    FileShape,
    ProvenanceShape,
    conflict_shape,
    diagnostic_shape,
    file_shapes,
    provenance_shape,
)
from generators import ALL
from specloom.adapters.directory import Directory
from specloom.adapters.git import History
from specloom.adapters.merging import merge_trees
from specloom.config import Description
from specloom.errors import UserError
from specloom.pipeline import Inputs, plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.plan import Plan


class GenerateShape(TypedDict):
    """What `specloom generate --json` prints; `files` are all files of the output, changed or not."""

    files: list[FileShape]
    conflicts: list[ConflictShape]
    diagnostics: list[DiagnosticShape]
    provenance: ProvenanceShape


JSON: Final = GenerateShape
EXAMPLES: Final = (
    "specloom generate openapi.yaml -o clients",
    "specloom generate api/ --target sdk/python -o . --json",
    "specloom generate openapi.yaml -o clients --check",
)


def run(
    spec: Spec,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write to.", show_default=False)],
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TARGET", show_default=False, help="What to generate, once per target; else what the config says."
        ),
    ] = None,
    as_json: AsJson = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 when something would.")] = False,
    root: Root = None,
) -> None:
    """Write an SDK or another target into a folder.

    Only what changed is written, and hand edits are kept: where one collides with something new, it stays, and the
    collision is listed. Files that were there before are never overwritten. Options come from the config's `targets`.
    """
    found = locate(spec, root=root)
    if output.exists() and not output.is_dir():
        raise UserError(f"{output} is a file; give a folder, new or old")
    folder = Directory(output)
    with progress() as step, showing(found.tree, folder):
        config = replace(config_of(found.tree), descriptions=(Description(path=found.path, folder=""),))
        targets = chosen_targets(config, target)
        made = plan(
            Inputs(
                head=found.tree,
                ours=folder,
                config=replace(config, targets=targets),
                generators=ALL,
                merge_trees=merge_trees,
                blob=_blobs(output),
                step=step,
            )
        )
        answer = _answer(made, folder)
        if not check:
            step("Writing files")
            write_plan(made, output)
    if as_json:
        emit(answer)
    else:
        _print(made, answer, output, check=check)
    if check and not made.empty:
        raise GateFailed


def _blobs(folder: Path) -> Callable[[str], bytes | None]:
    """Look earlier output up in the git repository around `folder`, if there is one."""
    try:
        return History.around(folder if folder.is_dir() else Path.cwd()).blob
    except UserError:
        return lambda _blob: None


def _answer(made: Plan, folder: Directory) -> GenerateShape:
    return {
        "files": [file for file in file_shapes(made, folder) if file["target"]],
        "conflicts": [conflict_shape(item) for item in made.conflicts],
        "diagnostics": [diagnostic_shape(item) for item in made.diagnostics],
        "provenance": provenance_shape(made.provenance),
    }


def _print(made: Plan, answer: GenerateShape, output: Path, *, check: bool) -> None:
    screen = console()
    changed = Counter(file["status"] for file in answer["files"])
    told = ", ".join(f"{changed[status]} {status}" for status in ("added", "changed", "deleted", "unchanged"))
    verb = "would be written" if check else "written"
    screen.print(f"Nothing to do: {output} is up to date." if made.empty else f"{told}; {verb} to {output}.")
    print_conflicts(screen, made)
    print_diagnostics(screen, made)
