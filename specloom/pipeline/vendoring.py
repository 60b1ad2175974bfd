"""Descriptions that come from elsewhere, an address or the docs: what is new is put where the repository keeps them.

They are people's as much as any generated file is: what they patched in one survives, by the same three-way merge.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom import readers
from specloom.errors import UserError
from specloom.lines import plain
from specloom.merge import Merged, merge
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.files import FileTree, blob_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model.source import SourceTree
    from specloom.pipeline.inputs import Inputs
    from specloom.provenance import Record

UNREADABLE: Final = "upstream-unreadable"


@dataclass(frozen=True, slots=True)
class Vendored:
    """The copies as they shall stand, what the addresses said (`pristine`), and whatever could not be used."""

    merged: Merged = field(default_factory=lambda: Merged(tree=FileTree()))
    base: FileTree = field(default_factory=FileTree)
    pristine: FileTree = field(default_factory=FileTree)
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Overlay:
    """A tree with some files in place of its own."""

    tree: SourceTree
    files: Mapping[str, bytes]

    def read(self, path: str, /) -> bytes | None:
        return self.files[path] if path in self.files else self.tree.read(path)

    def paths(self) -> Iterable[str]:
        return sorted({*self.tree.paths(), *self.files})


def vendor(inputs: Inputs, record: Record, drafted: FileTree) -> tuple[Inputs, Vendored]:
    """Merge what the addresses and the docs say; return the inputs with that in place, and what came of it."""
    new, diagnostics = _usable(inputs, record)
    new |= drafted
    if not new.files:
        return inputs, Vendored(diagnostics=diagnostics)
    base = FileTree({path: found for path in new.files if (found := _base(inputs, record, path)) is not None})
    merged = merge(base, inputs.ours, new, merge_trees=inputs.merge_trees)
    head = _Overlay(inputs.head, merged.tree.files)
    return replace(inputs, head=head), Vendored(merged, base, new, diagnostics)


def _usable(inputs: Inputs, record: Record) -> tuple[FileTree, tuple[Diagnostic, ...]]:
    """Leave out what cannot be read: an error page must not take a description's place."""
    found: dict[str, bytes] = {}
    diagnostics = []
    for path in sorted(inputs.config.tracked.keys() & inputs.upstream.keys()):
        content = inputs.upstream[path]
        if blob_id(content) != record.upstreams.get(path) and inputs.ours.read(path) != content:
            inputs.step(f"Reading what is new of {path}")
            try:
                readers.read(_Overlay(inputs.head, {path: content}), path)
            except UserError as error:
                text = f"what stands at the address of {path} cannot be read, and was not taken: {error}"
                diagnostics.append(Diagnostic(Level.WARNING, UNREADABLE, text))
                continue
        found[path] = content
    return FileTree(found), tuple(diagnostics)


def _base(inputs: Inputs, record: Record, path: str) -> bytes | None:
    """Return what was taken last time; a copy that was never taken is one that nobody patched.

    Where what was taken is lost, only a copy that is still the same is known to be unpatched.
    """
    conflict = record.unsettled.get(path)
    mine = inputs.ours.read(path)
    blob = record.upstreams.get(path)
    if conflict and not inputs.settled and mine is not None and blob_id(mine) == conflict.kept:
        blob = conflict.base
    known = inputs.blob(blob) if blob else None
    if known is None and blob and mine is not None and blob_id(plain(mine)) != blob:
        return None
    return mine if known is None else known
