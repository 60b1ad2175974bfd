"""Descriptions of every format, brought to the one model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.collector import no_collections
from specloom.errors import UserError
from specloom.readers import graphql, openapi, postman, stainless
from specloom.readers.behaviour.declare import declare
from specloom.readers.reading import Reader, Reading
from specloom.readers.roots import find_roots
from specloom.readers.spec_file import SpecFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.source import SourceTree

__all__ = ["ALL", "Reader", "Reading", "discover", "read"]

ALL: Final[tuple[Reader, ...]] = (graphql.READER, openapi.READER, postman.READER)
"""Every reader; the first whose `sniff` says yes reads the file."""


def read(tree: SourceTree, path: str, *, behaviour: bool = True) -> Reading:
    """Read the description at `path` of `tree`, and every file it refers to inside the tree.

    Without `behaviour` nothing is concluded about pagination, idempotency keys and names, which drift has no use for.
    Broken parts become diagnostics and the rest is delivered. Raises `UserError`, pointing at the line where there is
    one, when nothing at all can be read.
    """
    content = tree.read(path)
    if content is None:
        raise UserError(f"there is no file {path}; check the path, or the globs in the config")
    spec = SpecFile(path, content)
    with no_collections():
        for reader in ALL:
            if reader.sniff(spec):
                reading = reader.read(tree, spec)
                return _completed(tree, reading) if behaviour else reading
    _ = spec.document  # where it is not even JSON or YAML, that is the better message
    raise UserError(
        f"{path} is not an API description that can be read; the first lines of one say `openapi:` or `swagger:`,"
        " a Postman collection has an `info.schema`, and a GraphQL schema ends in `.graphql`"
    )


def discover(tree: SourceTree, include: Iterable[str] = (), exclude: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the paths of the root descriptions in `tree`, sorted, without parsing any.

    `include` and `exclude` are globs as in `.gitignore`; see `roots.find_roots` for what is left out without them.
    """
    return find_roots(tree, ALL, include=include, exclude=exclude)


def _completed(tree: SourceTree, reading: Reading) -> Reading:
    """Add what the description's structure, and its owner's files beside it, say about behaviour and names."""
    api, notes = declare(reading.api)
    api, more = stainless.beside(tree, api)
    return replace(reading, api=api, diagnostics=(*reading.diagnostics, *notes, *more))
