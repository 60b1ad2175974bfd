"""Pagination declared in an extension, in the notations of five vendors and our own.

Each function reads one: it returns the reading, None where it says that the operation does not page, and raises
`Unusable` where it cannot be followed. A new notation is a function and a line in `ALL`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.model.facts import Pagination
from specloom.readers.behaviour.declaration import Unusable, first_page, last_item, names_of
from specloom.readers.behaviour.roles import OFFSET, PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json
    from specloom.readers.behaviour.declaration import Declaration

Notation: TypeAlias = "Callable[[Declaration], Pagination | None]"


def specloom(said: Declaration) -> Pagination:
    """Read `x-specloom-pagination`: `style`, `param`, `limit`, and paths `items`, `next`, `id`, `has_more`, `total`."""
    items = said.items(said.text("items"))
    style = said.text("style")
    following = said.field(said.text("next"))
    if style == "link":
        return Pagination(style="link", origin=said.span, items_path=items, next_path=following)
    asked = said.asked(said.text("param"))
    page = replace(
        said.by(asked, items),
        limit_param=said.limit(said.text("limit")),
        has_more_path=said.field(said.text("has_more")),
        total_path=said.field(said.text("total")),
    )
    if style == "cursor":
        item = said.text("id")
        if following is None and item is None:
            raise Unusable("it says neither `next` nor `id`, so there is nothing to go on with")
        return replace(page, next_path=following, id_path=names_of(item) if item and not following else None)
    if style == "page":
        return replace(page, style="page", first_page=first_page(asked, said.members.get("first_page")))
    if style == "offset":
        return replace(page, style="offset")
    raise Unusable(f"its style is {style!r}; cursor, offset, page and link are known")


def datadog(said: Declaration) -> Pagination:
    """Read `x-pagination` of Datadog's kind: `limitParam`, one of three parameters, `cursorPath`, `resultsPath`."""
    results = said.text("resultsPath")
    items = said.items(results or ())
    limit = said.limit(said.text("limitParam"))
    if cursor := said.text("cursorParam"):
        following = said.field(said.text("cursorPath"))
        if following is None:
            raise Unusable("it has a `cursorParam` and no `cursorPath`")
        return replace(said.by(said.asked(cursor), items), next_path=following, limit_param=limit)
    if offset := said.text("pageOffsetParam"):
        return replace(said.by(said.asked(offset), items), style="offset", limit_param=limit)
    asked = said.asked(said.text("pageParam"))
    start = said.members.get("pageStart", 0)
    return replace(said.by(asked, items), style="page", limit_param=limit, first_page=first_page(asked, start))


def speakeasy(said: Declaration) -> Pagination:
    """Read `x-speakeasy-pagination`: `type`, `inputs` with roles, `outputs` with JSON paths."""
    inputs = _by_role(said.members.get("inputs"))
    outputs = said.members.get("outputs")
    told = replace(said, members=outputs if isinstance(outputs, dict) else {})
    items = told.items(told.text("results"))
    limit = said.limit(inputs.get("limit"))
    match said.text("type"):
        case "url" if following := told.field(told.text("nextUrl")):
            return said.linked(following, items)
        case "cursor" if written := told.text("nextCursor"):
            page = replace(said.by(said.asked(inputs.get("cursor")), items), limit_param=limit)
            if cut := last_item(written):
                return replace(page, id_path=names_of(cut[1]))
            return replace(page, next_path=told.field(written))
        case "offsetLimit" if "page" in inputs:
            asked = said.asked(inputs["page"])
            return replace(said.by(asked, items), style="page", limit_param=limit, first_page=first_page(asked))
        case "offsetLimit":
            return replace(said.by(said.asked(inputs.get("offset")), items), style="offset", limit_param=limit)
    raise Unusable("it does not say where the next page comes from")


def _by_role(inputs: Json) -> dict[str, str]:
    """Return the names of Speakeasy's inputs by their type, those in the body marked."""
    found: dict[str, str] = {}
    for item in inputs if isinstance(inputs, list) else []:
        if isinstance(item, dict) and isinstance(item.get("name"), str):
            prefix = "body." if item.get("in") == "requestBody" else ""
            found[str(item.get("type"))] = f"{prefix}{item['name']}"
    return found


def fern(said: Declaration) -> Pagination:
    """Read `x-fern-pagination`: `cursor` and `next_cursor`, `offset` with or without `step`, or `next_uri`."""
    items = said.items(said.text("results"))
    more = said.field(said.text("has-next-page"))
    if written := said.text("next_uri", "next_path"):
        following = said.field(written)
        if following is None:
            raise Unusable("its `next_uri` is no path")
        return said.linked(following, items)
    if cursor := said.text("cursor"):
        following = said.field(said.text("next_cursor"))
        if following is None:
            raise Unusable("it has a `cursor` and no `next_cursor`")
        return replace(said.by(said.asked(cursor), items), next_path=following, has_more_path=more)
    asked = said.asked(said.text("offset"))
    step = said.text("step")
    page = replace(said.by(asked, items), has_more_path=more, limit_param=said.limit(step))
    if asked.plain in OFFSET or (step and asked.plain not in PAGE):
        return replace(page, style="offset")
    return replace(page, style="page", first_page=first_page(asked))


def microsoft(said: Declaration) -> Pagination | None:
    """Read `x-ms-pageable`: `nextLinkName`, null where everything comes at once, and `itemName`, by default `value`."""
    if said.members.get("nextLinkName", "") is None:
        return None
    name = said.text("nextLinkName")
    if name is None:
        raise Unusable("it has no `nextLinkName`")
    following = said.field((name,))
    return said.linked(following or (name,), said.items((said.text("itemName") or "value",)))


ALL: Final[tuple[tuple[str, Notation], ...]] = (
    ("x-specloom-pagination", specloom),
    ("x-speakeasy-pagination", speakeasy),
    ("x-fern-pagination", fern),
    ("x-ms-pageable", microsoft),
    ("x-pagination", datadog),
)
"""Extensions of an operation, with how each is read; the first that is there counts."""
