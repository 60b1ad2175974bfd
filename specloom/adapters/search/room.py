"""One repository's passages in Qdrant, and nobody else's: no other module calls Qdrant to read or write."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import httpx
from qdrant_client import models
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException
from qdrant_client.hybrid.fusion import reciprocal_rank_fusion

from specloom.adapters.search.embedding import WordVector
from specloom.adapters.search.postings import Postings
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qdrant_client import QdrantClient

T = TypeVar("T")

MEANING: Final = "meaning"
WORDS: Final = "words"
NAMESPACE: Final = uuid.UUID("6f0ec4a6-5b86-4b2c-9a0e-7d7f3c0f6c55")
"""Ours, for ids of points: one for each installation, repository, model and content."""
PAGE: Final = 2048
"""Points listed in one request."""
PAYLOAD_INDEXES: Final = (
    ("installation", models.PayloadSchemaType.INTEGER),
    ("repository", models.PayloadSchemaType.KEYWORD),
    ("model", models.PayloadSchemaType.KEYWORD),
)
CANDIDATES: Final = 4
"""How many times more passages each search brings up than are asked for, before the two lists are fused."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose passages: a GitHub App installation's (0 for a laptop) and a repository's, `owner/name` or a folder."""

    installation: int
    repository: str


@dataclass(frozen=True, slots=True)
class Vectors:
    """What a text says: by its words and, where there is a model, by its meaning."""

    words: WordVector
    meaning: list[float] | None


class Room:
    """Everything here reads, writes and deletes within one scope, for one model; every point knows both.

    A server holds one collection for everybody and filters by payload, as Qdrant advises for many tenants. Embedded,
    Qdrant evaluates filters in Python, a second for 5,000 passages, so each scope has a collection of its own there.
    It compares words in Python too, so it keeps them, and a room holds them turned round.

    Raises UpstreamError when the server cannot be reached or refuses.
    """

    def __init__(self, client: QdrantClient, scope: Scope, *, model: str, size: int, embedded: bool) -> None:
        self._client = client
        self._owner: dict[str, int | str] = {
            "installation": scope.installation,
            "repository": scope.repository,
            "model": model,
        }
        self._identity = f"{scope.installation}\0{scope.repository}\0{model}"
        self._only = models.Filter(
            must=[
                models.FieldCondition(key=key, match=models.MatchValue(value=value))
                for key, value in self._owner.items()
            ]
        )
        # In a collection of its own nobody else's points can be found, and evaluating the filter would be slow.
        self._filter = None if embedded else self._only
        own = f"specloom-{uuid.uuid5(NAMESPACE, self._identity).hex}"
        self._collection = own if embedded else f"specloom-passages-{size}"
        _asked(partial(self._prepare, size, embedded=embedded))
        self._postings = self._turned_round() if embedded else None

    def held(self) -> set[str]:
        """Return the digests of all passages here."""
        return {digest for digest, _ in self._points()}

    def _turned_round(self) -> Postings:
        postings = Postings()
        for digest, said in self._points(WORDS):
            words = said[WORDS]
            postings.put(digest, WordVector(words.indices, words.values))
        return postings

    def _points(self, *vectors: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the digest and the named vectors of every passage."""
        offset = None
        while True:
            points, offset = _asked(
                partial(
                    self._client.scroll,
                    self._collection,
                    scroll_filter=self._filter,
                    limit=PAGE,
                    offset=offset,
                    with_payload=["digest"],
                    with_vectors=list(vectors) or False,
                )
            )
            for point in points:
                if point.payload:
                    yield str(point.payload["digest"]), point.vector if isinstance(point.vector, dict) else {}
            if offset is None:
                return

    def put(self, passages: Sequence[tuple[str, Vectors]]) -> None:
        """Keep passages, each by its digest."""
        points = [
            models.PointStruct(
                id=self._id(digest),
                vector=dict(_named(said)),
                payload={**self._owner, "digest": digest},
            )
            for digest, said in passages
        ]
        _asked(partial(self._client.upsert, self._collection, points, wait=True))
        if self._postings is not None:
            for digest, said in passages:
                self._postings.put(digest, said.words)

    def drop(self, digests: Sequence[str]) -> None:
        """Delete passages."""
        gone = models.PointIdsList(points=[self._id(digest) for digest in digests])
        _asked(partial(self._client.delete, self._collection, gone, wait=True))
        if self._postings is not None:
            self._postings.drop(digests)

    def clear(self) -> None:
        """Delete every passage."""
        _asked(partial(self._client.delete, self._collection, models.FilterSelector(filter=self._only), wait=True))
        if self._postings is not None:
            self._postings.clear()

    def nearest(self, asked: Vectors, *, limit: int) -> list[str]:
        """Return the digests of the passages that answer best, the best first.

        The lists by meaning and by words are joined by reciprocal rank fusion.
        """
        candidates = limit * CANDIDATES
        if self._postings is None:
            return self._query(_named(asked), candidates, limit=limit)
        lists = [self._postings.best(asked.words, limit=candidates)]
        if asked.meaning is not None:
            lists.append(self._query([(MEANING, asked.meaning)], candidates, limit=candidates))
        return _fused(lists, limit=limit)

    def _query(
        self, vectors: Iterable[tuple[str, models.SparseVector | list[float]]], candidates: int, *, limit: int
    ) -> list[str]:
        found = _asked(
            partial(
                self._client.query_points,
                self._collection,
                prefetch=[
                    models.Prefetch(query=query, using=using, limit=candidates, filter=self._filter)
                    for using, query in vectors
                ],
                query=models.FusionQuery(fusion=models.Fusion.RRF),
                query_filter=self._filter,
                limit=limit,
                with_payload=["digest"],
            )
        )
        return [str(point.payload["digest"]) for point in found.points if point.payload]

    def _id(self, digest: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self._identity}\0{digest}"))

    def _prepare(self, size: int, *, embedded: bool) -> None:
        if self._client.collection_exists(self._collection):
            return
        dense = {MEANING: models.VectorParams(size=size, distance=models.Distance.COSINE)} if size else {}
        # No IDF modifier: it would be counted over all repositories, so that one's docs moved another's ranking.
        self._client.create_collection(
            self._collection, vectors_config=dense, sparse_vectors_config={WORDS: models.SparseVectorParams()}
        )
        if not embedded:
            for key, kind in PAYLOAD_INDEXES:
                self._client.create_payload_index(self._collection, key, kind)


def _named(said: Vectors) -> Iterator[tuple[str, models.SparseVector | list[float]]]:
    yield WORDS, models.SparseVector(indices=said.words.indices, values=said.words.values)
    if said.meaning is not None:
        yield MEANING, said.meaning


def _fused(lists: Iterable[list[str]], *, limit: int) -> list[str]:
    """Join lists as embedded Qdrant itself does."""
    ranked = [[models.ScoredPoint(id=digest, version=0, score=0) for digest in digests] for digests in lists]
    return [str(point.id) for point in reciprocal_rank_fusion(ranked, limit=limit)]


def _asked(call: Callable[[], T]) -> T:
    """Make a call; a server that is unwell is an upstream error, not ours."""
    try:
        return call()
    except (ApiException, ResponseHandlingException, httpx.HTTPError, OSError) as error:
        raise UpstreamError(f"Qdrant did not answer as it should: {error}") from error
