"""Sample values → the schema that they suggest.

Sound for the samples: each of them is valid under the result. Cautious beyond them: nothing is called required on the
word of a single sample, a value seen only as null may be anything, and no sample makes an enum or a bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom.model.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model.source import Json, Span

DEEPEST: Final = 40
"""Levels that are looked into; what lies deeper may be anything."""

ENOUGH: Final = 2
"""Objects that must have been seen before a member that all of them have is called required."""

FORMATS: Final[Mapping[str, re.Pattern[str]]] = {
    "date-time": re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,12})?(Z|[+-][0-2]\d:[0-5]\d)"),
    "date": re.compile(r"\d{4}-[01]\d-[0-3]\d"),
    "uuid": re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    "uri": re.compile(r"https?://[^\s{}<>\"]+"),
}
"""Formats that text shows plainly (RFC 3339, 9562, 3986); a format is given where every sample has it."""

KEY_OF_MAP: Final = re.compile(rf"\d+|{FORMATS['date'].pattern}|{FORMATS['uuid'].pattern}")
"""Member names that are data: an object with no others is a map."""


@dataclass(slots=True)
class _Seen:
    """All samples of one place, sorted by what they are."""

    types: dict[str, None] = field(default_factory=dict)
    null: bool = False
    formats: set[str] | None = None
    objects: int = 0
    members: dict[str, list[Json]] = field(default_factory=dict)
    items: list[Json] = field(default_factory=list)


def infer(samples: Iterable[Json], span: Span) -> Schema:
    """Return the narrowest plain schema that all `samples` satisfy; every part of it carries `span`."""
    return _infer(samples, span, DEEPEST)


def _infer(samples: Iterable[Json], span: Span, depth: int) -> Schema:
    seen = _look(samples)
    if not seen.types or depth == 0:
        return Schema(span=span)
    if len(seen.types) > 1 and seen.types.keys() & {"object", "array"}:
        members = tuple(_typed((name,), seen, span, depth) for name in seen.types)
        return Schema(span=span, any_of=members, nullable=seen.null)
    return replace(_typed(tuple(seen.types), seen, span, depth), nullable=seen.null)


def _look(samples: Iterable[Json]) -> _Seen:
    seen = _Seen()
    for sample in samples:
        match sample:
            case None:
                seen.null = True
            case dict():
                seen.types["object"] = None
                seen.objects += 1
                for key, value in sample.items():
                    seen.members.setdefault(key, []).append(value)
            case list():
                seen.types["array"] = None
                seen.items.extend(sample)
            case str():
                seen.types["string"] = None
                seen.formats = _formats(sample, seen.formats)
            case _:
                seen.types[_scalar_type(sample)] = None
    if "number" in seen.types:
        seen.types.pop("integer", None)
    return seen


def _scalar_type(sample: float) -> str:
    if isinstance(sample, bool):
        return "boolean"
    return "integer" if isinstance(sample, int) else "number"


def _formats(sample: str, before: set[str] | None) -> set[str]:
    """Return the formats of `before`, or of all where there was no sample yet, that `sample` has too."""
    candidates = FORMATS.keys() if before is None else before
    return {name for name in candidates if FORMATS[name].fullmatch(sample)}


def _typed(types: tuple[str, ...], seen: _Seen, span: Span, depth: int) -> Schema:
    match types:
        case ("object",):
            return _object(seen, span, depth)
        case ("array",):
            items = _infer(seen.items, span, depth - 1) if seen.items else None
            return Schema(span=span, types=types, items=items)
    return Schema(span=span, types=types, format=min(seen.formats or (), default=None))


def _object(seen: _Seen, span: Span, depth: int) -> Schema:
    if seen.members and all(KEY_OF_MAP.fullmatch(key) for key in seen.members):
        values = [value for found in seen.members.values() for value in found]
        return Schema(span=span, types=("object",), additional=_infer(values, span, depth - 1))
    always = [key for key, values in seen.members.items() if len(values) == seen.objects >= ENOUGH]
    return Schema(
        span=span,
        types=("object",),
        properties={key: _infer(values, span, depth - 1) for key, values in seen.members.items()},
        required=tuple(always),
    )
