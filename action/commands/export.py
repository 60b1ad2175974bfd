"""`specloom export`: what `apply` would leave in the folders of the targets, as one archive."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from typing_extensions import TypedDict

from action.archive import zipped
from action.console import console, emit, progress
from action.folder import replace_file
from action.inputs import AsJson
from action.session import Head, Repository, Targets, planned
from action.shapes import ConflictShape, conflict_shape
from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.provenance import PATH, load_record

if TYPE_CHECKING:
    from action.session import Session


class ExportShape(TypedDict):
    """What `specloom export --json` prints; `sha256` is that of the archive."""

    zip: str
    sha256: str
    files: list[str]
    conflicts: list[ConflictShape]


JSON: Final = ExportShape
EXAMPLES: Final = (
    "specloom export --zip generated.zip",
    "specloom export --zip sdk.zip --target sdk/python --head v1.2.0",
)


def run(
    *,
    zip_file: Annotated[Path, typer.Option("--zip", help="Archive to write.", dir_okay=False, show_default=False)],
    head: Head = "HEAD",
    target: Targets = None,
    repository: Repository = Path(),
    as_json: AsJson = False,
) -> None:
    """Write everything that is generated into one archive, and touch nothing else.

    Holds what `apply` would leave in the folders of the targets: generated files merged with hand edits, and files that
    people put beside them. The same commit gives the same bytes.
    """
    with (
        progress() as step,
        planned(repository, base=None, head=head, targets=target or None, step=step) as session,
    ):
        step("Packing")
        files = _files(session)
        archive = zipped(files)
        replace_file(zip_file, archive)
    conflicts = session.plan.conflicts
    if as_json:
        emit(
            {
                "zip": str(zip_file),
                "sha256": hashlib.sha256(archive).hexdigest(),
                "files": list(files.paths()),
                "conflicts": [conflict_shape(item) for item in conflicts],
            }
        )
        return
    screen = console()
    screen.print(f"{zip_file}: {len(files)} files, {len(archive) / 1024:.0f} KiB")
    if conflicts:
        screen.print(f"{len(conflicts)} hand edits collide with new output and are kept; `specloom plan` lists them")


def _files(session: Session) -> FileTree:
    """Return what stands below the outputs' folders once the plan is applied, with the record that belongs to it."""
    plan, ours = session.plan, session.start.tree
    record = plan.tree.read(PATH) or ours.read(PATH)  # a plan that changes nothing holds nothing
    roots = tuple(
        f"{output.root}/"
        for output in load_record(record).outputs
        if session.inputs.targets is None or output.target in session.inputs.targets
    )
    if record is None or not roots:
        raise UserError("nothing is generated here; name a target under `targets:` in .github/specloom.yml")
    gone = frozenset(plan.deletions)
    kept = {path: ours.read(path) or b"" for path in ours.paths() if path.startswith(roots) and path not in gone}
    made = {path: content for path, content in plan.tree.files.items() if path.startswith(roots)}
    return FileTree({**kept, **made, PATH: record})
