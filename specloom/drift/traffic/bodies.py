"""Bodies as they came: which described media type they are, and what values they hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from specloom.drift.calls.media import bare, covers

if TYPE_CHECKING:
    from specloom.model.api import MediaType
    from specloom.model.source import Json

LINES = frozenset({"application/jsonl", "application/x-ndjson", "application/json-seq", "application/json-lines"})


def described(content: tuple[MediaType, ...], came: str) -> MediaType | None:
    """Return the described media type that a body is of; the exact one first, parameters and all."""
    exact = came.strip().lower()
    for fits in (
        lambda item: item.media_type.strip().lower() == exact,
        lambda item: bare(item.media_type) == bare(exact),
        lambda item: bare(item.media_type).endswith("*") and covers(bare(item.media_type), bare(exact)),
    ):
        if found := next((item for item in content if fits(item)), None):
            return found
    return None


def is_json(media_type: str) -> bool:
    """Tell whether a media type promises one JSON value."""
    name = bare(media_type)
    return name in {"application/json", "text/json"} or name.endswith("+json")


def is_lines(media_type: str) -> bool:
    """Tell whether a media type promises one JSON value a line."""
    return bare(media_type) in LINES


def parsed(body: bytes) -> Json:
    """Return the JSON value of a body. Raises `ValueError` for anything else, NaN and endless digits included."""
    try:
        value: Json = json.loads(body, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")
