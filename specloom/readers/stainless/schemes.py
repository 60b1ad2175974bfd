"""Pagination schemes: templates of requests and answers, matched to the operations that have all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.readers.behaviour.declaration import Declaration, Unusable
from specloom.readers.behaviour.purposes import KEY, Marked, assemble, purpose_of
from specloom.readers.behaviour.roles import (
    CURSOR,
    HAS_MORE,
    NEXT,
    NEXT_URL,
    OFFSET,
    PAGE,
    TOTAL,
    WEAK_NEXT,
    WEAK_OFFSET,
    plain,
)
from specloom.readers.stainless.config import as_object

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from specloom.model.facts import Pagination, PropertyPath
    from specloom.model.source import Json, Span
    from specloom.readers.behaviour.exchange import Exchange
    from specloom.readers.stainless.config import Config

DEEPEST: Final = 8
"""Levels of an answer's template that are looked at."""

ASKED: Final[Mapping[str, tuple[str, Collection[str]]]] = {
    "cursor": ("next_cursor_param", CURSOR),
    "cursor_id": ("next_cursor_id_param", CURSOR),
    "offset": ("offset_count_param", OFFSET | WEAK_OFFSET),
    "page_number": ("page_number_param", PAGE),
}
"""By type of scheme: the purpose of the parameter that goes on, and its names where no purpose is marked."""

ANSWERED: Final[tuple[tuple[str, str, Collection[str]], ...]] = (
    ("cursor", "next_cursor_field", NEXT | WEAK_NEXT),
    ("cursor_url", "cursor_url_field", NEXT_URL | {"next", "next_page"}),
    ("offset", "offset_total_count_field", TOTAL),
    ("", "has_next_page", HAS_MORE),
)
"""Type of scheme (empty: every type), purpose of a field, and its names where no purpose is marked."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme: parameters and fields by purpose; `item_id` leads from an item to its id."""

    name: str
    span: Span
    asked: Mapping[str, str]
    fields: Mapping[str, PropertyPath]
    item_id: PropertyPath | None

    def read(self, exchange: Exchange) -> Pagination | None:
        """Return the reading of an operation that the scheme fits, None for any other."""
        asked = {purpose: found[-1] for purpose, name in self.asked.items() if (found := exchange.called(name))}
        answer, shapes = exchange.answer, exchange.shapes
        if asked.keys() != self.asked.keys() or answer is None:
            return None
        if any(shapes.at(answer, path) is None for path in self.fields.values()):
            return None
        marked = Marked(asked, self.fields, self.item_id)
        try:
            return assemble(Declaration(exchange, {}, self.span), marked)
        except Unusable:
            return None


def schemes(config: Config) -> list[Scheme]:
    """Return the schemes of the file, which are a list, or a single one of older editions."""
    written = config.root.get("pagination")
    found: list[Scheme] = []
    for item in written if isinstance(written, list) else [written] if isinstance(written, dict) else []:
        members = as_object(item)
        scheme = _scheme(members, config.span(item))
        if scheme.asked or scheme.fields.keys() & {"cursor_url_field"}:
            found.append(scheme)
        elif members.get("type") != "fake_page":
            config.warn(f"the pagination scheme {scheme.name!r} has nothing to go from page to page by", scheme.span)
    return found


def _scheme(members: Mapping[str, Json], span: Span) -> Scheme:
    kind = str(members.get("type"))
    leaves = list(_leaves(as_object(members.get("response")), (), DEEPEST))
    inner = [path for path, leaf in leaves if "[]" in path and purpose_of(leaf) == "cursor_item_id"]
    fields = [(path, leaf) for path, leaf in leaves if "[]" not in path]
    return Scheme(
        name=str(members.get("name") or kind),
        span=span,
        asked=_asked(as_object(members.get("request")), kind),
        fields=_fields(fields, kind),
        item_id=inner[0][inner[0].index("[]") + 1 :] if inner else None,
    )


def _leaves(
    members: Mapping[str, Json], path: PropertyPath, depth: int
) -> Iterator[tuple[PropertyPath, dict[str, Json]]]:
    """Yield every field of a template with its path; `[]` stands for the items of a list."""
    for name, written in members.items():
        schema = as_object(written)
        yield (*path, name), schema
        if depth:
            yield from _leaves(as_object(schema.get("properties")), (*path, name), depth - 1)
            items = as_object(as_object(schema.get("items")).get("properties"))
            yield from _leaves(items, (*path, name, "[]"), depth - 1)


def _asked(request: Mapping[str, Json], kind: str) -> dict[str, str]:
    marked = {purpose: name for name, written in request.items() if (purpose := purpose_of(as_object(written)))}
    purpose, names = ASKED.get(kind, ("", ()))
    name = next((name for name in request if plain(name) in names), None)
    if name is not None:
        marked.setdefault(purpose, name)
    return {purpose: name for purpose, name in marked.items() if not purpose.startswith("previous_")}


def _fields(leaves: list[tuple[PropertyPath, dict[str, Json]]], kind: str) -> dict[str, PropertyPath]:
    marked = {purpose: path for path, leaf in leaves if (purpose := purpose_of(leaf))}
    for scheme, purpose, names in ANSWERED:
        found = [path for path, leaf in leaves if plain(path[-1]) in names]
        if scheme in {"", kind} and purpose not in marked and len(found) == 1:
            marked[purpose] = found[0]
    lists = [path for path, leaf in leaves if leaf.get("type") == "array"]
    if "items" not in marked and len(lists) == 1:
        marked["items"] = lists[0]
    top = [path for path, leaf in leaves if as_object(leaf.get(KEY)).get("is_top_level_array") is True]
    return {purpose: () if path in top else path for purpose, path in marked.items() if not purpose.startswith("prev")}
