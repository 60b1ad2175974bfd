"""A repository with documentation and no description: one is drafted, proposed, and kept up with the docs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from specloom import readers
from specloom.model.files import FileTree
from specloom.model.inference import Citation
from specloom.pipeline.documentation import decided, documentation, linked, read_docs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model.passage import Document
    from specloom.pipeline.inputs import Inputs
    from specloom.provenance import Record

OF_API: Final = re.compile(r"\bAPI\b")
OF_DOCS: Final = re.compile(r"(?i)\s*\b(?:documentation|reference|docs?|guide|manual)\s*$|^group\s+")
FEWEST: Final = 3
"""Operations below which nobody is bothered with a proposal: a page that names a call in passing describes no API."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted description: the file, its operations with where the docs tell of them, and whether it is new here."""

    files: FileTree = field(default_factory=FileTree)
    operations: tuple[tuple[str, Citation], ...] = ()
    proposed: bool = False


def drafts(inputs: Inputs, record: Record) -> Drafted:
    """Return the description that the docs in the head make up, for the path that the config gives it; often nothing.

    There is one where the repository has no other and the config names none. Once people have merged it, it follows
    the docs; once they have deleted it, it is theirs to bring back.
    """
    path = inputs.config.draft
    if path is None or not inputs.documentation or inputs.targets is not None or path in inputs.config.tracked:
        return Drafted()
    again = path in record.upstreams
    if not (_still_wanted(inputs, path) if again else _missing(inputs, record, path)):
        return Drafted()
    paths = [one for one in documentation(inputs, (), record) if one != path]
    made = _made(inputs, paths) if paths else {}
    operations = _operations(inputs, made)
    if len(operations) < (1 if again else FEWEST):
        return Drafted()
    from specloom.facts.draft.writing import written  # noqa: PLC0415  slow, and few plans need it

    content = written(made, path)
    return Drafted(FileTree({path: content}), operations, proposed=inputs.head.read(path) is None)


def _still_wanted(inputs: Inputs, path: str) -> bool:
    named = {item.path.removeprefix("./") for item in inputs.config.descriptions}
    return inputs.ours.read(path) is not None and named <= {path}


def _missing(inputs: Inputs, record: Record, path: str) -> bool:
    """Tell whether nothing describes the API, and nothing stands where a description would go."""
    if inputs.config.descriptions or inputs.config.tracked or inputs.ours.kind(path) is not None:
        return False
    ignore = (*inputs.config.ignore, *(f"/{output.root}/" for output in record.outputs))
    return inputs.head.read(path) is None and not readers.discover(inputs.head, exclude=ignore)


def _made(inputs: Inputs, paths: list[str]) -> dict[str, Any]:
    from specloom.facts.draft import draft  # noqa: PLC0415  slow, and few plans need it
    from specloom.facts.infer import infer  # noqa: PLC0415  likewise

    inputs.step("Drafting a description from the documentation")
    documents, _ = read_docs(inputs, paths)
    facts = decided(inputs, infer(documents)[0])
    return draft(documents, facts, _title(documents))


def _operations(inputs: Inputs, made: dict[str, Any]) -> tuple[tuple[str, Citation], ...]:
    from specloom.facts.draft.citing import CITATIONS  # noqa: PLC0415  likewise

    return tuple(
        (f"{method.upper()} {path}", linked(Citation(**operation[CITATIONS][0]), inputs.head_url))
        for path, operations in made.get("paths", {}).items()
        for method, operation in operations.items()
    )


def _title(documents: Sequence[Document]) -> str:
    """Return the title of a page that says that it is about an API, or else of the one that is nearest to the root."""
    titled = [one for one in documents if one.title]
    nearest = min(
        titled,
        key=lambda one: (not OF_API.search(one.title), len(PurePosixPath(one.path).parts), one.path),
        default=None,
    )
    return OF_DOCS.sub("", nearest.title).strip() or "API" if nearest else "API"
