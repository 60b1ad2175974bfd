"""What comes back: statuses with their meaning, and schemas from the examples."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from specloom.facts.draft.citing import CITATIONS, Lines
from specloom.facts.draft.sample import schema_of
from specloom.facts.draft.samples import Sample, example_of, samples
from specloom.facts.draft.whole import ERROR
from specloom.facts.evidence import Place, place, sentences
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.draft.endpoints import Endpoint
    from specloom.model.passage import Passage

STATUS: Final = re.compile(r"(?<![\w.:-])(?P<status>[2-5]\d\d)\b(?![.:]\d|-\d)")
STATUS_LINE: Final = re.compile(r"\s*HTTP/\d(?:\.\d)?\s+(?P<status>\d{3})")
OPENS: Final = re.compile(
    r"[\s`*_]*(?:http )?(?:status ?code |status |code )?[\s`*_:]*(?P<status>[2-5]\d\d)\b(?P<says>[^\n]*)", re.IGNORECASE
)
LABELLED: Final = re.compile(
    r"[\s`*_]*(?:http )?(?:(?:success|response|status) ?)?(?:status|code|response)s?[\s`*_]*:[\s`*_]*"
    r"(?P<status>[2-5]\d\d)\b(?P<says>[^\n]{0,60})",
    re.IGNORECASE,
)
RETURNED: Final = re.compile(
    r"\b(?:returns?|responds?|answers?|replies) (?:with )?(?:an? )?(?P<marked>`|(?:http |status |code )+)?`?"
    r"(?P<status>[2-5]\d\d)\b(?P<reason>(?: [A-Z][\w'-]+)*)",
    re.IGNORECASE,
)
"""`Returns 201 Created`; a bare number could count anything."""
OTHERS: Final = re.compile(
    r"\b(?:target|receiver|consumer|client|webhook|callback|your \w+|you)\b[^,;]{0,40}\Z", re.IGNORECASE
)
"""Somebody else who answers: whom the API calls."""
OF_STATUSES: Final = re.compile(r"status|code|http|respon|error", re.IGNORECASE)
ABOUT_STATUS: Final = re.compile(r"\b(?:status|returns?|respon|code|http)\b", re.IGNORECASE)
EMPTY: Final = "204"
PHRASES: Final = {str(status.value): status.phrase.lower() for status in HTTPStatus}
WORST_FROM: Final = "400"


@dataclass
class _Answer:
    says: str = ""
    samples: list[Sample] = field(default_factory=list)
    spots: list[Place] = field(default_factory=list)


def responses(endpoint: Endpoint, lines: Lines, *, error_schema: bool) -> dict[str, Any]:
    """Return the answers by status; `error_schema` says that there is one for the body of errors."""
    found: dict[str, _Answer] = {}
    for status, says, spot in _told(endpoint):
        answer = found.setdefault(status, _Answer())
        answer.says = answer.says or says
        answer.spots.append(spot)
    usual = next((status for status in sorted(found) if status.startswith("2") and status != EMPTY), "200")
    for one in samples(endpoint):
        if not one.sent:
            answer = found.setdefault(_status(one) or usual, _Answer())
            answer.samples.append(one)
            answer.spots.extend(place(one.passage))
    made = {status: _response(status, found[status], lines, error_schema=error_schema) for status in sorted(found)}
    return made or {"default": {"description": "The documentation shows no answer"}}


def _response(status: str, answer: _Answer, lines: Lines, *, error_schema: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"description": answer.says or f"Answer with status {status}"}
    if answer.samples and status != EMPTY:
        values = [one.value for one in answer.samples]
        made["content"] = {"application/json": {"schema": schema_of(values), **example_of(answer.samples)}}
    elif error_schema and status >= WORST_FROM:
        made["content"] = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ERROR}"}}}
    return {**made, CITATIONS: lines.cited(answer.spots[:3])}


def _told(endpoint: Endpoint) -> Iterator[tuple[str, str, Place]]:
    """Yield the statuses that tables, lists, definitions and headings tell of."""
    headed: tuple[str, ...] = ()
    for passage in endpoint.passages:
        inner = passage.headings[len(endpoint.headings) :]
        if inner and passage.headings != headed and (found := OPENS.match(inner[-1])):
            said = passage.text if passage.kind is PassageKind.PARAGRAPH else found["says"]
            yield found["status"], _plain(said), place(passage)[0]
        headed = passage.headings
        if passage.kind is PassageKind.TABLE:
            yield from _in_table(passage)
        elif passage.kind is PassageKind.CODE:
            if line := STATUS_LINE.match(passage.text):
                yield line["status"], "", Place(passage.path, passage.start, passage.start)
        elif found := _said(passage):
            yield found["status"], _plain(found["says"]), place(passage)[0]
        else:
            yield from _in_words(passage)


def _said(passage: Passage) -> re.Match[str] | None:
    """Match `404 Not Found: …` in an item or definition, and `Code: 200`."""
    if labelled := LABELLED.match(passage.text):
        return labelled
    opens = OPENS.match(passage.text)
    if opens is None or passage.kind is PassageKind.PARAGRAPH:
        return None
    follows = re.match(r"[`*_\s]*(?:[:–—(-]|[A-Z]|$)", opens["says"])
    return opens if follows else None


def _in_words(passage: Passage) -> Iterator[tuple[str, str, Place]]:
    """Read sentences such as `Responds with HTTP 204 on success.`, and no number that is no status."""
    for sentence in sentences(passage.text):
        for found in RETURNED.finditer(sentence):
            known = PHRASES.get(found["status"], "")
            named = known and found["reason"].strip().lower().startswith(known.split()[0])
            if known and (found["marked"] or named) and not OTHERS.search(sentence[: found.start()]):
                yield found["status"], _plain(sentence), place(passage)[0]


def _in_table(passage: Passage) -> Iterator[tuple[str, str, Place]]:
    if passage.header and not OF_STATUSES.search(passage.header[0]):
        return
    for row in passage.rows:
        if row.cells and (found := re.fullmatch(r"[`*\s]*([2-5]\d\d)\b[^|]{0,40}", row.cells[0])):
            yield found[1], _plain(" ".join(row.cells[1:])), Place(passage.path, row.start, row.end)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" `*_:–—-")[:300]


def _status(shown: Sample) -> str:
    """Read the status from the example, the headings, or the words just before; nothing where none is given."""
    if line := STATUS_LINE.match(shown.passage.text):
        return line["status"]
    for text in (*reversed(shown.headings), shown.before if ABOUT_STATUS.search(shown.before) else ""):
        if found := STATUS.search(text):
            return found["status"]
    return ""
