"""What search by meaning costs over 5,000 passages, and what it could add to the facts at the very most."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specloom.adapters.directory import Directory
from specloom.adapters.search import Scope, open_index
from specloom.adapters.search.embedding import load_dense
from specloom.adapters.search.index import embedded_text
from specloom.facts.detectors import ALL
from specloom.facts.infer import infer
from specloom.facts.passages import read_documents
from specloom.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from specloom.model.inference import Inference
    from specloom.model.passage import Document, Passage

PASSAGES: Final = 5_000
SAMPLE: Final = 10
"""Of so many passages one is embedded once more, by the model alone."""
SCOPE: Final = Scope(0, "benchmark")


def searched(folders: Sequence[Path]) -> dict[str, Any]:
    """Measure with the docs below `folders`, each of one API."""
    documents = [document for folder in folders for document in documents_of(folder)]
    passages = _many([passage for document in documents for passage in document.passages])
    return {"passages": len(passages), **_costs(passages)}


def could_add(apis: Iterable[Sequence[Document]]) -> dict[str, int]:
    """Count the facts found by words, and those that differ where every detector is handed every passage.

    No search can bring up more than all there is: this bounds what any model could add, and needs none.
    """
    found = differ = 0
    for documents in apis:
        everything = [passage for document in documents for passage in document.passages]
        by_words = _said(infer(documents)[0])
        with_all = _said(infer(documents, search=partial(_everything, everything))[0])
        found += len(by_words)
        differ += len(by_words ^ with_all)
    return {"facts": found, "differ": differ}


def _everything(passages: Sequence[Passage], _query: str, *, limit: int) -> Sequence[Passage]:
    """Answer every query with all there is, whatever the limit."""
    del limit
    return passages


def _said(inferences: Sequence[Inference]) -> set[tuple[str, float]]:
    return {(made.id, made.confidence) for made in inferences}


def documents_of(folder: Path) -> list[Document]:
    """Read the docs of one API."""
    tree = Directory(folder)
    return read_documents(tree, tree.paths())[0]


def _many(passages: Sequence[Passage]) -> list[Passage]:
    """Return as many passages as are measured with, each different; real ones again with a number behind."""
    return [replace(one, text=f"{one.text} ({n})") for n, one in enumerate(islice(cycle(passages), PASSAGES))]


def _costs(passages: list[Passage]) -> dict[str, Any]:
    dense = load_dense()
    if isinstance(dense, Diagnostic):
        return {"without": dense.message}
    with tempfile.TemporaryDirectory() as folder:
        index, _ = open_index(folder=Path(folder))
        first = _timed(lambda: index.sync(SCOPE, passages))
        edited = [replace(passages[0], text="one edited paragraph"), *passages[1:]]
        again = _timed(lambda: index.sync(SCOPE, edited))
        queries = [query for detector in ALL for query in detector.queries]
        took = [_timed(lambda query=query: index.search(SCOPE, query, limit=12)) for query in queries]
        index.close()
    alone = _timed(lambda: dense([embedded_text(passage) for passage in passages[::SAMPLE]]))
    return {
        "index_s": round(first["wall"], 1),
        "model_alone_s": round(alone["wall"] * SAMPLE, 1),
        "edit": {"embedded": again["result"].embedded, "s": round(again["wall"], 2)},
        "queries": len(took),
        **{f"query_{name}_ms": dict(_percentiles([one[name] for one in took])) for name in ("wall", "cpu")},
    }


def _percentiles(seconds: Sequence[float]) -> Iterator[tuple[str, float]]:
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    for name, at in (("p50", 9), ("p95", 18)):
        yield name, round(cuts[at] * 1000, 1)


def _timed(call: Callable[[], Any]) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = call()
    return {"result": result, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
