"""JSON examples in documentation, and the schemas that they suggest."""

from __future__ import annotations

import json
import re
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
TRAILING: Final = re.compile(r",(\s*[}\]])")


def sample(text: str) -> Any | None:  # noqa: ANN401 - any JSON value
    """Return the JSON value that `text` holds, comments and left-out parts forgiven; None where there is none."""
    at = min((found for found in (text.find("{"), text.find("[")) if found >= 0), default=-1)
    if at < 0 or len(text) > LONGEST:
        return None
    for cleaned in (text[at:], TRAILING.sub(r"\1", LEFT_OUT.sub("", COMMENT.sub("", text[at:])))):
        try:
            return json.JSONDecoder(strict=False).raw_decode(cleaned)[0]
        except (ValueError, RecursionError):
            continue
    return None


def schema_of(values: Sequence[Any], depth: int = 0) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that all `values` satisfy; what only some have is not required."""
    if depth > DEEPEST:
        return {}
    kinds = sorted({_kind(value) for value in values})
    if {"integer", "number"} <= set(kinds):
        kinds.remove("integer")
    made: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else kinds} if kinds else {}
    if objects := [value for value in values if isinstance(value, dict)]:
        names = list(dict.fromkeys(str(name) for value in objects for name in value))
        made["properties"] = {name: schema_of([o[name] for o in objects if name in o], depth + 1) for name in names}
        if required := [name for name in names if all(name in value for value in objects)]:
            made["required"] = required
    if lists := [value for value in values if isinstance(value, list)]:
        made["items"] = schema_of([item for value in lists for item in value], depth + 1)
    texts = [value for value in values if isinstance(value, str)]
    form = next((name for name, pattern in FORMATS if texts and all(pattern.fullmatch(text) for text in texts)), "")
    return {**made, "format": form} if form else made


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
