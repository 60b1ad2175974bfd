"""Passages that speak of paging together: which parameters, headers and fields of answers they name, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.facts.errors import json_example
from specloom.facts.evidence import Place, lines_within, place, sentences, statements
from specloom.facts.pages import paging
from specloom.facts.pages.handed_back import handed_back
from specloom.facts.pages.mentions import QUERY, TICKED, decoded, headed, mentioned, sized
from specloom.facts.pages.paging_links import follow, followed, hand
from specloom.facts.pages.paging_shapes import FAMILY, LEAD, backwards, connection, listed_answer, part_of_value
from specloom.facts.pages.paging_words import (
    ABOUT,
    ANSWERED,
    ANSWERS,
    CALL,
    GRAPHQL,
    HEADING,
    HOLDER,
    LINK,
    MOST_NAMES,
    NEXT_STEP,
    ORDER,
    PAGE_ABOUT,
    PAIR,
    PATHS,
    SPEAKS,
    STEPPED,
    WAY_ON,
)
from specloom.facts.requests.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specloom.facts.evidence import Evidence
    from specloom.facts.pages.handed_back import Handed
    from specloom.facts.requests.parameters import Parameter
    from specloom.model.passage import Passage

PLACEHOLDER: Final = re.compile(r"[?&][\w.\[\]-]{1,40}=[<{$\[]{1,2}(?P<name>[\w-]{1,40})[>}\]]")
"""What stands for a value in the example of a call: `?after=<last_id>`."""
SENT: Final = re.compile(r"^\W*(?:sample |example )?requests?\b(?!.*\brespon)", re.IGNORECASE)
"""A heading above what a client sends."""
MOST_CALLED: Final = 100
"""Different parameters of the calls in one example whose lines are looked for."""


@dataclass(slots=True)
class Section:
    """The passages that speak of paging together, and the names that they use, by role."""

    paging: bool
    headings: tuple[str, ...]
    passages: list[Passage] = field(default_factory=list)
    roles: dict[str, dict[str, list[Place]]] = field(default_factory=dict)
    defined: set[str] = field(default_factory=set)
    spoken: set[str] = field(default_factory=set)
    role_headings: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    defined_headings: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    link: list[Place] = field(default_factory=list)
    link_headings: set[tuple[str, ...]] = field(default_factory=set)
    nexts: dict[str, Place] = field(default_factory=dict)
    handed: dict[str, Handed] = field(default_factory=dict)

    def note(self, name: str, passage: Passage, spot: Place, *, defined: bool, told: str = "") -> None:
        """Note that `passage` names a parameter; `told` is the role that its description gives it, if any."""
        role = "order" if ORDER.match(name) else paging.role(name) or told
        if name.lower() == "pageinfo" or (paging.FIELD.match(name) and not defined):
            return
        if role and (not paging.is_weak(name) or defined or self.paging):
            if passage.kind is not PassageKind.CODE:
                self.role_headings.setdefault(role, set()).add(passage.headings)
                if defined:
                    self.defined_headings.setdefault(role, set()).add(passage.headings)
            names = self.roles.setdefault(role, {})
            if name in names or len(names) < MOST_NAMES:
                names.setdefault(name, []).append(spot)
            if defined:
                self.defined.add(name)


def sections(evidence: Evidence, queries: tuple[str, ...]) -> Iterator[Section]:
    """Yield each section about paging, or found by `queries`, read as a whole: names stand in neighbouring passages."""
    links = followed(evidence)
    for section in _sections(evidence, queries):
        for passage in section.passages:
            _read(section, passage, evidence.before(passage, LEAD))
        follow(section, links)
        hand(section, evidence)
        yield section


def _sections(evidence: Evidence, queries: tuple[str, ...]) -> Iterable[Section]:
    out: dict[tuple[str, tuple[str, ...]], Section] = {}
    told = {(spot.path, spot.start) for one in handed_back(evidence).values() for spot in one.places}
    wanted = {id(p) for p in evidence.about(ABOUT, queries)}
    wanted |= {id(p) for p in evidence.passages if (p.path, p.start) in told}
    spoken = {(p.path, p.headings) for p in evidence.passages if id(p) in wanted}
    for passage in evidence.passages:
        if (
            evidence.whose.aside(passage)
            or evidence.whose.old(passage)
            or evidence.whose.surface(passage) not in {"", "graphql"}
        ):
            continue
        at = next((i for i, heading in enumerate(passage.headings) if _titles(heading)), None)
        key = passage.headings if at is None else passage.headings[: at + 1]
        if at is None and id(passage) not in wanted and not ((passage.path, key) in spoken and _sizes(passage)):
            continue
        titled = at is not None or bool(PAGE_ABOUT.search(passage.path))
        section = out.setdefault((passage.path, key), Section(paging=titled, headings=key))
        section.passages.append(passage)
    return out.values()


def _titles(heading: str) -> bool:
    """Tell a heading that is about paging, or that is nothing but the names of its parameters."""
    return (bool(HEADING.search(heading)) and "(" not in heading) or bool(headed(heading))


def _sizes(passage: Passage) -> bool:
    """Tell a passage that defines a size, in a section that is about paging without a heading that says so."""
    sizes = any(paging.role(one.name) == "limit" for one in parameters(passage))
    return sizes and passage.kind is not PassageKind.TABLE


def _read(section: Section, passage: Passage, before: Sequence[Passage]) -> None:
    section.paging = section.paging or _evident(passage) or _explained(passage)
    defined = set()
    answered = answers(passage) or listed_answer(passage, before)
    for parameter in parameters(passage):
        defined.add(parameter.name)
        if part_of_value(before, parameter.name):
            continue
        if f"--{parameter.name}" not in passage.text and pages(parameter) and not answered:
            told = paging.described(parameter.text) if section.paging and _asks(passage) else ""
            told = told or (paging.moved_by(parameter.text) if _asks(passage) else "")
            section.note(parameter.name, passage, place(parameter.statement)[0], defined=True, told=told)
        if (
            (passage.kind is PassageKind.TABLE or answered)
            and not _asks(passage)
            and re.match(r"next", parameter.name, re.IGNORECASE)
        ):
            section.nexts.setdefault(parameter.name, place(parameter.statement)[0])
    if passage.kind is PassageKind.CODE:
        _read_code(section, passage)
    elif section.paging or SPEAKS.search(passage.text):
        if not answered:
            _read_mentions(section, passage, defined)
        _read_ways_on(section, passage)


def _asks(passage: Passage) -> bool:
    """Tell a table of what a client sends from one of what it gets."""
    where = " ".join([*passage.headings[-1:], *passage.header[:1]])
    return bool(re.search(r"param|argument|query", where, re.IGNORECASE)) and not re.search(
        r"respon|answer|output|result", where, re.IGNORECASE
    )


def answers(passage: Passage) -> bool:
    """Tell a list of what a client gets, by its heading; a table may say of each row in which direction it goes."""
    headed = bool(ANSWERS.search(passage.headings[-1] if passage.headings else "")) and not _asks(passage)
    return headed and not re.search(r"\brequest\b", passage.text, re.IGNORECASE)


def _evident(passage: Passage) -> bool:
    """Tell a call that pages before our eyes: `?limit=50&cursor=abc`."""
    if FAMILY.search(passage.text) or (passage.kind is PassageKind.CODE and connection(passage.text)):
        return True
    for call in CALL.finditer(passage.text):
        roles = {paging.role(found["name"]): found["name"] for found in QUERY.finditer(call.group())}
        if "limit" in roles and any(
            name in roles and not paging.is_weak(roles[name]) for name in ("cursor", "offset", "page")
        ):
            return True
    return False


def _explained(passage: Passage) -> bool:
    """Tell a sentence about paging that names a size and a way to move: `use limit and marker`."""
    for sentence in sentences(passage.text) if passage.kind is not PassageKind.CODE else ():
        roles = {paging.role(found["name"]) for found in TICKED.finditer(sentence) if not found["value"]}
        if "limit" in roles and len(roles) > 1 and roles & {"cursor", "offset", "page"} and SPEAKS.search(sentence):
            return True
        if STEPPED.search(sentence) or NEXT_STEP.search(sentence):
            return True
    return False


def _read_mentions(section: Section, passage: Passage, defined: set[str]) -> None:
    spot = place(passage)[0]
    for name in headed(passage.headings[-1]) if passage.headings and not defined else ():
        section.note(name, passage, spot, defined=False)
    for name in sized(passage.text):
        section.note(name, passage, spot, defined=True, told="limit")
    connection = re.search(r"`(?:after|before)`|`start`[^.]*`limit`|`limit`[^.]*`start`", passage.text) is not None
    placeholders = {found["name"] for found in PLACEHOLDER.finditer(passage.text)}
    for name, called in mentioned(passage.text):
        if (
            name not in defined
            and (called or name not in placeholders)
            and not name.isupper()
            and (name.lower() not in {"first", "last", "start"} or connection)
        ):
            section.note(name, passage, spot, defined=False)
            section.spoken.add("" if called else name)
    if LINK.search(passage.text) and PAIR.search(" ".join([*passage.headings, passage.text])):
        section.link.append(spot)
        section.link_headings.add(passage.headings)


def _read_ways_on(section: Section, passage: Passage) -> None:
    for statement in statements(passage):
        first = {found["name"]: found for found in reversed(list(TICKED.finditer(statement.text)))}
        told = bool(WAY_ON.search(statement.text))
        for name, found in reversed(first.items()):
            if name == "endCursor" or (told and _leads_on(name)):
                section.nexts.setdefault(_inside(section, passage, found, statement.text), place(statement)[0])
    for found in PATHS.finditer(passage.text):
        if re.search(r"next|after|cursor", found[1], re.IGNORECASE):
            section.nexts.setdefault(found[1], place(passage)[0])


def _inside(section: Section, passage: Passage, found: re.Match[str], text: str) -> str:
    """Put a bare `next` into the object that the sentence, or the passages just before it, name as its holder."""
    name = found["name"]
    if name in {"endCursor", "startCursor"} and any("pageInfo" in p.text for p in section.passages):
        return f"pageInfo.{name}"
    holders = list(HOLDER.finditer(text))
    if name.lower() not in {"next", "prev"} and ("." in name or not holders):
        return name
    if holders:
        near = min(holders, key=lambda one: (one.start() > found.start(), abs(one.start() - found.start())))
        return f"{near[1]}.{name}"
    at = section.passages.index(passage)
    before = [one[1] for p in section.passages[max(0, at - 2) : at] for one in HOLDER.finditer(p.text)]
    return f"{before[-1]}.{name}" if before else name


def pages(parameter: Parameter) -> bool:
    """Ask that a name with other meanings be described as paging: `after` may be a date, `last` a link."""
    role = paging.role(parameter.name)
    if role == "page" and ANSWERED.search(parameter.text):
        return False
    if not paging.is_weak(parameter.name):
        return True
    if role == "cursor":
        return bool(
            re.search(r"cursor|pagina|\bpage\b|token|\bids?\b|object", parameter.text, re.IGNORECASE)
        ) and not re.search(r"\bdate|iso ?8601|time|published|created", parameter.text, re.IGNORECASE)
    if parameter.name.lower() in {"first", "last"}:
        return bool(
            re.search(r"\bint|number|how many|count|returns? the (?:first|last)", parameter.text, re.IGNORECASE)
        )
    return True


def _leads_on(name: str) -> bool:
    return name.lower() not in {"cursor", "after", "before"} and bool(paging.NEXT_FIELD.match(name))


def _read_code(section: Section, passage: Passage) -> None:
    if re.search(r"^\s*link:\s*<", passage.text, re.IGNORECASE | re.MULTILINE) and "rel=" in passage.text:
        section.link.append(lines_within(passage, re.compile(r"^\s*link:|rel=", re.IGNORECASE)))
        section.link_headings.add(passage.headings)
    spots: dict[str, Place] = {}
    for pattern in (QUERY, GRAPHQL) if section.paging else ():
        for found in pattern.finditer(decoded(passage.text)):
            said = found.group()
            if said not in spots and len(spots) < MOST_CALLED:
                spots[said] = lines_within(passage, re.compile(re.escape(said)))
            if said in spots:
                section.note(found["name"], passage, spots[said], defined=False)
    paths = json_example.paths(passage.text) if not (passage.headings and SENT.search(passage.headings[-1])) else ()
    links = {path.rsplit(".", 1)[0] for path in paths if re.search(r"\.(?:href|url|uri)$", path)}
    for path in paths:
        if path not in links and paging.NEXT_FIELD.match(path) and section.paging:
            section.nexts.setdefault(
                path, lines_within(passage, re.compile(rf"[\"']?{re.escape(path.split('.')[-1])}[\"']?\s*:"))
            )
    if section.paging and "pageinfo" in passage.text.lower() and "endCursor" in passage.text:
        way_on = "startCursor" if backwards(passage.text) else "endCursor"
        section.nexts.setdefault(f"pageInfo.{way_on}", lines_within(passage, re.compile(rf"pageInfo|{way_on}")))
