"""How many items a page holds: which parameter says so, its default and its bounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, Place, place, sentences, statements
from specloom.facts.pages import paging
from specloom.facts.pages.page_size_names import (
    called_nearby,
    named_nearby,
    of_heading,
    of_its_own,
    of_other,
    size_names,
)
from specloom.facts.pages.page_size_unnamed import counted, unnamed
from specloom.facts.pages.page_size_words import (
    ABOUT,
    BELOW,
    BY_DEFAULT,
    CALLED,
    COUNTS,
    DEPTH,
    IN_BRACKETS,
    INTRO,
    LISTED,
    NOT_PAGES,
    OF_MOVER,
    OF_SIZE,
    PAGED,
    SIZED,
    SIZES,
    SUPPOSED,
    TERSE,
)
from specloom.facts.requests.parameters import DEFAULTS, MAXIMA, MINIMA, parameters, value_after
from specloom.facts.requests.parameters_below import headed as headed_by
from specloom.facts.requests.parameters_below import told_below
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.facts.requests.parameters import Parameter
    from specloom.model.passage import Passage
    from specloom.model.source import Json


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read what is said of the parameter for a size; where nothing is, how many items pages are said to have."""
    found = list(_named(evidence))
    yield from found or counted(evidence)


def _named(evidence: Evidence) -> Iterator[Candidate]:
    """Read the parameter's own description first, else the sentences of the passage about paging."""
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if (
            passage.kind is PassageKind.CODE
            or evidence.whose.aside(passage)
            or evidence.whose.old(passage)
            or evidence.whose.surface(passage) not in {"", "graphql"}
        ):
            continue
        defined = [
            told for p in parameters(passage) if _is_size(told := told_below(p, evidence, passage), evidence, passage)
        ]
        above = headed_by(evidence, passage)
        if not defined and above and _is_size(above, evidence, passage):
            defined = [above]
        for parameter in defined:
            if candidate := _from_parameter(parameter, passage):
                whole = passage.kind is PassageKind.PARAGRAPH
                yield from (
                    _completed(evidence, passage, dict(candidate.value), candidate.places) if whole else [candidate]
                )
        if not defined and (_moves(passage) or _in_brackets(passage)):
            yield from _listed(passage)
        elif not defined and passage.kind in {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM}:
            yield from _from_prose(evidence, passage)


def _moves(passage: Passage) -> bool:
    """Tell an item that defines how to move, whose default is the first page, or a field that says where one is."""
    return any(
        paging.role(one.name) in {"page", "offset", "cursor"}
        or (passage.text.startswith(f"`{one.name}`") and not paging.role(one.name) and not OF_SIZE.search(one.text))
        for one in parameters(passage)
    )


def _is_size(parameter: Parameter, evidence: Evidence, passage: Passage) -> bool:
    role = paging.role(parameter.name) or paging.described(parameter.text)
    if role != "limit" or parameter.name.startswith("-"):
        return False
    around = f"{' '.join(passage.headings)} {parameter.text}"
    if parameter.name.lower() == "limit" and parameter.default is not None and parameter.maximum is not None:
        return True
    if parameter.name.lower() == "count" and COUNTS.match(parameter.text):
        return False
    if paging.is_weak(parameter.name) or parameter.name.lower() == "limit":
        return bool(PAGED.search(around)) or any(PAGED.search(p.text) for p in evidence.section(passage))
    return True


def _from_parameter(parameter: Parameter, passage: Passage) -> Candidate | None:
    value = _value(parameter.name, parameter.text)
    if value is None or _command_line(passage, parameter):
        return None
    places = place(parameter.statement)
    if parameter.ends:
        places = (Place(passage.path, passage.start, parameter.ends),)
    return Candidate(fact_kind="page_size", value=value, places=places, strength=0.9)


def _listed(passage: Passage) -> Iterator[Candidate]:
    """Read a size that one sentence lists behind the way to move: `page` is …; `per_page` is …, at most 50."""
    text = " ".join(passage.text.split())
    for found in (*LISTED.finditer(text), *IN_BRACKETS.finditer(text)):
        if paging.role(found["name"]) == "limit" and (value := _value(found["name"], found["rest"])):
            yield Candidate(fact_kind="page_size", value=value, places=place(passage), strength=0.85)


def _in_brackets(passage: Passage) -> bool:
    sizes = (paging.role(found["name"]) == "limit" for found in IN_BRACKETS.finditer(passage.text))
    return bool(PAGED.search(passage.text)) and any(sizes)


def _command_line(passage: Passage, parameter: Parameter) -> bool:
    return f"--{parameter.name}" in passage.text


def _value(name: str, text: str) -> dict[str, Json] | None:
    value: dict[str, Json] = {"param": name}
    text = " ".join(_said(sentence) for sentence in sentences(text))
    for key, patterns in (("default", DEFAULTS), ("max", MAXIMA), ("min", MINIMA)):
        found = value_after(patterns, text)
        if found is not None and (found in SIZES or (key == "min" and found == 0)):
            value[key] = found
    if value.get("max") == value.get("default") and BY_DEFAULT.search(text):
        value.pop("max", None)
    if value.get("max") is not None and value.get("default") is not None and value["default"] > value["max"]:  # type: ignore[operator]
        return None
    return value if {"default", "max"} & set(value) else None


def _said(sentence: str) -> str:
    """Leave out what is only supposed: the sentence, or its end from `for example` on."""
    supposed = SUPPOSED.search(sentence)
    if not supposed:
        return sentence
    return sentence[: supposed.start()] if TERSE.search(sentence[: supposed.start()]) else ""


def _from_prose(evidence: Evidence, passage: Passage) -> Iterator[Candidate]:
    """Read `10 objects are returned per page, but limit changes this`: the facts of a section together."""
    paged = INTRO.search(" ".join(passage.headings)) or PAGED.search(passage.text)
    if not paged or DEPTH.search(passage.text):
        return
    text = " ".join(passage.text.split())
    in_section = bool(INTRO.search(" ".join(passage.headings)) or of_heading(passage))
    sizes = [
        s
        for s in of_its_own(statements(passage))
        if (PAGED.search(s.text) or (in_section and TERSE.search(s.text)))
        and not NOT_PAGES.search(s.text)
        and not (of_other(s.text) and re.search(r"\bdefault", s.text, re.IGNORECASE) and not SIZED.search(s.text))
    ]
    names = size_names(text)
    called = [found["name"] for found in CALLED.finditer(text) if paging.role(found["name"]) == "limit"]
    names = names or called or [name for name in of_heading(passage) if paging.role(name) == "limit"]
    spoken = " ".join(OF_MOVER.sub(_unless_size, s.text) for s in sizes)
    value = _value("", spoken) if sizes else None
    if value is None:
        yield from unnamed(passage)
        return
    places: tuple[Place, ...] = place(passage)
    if not names:
        names, places = named_nearby(evidence, passage)
    if not names:
        names, places = called_nearby(evidence, passage)
    if not names:
        yield from unnamed(passage)
        return
    value = {**value, "param": names[0]}
    yield from _completed(evidence, passage, value, places)


def _unless_size(found: re.Match[str]) -> str:
    """Leave out what stands in brackets behind the name of a way to move."""
    return found["ticked"] if paging.role(found["name"]) in {"page", "offset", "cursor"} else found.group()


def _completed(
    evidence: Evidence, passage: Passage, value: dict[str, Json], places: tuple[Place, ...]
) -> Iterator[Candidate]:
    """Add a maximum that the section states apart: it belongs to the same fact."""
    whole = dict(value)
    for other in (*evidence.section(passage), *_below(evidence, passage, str(value["param"]))):
        if other is passage or other.kind is PassageKind.CODE or _moves(other):
            continue
        stated = " ".join(_said(sentence) for sentence in sentences(other.text))
        for key, patterns in (("default", DEFAULTS), ("max", MAXIMA)):
            found = (
                value_after(patterns, stated)
                if key not in whole and _same(passage, other, str(value["param"]))
                else None
            )
            if found is not None and found in SIZES and not (NOT_PAGES.search(stated) or DEPTH.search(stated)):
                whole[key] = found
                places = (*places, *place(other))
    general = bool(INTRO.search(" ".join(passage.headings)))
    spots = tuple(dict.fromkeys(places))
    yield Candidate(fact_kind="page_size", value=whole, places=spots, strength=0.85, general=general)


def _below(evidence: Evidence, passage: Passage, name: str) -> Iterator[Passage]:
    """Yield the passages of subsections that name the size."""
    for other in evidence.after(passage, BELOW):
        inside = len(other.headings) > len(passage.headings) and other.headings[: len(passage.headings)]
        if inside == passage.headings and re.search(rf"\b{re.escape(name)}\b", other.text):
            yield other


def _same(passage: Passage, other: Passage, name: str) -> bool:
    """Tell whether another passage of the section speaks of this size: it names it, or the heading and this one do."""
    named = re.compile(rf"\b{re.escape(name)}\b")
    headed = any(named.search(heading) for heading in passage.headings[-1:]) and bool(named.search(passage.text))
    return headed or bool(named.search(other.text) or PAGED.search(other.text))


DETECTOR: Final = Detector(
    fact_kind="page_size",
    summary="how many items a page holds by default and at most",
    queries=(
        "default and maximum number of results per page",
        "limit or per_page parameter: number of items to return",
    ),
    detect=detect,
)
