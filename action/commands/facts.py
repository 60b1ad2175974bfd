"""`specloom facts`: what the documentation states about an API, each fact with the lines that prove it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from uuid import uuid4

import typer
from typing_extensions import TypedDict

from action.console import console, emit, progress
from action.inputs import AsJson
from action.shapes import DiagnosticShape, InferenceShape, diagnostic_shape, inference_shape
from specloom import readers
from specloom.adapters.directory import Directory
from specloom.adapters.git import History
from specloom.errors import UserError
from specloom.facts.declared import check
from specloom.facts.draft import draft
from specloom.facts.draft.writing import written
from specloom.facts.infer import infer
from specloom.facts.markup import READ
from specloom.facts.passages import is_documentation, read_documents
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.inference import Outcome
from specloom.report.order import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from specloom.facts.evidence import Search
    from specloom.model.api import Api
    from specloom.model.inference import Inference
    from specloom.model.passage import Document
    from specloom.model.source import SourceTree


class FactsShape(TypedDict):
    """What `specloom facts --json` prints; `file` is relative to the folder, or to the root of the git repository."""

    inferences: list[InferenceShape]
    diagnostics: list[DiagnosticShape]


JSON: Final = FactsShape
EXAMPLES: Final = (
    "specloom facts docs/",
    "specloom facts docs/ --json",
    "specloom facts docs/ --draft openapi.yaml",
    "specloom facts v1.2.0:docs --index ~/.cache/specloom",
)

NAME: Final = "name"
"""A file in the folder of an index that is on a server."""

Docs = Annotated[str, typer.Argument(help="A folder of documentation, a file, or REV:PATH of a git repository.")]
Index = Annotated[
    Path | None,
    typer.Option(
        help="Search by meaning too, and keep the vectors in this folder, or on the Qdrant server at QDRANT_URL; the"
        " first run takes a minute for 5,000 passages, later ones only what changed.",
        file_okay=False,
        show_default=False,
    ),
]
Everything = Annotated[
    bool, typer.Option("--all", help="Show the facts that are withheld for being too doubtful, too.")
]


DraftFile = Annotated[
    Path | None,
    typer.Option(
        "--draft",
        help="Write a draft OpenAPI 3.1 description of what the docs describe to this file, each element cited: in"
        " comments, or in an extension where the file ends in .json.",
        dir_okay=False,
        show_default=False,
    ),
]


def run(
    docs: Docs = ".",
    *,
    as_json: AsJson = False,
    index: Index = None,
    everything: Everything = False,
    draft_file: DraftFile = None,
) -> None:
    """Print what the documentation states about the API: authentication, paging, limits, errors, and more.

    Markdown, MDX, HTML, reStructuredText, API Blueprint, and the prose inside OpenAPI files are read. A fact without
    lines that prove it is never claimed. Where the folder holds one API description, facts that contradict it are
    listed as findings; the description wins.
    """
    tree, paths = _located(docs)
    with progress() as step:
        documents, inferences, diagnostics = _facts(tree, paths, index, step)
    if draft_file:
        made = draft(documents, inferences, _title(docs))
        draft_file.write_bytes(written(made, draft_file.name))
    shown = [made for made in inferences if everything or made.outcome is not Outcome.WITHHOLD]
    if as_json:
        emit(shape(shown, diagnostics))
    else:
        _print(shown, diagnostics)


def shape(inferences: Sequence[Inference], diagnostics: Sequence[Diagnostic]) -> FactsShape:
    """Return facts as data."""
    return {
        "inferences": [inference_shape(made) for made in inferences],
        "diagnostics": [diagnostic_shape(item) for item in diagnostics],
    }


def _title(docs: str) -> str:
    """Name a draft after the folder that the docs are in."""
    path = Path(docs.rpartition(":")[2] or ".")
    return (path if path.suffix == "" else path.parent).resolve().name


def _located(text: str) -> tuple[SourceTree, list[str]]:
    """Find the tree and the paths in it that `text` means."""
    path = Path(text)
    if path.is_dir():
        tree: SourceTree = Directory(path)
        return tree, _documentation(tree.paths(), text)
    if path.is_file():
        return Directory(path.parent), _documentation([path.name], text)
    revision, colon, inner = text.partition(":")
    if not colon or not revision:
        raise UserError(f"there is no file or folder {text}; check the path, or write REV:PATH for a git revision")
    tree, inner = History.around(Path.cwd()).tree(revision), inner.strip("/").removeprefix("./")
    below = [one for one in tree.paths() if inner in {"", ".", one} or one.startswith(f"{inner}/")]
    return tree, _documentation(below, text)


def _documentation(paths: Iterable[str], text: str) -> list[str]:
    found = [path for path in paths if is_documentation(path)]
    if not found:
        raise UserError(f"{text} holds no documentation ({READ}); name another folder")
    return found


def _facts(
    tree: SourceTree, paths: list[str], index: Path | None, step: Callable[[str], None]
) -> tuple[list[Document], tuple[Inference, ...], tuple[Diagnostic, ...]]:
    step(f"Reading {len(paths)} files")
    documents, unread = read_documents(tree, paths)
    api = _description(tree, paths)
    with _searching(documents, index, step) as (search, remarks):
        step("Looking for facts")
        inferences, given_up = infer(documents, api, search)
    inferences, findings = check(inferences, api) if api else (inferences, ())
    return documents, inferences, (*unread, *remarks, *given_up, *findings)


def _description(tree: SourceTree, paths: list[str]) -> Api | None:
    """Read the description beside the docs where there is exactly one; what is wrong with it is `read`'s to say."""
    found = [path for path in readers.discover(tree) if path in set(paths)]
    if len(found) != 1:
        return None
    try:
        return readers.read(tree, found[0]).api
    except UserError:
        return None


@contextmanager
def _searching(
    documents: Sequence[Document], folder: Path | None, step: Callable[[str], None]
) -> Iterator[tuple[Search | None, tuple[Diagnostic, ...]]]:
    """Open an index of the passages: in `folder`, or on the server at QDRANT_URL, under the name kept in `folder`."""
    if folder is None:
        yield None, ()
        return
    from specloom.adapters.search import Scope, open_index, searcher  # noqa: PLC0415  it takes a second to import

    _refuse_foreign(folder)
    passages = [passage for document in documents for passage in document.passages]
    step(f"Embedding what is new of {len(passages)} passages")
    url = os.environ.get("QDRANT_URL")
    scope = Scope(installation=0, repository=_name_of(folder) if url else str(folder.resolve()))
    index, remarks = open_index(folder=folder, url=url)
    try:
        done = index.sync(scope, passages)
        text = f"{plural(done.embedded, 'passage')} embedded, {done.kept} known, {done.deleted} gone"
        yield searcher(index, scope, passages), (*remarks, Diagnostic(Level.NOTE, "search-index-synced", text))
    finally:
        index.close()


def _name_of(folder: Path) -> str:
    """Return what passages are kept under on a server, where others keep theirs: a name that nobody else has."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    if not path.exists():
        path.write_text(str(uuid4()), "utf-8")
    return path.read_text("utf-8")


def _refuse_foreign(index: Path) -> None:
    """Raise `UserError` for an index that came with a repository: reading one can run code that is hidden in it."""
    if not index.is_dir():
        return
    try:
        history = History.around(index.resolve())
    except UserError:
        return
    if history.tracks(index):
        raise UserError(
            f"{index} came with the repository, and an index from elsewhere can run code; name another folder"
        )


def _print(inferences: Sequence[Inference], diagnostics: Sequence[Diagnostic]) -> None:
    screen = console()
    kind = ""
    for made in inferences:
        if made.fact_kind != kind:
            kind = made.fact_kind
            screen.print(f"\n{kind.replace('_', ' ')}", style="bold")
        said = ", ".join(f"{key} {_plain(value)}" for key, value in made.value.items())
        screen.print(f"  {made.id}  {said}  ({made.confidence:.0%}, {made.outcome})")
        for citation in made.citations[:2]:
            words = " ".join(citation.quote.split())
            screen.print(f"            {citation.file}:{citation.line_start}  {words[:100]}", style="dim")
    if not inferences:
        screen.print("The documentation states no fact that could be proved.")
    for item in diagnostics:
        screen.print(str(item), style="yellow")


def _plain(value: object) -> str:
    return " ".join(f"{key}={one}" for key, one in value.items()) if isinstance(value, dict) else str(value)
