"""Kinds of media types."""

from __future__ import annotations

from typing import Final

_JSON_LINES: Final = frozenset(
    {
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonl",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/json-lines",
        "application/stream+json",
        "application/x-json-stream",
        "application/json-seq",
        "application/x-json-lines",
        "text/x-ndjson",
    }
)


def essence(media_type: str) -> str:
    """Return a media type in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Tell `application/json`, `text/json` and everything that ends in `+json`."""
    bare = essence(media_type)
    return bare in ("application/json", "text/json", "text/x-json") or bare.endswith("+json")


def is_json_lines(media_type: str) -> bool:
    """Tell the names under which one JSON value for each line travels."""
    return essence(media_type) in _JSON_LINES


def is_form(media_type: str) -> bool:
    """Tell HTML forms."""
    return essence(media_type) == "application/x-www-form-urlencoded"


def is_multipart(media_type: str) -> bool:
    """Tell bodies that consist of parts."""
    return essence(media_type).startswith("multipart/")
