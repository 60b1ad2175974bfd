"""The words of one repository's passages, turned round: which passages have a word, and what it weighs there."""

from __future__ import annotations

from collections import defaultdict
from heapq import nlargest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.adapters.search.embedding import WordVector


class Postings:
    """Scores as Qdrant does, by the dot product of weights, but looks only at passages that share a word.

    Embedded Qdrant multiplies every passage's words with the query's, one by one in Python: 80 ms for 5,000 passages.
    """

    def __init__(self) -> None:
        self._weights: defaultdict[int, dict[str, float]] = defaultdict(dict)

    def put(self, digest: str, words: WordVector) -> None:
        """Keep the words of a passage."""
        for word, weight in zip(words.indices, words.values, strict=True):
            self._weights[word][digest] = weight

    def drop(self, digests: Iterable[str]) -> None:
        """Forget passages."""
        gone = list(digests)
        for weights in self._weights.values():
            for digest in gone:
                weights.pop(digest, None)

    def clear(self) -> None:
        """Forget every passage."""
        self._weights.clear()

    def best(self, asked: WordVector, *, limit: int) -> list[str]:
        """Return the digests of the passages that have most of the words, the best first; equals by their digests."""
        scores: defaultdict[str, float] = defaultdict(float)
        # In the order of the words, whatever the query's: sums of floats depend on it.
        for word, asked_weight in sorted(zip(asked.indices, asked.values, strict=True)):
            for digest, weight in self._weights.get(word, {}).items():
                scores[digest] += asked_weight * weight
        return [digest for _, digest in nlargest(limit, ((score, digest) for digest, score in scores.items()))]
