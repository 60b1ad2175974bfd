"""How well facts are inferred: the gold set scored by its own scorer, curves over the confidence, and what it costs.

    make bench-facts [ARGS="--gold DIR --out DIR --index --search"]

Writes `facts.md`, `facts.json`, `predictions.jsonl`, `calibration.png` and `precision-recall.png` below the out folder.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calibrate import Seen, brier, expected_error, fit, left_out, observed
from facts_judged import UNJUDGED, Run, labelled
from facts_labels import labels_of, scorer_of
from facts_search import could_add, documents_of, searched
from facts_shown import markdown, plot_calibration, plot_curve

from specloom.facts.calibration import FITTED
from specloom.facts.infer import APPLY_FROM, SUGGEST_FROM

if TYPE_CHECKING:
    from types import ModuleType


ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SPECLOOM_SHARED", ROOT.parent / "shared"))
WANTED = 0.95
"""The precision that a threshold is chosen for."""


def main() -> None:
    """Score, plot, and print the report."""
    options = _options()
    scorer = scorer_of(options.gold)
    run = labelled(options.gold, index=options.index)
    folders = sorted((options.gold / "docs").iterdir())
    options.out.mkdir(parents=True, exist_ok=True)
    report = _report(run, [label for label in labels_of(options.gold) if label["polarity"] == "present"], scorer)
    report["search"] = {
        "could_add": could_add(map(documents_of, folders)),
        **(searched(folders) if options.search else {}),
    }
    (options.out / "predictions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in run.rows), "utf-8")
    (options.out / "facts.json").write_text(json.dumps(report, indent=1), "utf-8")
    plot_calibration(report["unseen"]["calibration"], report["calibration"], options.out / "calibration.png")
    plot_curve(report["unseen"]["curve"], report["curve"], options.out / "precision-recall.png")
    text = markdown(report)
    (options.out / "facts.md").write_text(text, "utf-8")
    print(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, default=SHARED / "gold", help="folder with labels.jsonl, score.py and docs/"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "facts")
    parser.add_argument("--index", action="store_true", help="search by meaning too, in a fresh index in memory")
    parser.add_argument("--search", action="store_true", help="measure search over 5,000 passages; it takes a minute")
    options = parser.parse_args()
    if not (options.gold / "labels.jsonl").is_file():
        sys.exit(f"there is no gold set in {options.gold}; name it with --gold")
    return options


def _report(run: Run, present: list[dict[str, Any]], scorer: ModuleType) -> dict[str, Any]:
    judged = [row for row in run.rows if row["verdict"] not in UNJUDGED]
    core = [label for label in present if label["fact_kind"] in scorer.CORE]
    sure = [(row["confidence"], row["verdict"] == "right") for row in judged]
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
        "calibration": _bins(sure),
        "brier": round(brier(sure), 4),
        "ece": round(expected_error(sure), 4),
        "unseen": _unseen(),
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


def _unseen() -> dict[str, Any]:
    """Return what held of APIs that no rule was made for, each weighed by the curve fitted on all the others."""
    pairs = left_out(observed())
    kinds = sorted({row.kind for row, _ in pairs})
    sure = [(said, row.right) for row, said in pairs]
    raw = [(row.strength, row.right) for row, _ in pairs]
    return {
        "apis": len({row.api for row, _ in pairs}),
        "facts": len(pairs),
        "kinds": {kind: _kept([(said, row.right) for row, said in pairs if row.kind == kind]) for kind in kinds},
        "all": _kept(sure),
        "brier": [round(brier(raw), 4), round(brier(sure), 4)],
        "ece": [round(expected_error(raw), 4), round(expected_error(sure), 4)],
        "curve": [_point(sure, step / 100) for step in range(50, 98, 2)],
        "calibration": _bins(sure),
    }


def _kept(pairs: list[tuple[float, bool]]) -> dict[str, float | int | None]:
    """Return the precision of what is suggested and of what is applied, and the share of right facts that are."""
    out: dict[str, float | int | None] = {"facts": len(pairs)}
    for name, threshold in (("suggested", SUGGEST_FROM), ("applied", APPLY_FROM)):
        point = _point(pairs, threshold)
        out |= {name: _rounded(point["precision"]), f"{name}_share": _rounded(point["recall"])}
    return out


def _point(pairs: list[tuple[float, bool]], threshold: float) -> dict[str, float]:
    kept = [right for said, right in pairs if said >= threshold]
    found = sum(right for _, right in pairs)
    precision = sum(kept) / len(kept) if kept else float("nan")
    return {"confidence": threshold, "precision": precision, "recall": sum(kept) / found if found else 0.0}


def _left_out(judged: list[dict[str, Any]], core: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """For each API: curve and threshold from the others and from unseen docs, and what they give on this one."""
    out: dict[str, dict[str, Any]] = {}
    unseen = left_out(observed())
    for api in sorted({label["api"] for label in core}):
        others = [row for row in judged if row["api"] != api]
        curve = fit([*observed(), *(_seen(row) for row in others if row["fact_kind"] in FITTED.offsets)])
        weighed = [(_seen(row).confidence(curve), row) for row in judged if row["api"] == api]
        threshold = _threshold(
            [
                *((said, row.right) for row, said in unseen),
                *((_seen(row).confidence(curve), row["verdict"] == "right") for row in others),
            ]
        )
        labels = {label["id"] for label in core if label["api"] == api}
        out[api] = {"threshold": threshold}
        for name, bound in (("suggested", SUGGEST_FROM), ("applied", threshold)):
            mine = [row for said, row in weighed if said >= bound]
            right = [row for row in mine if row["verdict"] == "right"]
            out[api][f"{name}_precision"] = _rounded(len(right) / len(mine)) if mine else None
            out[api][f"{name}_recall"] = _rounded(sum(row["label"] in labels for row in right) / len(labels))
    return out


def _seen(row: dict[str, Any]) -> Seen:
    right = row["verdict"] == "right"
    return Seen(row["fact_kind"], f"gold:{row['api']}", row["strength"], right, row["opinion"], row["alone"])


def _threshold(pairs: list[tuple[float, bool]]) -> float:
    """Return the lowest confidence at and above which the wanted precision holds."""
    for candidate in sorted({said for said, _ in pairs}):
        kept = [right for said, right in pairs if said >= candidate]
        if sum(kept) >= WANTED * len(kept):
            return candidate
    return 1.0


def _curve(judged: list[dict[str, Any]], core: list[dict[str, Any]]) -> list[dict[str, float]]:
    ids = {label["id"] for label in core}
    points = []
    for step in range(50, 100, 2):
        kept = [row for row in judged if row["confidence"] >= step / 100]
        right = [row for row in kept if row["verdict"] == "right"]
        if kept:
            recall = sum(row["label"] in ids for row in right) / len(ids)
            points.append({"confidence": step / 100, "precision": len(right) / len(kept), "recall": recall})
    return points


def _bins(pairs: list[tuple[float, bool]]) -> list[dict[str, float]]:
    bins = []
    for at in range(10):
        inside = [(said, right) for said, right in pairs if at / 10 <= said < (at + 1) / 10]
        if inside:
            said = sum(one for one, _ in inside) / len(inside)
            true = sum(right for _, right in inside) / len(inside)
            bins.append({"said": said, "true": true, "count": len(inside)})
    return bins


if __name__ == "__main__":
    main()
