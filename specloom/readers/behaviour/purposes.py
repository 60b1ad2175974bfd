"""Pagination put together from marked pieces, as `x-stainless-pagination-property` and `stainless.yml` mark them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.readers.behaviour.declaration import Declaration, Unusable, first_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.facts import Pagination, PropertyPath
    from specloom.model.source import Json
    from specloom.readers.behaviour.exchange import Asked, Exchange

KEY: Final = "x-stainless-pagination-property"
"""On a parameter, or on the schema of a parameter or a field: an object with `purpose`."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Parameters and fields by purpose; `item_id` is the path within an item of what goes on from the last one."""

    asked: Mapping[str, Asked]
    fields: Mapping[str, PropertyPath]
    item_id: PropertyPath | None = None


def marks_of(exchange: Exchange) -> Marked | None:
    """Return what is marked in the description of one operation, None where nothing is."""
    asked = {
        purpose: item
        for item in exchange.asked([KEY])
        if (purpose := purpose_of(item.extensions, item.schema.extensions))
    }
    fields = {
        purpose: item.path for item in exchange.fields.of([KEY]) if (purpose := purpose_of(item.schema.extensions))
    }
    return Marked(asked, fields) if asked or fields else None


def purpose_of(*extensions: Mapping[str, Json]) -> str | None:
    """Return the purpose that the first of these extensions names."""
    for members in extensions:
        mark = members.get(KEY)
        if isinstance(mark, dict) and isinstance(purpose := mark.get("purpose"), str):
            return purpose
    return None


def assemble(said: Declaration, marked: Marked) -> Pagination:
    """Return the reading that the marked pieces give together. Raises `Unusable` where too few are marked."""
    page = _page(said, marked)
    more, total = marked.fields.get("has_next_page"), marked.fields.get("offset_total_count_field")
    return replace(page, has_more_path=said.field(more), total_path=said.field(total))


def _page(said: Declaration, marked: Marked) -> Pagination:
    items = said.items(marked.fields.get("items"))
    asked = marked.asked
    if url := said.field(marked.fields.get("cursor_url_field")):
        return said.linked(url, items)
    if (cursor := asked.get("next_cursor_param")) and (token := said.field(marked.fields.get("next_cursor_field"))):
        return replace(said.by(cursor, items), next_path=token)
    if last := asked.get("next_cursor_id_param"):
        return replace(said.by(last, items), id_path=marked.item_id or ("id",))
    if number := asked.get("page_number_param"):
        return replace(said.by(number, items), style="page", first_page=first_page(number))
    if offset := asked.get("offset_count_param"):
        return replace(said.by(offset, items), style="offset")
    raise Unusable("too few of its parameters and fields are marked to go from page to page")
