"""How parameters are written: the standard's defaults, and Swagger's collection formats in its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.api import Location

if TYPE_CHECKING:
    from specloom.readers.openapi.part import Part

_DEFAULTS: Final = {
    Location.PATH: "simple",
    Location.HEADER: "simple",
    Location.QUERY: "form",
    Location.COOKIE: "form",
    Location.QUERYSTRING: "form",
}
_EXPLODED: Final = frozenset({"form", "cookie"})
_KNOWN: Final = frozenset(
    {"simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"}
)
_COLLECTIONS: Final = {"ssv": "spaceDelimited", "pipes": "pipeDelimited", "tsv": "tabDelimited"}


def read_style(part: Part, location: Location) -> tuple[str, bool]:
    """Return style and explode of a parameter (OpenAPI 3.0, "Parameter Object"), defaults filled in."""
    style = part.text("style")
    if style is not None and style not in _KNOWN:
        message = f"`{style}` is no style; it is read as `{_DEFAULTS[location]}`"
        part.context.problems.warning("unknown-style", message, part.at("style"))
        style = None
    style = style or _DEFAULTS[location]
    explode = part.flag("explode")
    return style, style in _EXPLODED if explode is None else explode


def read_collection_format(part: Part, location: Location, *, is_array: bool) -> tuple[str, bool]:
    """Return style and explode that Swagger 2.0's `collectionFormat` stands for; the default is csv."""
    written = part.text("collectionFormat") or "csv"
    default = _DEFAULTS[location]
    if not is_array or written == "multi":
        return default, default in _EXPLODED
    return _COLLECTIONS.get(written, default), False
