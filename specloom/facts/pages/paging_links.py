"""What sections about paging leave to others: the addresses of next links, and members that calls hand back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Place, lines_within, place
from specloom.facts.pages import paging
from specloom.facts.pages.handed_back import handed_back, is_cursor
from specloom.facts.pages.mentions import QUERY, decoded
from specloom.facts.pages.paging_words import NEXT_LINK
from specloom.facts.requests.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence
    from specloom.facts.pages.paging_sections import Section
    from specloom.model.passage import Passage

BELOW: Final = 12
"""Passages behind a sentence on paging in which its parameters are listed under a title of their own."""


def hand(section: Section, evidence: Evidence) -> None:
    """Note what the sentences of a section hand back, and that what takes something opaque is a cursor."""
    spots = {(passage.path, passage.start) for passage in section.passages}
    for name, one in handed_back(evidence).items():
        here = [spot for spot in one.places if (spot.path, spot.start) in spots]
        if not here:
            continue
        section.handed[name] = one
        section.paging = True
        if is_cursor(name, one) and paging.role(name) != "page":
            known = section.roles.get("offset", {}).pop(name, [])
            section.roles.setdefault("cursor", {}).setdefault(name, []).extend([*here, *known])
    if section.handed and "limit" not in section.roles:
        for passage in evidence.after(section.passages[-1], BELOW):
            for parameter in parameters(passage):
                if paging.role(parameter.name) == "limit" and parameter.name not in paging.WEAK:
                    section.note(parameter.name, passage, place(parameter.statement)[0], defined=True)


def followed(evidence: Evidence) -> list[tuple[Passage, str, Place]]:
    """Collect the query names of every next link in an example answer: they show what the prose may leave out."""
    out: list[tuple[Passage, str, Place]] = []
    for passage in evidence.passages:
        if passage.kind is PassageKind.CODE and not evidence.whose.old(passage):
            for found in NEXT_LINK.finditer(passage.text):
                spot = lines_within(passage, re.compile(re.escape(found.group()[:40])))
                out.extend((passage, name["name"], spot) for name in QUERY.finditer(decoded(found["url"])))
    return out


def follow(section: Section, followed: list[tuple[Passage, str, Place]]) -> None:
    """Give a section that names a next link but no way to move the names from the links of the same file."""
    moves = {"page", "offset", "cursor"} & set(section.roles)
    if moves or not section.paging or not section.nexts:
        return
    here = [item for item in followed if item[0].path == section.passages[0].path]
    for passage, name, spot in here[:6]:
        section.note(name, passage, spot, defined=False)
