"""The parameter that a sentence about the size of a page means: by its name, or the name that stands near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.facts.errors import envelopes
from specloom.facts.evidence import Place, place
from specloom.facts.pages import paging
from specloom.facts.pages.mentions import headed, sized
from specloom.facts.pages.page_size_words import BELOW, CALLED, MENTIONED, ORDINALS, THIS_ONE
from specloom.facts.requests.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.passage import Passage


def size_names(text: str) -> list[str]:
    """Return the names of sizes that `text` mentions, those that mean nothing else first."""
    names = [
        name
        for found in MENTIONED.finditer(text)
        if paging.role(name := (found["name"] or found["bare"])) == "limit" and not name.isupper()
    ]
    return sorted(names, key=lambda name: paging.is_weak(name) and name.lower() in ORDINALS) or sized(text)


def of_other(text: str) -> bool:
    """Tell a sentence that says what holds of a page number or an offset, not of a size."""
    names = [found["name"] or found["bare"] for found in MENTIONED.finditer(text)]
    roles = {paging.role(name) for name in names}
    return bool(roles & {"page", "offset", "cursor"}) and "limit" not in roles


def of_its_own(said: list[Statement]) -> list[Statement]:
    """Leave out a sentence on `this parameter` behind one about a page number or an offset."""
    out: list[Statement] = []
    for at, statement in enumerate(said):
        if not (at and THIS_ONE.search(statement.text) and of_other(said[at - 1].text)):
            out.append(statement)
    return out


def of_heading(passage: Passage) -> list[str]:
    """Return the names that the heading above consists of."""
    return headed(passage.headings[-1]) if passage.headings else []


def named_nearby(evidence: Evidence, passage: Passage) -> tuple[list[str], tuple[Place, ...]]:
    """Look for the parameter's name in the next paragraphs of the same section."""
    for other in evidence.after(passage, 3):
        if other.headings[: len(passage.headings)] != passage.headings:
            break
        names = [
            name
            for found in MENTIONED.finditer(other.text)
            if paging.role(name := (found["name"] or found["bare"])) == "limit"
            and not name.isupper()
            and (name == "limit" or not paging.is_weak(name))
            and other.kind is not PassageKind.CODE
        ]
        names = sorted(names, key=lambda name: name.lower() in ORDINALS)
        if other.kind is PassageKind.TABLE and not names:
            rows = [one.name for one in parameters(other)]
            answered = any(envelopes.role(row) in {"next", "prev"} for row in rows)
            names = [row for row in rows if paging.role(row) == "limit" and not answered]
        if names:
            return names, place(passage, other)
    return [], place(passage)


def called_nearby(evidence: Evidence, passage: Passage) -> tuple[list[str], tuple[Place, ...]]:
    """Take the one name that the examples of the section give a number: `?page=2&per_page=50`."""
    below = [p for p in evidence.after(passage, BELOW) if p.headings[: len(passage.headings)] == passage.headings]
    called = {
        found["name"]: other
        for other in [*evidence.section(passage), *below]
        for found in CALLED.finditer(other.text)
        if paging.role(found["name"]) == "limit"
    }
    if len(called) != 1:
        return [], place(passage)
    name, example = next(iter(called.items()))
    return [name], place(passage, example)
