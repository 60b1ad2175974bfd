"""Sample text → schema: what a query, a form field or a JSON body shows about its values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import orjson

from specloom.model.schema import Schema
from specloom.readers.examples import DEEPEST, infer
from specloom.readers.postman.variables import is_templated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model.source import Json, Span

PLACEHOLDERS: Final[Mapping[str, Json]] = {
    "<string>": "",
    "<integer>": 0,
    "<long>": 0,
    "<number>": 0.5,
    "<float>": 0.5,
    "<double>": 0.5,
    "<boolean>": True,
    "<dateTime>": "1970-01-01T00:00:00Z",
    "<date>": "1970-01-01",
    "<uuid>": "00000000-0000-0000-0000-000000000000",
    "<uri>": "https://example.com/",
    "<object>": {},
    "<array>": [],
    "<null>": None,
}
"""What converters write where a value belongs, each with a value of that kind."""

WHOLE: Final = re.compile(r"0|-?[1-9]\d{0,14}")
"""Digits that name a number: no leading zero, and exact as a double."""

FRACTION: Final = re.compile(r"-?(?:0|[1-9]\d{0,14})\.\d{1,15}")

STRING_OR_VARIABLE: Final = re.compile(r'"(?:\\(?:.|\Z)|[^"\\])*(?:"|\Z)|\{\{[^{}]{1,200}\}\}|//[^\n]*', re.DOTALL)
"""Text in quotes, which is kept; a variable outside, which may be any value; a comment, which Postman removes.

Text that never ends is one match up to the end, so that the search takes linear time whatever it meets.
"""


def schema_of_texts(samples: Iterable[str], span: Span) -> Schema:
    """Return the schema of a value that travels as text (in a query, a form), from how it was filled in.

    Templates say nothing about the type; where nothing else is known, the value is a string.
    """
    known = [_plain(sample) for sample in samples if sample and not is_templated(sample)]
    return infer(known, span) if known else Schema(span=span, types=("string",))


def _plain(sample: str) -> Json:
    if sample in PLACEHOLDERS:
        return PLACEHOLDERS[sample]
    if sample in {"true", "false"}:
        return sample == "true"
    if WHOLE.fullmatch(sample):
        return int(sample)
    return float(sample) if FRACTION.fullmatch(sample) else sample


def parse_json(text: str) -> Json:
    """Parse a JSON body in which variables and comments may stand.

    Raises `ValueError` where it is no JSON even so.
    """
    try:
        value: Json = orjson.loads(text)
    except ValueError:
        value = orjson.loads(STRING_OR_VARIABLE.sub(_without_variable, text))
    return value


def _without_variable(match: re.Match[str]) -> str:
    if match[0].startswith('"'):
        return match[0]
    return "null" if match[0].startswith("{") else ""


def filled(value: Json, depth: int = DEEPEST) -> Json:
    """Replace converters' placeholders in a JSON value by values of their kind; far below, everything is null."""
    if depth == 0:
        return None
    match value:
        case str():
            return PLACEHOLDERS.get(value, value)
        case list():
            return [filled(item, depth - 1) for item in value]
        case dict():
            return {key: filled(inner, depth - 1) for key, inner in value.items()}
    return value
