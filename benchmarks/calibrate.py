"""Fit how sure a fact is on what the detectors said of documentation that they had not seen.

    make fit-facts

`facts_unseen.csv` has one row for every fact that was claimed of an API before anybody changed a rule after reading its
docs, with the strength that its detector gave it, and whether it was right. A logistic curve over the strength, with
one offset for every kind that is drawn towards zero where there are few rows, is written to
`specloom/facts/calibrated.py`. With `ARGS="--observe DIR"`, the rows of another labelled folder (as `bench-facts` takes
it) are added first: give one that no rule was made for.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from logistic import newton

from specloom.facts.calibration import UNPROPOSED, Curve, confidence, confidence_alone, log_odds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parents[1]
UNSEEN = ROOT / "benchmarks" / "facts_unseen.csv"
FITTED = ROOT / "specloom" / "facts" / "calibrated.py"
TOWARDS_ALL, TOWARDS_ONE = 1.5, 0.3
"""How strongly the offset of a kind is drawn to zero, and the slope to one: as much as a few rows say."""
TOWARDS_TRUST = 6.0
"""How strongly a fact that no ranker proposed is drawn to those of which none was asked: there are tables that only a
rule can read, and the few rows come from few docs."""


@dataclass(frozen=True)
class Seen:
    """A fact that was claimed, and whether it was right.

    `api` is a number. `opinion` is what the kind's ranker said of it, None where there was none; what only a ranker
    found is `alone`.
    """

    kind: str
    api: str
    strength: float
    right: bool
    opinion: float | None = None
    alone: bool = False

    @property
    def columns(self) -> list[float]:
        """Return what `fit` weighs, the kind left out."""
        if self.alone:
            return [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, log_odds(self.opinion or 0.0)]
        asked = self.opinion is not None and self.opinion != UNPROPOSED
        agreed = log_odds(self.opinion or 0.0) if asked else 0.0
        unproposed = float(self.opinion == UNPROPOSED)
        return [1.0, Curve.evidence(self.strength), float(asked), agreed, unproposed, 0.0, 0.0]

    def confidence(self, curve: Curve) -> float:
        """Return what a curve says of it."""
        if self.alone:
            return confidence_alone(self.kind, self.opinion or 0.0, curve)
        return confidence(self.kind, self.strength, self.opinion, curve)


def observed() -> list[Seen]:
    """Read the committed observations."""
    with UNSEEN.open(encoding="utf-8", newline="") as file:
        return [
            Seen(
                kind=row["kind"],
                api=row["api"],
                strength=float(row["strength"]),
                right=row["right"] == "1",
                opinion=float(row["opinion"]) if row["opinion"] else None,
                alone=row["alone"] == "1",
            )
            for row in csv.DictReader(file)
        ]


def fit(rows: Sequence[Seen]) -> Curve:
    """Return the penalised maximum likelihood fit, by Newton's method."""
    kinds = sorted({row.kind for row in rows})
    columns = np.array([[*row.columns, *(float(row.kind == kind) for kind in kinds)] for row in rows])
    right = np.array([float(row.right) for row in rows])
    pull = np.array([1e-6, *[TOWARDS_ONE] * 3, TOWARDS_TRUST, *[TOWARDS_ONE] * 2, *[TOWARDS_ALL] * len(kinds)])
    centre = np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, *[0.0] * len(kinds)])
    weights = newton(columns, right, pull, centre)
    base, slope, asked, agreed, unproposed, shift, steep, *offsets = (round(float(weight), 3) for weight in weights)
    return Curve(
        base=base,
        slope=slope,
        offsets=dict(zip(kinds, offsets, strict=True)),
        asked=asked,
        agreed=agreed,
        unproposed=unproposed,
        alone=(shift, steep),
    )


def left_out(rows: Sequence[Seen]) -> list[tuple[Seen, float]]:
    """Return every row with the confidence of the curve that was fitted on all other APIs."""
    out: list[tuple[Seen, float]] = []
    for api in sorted({row.api for row in rows}):
        curve = fit([row for row in rows if row.api != api])
        out.extend((row, row.confidence(curve)) for row in rows if row.api == api)
    return out


def brier(pairs: Iterable[tuple[float, bool]]) -> float:
    """Return the mean squared distance between what was said and what was true."""
    gaps = [(said - right) ** 2 for said, right in pairs]
    return sum(gaps) / len(gaps)


def expected_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error in ten bins."""
    total = 0.0
    for at in range(10):
        inside = [(said, right) for said, right in pairs if at / 10 <= said < (at + 1) / 10 or (at == 9 and said == 1)]
        if inside:
            gap = sum(said for said, _ in inside) - sum(right for _, right in inside)
            total += abs(gap) / len(pairs)
    return total


def main() -> None:
    """Fit, write the constants, and say how well they hold on the APIs left out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--observe", type=Path, action="append", default=[], help="a labelled folder to add rows from")
    for folder in parser.parse_args().observe:
        _observe(folder)
    rows = observed()
    FITTED.write_text(_module(fit(rows), rows), "utf-8")
    pairs = [(said, row.right) for row, said in left_out(rows)]
    raw = [(row.strength, row.right) for row in rows]
    print(f"strength as it is: Brier {brier(raw):.4f}, ECE {expected_error(raw):.4f}")
    print(f"fitted on the other APIs: Brier {brier(pairs):.4f}, ECE {expected_error(pairs):.4f}")


def _observe(folder: Path) -> None:
    from facts_judged import UNJUDGED, labelled  # noqa: PLC0415 - it runs every detector, only where it is asked for

    run = labelled(folder, index=False)
    last = max((int(row.api.removeprefix("u")) for row in observed()), default=0)
    names = {api: f"u{at:02}" for at, api in enumerate(sorted({row["api"] for row in run.rows}), last + 1)}
    with UNSEEN.open("a", encoding="utf-8") as file:
        for row in run.rows:
            if row["verdict"] not in UNJUDGED:
                right, alone = int(row["verdict"] == "right"), int(row["alone"])
                opinion = "" if row["opinion"] is None else round(row["opinion"], 4)
                strength = round(row["strength"], 3)
                file.write(f"{row['fact_kind']},{names[row['api']]},{strength},{right},{opinion},{alone}\n")


def _module(curve: Curve, rows: Sequence[Seen]) -> str:
    offsets = "".join(f'    "{kind}": {offset},\n' for kind, offset in sorted(curve.offsets.items()))
    apis = len({row.api for row in rows})
    return (
        '"""Written by `make fit-facts`, which says how. Do not edit."""\n\n'
        "from __future__ import annotations\n\nfrom typing import Final\n\n"
        f"BASE: Final = {curve.base}\nSLOPE: Final = {curve.slope}\nASKED: Final = {curve.asked}\n"
        f"AGREED: Final = {curve.agreed}\nUNPROPOSED: Final = {curve.unproposed}\nALONE: Final = {curve.alone}\n"
        f"OFFSETS: Final = {{\n{offsets}}}\n"
        f'"""Fitted on {len(rows)} facts claimed of {apis} APIs."""\n'
    )


if __name__ == "__main__":
    main()
