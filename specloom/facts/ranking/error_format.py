"""Error bodies that no rule reads: of all that has the shape of one, what the docs show, list or name as an error."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_words import CORE, MESSAGES, STATUSES, TELLING, WRAPPERS, meaning, standard
from specloom.facts.errors.leads import THEIRS
from specloom.facts.errors.sightings import sightings
from specloom.facts.ranking.error_context import context, plainness
from specloom.facts.ranking.proposal import Proposal, Ranker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.errors.error_fields import Shape
    from specloom.facts.errors.sightings import Sighting
    from specloom.facts.evidence import Evidence
    from specloom.model.source import Json

TRACES: Final = frozenset(
    {"request_id", "requestid", "trace_id", "correlation_id", "correlationid", "id", "timestamp", "instance"}
)
CODES: Final = frozenset(
    {"code", "error_code", "errorcode", "errcode", "error_type", "errortype", "type", "subcode", "errornum"}
)
SECRET: Final = re.compile(
    r"token$|password|secret|^(?:e?mail|user(?:_?name)?|amount|price|currency|created\w*|updated\w*)$", re.IGNORECASE
)
"""What answers hold that went well."""
GRANT: Final = frozenset({"error", "error_description"})
OF_LIMIT: Final = re.compile(r"retry|limit|reset|remaining|wait", re.IGNORECASE)
MOST_FIELDS: Final = 12
MOST_PLACES: Final = 8
SIGNS: Final = ("worded", "said", "presented", "status", "filed")
OFTEN: Final = frozenset({"headed", "said", "status", "trouble", "faulty", "response"})
"""What counts where it holds of one sighting, beside the share of those of which it holds."""


@dataclass
class _Group:
    """One shape with everything that shows it."""

    shape: Shape
    seen: list[tuple[Sighting, Mapping[str, bool]]] = field(default_factory=list)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the fields."""
        return frozenset(self.shape.fields)

    @cached_property
    def score(self) -> float:
        """Return how plainly all sightings together are an error."""
        return sum(plainness(around) for _, around in self.seen)

    @cached_property
    def of_limit(self) -> bool:
        """Tell what only requests beyond a limit get, which is a kind of fact of its own."""
        named = any(OF_LIMIT.search(name) for name in self.shape.fields)
        return named and not self.shape.root and all(around["limited"] for _, around in self.seen)

    def akin(self, other: _Group) -> bool:
        """Tell two shapes that are one format, some fields left out."""
        smaller = min(len(self.names), len(other.names))
        together = len(self.names & other.names)
        return other is not self and self.shape.root == other.shape.root and 0 < smaller < 2 * together


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose every shape that could be an error, joined with those that only have other optional fields."""
    groups = _groups(evidence)
    total, best = sum(group.score for group in groups), max((group.score for group in groups), default=0)
    for group in groups:
        kin = [other for other in groups if group.akin(other)]
        features = _of_shape(group.shape) | _of_sightings(group) | _among(group, groups, kin)
        features |= {"share": group.score / max(1.0, total), "best": float(group.score == best)}
        shown = (*sorted(group.seen, key=_plainest), *sorted((pair for one in kin for pair in one.seen), key=_plainest))
        places = tuple(dict.fromkeys(sighting.spot for sighting, _ in shown))[:MOST_PLACES]
        yield Proposal(value=_value([group, *(one for one in kin if one.score > 0)]), places=places, features=features)


def _groups(evidence: Evidence) -> list[_Group]:
    groups: dict[tuple[str, frozenset[str]], _Group] = {}
    seen = list(sightings(evidence))
    own = [one for one in seen if not evidence.whose.surface(one.passage)]
    for sighting in own or seen:
        if THEIRS.search(f"{sighting.lead} {sighting.said if sighting.way != 'code' else ''}"):
            continue
        shape = sighting.shape
        group = groups.setdefault((shape.root, frozenset(shape.fields)), _Group(shape))
        group.seen.append((sighting, context(evidence, sighting)))
    return [group for group in groups.values() if not group.of_limit]


def _plainest(seen: tuple[Sighting, Mapping[str, bool]]) -> float:
    return -plainness(seen[1])


def _value(groups: Sequence[_Group]) -> dict[str, Json]:
    root = groups[0].shape.root
    fields: list[Json] = list(dict.fromkeys(name for one in groups for name in one.shape.fields))
    value: dict[str, Json] = {"fields": fields[:MOST_FIELDS]} if fields else {}
    return value | ({"root": root} if root else {})


def _among(group: _Group, groups: Sequence[_Group], kin: Sequence[_Group]) -> dict[str, float]:
    """Say what other shapes tell of one."""
    rooted = bool(group.shape.root)
    beside = [other for other in groups if bool(other.shape.root) != rooted and group.names and other.names]
    return {
        "kin": math.log1p(sum(len(one.seen) for one in kin)),
        "kin_said": float(any(around["said"] or around["headed"] for one in kin for _, around in one.seen)),
        "fuller": float(any(group.names < one.names for one in kin)),
        "held": float(not rooted and any(group.names <= other.names for other in beside)),
        "told": float(rooted and any(other.names <= group.names for other in beside)),
        "shapes": math.log1p(len(groups)),
    }


def _of_sightings(group: _Group) -> dict[str, float]:
    count = len(group.seen)
    out = {f"way_{sighting.way}": 1.0 for sighting, _ in group.seen}
    for name in group.seen[0][1]:
        held = sum(around[name] for _, around in group.seen)
        out |= {name: held / count} | ({f"any_{name}": float(held > 0)} if name in OFTEN else {})
    signs = max(around["headed"] + around["said"] + around["status"] + around["trouble"] for _, around in group.seen)
    silent = not any(around[sign] for _, around in group.seen for sign in SIGNS)
    return out | {"silent": float(silent), "times": math.log1p(count), "signs": float(signs)}


def _of_shape(shape: Shape) -> dict[str, float]:
    known = {meaning(name) for name in shape.fields}
    strange = [name for name in shape.fields if meaning(name) not in TELLING]
    root = shape.root.rsplit(".", 1)[-1]
    return {
        "fields": math.log1p(len(shape.fields)),
        "one": float(len(shape.fields) == 1),
        "strange": len(strange) / max(1, len(shape.fields)),
        "strangers": math.log1p(len(strange)),
        "message": float(bool(known & MESSAGES)),
        "code": float(bool(known & CODES)),
        "both": float(bool(known & MESSAGES) and bool(known & CODES)),
        "secret": float(any(SECRET.search(name) for name in shape.fields)),
        "state": float(bool(known & (STATUSES | {"ok", "success"}))),
        "traced": float(bool(known & TRACES)),
        "holds": float("data" in known or "result" in {name.lower() for name in shape.fields}),
        "core": len(known & CORE) / max(1, len(known)),
        "error_root": float(root in WRAPPERS),
        "other_root": float(bool(root) and root not in WRAPPERS),
        "dotted": float("." in shape.root),
        "standard": float(standard(shape.root, shape.fields)),
    }


def _beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Stay silent where the format is known: an API has one, and another where it grants tokens by OAuth 2.0."""
    return not known or (len(known) == 1 and of_grants(value) != of_grants(known[0]))


def _corrected(value: Mapping[str, Json], known: Mapping[str, Json]) -> Mapping[str, Json]:
    """Keep what is known, unless the likeliest format is another."""
    return known if _agree(known, value) else value


def _agree(value: Mapping[str, Json], likeliest: Mapping[str, Json]) -> bool:
    """Tell whether two formats have one holder and most of the fields of the shorter one, or one holds the other.

    A message above a list of errors is as good a format as what the list holds.
    """
    one, other = (_names(given) for given in (value, likeliest))
    if likeliest.get("root") in one and MESSAGES & {meaning(name) for name in one}:
        return True
    alike = len(one & other) * 2 >= min(len(one), len(other)) if one and other else bool(one) == bool(other)
    return alike and value.get("root") == likeliest.get("root")


def of_grants(value: Mapping[str, Json]) -> bool:
    """Tell the errors of RFC 6749, which say what went wrong with a token, from those of calls."""
    return not value.get("root") and _names(value) >= GRANT


def _names(value: Mapping[str, Json]) -> set[str]:
    fields = value.get("fields")
    return set(map(str, fields)) if isinstance(fields, list) else set()


RANKER: Final = Ranker(fact_kind="error_format", propose=propose, beside=_beside, least=0.55, corrected=_corrected)
