"""How a list is handed out piece by piece: by offset, page number, cursor or Link header, and the names for it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, Place, statements
from specloom.facts.pages import paging
from specloom.facts.pages.handed_back import holder
from specloom.facts.pages.paging_alone import alone
from specloom.facts.pages.paging_sections import sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.facts.evidence import Evidence
    from specloom.facts.pages.paging_sections import Section
    from specloom.model.passage import Passage
    from specloom.model.source import Json

MOST_SPOTS: Final = 50
"""Names in one sentence that are compared with one another."""
BACKWARDS: Final = re.compile(r"before|prev|end|since|min", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Decide for each section about paging; where no section is, for the parameters that stand alone."""
    found = [fact for section in sections(evidence, DETECTOR.queries) for fact in _facts(section)]
    yield from found or alone(evidence)


def _facts(section: Section) -> Iterator[Candidate]:
    roles = section.roles = {role: _spelled_out(names) for role, names in section.roles.items()}
    limits = roles.get("limit", {})
    page, offset, cursor = roles.get("page", {}), roles.get("offset", {}), roles.get("cursor", {})
    if not section.paging:
        limits = {name: spots for name, spots in limits.items() if name != "length"}
    if not section.paging and not (limits and section.defined & {*page, *offset, *cursor}):
        page, offset, cursor = {}, {}, {}
    together = len(limits) <= 1 and bool(page and offset)
    if section.link:
        told = section.defined_headings.get("page") or section.role_headings.get("page", set())
        beside = any(other[: len(link)] == link for link in section.link_headings for other in told)
        apart = bool(page and told) and not beside
        yield _candidate(section, "link_header", {} if apart else {"page": page, "cursor": cursor}, limits)
        if not apart:
            return
    if page:
        yield _candidate(section, "page", {"page": page, "offset": offset if together else {}}, limits)
    if offset and not together:
        yield _candidate(section, "offset", {"offset": offset}, limits)
    if cursor:
        yield _candidate(section, "cursor", {"cursor": cursor}, limits)


def _companions(section: Section, style: str, cursors: Iterable[str], *, taken: set[Json]) -> dict[str, Json]:
    """Return the other defined ways to move (`ending_before`, `since_id`), and the order where there is one."""
    others = [
        name
        for name in cursors
        if name not in taken
        and name in section.defined
        and not paging.FIELD.match(name)
        and not (name == "cursor" and "after" in taken)
    ]
    order = [name for name in section.roles.get("order", {}) if name in section.defined and style == "cursor"]
    return {**{name: name for name in others}, **({"order": order[0]} if order else {})}


def _names(passage: Passage, names: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", passage.text) for name in names)


def _candidate(
    section: Section, style: str, found: dict[str, dict[str, list[Place]]], limits: dict[str, list[Place]]
) -> Candidate:
    params: dict[str, Json] = {}
    moves = [role for role in ("page", "offset", "cursor") if section.roles.get(role)]
    spots: list[Place] = list(section.link) if style == "link_header" else []
    for role, names in found.items():
        if names:
            chosen = _chosen(section, names)
            params[role] = chosen
            spots.extend(names[chosen][:2])
    alone = len(moves) > 1 and style != "link_header" and not _seen_with(section, limits, params)
    if limits and not alone:
        limit = _partner(section, limits, [str(name) for name in params.values()])
        params["limit"] = limit
        spots.extend(limits[limit][:2])
    params.update(_companions(section, style, found.get("cursor", {}), taken=set(params.values())))
    value: dict[str, Json] = {"style": style, "params": params}
    if style == "link_header":
        value["header"] = "Link"
    elif section.nexts or section.handed:
        name, spot = _next(section, style, params)
        if name:
            value["next"] = {"in": holder(name), "name": name}
            spots.append(spot)
    strength = 0.9 if section.paging else 0.82
    whole = bool(limits) or str(params.get(style)) in section.handed
    return Candidate(
        fact_kind="pagination",
        value=value,
        places=tuple(dict.fromkeys(spots)),
        strength=strength - (0 if whole else 0.1),
    )


def _spelled_out(names: dict[str, list[Place]]) -> dict[str, list[Place]]:
    """Leave out the short form of a name that calls spell `page[offset]`."""
    return {name: spots for name, spots in names.items() if f"page[{name}]" not in names}


def _seen_with(section: Section, limits: Iterable[str], params: dict[str, Json]) -> bool:
    """Tell whether a size stands in one passage or subsection with the names of one of several ways to page."""
    names = [str(name) for name in params.values()]
    below = {p.headings for p in section.passages if p.headings != section.headings and _names(p, names)}
    return any(_names(p, limits) and (_names(p, names) or p.headings in below) for p in section.passages)


def _chosen(section: Section, names: dict[str, list[Place]]) -> str:
    """Prefer a defined name to a mentioned one, then the most mentioned one."""
    relay = "first" in section.roles.get("limit", {})
    return max(
        names,
        key=lambda name: (
            relay and name == "after",
            not paging.FIELD.match(name),
            name in section.handed,
            not BACKWARDS.match(name),
            name in section.defined,
            name in section.spoken,
            not paging.is_weak(name),
            len(names[name]),
        ),
    )


def _partner(section: Section, limits: dict[str, list[Place]], others: list[str]) -> str:
    """Return the size parameter that is named together with `others` most often, or nearest to them."""
    nearest = _nearest(section, limits, others) if len(limits) > 1 else Counter()

    def together(name: str) -> tuple[bool, bool, int, int, bool, int]:
        both = sum(1 for p in section.passages if _names(p, [name]) and _names(p, others))
        sure = not paging.is_weak(name) or name in section.defined
        return name != "last", sure, nearest[name], both, name in section.defined, len(limits[name])

    return max(limits, key=together)


def _nearest(section: Section, limits: Iterable[str], others: list[str]) -> Counter[str]:
    """Count in how many sentences, rows and calls each size stands nearest to one of `others`."""
    sizes, moves = _any_of(limits), _any_of(others)
    out: Counter[str] = Counter()
    for statement in (one for passage in section.passages for one in statements(passage)):
        spots = [found.start() for found in moves.finditer(statement.text)][:MOST_SPOTS]
        named = list(sizes.finditer(statement.text))[:MOST_SPOTS]
        if spots and named:
            out[min(named, key=lambda one: min(abs(one.start() - spot) for spot in spots)).group()] += 1
    return out


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w\[])(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)")


def _next(section: Section, style: str, params: dict[str, Json]) -> tuple[str, Place]:
    """Prefer the full path of an example over a bare name, a cursor's field for a cursor and a link for the rest."""
    if handed := section.handed.get(str(params.get(style))):
        return next((n for n in section.nexts if n.endswith(f".{handed.member}")), handed.member), handed.places[0]
    sent = {name for name in params.values() if "next" not in str(name).lower()}
    fitting = [n for n in section.nexts if n not in sent]
    fitting = [n for n in fitting if style != "page" or not re.search(r"cursor|token", n, re.IGNORECASE)]
    if not fitting:
        return "", Place("", 0, 0)
    cursor = re.compile(r"cursor|token|after", re.IGNORECASE)
    best = max(
        fitting,
        key=lambda n: (
            style == "cursor" and bool(cursor.search(n)),
            "next" in n.lower() or "endcursor" in n.lower(),
            n.count(".") > 0,
            -len(n),
        ),
    )
    return best, section.nexts[best]


DETECTOR: Final = Detector(
    fact_kind="pagination",
    summary="how long lists are paged, and by which parameters and fields",
    queries=(
        "pagination: how to get the next page of results",
        "cursor, offset or page parameter to page through a list",
        "Link header with rel next",
    ),
    detect=detect,
)
