"""How a version is chosen and which is current, weighed from everything that looks like one."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.facts.ranking import version_patterns as patterns
from specloom.facts.ranking.proposal import Proposal, Ranker
from specloom.facts.ranking.version_sightings import sightings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence, Place
    from specloom.facts.ranking.version_sightings import Sighting
    from specloom.model.source import Json

LEAST: Final = 0.6
"""Of what docs that the model was not fitted on say beside what is stated, 93 in 100 were right from here on."""
MOST_PLACES: Final = 8

Key = tuple[str, str, str]
"""The way, the name of the header or parameter, and the version without its letter."""


@dataclass(frozen=True)
class Whole:
    """All sightings, those of each way and name, and what is only said."""

    groups: Mapping[Key, list[Sighting]]
    paths: int
    told: Mapping[str, list[Sighting]]
    talk: list[Sighting]
    current: frozenset[str]


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose every version of every way, a header, a type or a parameter without one, too; a lone number is none."""
    groups: dict[Key, list[Sighting]] = {}
    told: dict[str, list[Sighting]] = {}
    talk: list[Sighting] = []
    paths = 0
    for one in sightings(evidence):
        label = patterns.plain(one.label)
        paths += one.way == "path"
        if one.way == "said":
            told.setdefault(label, []).append(one)
        elif one.way == "talk":
            talk.append(one)
        elif label or one.way != "path":
            groups.setdefault((one.way, one.name.lower(), label), []).append(one)
    current = {label for label, found in told.items() if any("current" in one.marks for one in found)}
    whole = Whole(groups, paths, told, talk, frozenset(current))
    for key, seen in groups.items():
        if key[0] == "path" and len(seen) == 1 and "number" in seen[0].marks:
            continue
        value = _value(key[0], seen, sole=not _tied(whole, key, len(seen)))
        yield Proposal(value=value, places=_places(whole, key, seen), features=_features(whole, key, seen))


def _tied(whole: Whole, key: Key, count: int) -> bool:
    """Tell whether another version is shown just as often, and nothing is said of this one."""
    others = (len(found) for other, found in whole.groups.items() if other[:2] == key[:2] and other[2] != key[2])
    return key[0] == "path" and key[2] not in whole.current and count == max(others, default=0)


def beside(_: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Let a version stand only where none is known: what docs tell of several, they tell in words."""
    return not known


def corrected(value: Mapping[str, Json], known: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """Say which version is current where only the way to choose one is stated."""
    if any(value.get(key) != known.get(key) for key in ("style", "header", "param")):
        return None
    return known if "current" in known or "current" not in value else {**known, "current": value["current"]}


def _value(way: str, seen: Sequence[Sighting], *, sole: bool) -> dict[str, Json]:
    label = Counter(one.label for one in seen).most_common(1)[0][0]
    current: dict[str, Json] = {"current": label} if label and sole else {}
    if way == "path":
        return {"style": "path", **current}
    name = Counter(one.name for one in seen).most_common(1)[0][0]
    if way == "query":
        return {"style": "query", "param": name, **current}
    return {"style": "header", "header": name, **current, **({"in": "media_type"} if way == "media" else {})}


def _worth(one: Sighting) -> int:
    marks = one.marks
    return (
        3 * bool({"talk", "version_above"} & marks)
        + 2 * ("current" in marks)
        + 2 * ("base" in marks)
        + ("ends" in marks)
        - 4 * ("aside" in marks)
        - 2 * ("heading" in marks)
    )


def _places(whole: Whole, key: Key, seen: Sequence[Sighting]) -> tuple[Place, ...]:
    """Return what says the version and how it is chosen, and then where it is shown."""
    good = [one for one in whole.told.get(key[2], []) if _worth(one) >= 0] if key[0] == "path" else []
    talk = [one for one in whole.talk if _worth(one) >= 0] if key[0] == "path" else []
    ordered = sorted(seen, key=lambda one: -_worth(one))
    best = sorted(good, key=lambda one: -_worth(one))[:3] + sorted(talk, key=lambda one: -_worth(one))[:2]
    return tuple(dict.fromkeys(one.place for one in [*best, *ordered]))[:MOST_PLACES]


def _features(whole: Whole, key: Key, seen: Sequence[Sighting]) -> dict[str, float]:
    way, name, label = key
    count = len(seen)
    marks = Counter(mark for one in seen for mark in one.marks)
    versions = sum(len(found) for other, found in whole.groups.items() if other[:2] == key[:2] and other[2])
    features = {
        f"way_{way}": True,
        "count": math.log1p(count),
        "files": math.log1p(len({one.place.path for one in seen})),
        "share_of_paths": count / max(1, whole.paths) if way == "path" else 0,
        "share_of_versions": count / versions if label else 0,
        "labelled": bool(label),
        "named_after_api": "api" in name,
        "said_to_be_current": label in whole.current,
        "another_is_current": bool(whole.current - {label}),
        "in_name_of_file": any(_names(one.place.path, label) for one in seen),
        "version_above": marks["version_above"] > 0,
        "base_near": marks["base"] > 0,
        "lettered": marks["letter"] > 0,
        "dotted": marks["dotted"] > 0,
        "number_behind_api": marks["number_behind_api"] > 0,
    }
    shares = {f"share_{mark}": marks[mark] / count for mark in ("own", "relative", "called", "coming", "aside")}
    return {feature: float(amount) for feature, amount in (features | shares).items()}


def _names(path: str, label: str) -> bool:
    """Tell whether a folder or a file is called after a version."""
    return bool(label) and f"v{label}" in re.split(r"[/_-]|\.(?=\D)", path.lower())


RANKER: Final = Ranker(fact_kind="versioning", propose=propose, beside=beside, least=LEAST, corrected=corrected)
