"""Which descriptions there are, in both versions, and where their output goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from specloom import readers
from specloom.config import PATH, Description
from specloom.errors import UserError
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic import BaseModel

    from specloom.config import Config
    from specloom.model.api import Api
    from specloom.model.source import SourceTree
    from specloom.pipeline.inputs import Inputs
    from specloom.provenance import Record
    from specloom.readers import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One description, read: the folder for its output, its targets with options, and the base version if any."""

    path: str
    folder: str
    targets: Mapping[str, BaseModel]
    reading: Reading
    base: Api | None


def read_sources(inputs: Inputs, record: Record) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """Read every description of the head, and its base version.

    Raises `UserError` where there is none, or where not one can be read; where some can, the others are diagnostics.
    """
    found = descriptions(inputs.head, inputs.config, record)
    base_paths = _base_paths(inputs, [item.path for item in found])
    sources, diagnostics = [], []
    failed: UserError | None = None
    for item, folder in zip(found, _folders(found, record), strict=True):
        inputs.step(f"Reading {item.path}")
        try:
            reading = readers.read(inputs.head, item.path)
        except UserError as error:
            failed = failed or error
            diagnostics.append(_lost(error, item.path))
            continue
        base, notes = _read_base(inputs, reading.api, base_paths.get(item.path))
        diagnostics += [*reading.diagnostics, *notes]
        targets = inputs.config.targets if item.targets is None else item.targets
        sources.append(Source(path=item.path, folder=folder, targets=targets, reading=reading, base=base))
    if failed and not sources:
        raise failed
    return tuple(sources), tuple(diagnostics)


def descriptions(tree: SourceTree, config: Config, record: Record) -> tuple[Description, ...]:
    """Return the config's descriptions with their globs resolved, or those that are recognised by their content.

    What was generated is never taken for a source. Raises `UserError` where there is no description.
    """
    ignore = (*config.ignore, *(f"/{output.root}/" for output in record.outputs))
    if not config.descriptions:
        found = tuple(Description(path=path) for path in readers.discover(tree, exclude=ignore))
        if not found:
            raise UserError(
                "no API description was found (OpenAPI, Swagger, Postman or GraphQL);"
                f" name one under `descriptions:` in {PATH}, or give its path"
            )
        return found
    by_path: dict[str, Description] = {}
    for entry in config.descriptions:
        if entry.upstream and tree.read(_plain(entry.path)) is None:
            continue
        for path in _resolve(entry.path, tree, ignore):
            by_path.setdefault(path, replace(entry, path=path))
    if not by_path:
        raise UserError("nothing has been taken from `upstream` yet; the next update brings the description")
    return tuple(by_path.values())


def _resolve(pattern: str, tree: SourceTree, ignore: tuple[str, ...]) -> Sequence[str]:
    """Return the descriptions that a path or glob of the config means."""
    path = _plain(pattern)
    if tree.read(path) is not None:
        return [path]
    found = readers.discover(tree, [f"/{path}"], ignore) if set(path) & set("*?[") else ()
    if not found:
        message = f"`descriptions` names {pattern}, and there is no such description; correct the path"
        raise UserError(message, Span(PATH, 1, 1))
    return found


def _plain(path: str) -> str:
    return path.removeprefix("./").removeprefix("/")


def _folders(found: Sequence[Description], record: Record) -> list[str]:
    """Choose where each description's output goes: as the config says, else as before, else a folder of its own.

    A lone description writes to the root. Several write beside themselves, so that one more moves nothing of the
    others. Raises `UserError` where the config sends two to one folder.
    """
    before = {item.description: item.folder for item in record.outputs}
    fixed = {item.path: before.get(item.path) if item.folder is None else item.folder for item in found}
    taken = [folder for folder in fixed.values() if folder is not None]
    free = [path for path, folder in fixed.items() if folder is None]
    chosen: dict[str, str] = {}
    for scheme in SCHEMES if len(found) > 1 else (lambda _path: "",):
        chosen = {path: scheme(path) for path in free}
        if len({*chosen.values(), *taken}) == len(chosen) + len(taken):
            break
    folders = [chosen.get(item.path) or fixed[item.path] or "" for item in found]
    twice = [folder for folder, count in Counter(folders).items() if count > 1]
    if twice:
        where = f"`{twice[0]}`" if twice[0] else "the repository's root"
        message = f"several descriptions write to {where}; give each its own `output` under `descriptions`"
        raise UserError(message, Span(PATH, 1, 1))
    return folders


def _beside(path: str) -> str:
    folder = PurePosixPath(path).parent.as_posix()
    return "" if folder == "." else folder


SCHEMES: tuple[Callable[[str], str], ...] = (
    _beside,
    lambda path: PurePosixPath(path).with_suffix("").as_posix(),
    lambda path: path.replace(".", "-"),
)
"""Folders for several descriptions, the first under which no two are equal: beside each, or named after each."""


def _base_paths(inputs: Inputs, head: list[str]) -> dict[str, str]:
    """Find each description in the base: at the same path, or where exactly one was moved, at its old one."""
    if inputs.base is None:
        return {}
    found = {path: path for path in head if inputs.base.read(path) is not None}
    new = [path for path in head if path not in found]
    if len(new) == 1:
        old = readers.discover(inputs.base, exclude=inputs.config.ignore)
        moved = [path for path in old if inputs.head.read(path) is None]
        found |= {new[0]: moved[0]} if len(moved) == 1 else {}
    return found


def _read_base(inputs: Inputs, head: Api, path: str | None) -> tuple[Api | None, tuple[Diagnostic, ...]]:
    tree = inputs.base
    if tree is None or path is None:
        return None, ()
    if path == head.source.path and all(tree.read(file) == inputs.head.read(file) for file in head.source.files):
        return head, ()
    try:
        return readers.read(tree, path).api, ()
    except UserError as error:
        text = f"the base version of {path} cannot be read, so nothing can be said about drift: {error.message}"
        return None, (Diagnostic(Level.WARNING, "unreadable-base", text),)


def _lost(error: UserError, path: str) -> Diagnostic:
    text = f"{path} cannot be read, and what was generated from it stays as it is: {error.message}"
    return Diagnostic(Level.ERROR, "unreadable-description", text, error.span or Span(path, 1, 1))
