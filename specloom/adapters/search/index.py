"""Passages searched by meaning and by words; what is embedded already is never embedded again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from specloom.adapters.search.embedding import words
from specloom.adapters.search.room import Room, Scope, Vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qdrant_client import QdrantClient

    from specloom.adapters.search.embedding import Dense
    from specloom.model.passage import Passage

BATCH: Final = 256


@dataclass(frozen=True, slots=True)
class Synced:
    """What one synchronisation did, in passages with distinct content."""

    embedded: int
    kept: int
    deleted: int


class PassageIndex:
    """The passages of any number of repositories, each in its own room.

    Raises UpstreamError when the server cannot be reached or refuses.
    """

    def __init__(
        self, client: QdrantClient, dense: Dense | None, *, embedded: bool, lock: IO[Any] | None = None
    ) -> None:
        self._client = client
        self._lock = lock
        self._dense = dense
        self._embedded = embedded
        self._rooms: dict[Scope, Room] = {}

    def close(self) -> None:
        """Write what is unwritten and let go of the folder or the connection."""
        self._client.close()
        if self._lock:
            self._lock.close()

    def sync(self, scope: Scope, passages: Iterable[Passage]) -> Synced:
        """Make the index hold exactly `passages` for `scope`: embed the new, keep the known, delete the rest."""
        room = self._room(scope)
        wanted = {passage.digest: passage for passage in passages}
        held = room.held()
        new = sorted(wanted.keys() - held)
        gone = sorted(held - wanted.keys())
        for at in range(0, len(new), BATCH):
            batch = new[at : at + BATCH]
            texts = [embedded_text(wanted[digest]) for digest in batch]
            room.put(list(zip(batch, self._vectors(texts), strict=True)))
        if gone:
            room.drop(gone)
        return Synced(embedded=len(new), kept=len(wanted) - len(new), deleted=len(gone))

    def search(self, scope: Scope, query: str, *, limit: int) -> list[str]:
        """Return the digests of the passages of `scope` that answer `query` best, the best first."""
        (asked,) = self._vectors([query], query=True)
        return self._room(scope).nearest(asked, limit=limit)

    def forget(self, scope: Scope) -> None:
        """Delete everything of `scope`, as when an installation is removed."""
        self._room(scope).clear()

    def _room(self, scope: Scope) -> Room:
        room = self._rooms.get(scope)
        if room is None:
            model, size = (self._dense.name, self._dense.size) if self._dense else ("words only", 0)
            room = Room(self._client, scope, model=model, size=size, embedded=self._embedded)
            self._rooms[scope] = room
        return room

    def _vectors(self, texts: Sequence[str], *, query: bool = False) -> list[Vectors]:
        meanings = self._dense(texts) if self._dense else [None] * len(texts)
        return [Vectors(*both) for both in zip(words(texts, query=query), meanings, strict=True)]


def embedded_text(passage: Passage) -> str:
    """Return what is embedded: the last headings, which say what the passage is about, then its text."""
    return "\n".join([" > ".join(passage.headings[-2:]), passage.text]).strip()
