"""The fields of an answer that paging is about: tokens, URLs, flags and counts, each only where there is one of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.readers.behaviour.roles import ABOUT_PAGING, HAS_MORE, NEXT, NEXT_URL, TOTAL, WEAK_NEXT, plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from specloom.model.facts import PropertyPath
    from specloom.readers.behaviour.exchange import Asked, Exchange
    from specloom.readers.behaviour.shapes import Field

SAYS_URL: Final = re.compile(r"\bURLs?\b|\bURI\b|https?://|\blink to\b|\bhref\b", re.IGNORECASE)
NUMBERS: Final = frozenset({"integer", "number"})
URLS: Final = NEXT_URL | {"href", "next", "next_page"}
TOKENS: Final = frozenset({"string", "integer", "number"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one operation, as it stands around the list `items`."""

    exchange: Exchange
    items: Field

    def token(self, asked: Asked) -> Field | None:
        """Return the field that the next value of `asked` comes from: named after it, else after paging.

        A number of the very same name only repeats what was asked for, unless it is in an object about paging.
        """
        names = {asked.plain, *_following(asked)} | NEXT | WEAK_NEXT
        tokens = [
            item
            for item in self.exchange.fields.of(names)
            if self._is(item, TOKENS) and not is_url(item)
            if item.plain != asked.plain or _is_about_paging(item) or not self._may_be_number(item)
        ]
        weak = [item for item in tokens if item.plain in WEAK_NEXT and self._fits(item)]
        return (
            self._nearest([item for item in tokens if belongs(asked, item)])
            or self._nearest([item for item in tokens if item.plain in NEXT])
            or self._nearest(weak)
        )

    def url(self) -> Field | None:
        """Return the field that holds the next page's URL."""
        urls = [item for item in self.exchange.fields.of(URLS) if self._is(item, TOKENS) and _is_next_url(item)]
        return self._nearest(urls)

    def has_more(self) -> PropertyPath | None:
        """Return the path of the flag that tells whether there is a next page."""
        return self._path(HAS_MORE, {"boolean"})

    def total(self) -> PropertyPath | None:
        """Return the path of the count of all items."""
        return self._path(TOTAL, NUMBERS)

    def _path(self, names: Collection[str], types: Collection[str]) -> PropertyPath | None:
        named = [item for item in self.exchange.fields.of(names) if item.plain in names]
        found = self._nearest([item for item in named if self._is(item, types)])
        return found.path if found else None

    def _is(self, item: Field, types: Collection[str]) -> bool:
        return self.exchange.shapes.types(item.schema) <= set(types)

    def _may_be_number(self, item: Field) -> bool:
        return not self.exchange.shapes.types(item.schema).isdisjoint(NUMBERS)

    def _fits(self, item: Field) -> bool:
        beside = item.path[:-1] == self.items.path[:-1] and item.plain != "after"
        return beside or _is_about_paging(item)

    def _nearest(self, fields: list[Field]) -> Field | None:
        """Return the only field, or the only one beside the list, or the only one in an object about paging."""
        beside = [item for item in fields if item.path[:-1] == self.items.path[:-1]]
        about = [item for item in fields if _is_about_paging(item)]
        return next((choice[0] for choice in (fields, beside, about) if len(choice) == 1), None)


def belongs(asked: Asked, item: Field) -> bool:
    """Tell whether a field is named after a parameter: `cursor` and `next_cursor`, `next.cursor`, or `cursor`."""
    return item.plain == asked.plain or not {item.plain, item.outer}.isdisjoint(_following(asked))


def _following(asked: Asked) -> set[str]:
    return {f"next_{asked.plain}", f"next_page_{asked.plain}"}


def is_url(item: Field) -> bool:
    """Tell whether a field is said to hold a URL."""
    schema = item.schema
    samples = " ".join(sample for sample in schema.examples if isinstance(sample, str))
    said = SAYS_URL.search(f"{schema.description or ''} {samples}"[:2000]) is not None
    return said or (schema.format or "") in {"uri", "url", "uri-reference"} or item.plain in NEXT_URL


def _is_next_url(item: Field) -> bool:
    own, outer = item.plain, [plain(name) for name in item.path[:-1]]
    if own == "href":
        return outer[-1:] == ["next"]
    return own in NEXT_URL or (own in {"next", "next_page"} and ("links" in outer or is_url(item)))


def _is_about_paging(item: Field) -> bool:
    return len(item.path) > 1 and plain(item.path[-2]) in ABOUT_PAGING
