"""How lists continue, without I/O: from a page to the call that fetches the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar
from urllib.parse import urljoin

from pydantic import BaseModel

from .errors import PaginationError
from .lenient import wire_names
from .shapes import is_array, is_mapping
from .unset import UNSET

if TYPE_CHECKING:
    import httpx

    from .endpoint import Args, Endpoint
    from .options import RequestOptions

T = TypeVar("T")
B = TypeVar("B")

WirePath = tuple[str, ...]
"""Names on the wire, from the root of a JSON body inwards; `()` is the body itself."""


@dataclass(frozen=True)
class Paging(Generic[T]):
    """How the pages of a list hang together; `T` is the type of an item.

    `cursor`: the argument `param` is the value at `next`, or at `last_id` of the last item. `offset`: `param` counts
    items to skip. `page`: `param` counts pages from `first_page`. `link`: the `Link` header (RFC 8288), or `next`, is
    the next URL. `items` leads to the items. A list ends with an empty page, a missing or empty cursor or link, `has_more`
    that is false, and when `total` is reached; `total` counts pages if its name says so, items otherwise.

    Where `param` is not an argument of the operation, it is added to the query, or to the body if `place` says so.
    """

    style: Literal["cursor", "offset", "page", "link"]
    items: WirePath = ()
    param: str = ""
    place: Literal["query", "body"] = "query"
    next: WirePath | None = None
    last_id: WirePath | None = None
    has_more: WirePath | None = None
    total: WirePath | None = None
    first_page: int = 1


def dig(value: object, path: WirePath) -> Any:
    """Follow names on the wire into a model or a JSON value; None where the path ends early."""
    for name in path:
        if isinstance(value, BaseModel):
            value = _member(value, name)
        elif is_mapping(value):
            value = value.get(name)
        else:
            return None
    return value


def _member(model: BaseModel, name: str) -> object:
    attribute = wire_names(type(model)).get(name)
    if attribute is not None:
        return getattr(model, attribute, None)
    return (model.model_extra or {}).get(name)


def items_of(body: object, path: WirePath) -> list[Any]:
    """Return the items of a page; those of an object are its values."""
    found = dig(body, path)
    if is_mapping(found):
        return list(found.values())
    return found if is_array(found) else []


@dataclass(frozen=True)
class Turn(Generic[T, B]):
    """The call that fetches one page, and what is known from the pages before it."""

    endpoint: Endpoint[B]
    paging: Paging[T]
    args: Args
    options: RequestOptions
    visited: frozenset[str] = frozenset()
    count: int = 0

    def after(self, body: B, response: httpx.Response) -> Turn[T, B] | None:
        """Return the call for the page after this one, or None at the end.

        Raises:
            PaginationError: the server points at a page that was fetched before.
        """
        items = items_of(body, self.paging.items)
        if not items or self._says_no_more(body):
            return None
        seen = replace(self, count=self.count + len(items))
        if self.paging.style == "link":
            return seen._by_link(_next_link(self.paging, body, response), response)
        if self.paging.style == "cursor":
            return seen._by_cursor(body, items, response)
        return seen._by_number(body, len(items))

    def _says_no_more(self, body: B) -> bool:
        return self.paging.has_more is not None and dig(body, self.paging.has_more) is False

    def _by_cursor(self, body: B, items: list[Any], response: httpx.Response) -> Turn[T, B] | None:
        paging = self.paging
        cursor = dig(body, paging.next) if paging.next is not None else dig(items[-1], paging.last_id or ())
        if cursor is None or cursor == "" or cursor is False:
            return None
        if isinstance(cursor, str) and cursor.startswith(("http://", "https://")):
            return self._by_link(cursor, response)
        return self._visit(repr(cursor))._with_param(cursor)

    def _by_number(self, body: B, here: int) -> Turn[T, B] | None:
        paging = self.paging
        first = paging.first_page if paging.style == "page" else 0
        current = _number(self._param(), first)
        following = current + (1 if paging.style == "page" else here)
        if paging.total is not None and (total := dig(body, paging.total)) is not None:
            reached = self.count if paging.style == "page" else following
            if "page" in paging.total[-1].lower():
                reached = current + 1 - first
            if reached >= _number(total, reached + 1):
                return None
        return self._with_param(following)

    def _by_link(self, link: str | None, response: httpx.Response) -> Turn[T, B] | None:
        if not link:
            return None
        url = urljoin(str(response.request.url), link)
        lasting = tuple(param for param in self.endpoint.params if param.place in ("header", "cookie"))
        names = {param.arg for param in lasting}
        return replace(
            self._visit(url),
            endpoint=replace(self.endpoint, path=url.replace("{", "%7B").replace("}", "%7D"), params=lasting),
            args={name: value for name, value in self.args.items() if name in names},
        )

    def _visit(self, place: str) -> Turn[T, B]:
        if place in self.visited:
            raise PaginationError(f"the server points at a page that was fetched before: {place[:200]}")
        return replace(self, visited=self.visited | {place})

    def _param(self) -> object:
        options = self.options
        extra = options.get("extra_body", {}) if self.paging.place == "body" else options.get("extra_query", {})
        given = self.args.get(self.paging.param, UNSET)
        return extra.get(self.paging.param) if given is UNSET else given

    def _with_param(self, value: object) -> Turn[T, B]:
        name = self.paging.param
        if name in self.args:
            return replace(self, args={**self.args, name: value})
        options = self.options.copy()
        if self.paging.place == "body":
            options["extra_body"] = {**options.get("extra_body", {}), name: value}
        else:
            options["extra_query"] = {**options.get("extra_query", {}), name: value}
        return replace(self, options=options)


def _number(value: object, default: int) -> int:
    try:
        return int(str(value))
    except ValueError:
        return default


def _next_link(paging: Paging[Any], body: object, response: httpx.Response) -> str | None:
    found = dig(body, paging.next) if paging.next is not None else None
    if isinstance(found, str) and found:
        return found
    return response.links.get("next", {}).get("url")
