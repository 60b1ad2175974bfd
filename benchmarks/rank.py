"""Fit the models of the rankers on labelled documentation.

    make fit-facts

`ranked/<kind>.jsonl` has a line for every value that a ranker proposed of an API whose docs are labelled: its features,
and whether it was right; those of a part of a fact (a name, a number) that rankers ask about have files of their own.
A logistic model is fitted on each and written to `specloom/facts/ranking/fitted/`. With
`python benchmarks/rank.py --observe DIR DIR …` the lines are made anew from labelled folders (as `bench-facts` takes
them), and what the rankers would find in each API with a model of all others is printed: precision and recall at
several thresholds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from facts_labels import labels_of, scorer_of
from logistic import newton

from specloom.adapters.directory import Directory
from specloom.facts.evidence import Evidence
from specloom.facts.passages import read_documents
from specloom.facts.ranking import ALL, PARTS, standing, weighed
from specloom.facts.ranking.model import INTERCEPT, probability, weights
from specloom.facts.speech.hearsay import own_words
from specloom.facts.speech.whose import ownership

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from specloom.facts.ranking.proposal import Part, Proposal, Ranker

ROOT = Path(__file__).resolve().parents[1]
ROWS = ROOT / "benchmarks" / "ranked"
FITTED = ROOT / "specloom" / "facts" / "ranking" / "fitted"
PULL = 1.0
"""How strongly a weight is drawn to zero, features scaled to a deviation of one."""
PULLS: Mapping[str, float] = {
    "auth": 10.0,
    "base_url": 10.0,
    "error_format": 20.0,
    "page_size": 10.0,
    "page_size_default": 10.0,
    "page_size_max": 10.0,
    "pagination": 30.0,
    "paging_limit": 10.0,
    "rate_limit": 20.0,
    "rate_limit_exceeded": 5.0,
    "required_header": 10.0,
    "versioning": 10.0,
    "token_lifetime": 10.0,
}
"""The same for kinds with few rows for their features, chosen by what `--observe` prints."""
FEW = frozenset({"versioning"})
"""Kinds of which one API has so few facts that, where one has a label, the others have too."""
FOLDS = 10
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Seen:
    """A proposal: the API it was made of, its features, and whether it was right."""

    api: str
    right: bool
    features: Mapping[str, float]


@dataclass(frozen=True)
class Labelled:
    """The docs of one API, and the labels of one kind; `whole` says that no fact of the kind is without a label.

    `traps` are the labels of what looks like a fact and is none.
    """

    api: str
    evidence: Evidence
    labels: list[dict[str, Any]]
    traps: list[dict[str, Any]]
    whole: bool


def observed(kind: str) -> list[Seen]:
    """Read the committed proposals of a kind."""
    rows = (json.loads(line) for line in (ROWS / f"{kind}.jsonl").read_text("utf-8").splitlines())
    return [Seen(row["api"], row["right"], row["features"]) for row in rows]


def anonymous(api: str) -> str:
    """Return what stands for the name of an API in the rows."""
    return hashlib.sha256(api.encode()).hexdigest()[:8]


def fit(kind: str, rows: Sequence[Seen]) -> dict[str, float]:
    """Return the weight of every feature, and the intercept."""
    names = sorted({name for row in rows for name in row.features})
    raw = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    scale = raw.std(axis=0)
    scale[scale == 0] = 1
    columns = np.hstack([np.ones((len(rows), 1)), raw / scale])
    pull = np.array([1e-6, *[PULLS.get(kind, PULL)] * len(names)])
    weights = newton(columns, np.array([float(row.right) for row in rows]), pull, np.zeros(len(pull)))
    return {INTERCEPT: _short(weights[0])} | {
        name: _short(weight / by) for name, weight, by in zip(names, weights[1:], scale, strict=True)
    }


def main() -> None:
    """Make the rows anew where asked, fit every model, and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--observe", type=Path, nargs="+", default=[], help="labelled folders to make the rows of")
    parser.add_argument("--kind", action="append", help="only this kind of fact; may be repeated")
    options = parser.parse_args()
    for part in PARTS:
        if options.kind and part.name not in options.kind:
            continue
        if options.observe:
            _observe_part(part, options.observe)
        _write(part.name)
    for ranker in ALL:
        if options.kind and ranker.fact_kind not in options.kind:
            continue
        if options.observe:
            _observe(ranker, options.observe)
        _write(ranker.fact_kind)


def _write(name: str) -> None:
    body = json.dumps(fit(name, observed(name)), indent=1, sort_keys=True)
    (FITTED / f"{name}.json").write_text(body + "\n", "utf-8")
    weights.cache_clear()


def _observe_part(part: Part, folders: Sequence[Path]) -> None:
    scorer = scorer_of(folders[0])
    rows: dict[str, list[Seen]] = defaultdict(list)
    for one in (one for folder in folders for one in _labelled(folder, *(kind for kind, _ in part.labelled))):
        for proposal in part.propose(one.evidence):
            right = _is_part(part, one, proposal, scorer)
            if right or (right is False and one.whole):
                rows[one.api].append(Seen(one.api, bool(right), _rounded(proposal.features)))
    _keep(part.name, [row for api in sorted(rows) for row in rows[api]])


def _is_part(part: Part, one: Labelled, proposal: Proposal, scorer: ModuleType) -> bool | None:
    """Tell whether a label has the part; a number that it has, told elsewhere, may be either."""
    keys = dict(part.labelled)
    met = [
        label for label in one.labels if _has(label["value"], keys[label["fact_kind"]], proposal.value["is"], scorer)
    ]
    if part.placed and met:
        places = [{"file": spot.path, "line_start": spot.start, "line_end": spot.end} for spot in proposal.places]
        return True if any(scorer.cited(label, {"citations": places}, None) for label in met) else None
    return bool(met)


def _has(labelled: dict[str, Any], keys: Sequence[str], part: object, scorer: ModuleType) -> bool:
    value: Any = labelled
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    wanted = value if isinstance(value, list) else [value]
    return value is not None and scorer.norm(part) in [scorer.norm(each) for each in wanted]


def _observe(ranker: Ranker, folders: Sequence[Path]) -> None:
    apis = [one for folder in folders for one in _labelled(folder, ranker.fact_kind)]
    scorer = scorer_of(folders[0])
    rows: dict[str, list[Seen]] = defaultdict(list)
    for one in apis:
        judged = [(bool(proves(one, proposal, scorer)), proposal) for proposal in ranker.propose(one.evidence)]
        judged = [(right, p) for right, p in judged if right or one.whole or trapped(one, p, scorer)]
        rows[one.api] += [Seen(one.api, right, _rounded(p.features)) for right, p in judged]
    everything = [row for api in sorted(rows) for row in rows[api]]
    _keep(ranker.fact_kind, everything)
    _cross_validate(ranker, apis, everything, scorer)


def _keep(name: str, rows: Sequence[Seen]) -> None:
    lines = [json.dumps({"api": row.api, "right": row.right, "features": dict(row.features)}) for row in rows]
    ROWS.mkdir(exist_ok=True)
    (ROWS / f"{name}.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")


def _cross_validate(ranker: Ranker, apis: Sequence[Labelled], rows: Sequence[Seen], scorer: ModuleType) -> None:
    """Print what would be found in every API by a model that was fitted without it."""
    groups = sorted({row.api for row in rows})
    fold = {api: at % FOLDS for at, api in enumerate(groups)}
    models = [fit(ranker.fact_kind, [row for row in rows if fold[row.api] != at]) for at in range(FOLDS)]
    labels = sum(len(one.labels) for one in apis)
    made = [(one, tuple(ranker.propose(one.evidence))) for one in apis]
    reach = sum(
        len({label for proposal in proposed for label in proves(one, proposal, scorer)}) for one, proposed in made
    )
    print(f"{ranker.fact_kind}: {labels} labels, {reach} proposed, {len(rows)} proposals of {len(groups)} APIs")
    for least in THRESHOLDS:
        found, tally = 0, defaultdict(int)
        for one, proposed in made:
            model = models[fold.get(one.api, 0)]
            met: set[str] = set()
            asked = replace(ranker, least=least, propose=lambda _, proposed=proposed: proposed)
            said = weighed(asked, one.evidence, lambda _, f, model=model: probability(model, f))
            for proposal, _ in standing(asked, said, []):
                proved = proves(one, proposal, scorer)
                if proved or one.whole or trapped(one, proposal, scorer):
                    tally["right" if proved else "wrong"] += 1
                met.update(proved)
            found += len(met)
        claimed = tally["right"] + tally["wrong"]
        print(f"  from {least}: precision {tally['right'] / max(1, claimed):.3f}, recall {found / max(1, labels):.3f}")


def proves(one: Labelled, proposal: Proposal, scorer: ModuleType) -> list[str]:
    """Return the ids of the labels that a proposal meets, in value and in place."""
    places = [{"file": spot.path, "line_start": spot.start, "line_end": spot.end} for spot in proposal.places]
    row = {"api": one.api, "citations": places}
    value = dict(proposal.value)
    return [
        label["id"]
        for label in one.labels
        if scorer.value_score(label["fact_kind"], label["value"], value) == 1.0 and scorer.cited(label, row, None)
    ]


def trapped(one: Labelled, proposal: Proposal, scorer: ModuleType) -> bool:
    """Tell whether a proposal has a value that a label calls untrue."""
    value = dict(proposal.value)
    traps = (trap for trap in one.traps if trap["value"])
    return any(scorer.value_score(trap["fact_kind"], trap["value"], value) == 1.0 for trap in traps)


def _labelled(folder: Path, *kinds: str) -> list[Labelled]:
    complete = json.loads((folder / "complete_kinds.json").read_text("utf-8"))
    ours = [one for one in labels_of(folder) if one["fact_kind"] in kinds]
    out = []
    for docs in sorted((folder / "docs").iterdir()):
        tree = Directory(docs)
        documents, _ = read_documents(tree, tree.paths())
        whose = ownership(documents)
        evidence = Evidence(documents=own_words(documents, whose), whose=whose)
        said: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in ours:
            if one["api"] == docs.name:
                said[one["polarity"]].append(one)
        absent = {one["fact_kind"] for one in said["absent"]}
        few = {one["fact_kind"] for one in said["present"]} & FEW
        whole = kinds[0] in {*complete.get(docs.name, []), *absent, *few}
        out.append(Labelled(anonymous(docs.name), evidence, said["present"], said["distractor"], whole=whole))
    return out


def _rounded(features: Mapping[str, float]) -> dict[str, float]:
    return {name: _short(size) for name, size in sorted(features.items()) if size}


def _short(number: float) -> float:
    return round(float(number), 4)


if __name__ == "__main__":
    main()
