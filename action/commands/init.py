"""`specloom init`: a commented config file, filled with what was found."""

from __future__ import annotations

from pathlib import Path
from typing import Final

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


class FoundShape(TypedDict):
    """A description that was found; `error` says why it cannot be read, if it cannot."""

    path: str
    title: str
    format: str
    operations: int
    error: str | None


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
    tree = Directory(folder)
    with progress() as step:
        step("Looking for descriptions")
        found = [_found(tree, path) for path in readers.discover(tree)]
    replace_file(folder / PATH, starter([item["path"] for item in found], ALL).encode())
    if as_json:
        emit(InitShape(config=PATH, descriptions=found, targets=list(DEFAULT_TARGETS)))
    else:
        _print(found)


def _found(tree: Directory, path: str) -> FoundShape:
    try:
        api = readers.read(tree, path).api
    except UserError as error:
        return {"path": path, "title": "", "format": "", "operations": 0, "error": str(error)}
    source = api.source.format
    return {"path": path, "title": api.title, "format": source, "operations": len(api.operations), "error": None}


def _print(found: list[FoundShape]) -> None:
    screen = console()
    for item in found:
        known = f"{item['title']}, {item['format']}, {item['operations']} operations"
        screen.print(f"found  {item['path']}: {item['error'] or known}")
    if not found:
        screen.print("No API description was found; name yours under `descriptions:` in the config.")
    screen.print(f"wrote  {PATH}")
    screen.print("next   look it over, commit it, then `specloom plan`")
