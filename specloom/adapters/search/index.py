"""Passages in Qdrant: searched by meaning and by words, never outside the repository that asks."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import httpx
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException

from specloom.adapters.search.embedding import words
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from specloom.adapters.search.embedding import Dense, WordVector
    from specloom.model.passage import Passage

T = TypeVar("T")

MEANING: Final = "meaning"
WORDS: Final = "words"
NAMESPACE: Final = uuid.UUID("6f0ec4a6-5b86-4b2c-9a0e-7d7f3c0f6c55")
"""Ours, for ids of points: one for each installation, repository, model and content."""
BATCH: Final = 256
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
class Synced:
    """What one synchronisation did, in passages with distinct content."""

    embedded: int
    kept: int
    deleted: int


@dataclass(frozen=True, slots=True)
class _Room:
    """Where the passages of one scope are: a collection, and the condition that cuts the scope out of it."""

    collection: str
    only: models.Filter | None


class PassageIndex:
    """Every read and every write goes through `_room`, which keeps one repository's passages from every other.

    A server holds one collection for everybody and filters by payload, as Qdrant advises for many tenants. Embedded,
    Qdrant evaluates filters in Python, a second for 5,000 passages, so each scope has a collection of its own there.

    Raises UpstreamError when the server cannot be reached or refuses.
    """

    def __init__(self, client: QdrantClient, dense: Dense | None, *, embedded: bool) -> None:
        self._client = client
        self._dense = dense
        self._embedded = embedded
        self._model = dense.name if dense else "words only"
        self._ready: set[str] = set()

    def close(self) -> None:
        """Write what is unwritten and let go of the folder or the connection."""
        self._client.close()

    def sync(self, scope: Scope, passages: Iterable[Passage]) -> Synced:
        """Make the index hold exactly `passages` for `scope`: embed the new, keep the known, delete the rest."""
        room = self._room(scope)
        wanted = {self._point_id(scope, passage.digest): passage for passage in passages}
        there = set(self._ids(room))
        new = sorted(set(wanted) - there)
        gone = sorted(there - set(wanted))
        for at in range(0, len(new), BATCH):
            points = self._points(scope, [wanted[one] for one in new[at : at + BATCH]])
            _asked(partial(self._client.upsert, room.collection, points, wait=True))
        if gone:
            _asked(partial(self._client.delete, room.collection, models.PointIdsList(points=list(gone)), wait=True))
        return Synced(embedded=len(new), kept=len(wanted) - len(new), deleted=len(gone))

    def search(self, scope: Scope, query: str, *, limit: int) -> list[str]:
        """Return the digests of the passages of `scope` that answer `query` best, the best first.

        The lists by meaning and by words are joined by reciprocal rank fusion.
        """
        room = self._room(scope)
        wide = limit * CANDIDATES
        by_words = _sparse(words([query], query=True)[0])
        prefetch = [models.Prefetch(query=by_words, using=WORDS, limit=wide, filter=room.only)]
        if self._dense:
            by_meaning = self._dense([query])[0]
            prefetch.append(models.Prefetch(query=by_meaning, using=MEANING, limit=wide, filter=room.only))
        found = _asked(
            partial(
                self._client.query_points,
                room.collection,
                prefetch=prefetch,
                query=models.FusionQuery(fusion=models.Fusion.RRF),
                query_filter=room.only,
                limit=limit,
                with_payload=["digest"],
            )
        )
        return [str(point.payload["digest"]) for point in found.points if point.payload]

    def forget(self, scope: Scope) -> None:
        """Delete everything of `scope`, as when an installation is removed."""
        room = self._room(scope)
        selector = models.FilterSelector(filter=room.only or models.Filter())
        _asked(partial(self._client.delete, room.collection, selector, wait=True))

    def _room(self, scope: Scope) -> _Room:
        """Return where `scope` is, made ready; nothing else names a collection or makes a filter."""
        size = self._dense.size if self._dense else 0
        if self._embedded:
            room = _Room(f"specloom-{uuid.uuid5(NAMESPACE, _identity(scope, self._model)).hex}", None)
        else:
            room = _Room(f"specloom-passages-{size}", _only(scope, self._model))
        if room.collection not in self._ready:
            _asked(partial(self._prepare, room.collection))
            self._ready.add(room.collection)
        return room

    def _prepare(self, collection: str) -> None:
        if self._client.collection_exists(collection):
            return
        size = self._dense.size if self._dense else 0
        dense = {MEANING: models.VectorParams(size=size, distance=models.Distance.COSINE)} if size else {}
        # No IDF modifier: it would be counted over all repositories, so that one's docs moved another's ranking.
        self._client.create_collection(
            collection, vectors_config=dense, sparse_vectors_config={WORDS: models.SparseVectorParams()}
        )
        if not self._embedded:
            for key, kind in PAYLOAD_INDEXES:
                self._client.create_payload_index(collection, key, kind)

    def _ids(self, room: _Room) -> list[str]:
        found: list[str] = []
        offset = None
        while True:
            points, offset = _asked(
                partial(
                    self._client.scroll,
                    room.collection,
                    scroll_filter=room.only,
                    limit=BATCH * 8,
                    offset=offset,
                    with_payload=False,
                )
            )
            found.extend(str(point.id) for point in points)
            if offset is None:
                return found

    def _point_id(self, scope: Scope, digest: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{_identity(scope, self._model)}\0{digest}"))

    def _points(self, scope: Scope, passages: Sequence[Passage]) -> list[models.PointStruct]:
        texts = [embedded_text(passage) for passage in passages]
        by_meaning = self._dense(texts) if self._dense else [[] for _ in texts]
        return [
            models.PointStruct(
                id=self._point_id(scope, passage.digest),
                vector={MEANING: meaning, WORDS: _sparse(word)} if meaning else {WORDS: _sparse(word)},
                payload={
                    "installation": scope.installation,
                    "repository": scope.repository,
                    "model": self._model,
                    "digest": passage.digest,
                },
            )
            for passage, meaning, word in zip(passages, by_meaning, words(texts), strict=True)
        ]


def _identity(scope: Scope, model: str) -> str:
    return f"{scope.installation}\0{scope.repository}\0{model}"


def _only(scope: Scope, model: str) -> models.Filter:
    fixed: dict[str, int | str] = {"installation": scope.installation, "repository": scope.repository, "model": model}
    return models.Filter(
        must=[models.FieldCondition(key=key, match=models.MatchValue(value=value)) for key, value in fixed.items()]
    )


def _sparse(word: WordVector) -> models.SparseVector:
    return models.SparseVector(indices=word.indices, values=word.values)


def embedded_text(passage: Passage) -> str:
    """Return what is embedded: the last headings, which say what the passage is about, then its text."""
    return "\n".join([" > ".join(passage.headings[-2:]), passage.text]).strip()


def _asked(call: Callable[[], T]) -> T:
    """Make a call; a server that is unwell is an upstream error, not ours."""
    try:
        return call()
    except (ApiException, ResponseHandlingException, httpx.HTTPError, OSError) as error:
        raise UpstreamError(f"Qdrant did not answer as it should: {error}") from error
