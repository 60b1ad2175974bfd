"""What the body of an error looks like: the member that holds it, and its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_alone import alone
from specloom.facts.errors.error_fields import LIMITED, PRESENTED, Shape, field_items, field_table
from specloom.facts.errors.error_sentences import told_fields
from specloom.facts.errors.error_words import (
    CORE,
    HEADING,
    MESSAGES,
    SAYS_ERROR,
    SHORT,
    STATUSES,
    TELLING,
    WRAPPERS,
    meaning,
    standard,
    telling,
)
from specloom.facts.errors.json_example import parsed
from specloom.facts.errors.leads import THEIRS, lead_of, told_behind
from specloom.facts.errors.schema_example import described, described_in_yaml, tagged
from specloom.facts.errors.sighted_bodies import members_by_line, read_members, spread_body
from specloom.facts.errors.xml_example import parsed_xml
from specloom.facts.evidence import Candidate, Detector, lines_within, place
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"\berror\w*|\berr_?(?:code|msg)\b|\bproblem\+json\b|\bproblem ?details?\b|\bfailures?\b"
    r"|\b[45]\d\d\b|错误|失败|异常|\bfehler|\berr(?:o|os|ores)\b|\berreurs?\b",
    re.IGNORECASE,
)
STANDARD: Final = re.compile(r'"errors"|"status"\s*:\s*"?[45]\d\d\b')
FAILED: Final = re.compile(r"[\"'](?:ok|success|successful)[\"']\s*:\s*false\b", re.IGNORECASE)
"""An answer that says of itself that it is an error."""
STATUS_LINE: Final = re.compile(
    r"\W{0,4}(?:HTTP/[\d.]+|status(?: code)?:?|returns?:?|response:?)?\W{0,4}[45]\d\d\b[\w '()`*/;=+.-]{0,40}:?\W{0,4}"
    r"(?:\n|$)",
    re.IGNORECASE,
)
"""`404 Not Found` above an answer, or as its first line."""
TOLD: Final = 0.74
"""How sure a sentence alone makes us; an example shows more."""
ALONE: Final = 0.82
"""How sure we are where nothing else shows an error."""
BEHIND: Final = 0.8
"""The same where an example stands before its text."""
SURE: Final = 0.85
"""From here we believe that a block shows an error, though we can only make out its names."""
MOST_FIELDS: Final = 12
EVENT: Final = re.compile(r"\bevents?\W*$", re.IGNORECASE)
OTHER_BODY: Final = re.compile(r"webhook|graphql|callback|oauth|batch|import|validation error example", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read examples that are introduced as errors, and tables of its fields; the shape shown most wins."""
    found: dict[Shape, list[tuple[Place, float]]] = {}
    for passage in _about(evidence):
        if evidence.whose.aside(passage) or evidence.whose.old(passage) or evidence.whose.surface(passage):
            continue
        if passage.kind is PassageKind.CODE:
            weight = _introduced(evidence, passage)
            failed = bool(FAILED.search(passage.text))
            shape = _shape(passage.text) if weight or failed or STANDARD.search(passage.text) else None
            if shape and not weight:
                weight, shape = 0.8, shape if failed or standard(shape.root, shape.fields) else None
            shape = shape or _plainly_read(passage, weight)
        else:
            weight, shape = 0.8, field_table(evidence, passage)
            said, body = spread_body(passage.text)
            if not shape and body and STATUS_LINE.fullmatch(said.split("\n")[-1]):
                weight, shape = 0.85, _shape(body)
            if told := told_fields(passage):
                found.setdefault(Shape(*told, listed=False), []).append((place(passage)[0], TOLD))
            for listed, spot in field_items(evidence, passage):
                found.setdefault(listed, []).append((spot, weight))
        if shape:
            found.setdefault(shape, []).append((_spot(passage), weight))
    facts = list(_facts(found))
    yield from facts or (_candidate(shape, [(_spot(passage), ALONE)]) for shape, passage in alone(evidence))


def _about(evidence: Evidence) -> Iterator[Passage]:
    """Yield what speaks of errors, and what follows a sentence about one other than of a rate limit."""
    wanted = {id(passage) for passage in evidence.about(ABOUT, DETECTOR.queries)}
    for passage in evidence.passages:
        before = evidence.before(passage) if passage.kind is not PassageKind.PARAGRAPH else ()
        said = before[0].text if before and before[0].headings == passage.headings else ""
        if id(passage) in wanted or (SAYS_ERROR.search(said) and not LIMITED.search(said)):
            yield passage


def _introduced(evidence: Evidence, passage: Passage) -> float:
    """How clearly an example is an error: by its heading, by the words just before it, or by its status line."""
    where = " ".join(passage.headings)
    said = lead_of(evidence, passage)[-400:]
    if _of_others(passage, where) or THEIRS.search(said):
        return 0
    general = any(HEADING.search(heading) for heading in passage.headings) or HEADING.search(passage.path)
    if STATUS_LINE.match(passage.text) or re.search(r"HTTP/[\d.]+ [45]\d\d", passage.text):
        return 0.85 if general else 0.75
    well = re.search(r"(?<!un)success|\b20\d\b", f"{where} {said}", re.IGNORECASE)
    if general:
        return 0 if well and not SAYS_ERROR.search(said) else 0.9
    if PRESENTED.search(said) or (STATUS_LINE.fullmatch(said.split("\n")[-1]) and not LIMITED.search(said)):
        return 0.86
    return BEHIND if told_behind(evidence, passage) else 0.72 if SAYS_ERROR.search(said.split("\n")[-1]) else 0


def _of_others(passage: Passage, where: str) -> bool:
    """Tell what is delivered, and bodies of special calls, from what a failed call gets."""
    heading = passage.headings[-1] if passage.headings else ""
    other = OTHER_BODY.search(f"{passage.path} {where}") and not HEADING.search(heading)
    return bool(other or EVENT.search(heading))


def _plainly_read(passage: Passage, weight: float) -> Shape | None:
    """Return the members that have lines of their own, or that code reads, in what is plainly an error."""
    text = passage.text
    names = list(members_by_line(text) or read_members(text) or tagged(text)) if weight > SURE else []
    return Shape("", tuple(names), listed=False) if len(names) > 1 and telling(names) else None


def _body(text: str) -> object:
    """Return the first object of a block, or what the schema in it describes."""
    body = parsed(text) or parsed_xml(text) or described_in_yaml(text)
    first = body[0] if isinstance(body, list) and body else body
    return (described(first) or first) if isinstance(first, dict) else first


def _shape(text: str) -> Shape | None:
    body = _body(text)
    if not isinstance(body, dict) or not 0 < len(body) <= 12:
        return None
    texts = body["errors"] if list(body) == ["errors"] else None
    if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
        return Shape("errors", (), listed=True)
    for wrapper in (*WRAPPERS, *_holding(body)):
        inner = body.get(wrapper)
        listed = isinstance(inner, list)
        if listed and inner:
            inner = inner[0]
        root = wrapper
        while isinstance(inner, dict) and len(inner) == 1 and (name := next(iter(inner))) in WRAPPERS:
            root, inner = f"{root}.{name}", inner[name]
            listed = isinstance(inner, list)
            inner = inner[0] if isinstance(inner, list) and inner else inner
        if isinstance(inner, dict) and telling(list(inner)):
            if (
                len(body) > 1
                and {key.lower() for key in body}
                & {"message", "code", "title", "detail", "type", "description", "error"}
                and listed
            ):
                break
            return Shape(root, tuple(inner), listed)
    only = next(iter(body.values())) if len(body) == 1 else None
    nested = isinstance(only, dict) and all(isinstance(child, dict) for child in only.values())
    if nested or (only is not None and not telling(list(body))):
        return _inside(body) if not nested else None
    return Shape("", tuple(body), listed=False) if telling(list(body)) else None


def _inside(body: dict[str, object]) -> Shape | None:
    """Read a message inside what every answer is put into: `{"data": {"error": "…"}}`."""
    ((root, inner),) = body.items()
    if isinstance(inner, dict) and {meaning(key) for key in inner} & (MESSAGES | SHORT) and telling(list(inner)):
        return Shape(root, tuple(inner), listed=False)
    return None


def _holding(body: dict[str, object]) -> list[str]:
    """Return the members that hold codes with messages, where the body has no message of its own."""
    inside = {key: child[0] if isinstance(child, list) and child else child for key, child in body.items()}
    if any(meaning(key) in MESSAGES and not isinstance(child, dict) for key, child in inside.items()):
        return []
    return [
        key
        for key, child in inside.items()
        if isinstance(child, dict)
        and MESSAGES & (names := {meaning(name) for name in child})
        and len(names & (CORE | STATUSES)) > 1
    ]


def _spot(passage: Passage) -> Place:
    return lines_within(passage, re.compile(r"[{}\[\]:]")) if passage.kind is PassageKind.CODE else place(passage)[0]


def _facts(found: dict[Shape, list[tuple[Place, float]]]) -> Iterator[Candidate]:
    """Shapes that extend one another are one format with optional fields; the commonest root speaks for the API."""
    found = _rooted(found)
    groups: dict[str, list[Shape]] = {}
    for shape in found:
        groups.setdefault(shape.root, []).append(shape)
    if not groups:
        return
    weights = {root: sum(weight for shape in shapes for _, weight in found[shape]) for root, shapes in groups.items()}
    root = max(
        weights,
        key=lambda name: (max(w for s in groups[name] for _, w in found[s]), weights[name], -name.count(".")),
    )
    shapes = sorted(
        groups[root],
        key=lambda shape: (
            -max(w for _, w in found[shape]),
            -len(found[shape]),
            -len({f.lower() for f in shape.fields} & TELLING),
        ),
    )
    best = shapes[0]
    kin = [shape for shape in shapes if _akin(set(shape.fields), set(best.fields))]
    fields = list(dict.fromkeys(name for shape in [best, *kin] for name in shape.fields))[:MOST_FIELDS]
    spots = [pair for shape in kin for pair in found[shape]]
    spots.sort(key=lambda pair: -pair[1])
    yield _candidate(Shape(root, tuple(fields), best.listed), spots)


def _akin(one: set[str], other: set[str]) -> bool:
    return len(one & other) * 2 >= min(len(one), len(other))


def _candidate(shape: Shape, spots: list[tuple[Place, float]]) -> Candidate:
    value: dict[str, Json] = {"fields": list(shape.fields)} if shape.fields else {}
    if shape.root:
        value["root"] = shape.root
    strength = max(weight for _, weight in spots)
    return Candidate(
        fact_kind="error_format",
        value=value,
        places=tuple(dict.fromkeys(spot for spot, _ in spots)),
        strength=min(0.95, strength + 0.02 * min(4, len(spots) - 1)),
    )


def _rooted(found: dict[Shape, list[tuple[Place, float]]]) -> dict[Shape, list[tuple[Place, float]]]:
    """Join a table of fields with the example that shows them inside a wrapper: both are one format."""
    out = dict(found)
    for bare in [shape for shape in found if not shape.root]:
        wrapped = next((s for s in found if s.root and set(bare.fields) <= set(s.fields)), None)
        if wrapped:
            out[wrapped] = [*out[wrapped], *out.pop(bare)]
    return out


DETECTOR: Final = Detector(
    fact_kind="error_format",
    summary="the body of an error answer",
    queries=("error response body format with code and message", "example error response JSON"),
    detect=detect,
)
