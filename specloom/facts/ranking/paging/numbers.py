"""The numbers in what is said of pages and of their size, and what speaks for each being a default or a maximum."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from math import log, log10
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Place, sentences
from specloom.facts.ranking.paging.around import PAGING
from specloom.facts.ranking.paging.limits import likelihoods
from specloom.facts.ranking.paging.mentions import BOUNDS, LONGEST_TEXT, MOST_ROWS, below, row_text
from specloom.facts.ranking.paging.names import DEFINES, MOVERS, names_of
from specloom.facts.ranking.paging.number_words import (
    BOTH,
    CALLED,
    COUNT,
    DEEP,
    OF_PAGES,
    OTHER_UNIT,
    PER,
    RANGE_AFTER,
    RANGE_BEFORE,
    RETURNS,
    SIGNS,
    SUPPOSED,
    UNIT,
)
from specloom.facts.ranking.proposal import Part, Proposal
from specloom.facts.speech.amounts import number
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specloom.facts.evidence import Evidence
    from specloom.facts.ranking.paging.around import Around
    from specloom.facts.ranking.paging.mentions import Mention
    from specloom.facts.ranking.paging.names import Names
    from specloom.model.passage import Passage

LEAST_LIKELY: Final = 0.1
"""From this probability a name is one of a size, so that numbers beside it are looked at."""
MOST_NUMBERS: Final = 12
"""Numbers in one sentence; more are data."""
BEFORE: Final = 70
"""Characters before a number in which its sign is looked for."""
SHORT: Final = 700
SIZES: Final = range(1, 100_001)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is said in one piece of a size or of pages, with the names in it, and the one that it defines."""

    text: str
    passage: Passage
    place: Place
    names: tuple[str, ...]
    subject: str = ""
    told: tuple[str, ...] = ()
    """The names in what stands before it in its passage."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that may be a size of a page, where it is told, and what it may be."""

    size: int
    unit: Unit
    features: dict[str, float]


def amounts(names: Names, sizes: Mapping[str, float]) -> Iterator[Amount]:
    """Yield the numbers in what is said of pages and their sizes."""
    likely_names = [name for name, sure in sizes.items() if sure >= LEAST_LIKELY]
    known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, likely_names))})(?!\w)") if likely_names else None
    for unit in _units(names):
        if _is_of_pages(names.around, unit, sizes, known):
            yield from _amounts(names, unit, sizes)


def _is_of_pages(around: Around, unit: Unit, sizes: Mapping[str, float], known: re.Pattern[str] | None) -> bool:
    passage = unit.passage
    whole = passage.text if len(passage.text) < SHORT and passage.kind is not PassageKind.TABLE else unit.text
    if max((sizes.get(name, 0.0) for name in unit.names), default=0.0) >= LEAST_LIKELY:
        return True
    if around.of(passage).headed or PAGING.search(whole) or (known and known.search(whole)):
        return True
    return id(passage) in around.near and bool(OF_PAGES.search(unit.text))


def _units(names: Names) -> Iterator[Unit]:
    by_passage: dict[int, list[Mention]] = defaultdict(list)
    for told in names.mentioned.values():
        for one in told:
            if one.form != "key":
                by_passage[id(one.passage)].append(one)
    evidence = names.around.evidence
    for passage in evidence.passages:
        named = by_passage[id(passage)]
        if passage.kind is PassageKind.TABLE:
            for row in passage.rows[:MOST_ROWS]:
                within = [one for one in named if one.start == row.start]
                place = Place(passage.path, row.start, row.end)
                yield Unit(row_text(passage, row), passage, place, tuple(one.name for one in within), _subject(within))
        elif passage.kind is not PassageKind.CODE:
            yield from _said(evidence, passage, named)


def _said(evidence: Evidence, passage: Passage, named: list[Mention]) -> Iterator[Unit]:
    lead = next((one for one in named if one.form == "lead"), None)
    if lead:
        rest = below(evidence, passage, lead.name)
        place = Place(passage.path, passage.start, rest[-1].end if rest else passage.end)
        yield Unit(lead.text, passage, place, tuple(one.name for one in named), _subject(named))
        return
    place = Place(passage.path, passage.start, passage.end)
    told: tuple[str, ...] = ()
    for sentence in sentences(passage.text):
        within = tuple(one.name for one in named if re.search(rf"(?<!\w){re.escape(one.name)}(?!\w)", sentence))
        yield Unit(sentence[:LONGEST_TEXT], passage, place, within, told=told)
        told = within or told


def _subject(named: Iterable[Mention]) -> str:
    """Return the name that a row, an item or a definition is about."""
    return next((one.name for one in named if one.form in DEFINES and not BOUNDS.match(one.name)), "")


def _amounts(names: Names, unit: Unit, sizes: Mapping[str, float]) -> Iterator[Amount]:
    found = list(COUNT.finditer(unit.text))
    if not found or len(found) > MOST_NUMBERS:
        return
    values = [number(one.group()) for one in found]
    ends = [0, *(one.end() for one in found)]
    starts = [*(one.start() for one in found), len(unit.text)]
    around = _around(names, unit, sizes)
    biggest = max(value or 0 for value in values)
    for at, (one, value) in enumerate(zip(found, values, strict=True)):
        if value is None or value not in SIZES or CALLED.search(unit.text[: one.start()]):
            continue
        before = unit.text[max(ends[at], one.start() - BEFORE) : one.start()]
        after = unit.text[one.end() : min(starts[at + 1], one.end() + 45)]
        features = {
            **around,
            **_signed(before, after, follows=at > 0 and one.start() - ends[at] <= BEFORE),
            **_shaped(unit, one),
            **_sized(int(value)),
            **_named(names, unit, one.start(), sizes),
            "numbers": log(len(found)),
            "first": float(at == 0),
            "biggest": float(value == biggest),
        }
        yield Amount(int(value), unit, {**features, **_crossed(features)})


def _around(names: Names, unit: Unit, sizes: Mapping[str, float]) -> dict[str, float]:
    """Tell what holds of all numbers of a unit."""
    passage, text = unit.passage, unit.text
    setting = names.around.of(passage)
    default, most = bool(SIGNS["default"].search(text)), bool(SIGNS["max"].search(text))
    return {
        "any_default": float(default),
        "any_max": float(most),
        "no_sign": float(not default and not most),
        "both": float(bool(BOTH.search(text))),
        "headed": float(setting.headed),
        "spoken": float(bool(PAGING.search(text))),
        "near": float(id(passage) in names.around.near),
        "aside": float(setting.aside),
        "answered": float(setting.answered),
        "row": float(passage.kind is PassageKind.TABLE),
        "item": float(passage.kind is PassageKind.LIST_ITEM or bool(passage.term)),
        "limit": max((sizes.get(name, 0.0) for name in unit.names), default=0.0),
        "unnamed": float(not unit.names),
        "goes_on": 0.0 if unit.names else max((sizes.get(name, 0.0) for name in unit.told), default=0.0),
        "deep": float(bool(DEEP.search(text))),
    }


def _signed(before: str, after: str, *, follows: bool) -> dict[str, float]:
    """Tell which sign stands nearest before a number in its clause, or behind it where that is nearer.

    `follows` says that `before` begins with another number; what stands nearer to that is of that.
    """
    clause = re.split(r";|\. ", before)[-1]
    behind_other = follows and len(clause) == len(before)
    after = re.split(r"[;.](?:\s|$)", after)[0]
    gaps = [
        (len(clause) - found.end(), sign)
        for sign, words in SIGNS.items()
        for found in words.finditer(clause)
        if not (behind_other and found.start() < len(clause) - found.end())
    ]
    gap, sign = min(gaps, default=(99, ""))
    behind = [(found.start(), sign) for sign, words in SIGNS.items() for found in words.finditer(after)]
    gap_behind, sign_behind = min(behind, default=(99, ""))
    if sign and not (gap_behind < gap and gap_behind < 12):
        sign_behind = ""
    return {
        **{f"{one}_before": float(sign == one) for one in SIGNS},
        **{f"{one}_close": max(0.0, 1 - gap / 40) if sign == one else 0.0 for one in SIGNS},
        **{f"{one}_behind": float(sign_behind == one) for one in SIGNS},
        "unsigned": float(not sign and sign_behind not in {"default", "max"}),
        "returned": float(bool(RETURNS.search(clause))),
    }


def _shaped(unit: Unit, found: re.Match[str]) -> dict[str, float]:
    """Tell how a number stands in its sentence, and what it counts."""
    before, after = unit.text[: found.start()], unit.text[found.end() :]
    return {
        "range_end": float(bool(RANGE_BEFORE.search(before[-40:]))),
        "range_start": float(bool(RANGE_AFTER.match(after))),
        "unit": float(bool(UNIT.match(after[:60]))),
        "per": float(bool(PER.match(after[:70]))),
        "other_unit": float(bool(OTHER_UNIT.match(after[:20]))),
        "given": float(before.endswith("=")),
        "ticked": float(before.endswith("`")),
        "supposed": float(bool(SUPPOSED.search(before))),
        "cell": float(unit.passage.kind is PassageKind.TABLE and _fills_cell(before, after)),
    }


def _fills_cell(before: str, after: str) -> bool:
    return bool(re.search(r"(?:^|\| )[^|]{0,4}$", before[-40:])) and bool(re.match(r"[`*]*\s*(?:\||$)", after))


def _sized(size: int) -> dict[str, float]:
    return {
        "is_one": float(size == 1),
        "small": float(size < 5),
        "log": log10(size),
        "tens": float(size % 10 == 0),
        "fives": float(size % 10 == 5),
        "huge": float(size > 1000),
    }


def _named(names: Names, unit: Unit, at: int, sizes: Mapping[str, float]) -> dict[str, float]:
    """Tell whose number it is: which name stands nearest before it."""
    before = unit.text[:at]
    spots = [
        (found.start(), name)
        for name in dict.fromkeys(unit.names)
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", before)
    ]
    name = max(spots, default=(0, ""))[1]
    return {
        "of_limit": sizes.get(name, 0.0),
        "of_mover": float(bool(name) and names.roles[name] in MOVERS),
    }


def _crossed(features: Mapping[str, float]) -> dict[str, float]:
    """Let the signs of a number count where a size is named, or pages are told of."""
    most = max(features["max_before"], features["max_behind"])
    default = max(features["default_before"], features["default_behind"])
    return {
        "max_of_limit": max(most, features["range_end"]) * features["limit"],
        "default_of_limit": default * features["limit"],
        "range_of_limit": features["range_end"] * features["limit"],
        "max_goes_on": most * features["goes_on"],
        "default_goes_on": default * features["goes_on"],
        "max_deep": most * features["deep"],
        "max_per": most * features["per"],
        "default_per": default * max(features["per"], features["unit"], features["spoken"]),
    }


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose every number in what is said of pages."""
    names = names_of(evidence)
    for one in amounts(names, likelihoods(names)):
        yield Proposal(value={"is": one.size}, places=(one.unit.place,), features=one.features)


_part = partial(Part, propose=propose, placed=True)
DEFAULT: Final = _part(name="page_size_default", labelled=(("page_size", ("default",)),))
MAXIMUM: Final = _part(name="page_size_max", labelled=(("page_size", ("max",)),))
