"""What an answer tells of its page: where its items stand, how many there are in all, and how it goes on."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.envelopes import envelope, generic, role
from specloom.facts.errors.error_words import WRAPPERS
from specloom.facts.evidence import Candidate, Detector, Place, lines_within, place, sentences
from specloom.facts.pages.paging_words import HEADING, LINK, SPEAKS
from specloom.facts.requests.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ANSWER: Final = re.compile(r"respon|answer|return|output|result|metadata|envelope|object", re.IGNORECASE)
ASKS: Final = re.compile(r"param|argument|quer(?:y|ies)|request|input|filter|option", re.IGNORECASE)
SENT: Final = re.compile(r"(?:^|\|)\s*(?:in )?(?:request|query|input)\s*(?:\||$)", re.IGNORECASE)
"""A cell that says that a member is sent, in a table of both directions."""
LIST: Final = re.compile(r"\b(?:array|list)\b|\[\]", re.IGNORECASE)
DESCRIBED: Final = (
    ("total", re.compile(r"\btotal (?:number|count|amount) of\b(?! pages)", re.IGNORECASE)),
    ("has_next", re.compile(r"\b(?:whether|if)\b[^.|]{0,40}\b(?:more|next page|another page)\b", re.IGNORECASE)),
)
"""What the description of a member tells of it, whatever it is called."""
TELLS: Final = re.compile(
    r"\b(?:respon[sd]\w*|answers?|returns?|returned|contains?|includes?|envelope|object|body|fields?|attributes?)\b",
    re.IGNORECASE,
)
PLAIN_WORDS: Final = frozenset({"more", "total"})
TICKED: Final = re.compile(r"`([\w.@-]+)`")
HOLDS: Final = re.compile(
    r"`(?P<name>[\w.]+)`[^`.;]{0,40}\b(?:contains|holds|has|is|with)\b[^`.;]{0,20}\b(?:list|array) of\b", re.IGNORECASE
)
"""A member that is said to hold the items."""
OF_SEARCH: Final = re.compile(r"\bsearch(?:es|ing)?\b", re.IGNORECASE)
LEAST_ALIKE: Final = 2
FRAMED: Final = {"items": "results", "total": "count", "next": "next", "prev": "previous"}
"""A page as one widespread framework answers it."""
TOTAL: Final = re.compile(r"total(?:_?(?:count|items|results|hits|records|elements|entries))?", re.IGNORECASE)
MOST_PROSE: Final = 3


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Prefer the examples and tables of sections about paging, then what most lists agree on, then sentences."""
    told: list[tuple[dict[str, str], tuple[Place, ...], Passage]] = []
    spoken: list[tuple[dict[str, str], tuple[Place, ...], Passage]] = []
    shown: list[tuple[dict[str, str], Passage]] = []
    for passage in evidence.passages:
        if evidence.whose.aside(passage) or evidence.whose.old(passage) or evidence.whose.surface(passage):
            continue
        paging = _about_paging(evidence, passage)
        if passage.kind is PassageKind.CODE and (found := envelope(passage.text)):
            if paging:
                told.append((found, _places(evidence, passage, found), passage))
            else:
                shown.append((found, passage))
        elif paging and not _of_link(evidence, passage):
            if listed := _table(passage):
                told.append((listed, place(passage), passage))
            elif named := _said(passage):
                spoken.append((named, place(passage), passage))
    common = list(_common(shown)) if not told else []
    yield from common
    for value, places, passage in told or (spoken if not common else []):
        yield _candidate(value, places, passage, 0.88 if told else 0.8)


def _about_paging(evidence: Evidence, passage: Passage) -> bool:
    if any(HEADING.search(heading) for heading in passage.headings):
        return True
    near = (*evidence.before(passage, 2), passage)
    return any(SPEAKS.search(p.text) for p in near if p.headings == passage.headings and p.kind is not PassageKind.CODE)


def _of_link(evidence: Evidence, passage: Passage) -> bool:
    """Tell the relations of a Link header from members of a body."""
    near = (*evidence.before(passage, 3), passage)
    return any(LINK.search(p.text) or re.search(r"\brel=", p.text) for p in near if p.headings == passage.headings)


def _table(passage: Passage) -> dict[str, str]:
    """Read a table of what answers hold: at least two of its rows tell of the page."""
    where = " ".join([*passage.headings[-1:], *passage.header[:1]])
    if passage.kind is not PassageKind.TABLE or (ASKS.search(where) and not ANSWER.search(where)):
        return {}
    found: dict[str, str] = {}
    for parameter in parameters(passage):
        told = next((name for name, words in DESCRIBED if words.search(parameter.text)), "")
        name = role(re.split(r"[.\[]", parameter.name)[-1].strip("]")) or told
        if SENT.search(parameter.text):
            continue
        path = re.sub(r"\[(\w+)\]", r".\1", parameter.name)
        if name:
            found.setdefault(name, path)
        elif LIST.search(parameter.text) and not path.lower().startswith(tuple(WRAPPERS)):
            found.setdefault("items", path)
    return found if len(found) > 1 and found.keys() & {"total", "has_next", "next"} else {}


def _said(passage: Passage) -> dict[str, str]:
    """Read a sentence that names two members of an answer: `it has a next_cursor, and has_more tells if …`."""
    for sentence in sentences(passage.text) if passage.kind is not PassageKind.TABLE else ():
        if not TELLS.search(sentence) or ASKS.search(sentence):
            continue
        found: dict[str, str] = {}
        for path in TICKED.findall(sentence):
            if (name := role(path.rsplit(".", 1)[-1])) and path.lower() not in PLAIN_WORDS:
                found.setdefault(name, path)
        if held := HOLDS.search(sentence):
            found.setdefault("items", held["name"])
        if len(found) > 1 and found.keys() & {"total", "has_next", "next"}:
            return found
    return {}


def _places(evidence: Evidence, passage: Passage, found: dict[str, str]) -> tuple[Place, ...]:
    """Cite the lines of the example, and the sentences of its section that name the same members."""
    leaves = {part for path in found.values() for part in path.split(".")}
    names = "|".join(sorted(re.escape(leaf) for leaf in leaves))
    said = [
        other
        for other in evidence.section(passage)
        if other.kind is not PassageKind.CODE
        and len(leaves & {n for t in TICKED.findall(other.text) for n in t.split(".")}) > 0
    ]
    return (lines_within(passage, re.compile(rf"[\"']?(?:{names})[\"']?\s*:")), *place(*said[:MOST_PROSE]))


def _candidate(found: dict[str, str], places: tuple[Place, ...], passage: Passage, strength: float) -> Candidate:
    value: dict[str, Json] = {key: path for key, path in found.items() if key != "items" or generic(path)}
    if any(
        OF_SEARCH.search(text) for text in (*passage.headings[:1], passage.path.rsplit("/", 1)[-1].replace("_", " "))
    ):
        value["applies_to"] = "search"
    return Candidate(fact_kind="pagination_response", value=value, places=places, strength=strength)


def _plain(found: dict[str, str]) -> bool:
    """Tell one example that can only be a page: a total called so, or results between two links with their count."""
    if found == FRAMED:
        return True
    return bool(TOTAL.fullmatch(found.get("total", "").rsplit(".", 1)[-1])) and generic(found["items"])


def _common(shown: list[tuple[dict[str, str], Passage]]) -> Iterator[Candidate]:
    """Keep what examples of several lists have in common; their items may be called by what they are."""
    bare = Counter(tuple(sorted(item for item in found.items() if item[0] != "items")) for found, _ in shown)
    if not bare:
        return
    chosen, count = max(bare.items(), key=lambda pair: (pair[1], len(pair[0]), pair[0]))
    if (count < LEAST_ALIKE and not (len(shown) == 1 and _plain(shown[0][0]))) or count * 2 < len(shown):
        return
    alike = [(found, passage) for found, passage in shown if dict(chosen).items() <= found.items()]
    value = dict(chosen)
    if len(items := {found["items"] for found, _ in alike}) == 1:
        value["items"] = items.pop()
    names = "|".join(sorted(re.escape(path.rsplit(".", 1)[-1]) for path in value.values()))
    spots = tuple(lines_within(passage, re.compile(rf"[\"']?(?:{names})[\"']?\s*:")) for _, passage in alike)
    yield Candidate(fact_kind="pagination_response", value=dict(value), places=spots, strength=0.8)


DETECTOR: Final = Detector(
    fact_kind="pagination_response",
    summary="what an answer tells of the page that it holds",
    queries=("a page of results has the total count, has_more and the next page",),
    detect=detect,
)
