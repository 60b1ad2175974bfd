"""Values that travel as text (parameters, headers) as the JSON values that their schemas speak about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from specloom.drift.relation.parts import Names
    from specloom.model.schema import Schema
    from specloom.model.source import Json

_INTEGER: Final = re.compile(r"-?\d{1,300}")
_NUMBER: Final = re.compile(r"-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?")
SEPARATORS: Final = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
PLAIN: Final = frozenset({"form", "simple", *SEPARATORS})
"""The ways of writing lists that are read here; the others are left alone, and said to be."""


def value_of(texts: list[str], schema: Schema, names: Names, *, style: str, explode: bool) -> tuple[bool, Json]:
    """Return whether the texts can be read, and what they mean under a schema."""
    parts = names.flat(names.node(schema))
    types = {name for part in parts for name in part.types}
    if "object" in types or any(part.any_of or part.one_of for part in parts):
        return False, None
    if "array" in types:
        if style not in PLAIN:
            return False, None
        split = texts if explode and style == "form" else texts[0].split(SEPARATORS.get(style, ","))
        inner = next((part.items for part in parts if part.items is not None), None)
        if inner is None:
            return True, list(split)
        kinds = {name for part in names.flat(names.node(inner)) for name in part.types}
        return not kinds & {"array", "object"}, [_scalar(text.strip(), kinds) for text in split]
    return True, _scalar(texts[0], types)


def _scalar(text: str, types: set[str]) -> Json:
    """Read a text as what is wanted, where it can be; else it stays a text, which is then of the wrong type."""
    if "string" in types or not types:
        return text
    if "integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if types & {"number", "integer"} and _NUMBER.fullmatch(text):
        return float(text)
    if "boolean" in types and text in {"true", "false"}:
        return text == "true"
    return text
