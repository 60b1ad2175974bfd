"""Edits of a description that say what the docs say, where the edit is mechanical and has been tried."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom import readers
from specloom.errors import UserError
from specloom.model.inference import Outcome
from specloom.model.source import Span
from specloom.pipeline.adding import proposals
from specloom.pipeline.editing import Edit, edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from specloom.model.api import Api
    from specloom.model.inference import Inference
    from specloom.model.source import SourceTree
    from specloom.pipeline.adding import Proposal
    from specloom.pipeline.sources import Source

LARGEST: Final = 500_000
"""Bytes of a description in which an edit is tried: it takes reading all of it once more."""

MOST: Final = 8
"""Edits tried in one plan."""

MOST_PLACES: Final = 200
"""Places looked at for one fact."""


def suggestions(
    tree: SourceTree, sources: tuple[Source, ...], inferences: Iterable[Inference], touched: Callable[[Span], bool]
) -> dict[str, tuple[Span, str]]:
    """Return by ID the lines to replace and their new text, on lines that are `touched`.

    Each was tried: with it, the description reads as before, and declares the fact. Nothing that is declared is ever
    changed: what is suggested is only what is missing.
    """
    if len(sources) != 1:
        return {}
    api = sources[0].reading.api
    content = tree.read(api.source.path) or b""
    if len(content) > LARGEST or b"\r" in content:
        return {}
    page = _Tried(tree, api, content.decode("utf-8", "replace"), touched)
    found: dict[str, tuple[Span, str]] = {}
    for item in inferences:
        if len(found) < MOST and item.outcome is not Outcome.WITHHOLD and (edit := page.edit_for(item)):
            found[item.id] = (Span(api.source.path, edit.line, edit.line), edit.text)
    return found


@dataclass(frozen=True, slots=True)
class _Overlay:
    """A tree with one file replaced."""

    tree: SourceTree
    files: Mapping[str, bytes]

    def read(self, path: str, /) -> bytes | None:
        return self.files[path] if path in self.files else self.tree.read(path)

    def paths(self) -> Iterable[str]:
        return self.tree.paths()


@dataclass(frozen=True, slots=True)
class _Tried:
    """A description in which edits are tried."""

    tree: SourceTree
    api: Api
    text: str
    touched: Callable[[Span], bool]

    def edit_for(self, item: Inference) -> Edit | None:
        """Return the first edit on a touched line, if it does what it shall."""
        for proposal in islice(proposals(item, self.api), MOST_PLACES):
            for edit in edits(self.text, proposal.addition):
                if self.touched(Span(self.api.source.path, edit.line, edit.line)):
                    return edit if self._reads_well(edit, proposal) else None
        return None

    def _reads_well(self, edit: Edit, proposal: Proposal) -> bool:
        """Tell whether the edited description has the same operations, no new complaint, and declares the fact."""
        lines = self.text.split("\n")
        lines[edit.line - 1] = edit.text
        path = self.api.source.path
        try:
            before = readers.read(self.tree, path)
            after = readers.read(_Overlay(self.tree, {path: "\n".join(lines).encode()}), path)
        except UserError:
            return False
        same = [one.key for one in after.api.operations] == [one.key for one in before.api.operations]
        return same and len(after.diagnostics) <= len(before.diagnostics) and proposal.holds(after.api)
