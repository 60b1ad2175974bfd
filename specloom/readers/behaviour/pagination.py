"""Pagination that the structure of an operation declares: its parameters' names and the fields of its answer.

Where two readings are plausible, there is none: a client that pages wrongly loses or repeats data without a word.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from specloom.model.facts import Pagination
from specloom.readers.behaviour.exchange import METHODS, Asked
from specloom.readers.behaviour.roles import (
    BACKWARD,
    CURSOR,
    IDS,
    ITEMS,
    LIMIT,
    OFFSET,
    PAGE,
    SERVER_DRIVEN,
    WEAK_OFFSET,
    WEAK_PAGE,
    plain,
)
from specloom.readers.behaviour.tokens import NUMBERS, TOKENS, Answer, belongs

if TYPE_CHECKING:
    from collections.abc import Collection

    from specloom.model.source import Span
    from specloom.readers.behaviour.exchange import Exchange
    from specloom.readers.behaviour.shapes import Field

Style: TypeAlias = Literal["cursor", "offset", "page", "link"]

_FIRST: Final = (
    r"\b(?:{word})[- ](?:based|indexed)|\b(?:start|begin)(?:s|ing)?\s+(?:at|from|with)\s+(?:{word})\b"
    r"|\bfirst page is (?:{word})\b|\bdefaults?(?: value)?(?: is| to|:|=) ?`?(?:{word})\b"
)
SAYS_ZERO: Final = re.compile(_FIRST.format(word="zero|0"), re.IGNORECASE)
SAYS_ONE: Final = re.compile(_FIRST.format(word="one|1"), re.IGNORECASE)

LAST_ITEM: Final = frozenset({"starting_after", "start_after", "after", "after_id"})
"""Cursors that take the last item's id where the answer gives no other, as long as it says whether there is more."""


def structural(exchange: Exchange) -> Pagination | None:
    """Return how the operation pages, as far as its structure leaves no doubt."""
    if exchange.operation.method not in METHODS or (items := exchange.items()) is None:
        return None
    return _Reading(exchange, items).decide()


class _Reading:
    """The reading of one operation whose answer is about the list `items`."""

    def __init__(self, exchange: Exchange, items: Field) -> None:
        self.exchange = exchange
        self.items = items
        self.answer = Answer(exchange, items)
        self.cursors = self._asked(CURSOR)
        self.counters = self._asked(OFFSET | PAGE)
        if self._limit(None):
            self.counters += self._asked(WEAK_OFFSET | WEAK_PAGE)
        if len(self.counters) > 1:  # `from` beside `page` is a date, or the like
            self.counters = [one for one in self.counters if one.plain not in WEAK_OFFSET or self._takes(one, NUMBERS)]

    def decide(self) -> Pagination | None:
        """Return the one reading, or None."""
        link = self._link()
        if link is not None and (self._is_server_driven(link) or self._asked(BACKWARD)):
            return link
        if self.cursors and not self.counters:
            return self._cursor() or link or self._last_item()
        if len(self.counters) == 1 and not self.cursors:
            return self._counted(self.counters[0]) or link
        return link

    def _is_server_driven(self, link: Pagination) -> bool:
        return link.next_path is None or plain(link.next_path[-1]) in SERVER_DRIVEN

    def _asked(self, names: Collection[str]) -> list[Asked]:
        """Return what has these names and takes a token or a number; deprecated ones only if there is no other."""
        found = [item for item in self.exchange.asked(names) if self._takes(item, TOKENS) and not _is_time(item)]
        return [item for item in found if not item.deprecated] or found

    def _takes(self, asked: Asked, types: Collection[str]) -> bool:
        return self.exchange.shapes.types(asked.schema) <= set(types)

    def _limit(self, beside: Asked | None) -> Asked | None:
        """Return what says how long a page is, from the same place as `beside`."""
        found = [
            item
            for item in self.exchange.asked(LIMIT)
            if item != beside and self._takes(item, TOKENS)
            if beside is None or item.place == beside.place
        ]
        return min(found, key=lambda item: LIMIT.index(item.plain), default=None)

    def _link(self) -> Pagination | None:
        """Return the reading by the next page's URL, in a header or in the answer."""
        if self.exchange.operation.method != "GET":
            return None
        asks = self.cursors or self.counters or self._limit(None)
        if (header := self.exchange.header("Link")) and (asks or not self.items.path):
            return self._page("link", header.span)
        url = self.answer.url()
        if url and not asks and plain(url.name) not in SERVER_DRIVEN and not self._is_about_the_list():
            return None
        return replace(self._page("link", url.schema.span), next_path=url.path) if url else None

    def _is_about_the_list(self) -> bool:
        """Tell whether the answer is a page, and not one thing with a list inside: nothing that is asked says so."""
        *outer, name = self.items.path or ("",)
        around = self.exchange.shapes.at(self.exchange.answer, tuple(outer)) if self.exchange.answer else None
        if not name or around is None:
            return True
        if any(plain(member) in IDS for member in self.exchange.shapes.members(around)):
            return False
        segments = [part for part in self.exchange.operation.path.split("/") if part]
        fixed = [plain(part).rstrip("s") for part in segments if "{" not in part]
        is_listed = plain(name).rstrip("s") in fixed[:-1] or plain(name) in ITEMS
        return is_listed or not segments[-1:] or "{" not in segments[-1]

    def _cursor(self) -> Pagination | None:
        """Return the reading by a token of the answer, if one of the cursors has one and no other has."""
        found = [(asked, token) for asked in self.cursors if (token := self.answer.token(asked)) is not None]
        exact = [pair for pair in found if belongs(*pair)]
        for choice in (found, exact):
            if len(choice) == 1:
                asked, token = choice[0]
                return replace(self._page("cursor", asked), next_path=token.path)
        return None

    def _last_item(self) -> Pagination | None:
        """Return the reading by the last item's id, where the answer says whether there is more but not from where."""
        item = self.exchange.shapes.items(self.items.schema)
        if len(self.cursors) != 1 or self.cursors[0].plain not in LAST_ITEM or item is None:
            return None
        if self.answer.has_more() is None or "id" not in self.exchange.shapes.members(item):
            return None
        return replace(self._page("cursor", self.cursors[0]), id_path=("id",))

    def _counted(self, asked: Asked) -> Pagination | None:
        """Return the reading by a count of items or pages, or by a token that only looks like one."""
        counts_pages = asked.plain in PAGE | WEAK_PAGE
        is_number = self.exchange.shapes.types(asked.schema) in {frozenset({"integer"}), frozenset({"number"})}
        token = self.answer.token(asked)
        if token is not None and not (counts_pages and is_number) and self._leads_on(asked, token):
            return replace(self._page("cursor", asked), next_path=token.path)
        if not is_number or not (self._limit(asked) or self.answer.total() or self.answer.has_more()):
            return None
        first = _first(asked)
        if counts_pages:
            known = first if first is not None or asked.plain in WEAK_PAGE else _unsaid(asked)
            return None if known is None else replace(self._page("page", asked), first_page=known)
        return None if first == 1 or (asked.plain in WEAK_OFFSET and first is None) else self._page("offset", asked)

    def _leads_on(self, asked: Asked, token: Field) -> bool:
        """Tell whether `token` is what to ask with next, and not `asked` repeated."""
        if token.plain == asked.plain:
            types = (self.exchange.shapes.types(schema) for schema in (asked.schema, token.schema))
            return all(kinds.isdisjoint(NUMBERS) for kinds in types)
        return asked.plain in WEAK_OFFSET or belongs(asked, token)

    def _page(self, style: Style, by: Asked | Span) -> Pagination:
        asked = by if isinstance(by, Asked) else None
        limit = self._limit(asked)
        return Pagination(
            style=style,
            origin=by.span if isinstance(by, Asked) else by,
            items_path=self.items.path,
            request_param=asked.name if asked else None,
            request_in=asked.place if asked else "query",
            limit_param=limit.name if limit else None,
            has_more_path=self.answer.has_more(),
            total_path=self.answer.total(),
        )


def _is_time(asked: Asked) -> bool:
    """Whether a parameter takes a point in time: `after` a date is a filter, and no place in a list."""
    return asked.schema.format in {"date", "date-time"}


def _first(asked: Asked) -> int | None:
    """Return the first page or item, where the description says that it is 0 or 1."""
    default = asked.schema.default
    if isinstance(default, int) and not isinstance(default, bool) and default in {0, 1}:
        return default
    if SAYS_ZERO.search(asked.description[:2000]):
        return 0
    if SAYS_ONE.search(asked.description[:2000]) or asked.schema.limits.minimum == 1:
        return 1
    return None


def _unsaid(asked: Asked) -> int | None:
    """Return the first page where nothing is said: 1, unless 0 is allowed."""
    return None if asked.schema.limits.minimum == 0 else 1
