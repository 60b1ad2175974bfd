"""Retrieval of passages: Qdrant, embedded or a server, with vectors from fastembed."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
from typing import IO, TYPE_CHECKING, Any, Final

import portalocker
from qdrant_client import QdrantClient

from specloom.adapters.search.embedding import DEFAULT_MODEL, load_dense
from specloom.adapters.search.index import PassageIndex
from specloom.adapters.search.room import Scope
from specloom.model.diagnostic import Diagnostic, Level

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from specloom.facts.evidence import Search
    from specloom.model.passage import Passage

DAMAGED: Final = (ValueError, KeyError, TypeError, AttributeError, EOFError, sqlite3.Error, pickle.UnpicklingError)
"""What qdrant-client raises on opening files that it did not write to the end."""
FILES: Final = ("meta.json", "collection", ".lock")
"""What it keeps in a folder; anything else there is not ours to remove."""
LOCK: Final = "specloom.lock"

__all__ = ["PassageIndex", "Scope", "open_index", "searcher"]


def open_index(
    *, folder: Path | None = None, url: str | None = None, model: str = DEFAULT_MODEL
) -> tuple[PassageIndex, tuple[Diagnostic, ...]]:
    """Open the index: the server at `url`, else the embedded one in `folder`, else one in memory.

    A model that cannot be loaded costs the search by meaning, with a diagnostic; words are always searched. A folder
    that another process works in costs the time of embedding again, in memory; a damaged one is made anew.
    Raises UpstreamError when the server cannot be reached.
    """
    dense = load_dense(model)
    diagnostics = [dense] if isinstance(dense, Diagnostic) else []
    lock = None
    if url:
        client = QdrantClient(url=url)
    elif folder and (lock := _locked(folder)):
        client, remarks = _embedded(folder)
        diagnostics += remarks
    else:
        client = QdrantClient(":memory:")
        diagnostics += [_busy(folder)] if folder else []
    model_or_none = None if isinstance(dense, Diagnostic) else dense
    return PassageIndex(client, model_or_none, embedded=not url, lock=lock), tuple(diagnostics)


def _locked(folder: Path) -> IO[Any] | None:
    """Keep other processes of ours out of the folder; Qdrant's own lock comes after it has read and written there."""
    folder.mkdir(parents=True, exist_ok=True)
    flags = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
    try:
        return portalocker.Lock(folder / LOCK, mode="a", timeout=0, flags=flags).acquire()
    except portalocker.LockException:
        return None


def _embedded(folder: Path) -> tuple[QdrantClient, list[Diagnostic]]:
    try:
        return QdrantClient(path=str(folder)), []
    except RuntimeError as error:
        if "already accessed" not in str(error):
            raise
        return QdrantClient(":memory:"), [_busy(folder)]
    except DAMAGED:
        for name in FILES:
            path = folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        text = f"the index in {folder} was damaged, and has been made anew"
        return QdrantClient(path=str(folder)), [Diagnostic(Level.NOTE, "search-index-damaged", text)]


def _busy(folder: Path) -> Diagnostic:
    text = f"another process works in {folder}; the passages are embedded once more, for this run alone"
    return Diagnostic(Level.NOTE, "search-index-busy", text)


def searcher(index: PassageIndex, scope: Scope, passages: Sequence[Passage]) -> Search:
    """Return a search over `passages`, which `index` must hold for `scope`; it answers with these very objects."""
    by_digest: dict[str, list[Passage]] = {}
    for passage in passages:
        by_digest.setdefault(passage.digest, []).append(passage)

    def search(query: str, *, limit: int) -> list[Passage]:
        digests = index.search(scope, query, limit=limit)
        return [passage for digest in digests for passage in by_digest.get(digest, ())][:limit]

    return search
