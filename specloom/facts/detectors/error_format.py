"""What the body of an error looks like: the member that holds it, and its fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, Place, lines_within, place
from specloom.facts.json_example import parsed
from specloom.facts.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"\berrors?\b|\bproblem\+json\b|\bfailures?\b|\b[45]\d\d\b", re.IGNORECASE)
SAYS_ERROR: Final = re.compile(r"\berrors?\b|\bfail(?:s|ed|ure)?\b|\b[45]\d\d\b|\b[45]xx\b|problem", re.IGNORECASE)
HEADING: Final = re.compile(r"\berrors?\b|\bproblem|\bfailures?\b|status codes?|response codes?", re.IGNORECASE)
WRAPPERS: Final = ("error", "errors", "fault", "failure", "problem", "exception", "Error", "Errors")
CORE: Final = frozenset(
    {
        "message",
        "messages",
        "msg",
        "error",
        "errors",
        "error_message",
        "errormessage",
        "error_messages",
        "errormessages",
    }
    | {
        "code",
        "error_code",
        "errorcode",
        "errcode",
        "error_description",
        "title",
        "detail",
        "description",
        "reason",
        "type",
    }
)
"""Names that the body of an error has at least one of."""
TELLING: Final = CORE | frozenset(
    {"details", "status", "status_code", "statuscode", "error_type", "errortype", "error_id", "errornum", "retry_after"}
    | {
        "documentation_url",
        "doc_url",
        "link",
        "instance",
        "param",
        "parameter",
        "field",
        "id",
        "request_id",
        "requestid",
    }
    | {
        "trace_id",
        "name",
        "meta",
        "source",
        "ok",
        "success",
        "data",
        "extras",
        "global",
        "hint",
        "help",
        "url",
        "category",
    }
    | {"info", "cause"}
)
"""Names that the bodies of errors are made of."""
ANNOUNCED: Final = re.compile(
    r"\b(?:fields|properties|attributes|keys|members|elements|contains?|includes?|has|have|consists?)\b[^.]*:\s*$",
    re.IGNORECASE,
)
MOST_FIELDS: Final = 12
SHORT: Final = frozenset({"message", "error", "errors", "errormessages"})
OTHER_BODY: Final = re.compile(r"webhook|graphql|callback|oauth|batch|import|validation error example", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Shape:
    root: str
    fields: tuple[str, ...]
    listed: bool


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read examples that are introduced as errors, and tables of its fields; the shape shown most wins."""
    found: dict[_Shape, list[tuple[Place, float]]] = {}
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if evidence.whose.aside(passage) or evidence.whose.old(passage) or evidence.whose.surface(passage):
            continue
        if passage.kind is PassageKind.CODE:
            weight = _introduced(evidence, passage)
            shape = _shape(passage.text) if weight else None
        else:
            weight, shape = 0.8, _field_list(passage)
            for listed, spot in _item_list(evidence, passage):
                found.setdefault(listed, []).append((spot, weight))
        if shape:
            found.setdefault(shape, []).append((_spot(passage), weight))
    yield from _facts(found)


def _introduced(evidence: Evidence, passage: Passage) -> float:
    """How clearly an example is an error: by its heading, by the words just before it, or by its status line."""
    where = " ".join(passage.headings)
    if OTHER_BODY.search(f"{passage.path} {where}") and not HEADING.search(
        passage.headings[-1] if passage.headings else ""
    ):
        return 0
    before = evidence.before(passage)
    said = before[0].text[-400:] if before and before[0].headings == passage.headings else ""
    general = any(HEADING.search(heading) for heading in passage.headings) or HEADING.search(passage.path)
    if re.search(r"HTTP/[\d.]+ [45]\d\d", passage.text):
        return 0.85 if general else 0.75
    if general and re.search(r"success|\b20\d\b", f"{where} {said}", re.IGNORECASE) and not SAYS_ERROR.search(said):
        return 0
    if general:
        return 0.9
    return 0.72 if SAYS_ERROR.search(said.split("\n")[-1]) else 0


def _shape(text: str) -> _Shape | None:
    body = parsed(text)
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, dict) or not 0 < len(body) <= 12:
        return None
    for wrapper in WRAPPERS:
        inner = body.get(wrapper)
        listed = isinstance(inner, list)
        if listed and inner:
            inner = inner[0]
        if isinstance(inner, dict) and _telling(list(inner)):
            if (
                len(body) > 1
                and {key.lower() for key in body} & {"message", "code", "title", "detail", "status", "type"}
                and listed
            ):
                break
            return _Shape(wrapper, tuple(inner), listed)
    return _Shape("", tuple(body), listed=False) if _telling(list(body)) else None


def _telling(keys: list[str]) -> bool:
    plain = {re.sub(r"[-_]", "_", key).lower() for key in keys}
    return (
        bool(plain & CORE)
        and len(plain & TELLING) * 2 >= len(plain)
        and (len(plain & TELLING) > 1 or len(plain) == 1 or (len(plain) == 2 and bool(plain & SHORT)))
    )


def _field_list(passage: Passage) -> _Shape | None:
    """Read a table of the fields of an error object."""
    heading = passage.headings[-1] if passage.headings else ""
    if passage.kind is not PassageKind.TABLE or not HEADING.search(heading):
        return None
    names = [parameter.name for parameter in parameters(passage)]
    if len(names) < 2 or len(names) != len(passage.rows) or not _telling(names):
        return None
    return _Shape("", tuple(names), listed=False)


def _item_list(evidence: Evidence, passage: Passage) -> list[tuple[_Shape, Place]]:
    """Read a list of the fields of an error object from its first item on, below a sentence that announces them."""
    heading = passage.headings[-1] if passage.headings else ""
    before = evidence.before(passage)
    if passage.kind is not PassageKind.LIST_ITEM or not HEADING.search(heading) or not before:
        return []
    if before[0].kind is PassageKind.LIST_ITEM or not ANNOUNCED.search(before[0].text):
        return []
    rest = takewhile(
        lambda one: one.kind is PassageKind.LIST_ITEM and one.headings == passage.headings,
        evidence.after(passage, MOST_FIELDS),
    )
    items = [passage, *rest]
    names = [parameter.name for item in items for parameter in parameters(item)]
    if len(names) < 2 or len(names) != len(items) or not _telling(names):
        return []
    return [(_Shape("", tuple(names), listed=False), Place(passage.path, passage.start, items[-1].end))]


def _spot(passage: Passage) -> Place:
    return lines_within(passage, re.compile(r"[{}\[\]:]")) if passage.kind is PassageKind.CODE else place(passage)[0]


def _facts(found: dict[_Shape, list[tuple[Place, float]]]) -> Iterator[Candidate]:
    """Shapes that extend one another are one format with optional fields; the commonest root speaks for the API."""
    found = _rooted(found)
    groups: dict[str, list[_Shape]] = {}
    for shape in found:
        groups.setdefault(shape.root, []).append(shape)
    if not groups:
        return
    weights = {root: sum(weight for shape in shapes for _, weight in found[shape]) for root, shapes in groups.items()}
    root = max(weights, key=lambda name: (max(w for s in groups[name] for _, w in found[s]), weights[name]))
    shapes = sorted(
        groups[root],
        key=lambda shape: (
            -max(w for _, w in found[shape]),
            -len(found[shape]),
            -len({f.lower() for f in shape.fields} & TELLING),
        ),
    )
    best = shapes[0]
    kin = [
        shape
        for shape in shapes
        if len(set(shape.fields) & set(best.fields)) * 2 >= min(len(shape.fields), len(best.fields))
    ]
    fields = list(dict.fromkeys(name for shape in [best, *kin] for name in shape.fields))[:MOST_FIELDS]
    value: dict[str, Json] = {"fields": list(fields)}
    if root:
        value["root"] = root
    spots = [pair for shape in kin for pair in found[shape]]
    spots.sort(key=lambda pair: -pair[1])
    strength = max(weight for _, weight in spots)
    yield Candidate(
        fact_kind="error_format",
        value=value,
        places=tuple(dict.fromkeys(spot for spot, _ in spots)),
        strength=min(0.95, strength + 0.02 * min(4, len(spots) - 1)),
    )


def _rooted(found: dict[_Shape, list[tuple[Place, float]]]) -> dict[_Shape, list[tuple[Place, float]]]:
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
