"""JSON values as set members: `1` and `1.0` are one value, `1` and `true` are two."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from specloom.model.source import Json


HUGE: Final = 10**300


def key(value: Json) -> str:
    """Return a string that is equal for equal JSON values, and sorts."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Json) -> Json:
    if isinstance(value, int) and abs(value) >= HUGE:
        return f"integer {value:x}"  # Python refuses to write so many digits in decimal
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value


def kind(value: Json) -> str:
    """Return the kind of a value: JSON Schema's types, with numbers that are not whole called `fraction`."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "fraction"
    names = {str: "string", list: "array", dict: "object", type(None): "null"}
    return names[type(value)]


def shown(value: Json) -> str:
    """Return a value as people read it in a sentence."""
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004  # fits in a line of a comment
