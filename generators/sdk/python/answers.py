"""What a successful call returns, how it is read, and what the bodies of errors look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generators.lang.python import types as t
from generators.sdk.python.media import Kind, answer_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generators.lang.python.planning import Place, Planner
    from generators.lang.python.types import PyType
    from specloom.model.api import MediaType, Operation, Response
    from specloom.model.schema import Schema

_GOOD: Final = (r"2\d\d", "2XX", "default")
"""Statuses of success; what matches an earlier one hides the later ones."""

_BAD: Final = re.compile(r"[3-5]\d\d|[3-5]XX")
_EVENT_FIELDS: Final = frozenset({"event", "data", "id", "retry", "comment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Streaming:
    """An answer that comes in pieces: the type of one, and whether that describes the event around the data too."""

    kind: Kind
    item: PyType
    media_type: str
    envelope: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What comes back.

    `results` holds (status, type) of each success, the type being None where there is no body; `download` says that
    the answer is raw bytes; `stream` is set where it can, or (with no `results`) always does, come in pieces. `errors`
    are (status, type) of the bodies of errors.
    """

    results: tuple[tuple[str, PyType | None], ...] = ()
    accept: str = "application/json"
    download: bool = False
    stream: Streaming | None = None
    errors: tuple[tuple[str, PyType], ...] = ()

    @property
    def type(self) -> PyType:
        """The type that a call returns, apart from streams and downloads."""
        return t.union(tp or t.NONE for _, tp in self.results) if self.results else t.NONE


def answers_of(operation: Operation, planner: Planner, place: Place) -> Answers:
    """Read the responses of an operation."""
    good = _successes(operation)
    errors = tuple(_errors(operation, good, planner, place))
    stream = _stream(good, planner, place)
    json = [(one.status, media) for one in good for media in _of_kind(one, Kind.JSON)[:1]]
    if json:
        results = _results(good, planner, place)
        return Answers(results=results, accept=json[0][1].media_type, stream=stream, errors=errors)
    for kind in (Kind.BINARY, Kind.TEXT):
        media = [found for one in good for found in _of_kind(one, kind)[:1]]
        if media and kind is Kind.BINARY and stream is None:
            accept = media[0].media_type if len(media) == 1 else "*/*"
            return Answers(results=((good[0].status, t.BYTES),), accept=accept, download=True, errors=errors)
        if media and kind is Kind.TEXT:
            results = _results(good, planner, place)
            return Answers(results=results, accept=media[0].media_type, stream=stream, errors=errors)
    results = () if stream else ((good[0].status if good else "204", None),)
    return Answers(results=results, accept="*/*", stream=stream, errors=errors)


def _successes(operation: Operation) -> list[Response]:
    responses = sorted(operation.responses, key=lambda one: one.status)
    choices = ([one for one in responses if re.fullmatch(status, one.status)] for status in _GOOD)
    return next(filter(None, choices), [])


def _results(good: list[Response], planner: Planner, place: Place) -> tuple[tuple[str, PyType | None], ...]:
    found: list[tuple[str, PyType | None]] = []
    for response in good:
        if media := _of_kind(response, Kind.JSON):
            suffix = "Response" if not found else f"Response{response.status}"
            found.append((response.status, _type(media[0].schema, planner, place.inner(suffix))))
        elif _of_kind(response, Kind.TEXT):
            found.append((response.status, t.STR))
        elif not response.content:
            found.append((response.status, None))
    return tuple(found)


def _of_kind(response: Response, kind: Kind) -> Sequence[MediaType]:
    found = [media for media in response.content if answer_kind(media) is kind]
    return sorted(found, key=lambda media: (media.media_type != "application/json", media.media_type))


def _type(schema: Schema | None, planner: Planner, place: Place) -> PyType:
    return planner.type_of(schema, place) if schema is not None else t.ANY


def _stream(good: list[Response], planner: Planner, place: Place) -> Streaming | None:
    for kind in (Kind.SSE, Kind.JSON_LINES):
        for media in (media for response in good for media in _of_kind(response, kind)):
            schema = media.item_schema or media.schema
            return Streaming(
                kind=kind,
                item=_type(schema, planner, place.inner("Event")),
                media_type=media.media_type,
                envelope=kind is Kind.SSE and schema is not None and _is_envelope(schema, planner),
            )
    return None


def _is_envelope(schema: Schema, planner: Planner, depth: int = 0) -> bool:
    """Whether a schema describes a server-sent event as a whole, in all its variants."""
    flat = planner.shapes.flat(schema)
    if depth < 5 and not flat.properties and (variants := flat.one_of or flat.any_of):  # noqa: PLR2004 -- unions in unions
        return all(_is_envelope(variant, planner, depth + 1) for variant in variants)
    names = set(flat.properties)
    return "data" in names and len(names) > 1 and names <= _EVENT_FIELDS


def _errors(operation: Operation, good: list[Response], planner: Planner, place: Place) -> list[tuple[str, PyType]]:
    found: list[tuple[str, PyType]] = []
    for response in sorted(operation.responses, key=lambda one: one.status):
        is_error = _BAD.fullmatch(response.status) or (response.status == "default" and response not in good)
        media = _of_kind(response, Kind.JSON)
        if is_error and media and media[0].schema is not None:
            tp = planner.type_of(media[0].schema, place.inner(f"Error{response.status.capitalize()}"))
            if tp != t.ANY:
                found.append((response.status, tp))
    return found
