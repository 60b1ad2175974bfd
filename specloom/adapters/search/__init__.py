"""Retrieval of passages: Qdrant, embedded or a server, with vectors from fastembed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qdrant_client import QdrantClient

from specloom.adapters.search.embedding import DEFAULT_MODEL, load_dense
from specloom.adapters.search.index import PassageIndex, Scope
from specloom.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from specloom.facts.evidence import Search
    from specloom.model.passage import Passage

__all__ = ["PassageIndex", "Scope", "open_index", "searcher"]


def open_index(
    *, folder: Path | None = None, url: str | None = None, model: str = DEFAULT_MODEL
) -> tuple[PassageIndex, tuple[Diagnostic, ...]]:
    """Open the index: the server at `url`, else the embedded one in `folder`, else one in memory.

    A model that cannot be loaded costs the search by meaning, with a diagnostic; words are always searched.
    Raises UpstreamError when the server cannot be reached.
    """
    dense = load_dense(model)
    diagnostics = (dense,) if isinstance(dense, Diagnostic) else ()
    if url:
        client = QdrantClient(url=url)
    elif folder:
        client = QdrantClient(path=str(folder))
    else:
        client = QdrantClient(":memory:")
    return PassageIndex(client, None if isinstance(dense, Diagnostic) else dense, embedded=not url), diagnostics


def searcher(index: PassageIndex, scope: Scope, passages: Sequence[Passage]) -> Search:
    """Return a search over `passages`, which `index` must hold for `scope`; it answers with these very objects."""
    by_digest: dict[str, list[Passage]] = {}
    for passage in passages:
        by_digest.setdefault(passage.digest, []).append(passage)

    def search(query: str, *, limit: int) -> list[Passage]:
        digests = index.search(scope, query, limit=limit)
        return [passage for digest in digests for passage in by_digest.get(digest, ())][:limit]

    return search
