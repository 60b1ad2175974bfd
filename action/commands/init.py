"""`specloom init`: a commented config file, filled with what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from typing_extensions import TypedDict

from action.console import console, emit, progress
from action.folder import replace_file
from action.inputs import AsJson
from action.session import Repository
from generators import ALL
from specloom import readers
from specloom.adapters.directory import Directory
from specloom.adapters.git import History
from specloom.config import DEFAULT_TARGETS, PATH, starter
from specloom.errors import UserError

if TYPE_CHECKING:
    from specloom.readers import Reading


class FoundShape(TypedDict):
    """A description that was found."""

    path: str
    title: str
    format: str
    operations: int


class InitShape(TypedDict):
    """What `specloom init --json` prints."""

    config: str
    descriptions: list[FoundShape]
    targets: list[str]


JSON: Final = InitShape
EXAMPLES: Final = ("specloom init", "specloom init -C ../shop --json")


def run(*, repository: Repository = Path(), as_json: AsJson = False) -> None:
    """Write a commented config file for this repository.

    Says which descriptions were found. An existing config is never touched.
    """
    folder = History.around(repository).folder
    if folder is None:
        raise UserError("this repository has no work tree; run `specloom init` in a clone of it")
    if (folder / PATH).exists():
        raise UserError(f"{PATH} is already there, and nothing was written; edit it, or delete it to start anew")
    with progress() as step:
        step("Looking for descriptions")
        tree = Directory(folder)
        found = {path: readers.read(tree, path) for path in readers.discover(tree)}
    replace_file(folder / PATH, starter(list(found), ALL).encode())
    if as_json:
        emit(_shape(found))
    else:
        _print(found)


def _shape(found: dict[str, Reading]) -> InitShape:
    return {
        "config": PATH,
        "descriptions": [
            {
                "path": path,
                "title": reading.api.title,
                "format": reading.api.source.format,
                "operations": len(reading.api.operations),
            }
            for path, reading in found.items()
        ],
        "targets": list(DEFAULT_TARGETS),
    }


def _print(found: dict[str, Reading]) -> None:
    screen = console()
    for path, reading in found.items():
        api = reading.api
        screen.print(f"found  {path}: {api.title} {api.version}, {api.source.format}, {len(api.operations)} operations")
    if not found:
        screen.print("No API description was found; name yours under `descriptions:` in the config.")
    screen.print(f"wrote  {PATH}")
    screen.print("next   look it over, commit it, then `specloom plan`")
