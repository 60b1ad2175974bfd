"""The figures of the facts benchmark for people: two plots and a report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from specloom.facts.infer import APPLY_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

mpl.use("Agg")
from matplotlib import pyplot as plt


def plot_calibration(unseen: list[dict[str, float]], gold: list[dict[str, float]], path: Path) -> None:
    """Draw how often facts are right against how sure we are, a dot a bin, larger where there are more."""
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", label="as sure as right")
    for bins, name, color in ((unseen, "unseen docs, API left out", "#1f6f8b"), (gold, "gold set", "#b5532b")):
        sizes = [20 + one["count"] for one in bins]
        axes.scatter([one["said"] for one in bins], [one["true"] for one in bins], s=sizes, color=color, label=name)
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1.02), ylim=(0, 1.05), title="Calibration")
    axes.legend(loc="upper left")
    figure.savefig(path, dpi=120, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)


def plot_curve(unseen: list[dict[str, float]], gold: list[dict[str, float]], path: Path) -> None:
    """Draw precision and recall over the confidence from which facts are shown.

    Of unseen docs only what was claimed is known: not recall, but the share of the right facts that are still shown.
    """
    figure, axes = plt.subplots(figsize=(7, 4))
    unseen_name = "unseen docs, API left out"
    for points, name, kept, style in (
        (unseen, unseen_name, f"right facts still shown, {unseen_name}", "-"),
        (gold, "gold set", "recall of core kinds, gold set", "--"),
    ):
        at = [one["confidence"] for one in points]
        axes.plot(at, [one["precision"] for one in points], style, color="#1f6f8b", label=f"precision, {name}")
        axes.plot(at, [one["recall"] for one in points], style, color="#b5532b", label=kept)
    axes.axvline(APPLY_FROM, color="#999999", linestyle=":", label="applied from here on")
    axes.set(xlabel="confidence threshold", ylim=(0, 1.05), title="Precision and recall")
    axes.legend(loc="lower left", fontsize=8)
    figure.savefig(path, dpi=120, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)


def markdown(report: dict[str, Any]) -> str:
    """Write the report, what holds for unseen documentation first."""
    unseen = report["unseen"]
    lines = ["# Facts", "", "## Documentation that no rule was made for", ""]
    lines += [
        f"{unseen['facts']} facts of {unseen['apis']} APIs, each weighed by the curve fitted on all other APIs.",
        "",
    ]
    lines += ["| kind | facts | precision, suggested | precision, applied | share of the right ones applied |"]
    lines += ["|---|---:|---:|---:|---:|"]
    for name, one in {"**all**": unseen["all"], **unseen["kinds"]}.items():
        shown = " | ".join(_shown(one[key]) for key in ("suggested", "applied", "applied_share"))
        lines.append(f"| {name} | {one['facts']} | {shown} |")
    for name in ("brier", "ece"):
        lines += [
            "",
            f"{name}: {unseen[name][0]} by strength alone, {unseen[name][1]} fitted; gold set {report[name]}.",
        ]
    lines += ["", "## Gold set, one API left out", ""]
    lines += [
        "| API | precision, suggested | core recall | threshold | precision | core recall |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for api, one in report["left_out"].items():
        figures = [
            _shown(one[f"{name}_{what}"]) for name in ("suggested", "applied") for what in ("precision", "recall")
        ]
        lines.append(f"| {api} | {figures[0]} | {figures[1]} | {one['threshold']:.2f} | {figures[2]} | {figures[3]} |")
    lines += ["", "## Gold set", "", "| kind | labels | precision | recall | F1 | citation overlap |"]
    lines.append("|---|---:|---:|---:|---:|---:|")
    for name, one in {"**all**": report["all"], "**core**": report["core"], **report["kinds"]}.items():
        shown = " | ".join(_shown(one[key]) for key in ("precision", "recall", "f1", "citation_overlap"))
        lines.append(f"| {name} | {one['labels']} | {shown} |")
    cost = ", ".join(f"{step} {spent:.2f} s" for step, spent in report["seconds_per_1000_passages"].items())
    lines += ["", f"{report['passages']} passages; for 1,000 of them: {cost}. No service is called, nothing is paid."]
    return "\n".join([*lines, "", *_search(report["search"])]) + "\n"


def _search(found: dict[str, Any]) -> Iterator[str]:
    bound = found["could_add"]
    yield f"Handed every passage there is, the detectors find {bound['differ']} of {bound['facts']} facts otherwise:"
    yield "no search by meaning could add more than that."
    if "index_s" in found:
        wall, cpu = found["query_wall_ms"], found["query_cpu_ms"]
        yield ""
        yield f"{found['passages']:,} passages are indexed in {found['index_s']} s, of which the model alone takes"
        yield f"{found['model_alone_s']} s. After one edit {found['edit']['embedded']} passage is embedded, in"
        yield f"{found['edit']['s']} s."
        yield f"{found['queries']} queries: {wall['p50']} ms wall in the middle, {wall['p95']} at the 95th percentile"
        yield f"({cpu['p50']} and {cpu['p95']} ms of CPU)."


def _shown(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"
