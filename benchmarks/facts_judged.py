"""Predictions for a labelled folder, each judged by the folder's own scorer."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import rank
from facts_labels import labels_of, scorer_of

from specloom.adapters.directory import Directory
from specloom.facts.calibration import weight
from specloom.facts.infer import SUGGEST_FROM, identity, infer
from specloom.facts.passages import read_documents
from specloom.facts.ranking import model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

    from specloom.facts.evidence import Candidate, Search
    from specloom.model.inference import Inference
    from specloom.model.passage import Passage

UNJUDGED = ("not judged", "duplicate")


@dataclass
class Run:
    """All predictions with the scorer's verdicts, and the time it took."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    passages: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def spend(self, step: str, start: float) -> None:
        """Add the time since `start` to a step."""
        self.seconds[step] = self.seconds.get(step, 0) + time.perf_counter() - start


def labelled(gold: Path, *, index: bool) -> Run:
    """Infer the facts of a labelled folder, and judge each by its own scorer."""
    run = Run()
    for folder in sorted((gold / "docs").iterdir()):
        _predict(run, folder, index=index)
    complete = json.loads((gold / "complete_kinds.json").read_text("utf-8"))
    _judge(run, labels_of(gold), complete, scorer_of(gold), gold)
    return run


def _predict(run: Run, folder: Path, *, index: bool) -> None:
    tree = Directory(folder)
    start = time.perf_counter()
    documents, _ = read_documents(tree, tree.paths())
    run.spend("reading", start)
    passages = [passage for document in documents for passage in document.passages]
    run.passages += len(passages)
    search = _searched(run, folder.name, passages) if index else None
    candidates: dict[str, Candidate] = {}

    def noted(candidate: Candidate) -> float:
        candidates[identity(candidate)] = candidate
        return weight(candidate)

    with ranked_without(folder.name):
        start = time.perf_counter()
        inferences, _ = infer(documents, search=search, weigh=noted)
        run.spend("detecting", start)
    rows = [_row(folder.name, one, candidates[one.id]) for one in inferences]
    run.rows.extend(row for row in rows if row["confidence"] >= SUGGEST_FROM)


_observed = cache(rank.observed)
"""Every API of a folder asks for the same rows."""


@contextmanager
def ranked_without(api: str) -> Iterator[None]:
    """Let rankers weigh with models that were fitted on all APIs but this one, where it is one of theirs."""
    name = rank.anonymous(api)

    @cache
    def weights(kind: str) -> Mapping[str, float]:
        rows = _observed(kind)
        others = [row for row in rows if row.api != name]
        return fitted(kind) if len(others) == len(rows) else rank.fit(kind, others)

    fitted = model.weights
    for rows in sorted(rank.ROWS.glob("*.jsonl")):
        weights(rows.stem)
    model.weights = weights  # type: ignore[assignment]
    try:
        yield
    finally:
        model.weights = fitted


def _searched(run: Run, api: str, passages: list[Passage]) -> Search:
    from specloom.adapters.search import Scope, open_index, searcher  # noqa: PLC0415 - only where it is asked for

    index, _ = open_index()
    start = time.perf_counter()
    index.sync(Scope(0, api), passages)
    run.spend("embedding", start)
    return searcher(index, Scope(0, api), passages)


def _row(api: str, one: Inference, candidate: Candidate) -> dict[str, Any]:
    cited = [
        {"file": c.file, "line_start": c.line_start, "line_end": c.line_end, "quote": c.quote} for c in one.citations
    ]
    row = {"api": api, "fact_kind": one.fact_kind, "value": dict(one.value), "confidence": one.confidence}
    because = {"strength": candidate.strength, "opinion": candidate.opinion, "alone": candidate.alone}
    return {**row, **because, "citations": cited}


def _judge(
    run: Run, labels: list[dict[str, Any]], complete: dict[str, list[str]], scorer: ModuleType, gold: Path
) -> None:
    """Pair labels and predictions by the scorer's functions and rule, and note each prediction's verdict and label."""
    docs = str(gold / "docs")
    present = [label for label in labels if label["polarity"] == "present"]
    pairs = []
    for i, label in enumerate(present):
        for j, row in enumerate(run.rows):
            if (row["api"], row["fact_kind"]) == (label["api"], label["fact_kind"]):
                value = scorer.value_score(label["fact_kind"], label["value"], row["value"])
                cited = scorer.cited(label, row, docs)
                pairs.append((value == 1.0, cited, value, scorer.tie(label["value"], row["value"]), -i, -j))
    taken: set[int] = set()
    for strict, cited, value, _, i, j in sorted(pairs, reverse=True):
        row = run.rows[-j]
        if -i in taken or "verdict" in row or value < 0.5:
            continue
        taken.add(-i)
        row["label"] = present[-i]["id"]
        row["verdict"] = "right" if strict and cited else "right value, wrong citation" if strict else "partly right"
    for row in run.rows:
        row.setdefault("verdict", _unpaired(row, labels, complete, scorer))


def _unpaired(
    row: dict[str, Any], labels: list[dict[str, Any]], complete: dict[str, list[str]], scorer: ModuleType
) -> str:
    same = [label for label in labels if (label["api"], label["fact_kind"]) == (row["api"], row["fact_kind"])]
    kind = row["fact_kind"]
    if any(la["polarity"] == "present" and scorer.value_score(kind, la["value"], row["value"]) == 1.0 for la in same):
        return "duplicate"
    for label in same:
        valued = label["value"] and scorer.value_score(kind, label["value"], row["value"]) == 1.0
        if label["polarity"] == "distractor" and (scorer.cited(label, row, None) or valued):
            return "took a distractor"
    if any(label["polarity"] == "absent" for label in same):
        return "invented"
    return "wrong" if kind in complete.get(row["api"], []) else "not judged"
