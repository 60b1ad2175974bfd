"""What people type for a description or a folder of them: a path on disk, or `REV:PATH` of a git repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from specloom import readers
from specloom.adapters.directory import Directory
from specloom.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.source import SourceTree

Spec: TypeAlias = Annotated[
    str, typer.Argument(help="A description, a folder with one, or REV:PATH of a git repository.", show_default=False)
]
Root: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="Folder that references may lead into; by default the repository around the file, or else the current"
        " folder if the file is below it, or else the file's own.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]


@dataclass(frozen=True, slots=True)
class Input:
    """A description in the tree that its references may lead into."""

    tree: SourceTree
    path: str


def locate(text: str, *, root: Path | None = None) -> Input:
    """Find the description that `text` means.

    Raises `UserError` where there is none, or where a folder holds several.
    """
    path = Path(text)
    if path.is_dir():
        return _only(Directory(path), text)
    if path.exists():
        return _on_disk(Path(os.path.normpath(Path.cwd() / path)), root)
    revision, colon, inner = text.partition(":")
    if not colon or not revision:
        raise UserError(f"there is no file or folder {text}; check the path, or write REV:PATH for a git revision")
    return _in_git(revision, inner)


def _on_disk(path: Path, root: Path | None) -> Input:
    """Find a file in the tree around it. The path is not resolved: a link must not choose another tree to read."""
    folder = Path(os.path.normpath(Path.cwd() / root)) if root else _around(path)
    found = Input(Directory(folder), path.relative_to(folder).as_posix() if path.is_relative_to(folder) else "")
    if found.tree.read(found.path) is None:
        raise UserError(f"{path} is not a file below {folder}, or leads out of it; give a --root that holds it")
    return found


def _in_git(revision: str, inner: str) -> Input:
    from specloom.adapters.git import History  # noqa: PLC0415  # libgit2 is loaded only where a revision is asked for

    history = History.around(Path.cwd())
    if inner.startswith(("./", "../")) and history.folder:
        inner = Path(os.path.relpath(Path.cwd() / inner, history.folder)).as_posix()
    tree, path = history.tree(revision), inner.strip("/")
    kind = "folder" if path in {"", "."} else tree.kind(path)
    if kind == "folder":
        return _only(tree, f"{revision}:{inner}", include=[] if path in {"", "."} else [f"/{path}/**"])
    if kind is None:
        raise UserError(f"there is no {path} in {revision}; `git ls-tree -r --name-only {revision}` lists what is")
    return Input(tree, path)


def _only(tree: SourceTree, text: str, *, include: Iterable[str] = ()) -> Input:
    """Return the one description that a folder holds."""
    found = readers.discover(tree, include)
    if not found:
        raise UserError(f"no API description was found in {text} (OpenAPI, Swagger, Postman or GraphQL)")
    if len(found) > 1:
        shown = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")  # noqa: PLR2004  as many as fit a line
        raise UserError(f"{text} holds {len(found)} descriptions ({shown}); name one of them")
    return Input(tree, found[0])


def _around(path: Path) -> Path:
    """Choose the folder that references of `path` may lead into: what is sure to be one project, and never more."""
    for folder in path.parents:
        if (folder / ".git").exists():
            return folder
    here = Path.cwd()
    whole_disk = here in {Path(here.anchor), Path.home()}
    return here if path.is_relative_to(here) and not whole_disk else path.parent
