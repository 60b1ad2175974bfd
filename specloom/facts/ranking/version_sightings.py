"""Every version that the docs show or name: in paths, headers, media types and queries, with what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import about_webhooks
from specloom.facts.ranking import base_words
from specloom.facts.ranking import version_patterns as patterns
from specloom.facts.ranking.addresses import MOST_TEXT, Lines, matches, pieces
from specloom.facts.urls.addresses import GRANTS, template
from specloom.facts.urls.version_advice import advice, general
from specloom.facts.urls.version_words import BASED, PATH_TALK
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage

MOST_IN_PIECE: Final = 80
MOST_SIGHTINGS: Final = 6_000
OPEN_PART: Final = re.compile(r"[{<][^}>]*[}>]")
NEAR: Final = 100
"""Characters on each side of a version in which words speak of it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A version somewhere: the way it is chosen by, the name of the header or parameter, its label, what is around.

    A path without a version is a sighting, too, with an empty label; so is one that is only `said`.
    """

    way: str
    name: str
    label: str
    place: Place
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text that is read on its own, its lines, and what holds for all of it."""

    text: str
    lines: Lines
    around: frozenset[str]

    def sighting(self, way: str, name: str, label: str, one: re.Match[str]) -> Sighting:
        """Make a sighting of a match, with what the words near it say; what is no version counts as none."""
        label = label.strip(".-")
        known = label if patterns.LABEL.fullmatch(label) else ""
        return Sighting(way, name, known, self.lines.at(one.start()), self.around | _near(self.text, one))


def sightings(evidence: Evidence) -> list[Sighting]:
    """Return what the docs show, in their order; nothing where they give advice, or theirs has no versions."""
    if any(general(passage) or patterns.UNVERSIONED.search(passage.text) for passage in evidence.passages):
        return []
    out: list[Sighting] = []
    headings: tuple[str, ...] = ()
    for passage in evidence.passages:
        if advice(passage):
            continue
        around = _of_passage(evidence, passage)
        read = [_Piece(text, lines, around) for text, lines in pieces(passage)]
        if passage.headings and passage.headings != headings:
            headings = passage.headings
            lines = Lines(passage, passage.start, passage.start)
            read.append(_Piece(headings[-1][:MOST_TEXT], lines, around - {"code", "called"} | {"heading"}))
        for piece in read:
            out += islice(_in_text(evidence, piece), MOST_IN_PIECE)
        if len(out) > MOST_SIGHTINGS:
            break
    return out


def _of_passage(evidence: Evidence, passage: Passage) -> frozenset[str]:
    whose = evidence.whose
    code = passage.kind is PassageKind.CODE
    above = " / ".join(passage.headings[-2:])
    held = {
        "aside": whose.aside(passage) or whose.old(passage) or bool(whose.surface(passage)) or about_webhooks(passage),
        "code": code,
        "called": code and bool(base_words.CALL.search(passage.text[:20_000])),
        "row": passage.kind is PassageKind.TABLE,
        "version_above": bool(patterns.TALK.search(above)),
        "header_above": bool(patterns.HEADERS.search(f"{above} {' '.join(passage.header[:1])}")),
    }
    return frozenset(name for name, holds in held.items() if holds)


def _in_text(evidence: Evidence, piece: _Piece) -> Iterator[Sighting]:
    yield from _in_paths(evidence, piece)
    yield from _in_parts_of_requests(piece)
    if "row" in piece.around:
        yield from _in_row(piece)
    if "code" not in piece.around:
        yield from _in_words(piece)


def _in_parts_of_requests(piece: _Piece) -> Iterator[Sighting]:
    for one in patterns.NAMED.finditer(piece.text):
        if not patterns.TOOL.search(one["name"]):
            yield piece.sighting("header", one["name"], one["label"] or "", one)
    for one in patterns.MEDIA.finditer(piece.text):
        label = patterns.in_media(one)
        if (
            label is not None
            and {"talk", "version_above"} & (made := piece.sighting("media", "Accept", label, one)).marks
        ):
            yield made
    for one in patterns.QUERY.finditer(piece.text):
        if not one["label"] or patterns.LABEL.fullmatch(one["label"]):
            yield piece.sighting("query", one["name"], one["label"] or "", one)


def _in_words(piece: _Piece) -> Iterator[Sighting]:
    if one := next(filter(None, (talk.search(piece.text) for talk in (PATH_TALK, BASED, patterns.OF_API))), None):
        yield piece.sighting("talk", "", "", one)
    for one in patterns.SAID.finditer(piece.text):
        yield piece.sighting("said", "", one["behind"] or one["before"] or one["is"], one)


def _in_row(piece: _Piece) -> Iterator[Sighting]:
    """Read a parameter that carries the version from a row of a table that is not about headers."""
    cells = piece.text.split(" | ")
    name = patterns.PARAMETER.fullmatch(cells[0])
    if name and "header_above" not in piece.around:
        labels = (cell.strip("`*\"' ") for cell in cells[1:])
        label = next((one for one in labels if patterns.LABEL.fullmatch(one)), "")
        yield piece.sighting("query", name["name"], label, name)


def _in_paths(evidence: Evidence, piece: _Piece) -> Iterator[Sighting]:
    for one in matches(piece.text, code="code" in piece.around):
        host = template(one["host"]).strip(".")
        if host.isascii() and evidence.whose.calls(f"https://{OPEN_PART.sub('', host)}"):
            yield from _of_path(piece, host, one, {"own"})
    for one in patterns.RELATIVE.finditer(piece.text):
        lead = piece.text[max(0, one.start() - 14) : one.start()]
        marked = (
            one["root"] or base_words.METHOD.search(lead) or lead.endswith(("`", '"', "'")) or "heading" in piece.around
        )
        yield from _of_path(piece, "", one, {"relative"} if marked else set())


def _of_path(piece: _Piece, host: str, one: re.Match[str], marks: set[str]) -> Iterator[Sighting]:
    """Read a path; one of no host that nothing marks is one only where it has a version."""
    path = tuple(template(part) for part in one["path"].rstrip(".:,").split("/") if part)
    label, form = patterns.in_path(host, path)
    if (
        not (label or marks)
        or patterns.SIGN_IN.search(one["path"])
        or GRANTS.search(one["path"])
        or patterns.FILE.search(one["path"])
    ):
        return
    if label and path and label in path[-1]:
        marks.add("ends")
    made = piece.sighting("path", "", label, one)
    yield replace(made, marks=made.marks | marks | {form})


def _near(text: str, one: re.Match[str]) -> frozenset[str]:
    near = f"{text[max(0, one.start() - NEAR) : one.start()]} {text[one.end() : one.end() + NEAR]}"
    held = {
        "talk": patterns.TALK.search(near),
        "current": patterns.CURRENT.search(near),
        "coming": patterns.COMING.search(near),
        "base": base_words.BASE.search(near),
    }
    return frozenset(name for name, holds in held.items() if holds)
