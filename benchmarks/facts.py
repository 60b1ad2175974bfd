"""How well facts are inferred: the gold set scored by its own scorer, curves over the confidence, and what it costs.

    make bench-facts [ARGS="--gold DIR --out DIR --index"]

Writes `facts.md`, `facts.json`, `predictions.jsonl`, `calibration.png` and `precision-recall.png` below the out folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from specloom.adapters.directory import Directory
from specloom.facts.infer import infer
from specloom.facts.passages import read_documents
from specloom.model.inference import Outcome

if TYPE_CHECKING:
    from types import ModuleType

    from specloom.facts.evidence import Search
    from specloom.model.inference import Inference
    from specloom.model.passage import Passage

mpl.use("Agg")
from matplotlib import pyplot as plt

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SPECLOOM_SHARED", ROOT.parent / "shared"))
WANTED = 0.95
"""The precision that a threshold is chosen for."""
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


def main() -> None:
    """Score, plot, and print the report."""
    options = _options()
    scorer = _scorer(options.gold)
    run = Run()
    for folder in sorted((options.gold / "docs").iterdir()):
        _predict(run, folder, options)
    labels = [json.loads(line) for line in (options.gold / "labels.jsonl").read_text("utf-8").splitlines()]
    _judge(run, labels, json.loads((options.gold / "complete_kinds.json").read_text("utf-8")), scorer, options.gold)
    options.out.mkdir(parents=True, exist_ok=True)
    report = _report(run, [label for label in labels if label["polarity"] == "present"], scorer)
    (options.out / "predictions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in run.rows), "utf-8")
    (options.out / "facts.json").write_text(json.dumps(report, indent=1), "utf-8")
    _plot_calibration(report["calibration"], options.out / "calibration.png")
    _plot_curve(report["curve"], options.out / "precision-recall.png")
    text = _markdown(report)
    (options.out / "facts.md").write_text(text, "utf-8")
    print(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, default=SHARED / "gold", help="folder with labels.jsonl, score.py and docs/"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "facts")
    parser.add_argument("--index", action="store_true", help="search by meaning too, in a fresh index in memory")
    options = parser.parse_args()
    if not (options.gold / "labels.jsonl").is_file():
        sys.exit(f"there is no gold set in {options.gold}; name it with --gold")
    return options


def _scorer(gold: Path) -> ModuleType:
    """Load the gold set's own scorer, so that its rule is used and not ours."""
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{gold}/score.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _predict(run: Run, folder: Path, options: argparse.Namespace) -> None:
    tree = Directory(folder)
    start = time.perf_counter()
    documents, _ = read_documents(tree, tree.paths())
    run.spend("reading", start)
    passages = [passage for document in documents for passage in document.passages]
    run.passages += len(passages)
    search = _searched(run, folder.name, passages) if options.index else None
    start = time.perf_counter()
    inferences, _ = infer(documents, search=search)
    run.spend("detecting", start)
    run.rows.extend(_row(folder.name, one) for one in inferences if one.outcome is not Outcome.WITHHOLD)


def _searched(run: Run, api: str, passages: list[Passage]) -> Search:
    from specloom.adapters.search import Scope, open_index, searcher  # noqa: PLC0415 - only where it is asked for

    index, _ = open_index()
    start = time.perf_counter()
    index.sync(Scope(0, api), passages)
    run.spend("embedding", start)
    return searcher(index, Scope(0, api), passages)


def _row(api: str, one: Inference) -> dict[str, Any]:
    cited = [
        {"file": c.file, "line_start": c.line_start, "line_end": c.line_end, "quote": c.quote} for c in one.citations
    ]
    value = dict(one.value)
    return {"api": api, "fact_kind": one.fact_kind, "value": value, "confidence": one.confidence, "citations": cited}


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


def _report(run: Run, present: list[dict[str, Any]], scorer: ModuleType) -> dict[str, Any]:
    judged = [row for row in run.rows if row["verdict"] not in UNJUDGED]
    core = [label for label in present if label["fact_kind"] in scorer.CORE]
    thousands = run.passages / 1000
    return {
        "labels": len(present),
        "predictions": len(run.rows),
        "all": _figures(judged, present),
        "core": _figures([row for row in judged if row["fact_kind"] in scorer.CORE], core),
        "kinds": {
            kind: _figures(
                [r for r in judged if r["fact_kind"] == kind], [la for la in present if la["fact_kind"] == kind]
            )
            for kind in sorted({label["fact_kind"] for label in present})
        },
        "left_out": _left_out(judged, core),
        "curve": _curve(judged, core),
        "calibration": _calibration(judged),
        "passages": run.passages,
        "seconds_per_1000_passages": {step: round(spent / thousands, 3) for step, spent in run.seconds.items()},
    }


def _figures(judged: list[dict[str, Any]], present: list[dict[str, Any]]) -> dict[str, float | int | None]:
    right = sum(row["verdict"] == "right" for row in judged)
    valued = sum(row["verdict"].startswith("right") for row in judged)
    precision = right / len(judged) if judged else None
    recall = right / len(present) if present else None
    both = (precision or 0) + (recall or 0)
    return {
        "labels": len(present),
        "judged": len(judged),
        "precision": _rounded(precision),
        "recall": _rounded(recall),
        "f1": _rounded(2 * (precision or 0) * (recall or 0) / both) if both else 0.0,
        "citation_overlap": _rounded(right / valued) if valued else None,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _left_out(judged: list[dict[str, Any]], core: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """For each API: the threshold chosen on the others for the wanted precision, and what it gives on this one."""
    out: dict[str, dict[str, Any]] = {}
    for api in sorted({label["api"] for label in core}):
        threshold = _threshold([row for row in judged if row["api"] != api])
        mine = [row for row in judged if row["api"] == api and row["confidence"] >= threshold]
        labels = [label for label in core if label["api"] == api]
        right = sum(row["verdict"] == "right" and row["label"] in {label["id"] for label in labels} for row in mine)
        precise = [row["verdict"] == "right" for row in mine]
        out[api] = {
            "threshold": threshold,
            "precision": _rounded(sum(precise) / len(precise)) if precise else None,
            "core_recall": _rounded(right / len(labels)),
        }
    return out


def _threshold(judged: list[dict[str, Any]]) -> float:
    """Return the lowest confidence at and above which the wanted precision holds."""
    for candidate in sorted({row["confidence"] for row in judged}):
        kept = [row["verdict"] == "right" for row in judged if row["confidence"] >= candidate]
        if sum(kept) >= WANTED * len(kept):
            return float(candidate)
    return 1.0


def _curve(judged: list[dict[str, Any]], core: list[dict[str, Any]]) -> list[dict[str, float]]:
    ids = {label["id"] for label in core}
    points = []
    for step in range(50, 100, 2):
        kept = [row for row in judged if row["confidence"] >= step / 100]
        right = [row for row in kept if row["verdict"] == "right"]
        if kept:
            recall = sum(row["label"] in ids for row in right) / len(ids)
            points.append({"confidence": step / 100, "precision": len(right) / len(kept), "core_recall": recall})
    return points


def _calibration(judged: list[dict[str, Any]]) -> list[dict[str, float]]:
    bins = []
    for at in range(10):
        inside = [r for r in judged if at / 10 <= r["confidence"] < (at + 1) / 10]
        if inside:
            said = sum(r["confidence"] for r in inside) / len(inside)
            true = sum(r["verdict"] == "right" for r in inside) / len(inside)
            bins.append({"said": said, "true": true, "count": len(inside)})
    return bins


def _plot_calibration(bins: list[dict[str, float]], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", label="as sure as right")
    sizes = [20 + 6 * one["count"] for one in bins]
    axes.scatter([one["said"] for one in bins], [one["true"] for one in bins], s=sizes, color="#1f6f8b", label="facts")
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1.02), ylim=(0, 1.05), title="Calibration")
    axes.legend(loc="upper left")
    figure.savefig(path, dpi=120, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)


def _plot_curve(points: list[dict[str, float]], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(6, 4))
    confidences = [one["confidence"] for one in points]
    axes.plot(confidences, [one["precision"] for one in points], color="#1f6f8b", label="precision, all kinds")
    axes.plot(confidences, [one["core_recall"] for one in points], color="#b5532b", label="recall, core kinds")
    axes.set(xlabel="confidence threshold", ylim=(0, 1.05), title="Precision and recall")
    axes.legend(loc="lower left")
    figure.savefig(path, dpi=120, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)


def _markdown(report: dict[str, Any]) -> str:
    lines = ["# Facts against the gold set", "", "| kind | labels | precision | recall | F1 | citation overlap |"]
    lines.append("|---|---:|---:|---:|---:|---:|")
    for name, one in {"**all**": report["all"], "**core**": report["core"], **report["kinds"]}.items():
        shown = " | ".join(_shown(one[key]) for key in ("precision", "recall", "f1", "citation_overlap"))
        lines.append(f"| {name} | {one['labels']} | {shown} |")
    lines += ["", "Threshold chosen on the other APIs, figures on the one left out:", ""]
    lines += ["| API | threshold | precision | core recall |", "|---|---:|---:|---:|"]
    for api, one in report["left_out"].items():
        lines.append(f"| {api} | {one['threshold']:.2f} | {_shown(one['precision'])} | {_shown(one['core_recall'])} |")
    cost = ", ".join(f"{step} {spent:.2f} s" for step, spent in report["seconds_per_1000_passages"].items())
    lines += ["", f"{report['passages']} passages; for 1,000 of them: {cost}. No service is called, nothing is paid."]
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
