"""JSON examples in documentation, and the schemas that they suggest."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 50_000
DEEPEST: Final = 30
FORMATS: Final = (
    ("date-time", re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})")),
    ("date", re.compile(r"\d{4}-\d{2}-\d{2}")),
    ("uuid", re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
    ("uri", re.compile(r"https?://\S+")),
)
LEFT_OUT: Final = re.compile(r",?\s*(?:\.\.\.|…|\. \. \.),?")
COMMENT: Final = re.compile(r"(?m)(?<![:\"'\w])(?://|#)[^\n\"]*$")
LONE_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half of a pair of UTF-16, which JSON can escape and no text can hold."""
TRAILING: Final = re.compile(r",(\s*[}\]])")


def _finite(text: str) -> float | None:
    value = float(text)
    return value if isfinite(value) else None


DECODER: Final = json.JSONDecoder(strict=False, parse_constant=lambda _name: None, parse_float=_finite)
"""What is no JSON in the strict sense, such as `NaN`, is left unsaid."""


def sample(text: str) -> Any | None:  # noqa: ANN401 - any JSON value
    """Return the JSON value that `text` holds, comments and left-out parts forgiven; None where there is none."""
    at = min((found for found in (text.find("{"), text.find("[")) if found >= 0), default=-1)
    if at < 0 or len(text) > LONGEST:
        return None
    for cleaned in (text[at:], TRAILING.sub(r"\1", LEFT_OUT.sub("", COMMENT.sub("", text[at:])))):
        try:
            return _sound(DECODER.raw_decode(cleaned)[0])
        except (ValueError, RecursionError):
            continue
    return None


def schema_of(values: Sequence[Any], depth: int = 0) -> dict[str, Any]:
    """Return a JSON Schema (2020-12) that all `values` satisfy.

    What only some have is not required, nor is anything that was seen but once; and where nothing but null was seen,
    nobody knows what else there may be.
    """
    if depth > DEEPEST:
        return {}
    kinds = sorted({_kind(value) for value in values})
    if {"integer", "number"} <= set(kinds):
        kinds.remove("integer")
    known = kinds and kinds != ["null"]
    made: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else kinds} if known else {}
    if objects := [value for value in values if isinstance(value, dict)]:
        names = list(dict.fromkeys(str(name) for value in objects for name in value))
        made["properties"] = {name: schema_of([o[name] for o in objects if name in o], depth + 1) for name in names}
        required = [name for name in names if all(name in value for value in objects)]
        if required and len(objects) > 1:
            made["required"] = required
    if lists := [value for value in values if isinstance(value, list)]:
        made["items"] = schema_of([item for value in lists for item in value], depth + 1)
    texts = [value for value in values if isinstance(value, str)]
    form = next((name for name, pattern in FORMATS if texts and all(pattern.fullmatch(text) for text in texts)), "")
    return {**made, "format": form} if form else made


def _sound(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Replace in every text what could not be written down again."""
    if isinstance(value, dict):
        return {_sound(name): _sound(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_sound(inner) for inner in value]
    return LONE_HALF.sub("\ufffd", value) if isinstance(value, str) else value


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
