"""Everything in the docs that has the shape of an error body, whatever is said of it: a ranker weighs what is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_alone import attributes
from specloom.facts.errors.error_fields import CALLED, Shape, undotted
from specloom.facts.errors.error_words import HEADING, SAYS_ERROR, TELLING, WRAPPERS, meaning
from specloom.facts.errors.json_example import parsed
from specloom.facts.errors.leads import lead_of
from specloom.facts.errors.sighted_bodies import (
    FIELD,
    INLINE,
    LIKELY,
    MOST_FIELDS,
    MOST_OBJECTS,
    bodies,
    could,
    read_members,
    shapes,
    spread_body,
)
from specloom.facts.evidence import LONGEST_CITATION, Place, place, sentences
from specloom.facts.requests.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

NAMED: Final = re.compile(
    r"`[\"']?(?P<ticked>[A-Za-z_][\w.-]{1,40})[\"']?`|\"(?P<quoted>[a-z_][\w-]{2,30})\"", re.ASCII
)
BARE: Final = re.compile(
    r"\b(?:an?|the|one|optional)\s+(?P<name>message|errors?|detail|description|reason|msg|code)\s+"
    r"(?:key|field|property|attribute|member|element)\b",
    re.IGNORECASE | re.ASCII,
)
"""A member that a sentence names without marking it."""
HELD: Final = re.compile(
    r"^\W*(?:object|field|key|member|property|element)\b[^.]{0,60}\b(?:contain|has|have|hold|includ|carr|with)",
    re.IGNORECASE,
)
"""What makes the name before it the holder of those behind."""
VALUES: Final = re.compile(
    r"\b(?:either|one of|such as|whose values?|(?:which|that) (?:is|are|will be|can be|may be))\b", re.IGNORECASE
)
"""Behind it stand values of a field."""
OTHERWISE: Final = re.compile(r"\bfailed (?!api|calls?|requests?|responses?|operations?)\w+", re.IGNORECASE)
"""What failed, and is no call."""
SEVERAL: Final = re.compile(r"\b(?:array|list|objects|collection)\b", re.IGNORECASE)
MEMBER: Final = re.compile(
    r"\b(?:fields?|keys?|propert(?:y|ies)|attributes?|members?|elements?|objects?|body|json|payload|respon[sd]\w*"
    r"|contain\w*|includ\w*|hash|array|return\w*)\b|字段|返回",
    re.IGNORECASE,
)
"""What sentences say that speak of the parts of an answer."""
NEAR: Final = 400
"""Characters of what stands before a sighting."""
ROOM: Final = 80
"""Characters behind a name that say that it holds others."""
LONGEST_SAID: Final = 600
MOST_ITEMS: Final = 14
MOST_SIGHTINGS: Final = 400
"""Real docs of one API have a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A shape that stands at `spot`, told in one `way`: `code`, `inline`, `table`, `items`, `sentence` or `read`.

    `lead` is what stands before the passage, `said` what stands before or around the shape within it, and `values`
    what the fields of an example hold, as `name=value`.
    """

    shape: Shape
    passage: Passage
    spot: Place
    way: str
    lead: str = ""
    said: str = ""
    values: tuple[str, ...] = ()


def sightings(evidence: Evidence) -> Iterator[Sighting]:
    """Yield all that could be the body of an error, in the order of the docs."""
    yield from islice(_all(evidence), MOST_SIGHTINGS)


def _all(evidence: Evidence) -> Iterator[Sighting]:
    for passage in evidence.passages:
        before = [one for one in evidence.before(passage) if one.headings == passage.headings]
        lead = lead_of(evidence, passage)[-NEAR:]
        match passage.kind:
            case PassageKind.CODE:
                yield from _code(passage, lead)
            case PassageKind.TABLE:
                yield from _table(passage, lead)
            case _:
                if _name(passage) and not any(_name(one) for one in before):
                    yield from _items(evidence, passage, lead)
                yield from _blueprint(passage)
                yield from _inline(passage, lead)
                yield from _sentences(passage, lead)


def _code(passage: Passage, lead: str) -> Iterator[Sighting]:
    text = passage.text
    if not LIKELY.search(text):
        return
    by_line = text.count("\n") <= passage.end - passage.start
    for at, body in bodies(text):
        start = passage.start + (text.count("\n", 0, at) if by_line else 0)
        spot = _from(passage, start)
        for shape, values in shapes(body):
            yield Sighting(
                shape=shape,
                passage=passage,
                spot=spot,
                way="code",
                lead=lead,
                said=text[max(0, at - NEAR) : at],
                values=values,
            )
    if read := read_members(text):
        shape = Shape("", tuple(read), listed=False)
        yield Sighting(shape=shape, passage=passage, spot=_from(passage), way="read", lead=lead, said=text[:NEAR])


def _table(passage: Passage, lead: str) -> Iterator[Sighting]:
    members = list(parameters(passage))
    names = [one.name for one in members if FIELD.fullmatch(one.name)]
    if len(names) > 1 and len(names) * 2 >= len(passage.rows) and could(names):
        said = " ".join(one.text for one in members)[:LONGEST_SAID]
        for shape in _rooted(names, lead):
            yield Sighting(shape=shape, passage=passage, spot=_from(passage), way="table", lead=lead, said=said)


def _items(evidence: Evidence, passage: Passage, lead: str) -> Iterator[Sighting]:
    """Read what is named one below the other, from the first on."""
    rest = takewhile(lambda one: one.headings == passage.headings and _name(one), evidence.after(passage, MOST_ITEMS))
    run = [passage, *rest]
    names = [_name(one) for one in run]
    if not could(names):
        return
    several = {name for name, one in zip(names, run, strict=True) if name in WRAPPERS and SEVERAL.search(one.text)}
    spot = Place(passage.path, passage.start, min(run[-1].end, passage.start + LONGEST_CITATION - 1))
    said = " ".join(one.text for one in run)[:LONGEST_SAID]
    for shape in (*_rooted(names, lead), *(Shape(name, (), listed=True) for name in sorted(several))):
        yield Sighting(shape=shape, passage=passage, spot=spot, way="items", lead=lead, said=said)


def _blueprint(passage: Passage) -> Iterator[Sighting]:
    shape = attributes(passage)
    if shape and all(FIELD.fullmatch(name) for name in shape.fields):
        said = passage.text[:LONGEST_SAID]
        yield Sighting(shape=shape, passage=passage, spot=place(passage)[0], way="items", said=said)


def _inline(passage: Passage, lead: str) -> Iterator[Sighting]:
    text = passage.text
    before, body = spread_body(text)
    for shape, values in shapes(parsed(body)) if body else ():
        said = before[-NEAR:]
        yield Sighting(
            shape=shape, passage=passage, spot=place(passage)[0], way="inline", lead=lead, said=said, values=values
        )
    for found in INLINE.finditer(text) if text.count("{") <= MOST_OBJECTS else ():
        said = text[max(0, found.start() - NEAR) : found.start()]
        for shape, values in shapes(parsed(found[0])):
            yield Sighting(
                shape=shape, passage=passage, spot=place(passage)[0], way="inline", lead=lead, said=said, values=values
            )


def _sentences(passage: Passage, lead: str) -> Iterator[Sighting]:
    headed = any(HEADING.search(heading) for heading in passage.headings[-1:])
    for sentence in sentences(passage.text):
        if (headed or SAYS_ERROR.search(OTHERWISE.sub(" ", sentence))) and MEMBER.search(sentence):
            for shape in dict.fromkeys(_told(sentence)):
                yield Sighting(
                    shape=shape, passage=passage, spot=place(passage)[0], way="sentence", lead=lead, said=sentence
                )


def _told(sentence: str) -> Iterator[Shape]:
    """Yield what the names of a sentence may be: fields, values of fields left out, or a holder and its fields."""
    named = [(found["ticked"] or found["quoted"], found.end()) for found in NAMED.finditer(sentence)]
    named += [(found["name"], found.end()) for found in BARE.finditer(sentence)]
    if not 0 < len(named) <= 2 * MOST_FIELDS:
        return
    held = {holder: end for holder, end in named if HELD.search(sentence[end : end + ROOM])}
    before = len(VALUES.split(sentence)[0])
    fields = list(dict.fromkeys(name for name, end in named if end <= before and name not in held))
    for chosen in (fields, [name for name in fields if meaning(name) in TELLING or name in WRAPPERS]):
        if could(chosen):
            yield from _rooted(chosen, "")
    for holder, end in held.items():
        inner = list(dict.fromkeys(name for name, at in named if end < at <= before))
        if could(inner):
            yield Shape(holder, tuple(inner), listed=False)
    for holder, _ in named:
        if holder in WRAPPERS and (holder.lower() == "errors" or SEVERAL.search(sentence)):
            yield Shape(holder, (), listed=True)


def _rooted(names: list[str], lead: str) -> Iterator[Shape]:
    """Yield a list of names as it stands, below its first name, and below the one that its lead names."""
    root, fields = undotted(list(dict.fromkeys(names)))
    yield Shape(root, fields, listed=False)
    if root:
        return
    if fields[0] in WRAPPERS and len(fields) > 1:
        yield Shape(fields[0], fields[1:], listed=False)
    under = [found["ticked"] or found["quoted"] for found in NAMED.finditer(lead)]
    under += [found[1] for found in CALLED.finditer(lead)]
    if holders := [name for name in under if name in WRAPPERS and name not in fields]:
        yield Shape(holders[-1], fields, listed=False)


def _name(passage: Passage) -> str:
    """Return the name that an item, a definition or a paragraph begins with."""
    plain = passage.kind is PassageKind.PARAGRAPH and not passage.text.startswith("`")
    if plain or passage.kind in {PassageKind.CODE, PassageKind.TABLE}:
        return ""
    found = next(iter(parameters(passage)), None)
    return found.name if found and FIELD.fullmatch(found.name) else ""


def _from(passage: Passage, start: int = 0) -> Place:
    first = start or passage.start
    return Place(passage.path, first, min(passage.end, first + LONGEST_CITATION - 1))
