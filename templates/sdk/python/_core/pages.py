"""Pages of lists: each holds its items, and knows how to fetch the page after it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .paging import items_of

if TYPE_CHECKING:
    import httpx

    from .paging import Turn

T = TypeVar("T")
B = TypeVar("B")


class _PageBase(Generic[T, B]):
    """What both kinds of page share."""

    def __init__(self, turn: Turn[T, B], body: B, response: httpx.Response) -> None:
        self.body = body
        """The answer as the operation describes it."""
        self.response = response
        self.items: list[T] = items_of(body, turn.paging.items)
        """The items of this page."""
        self._turn = turn

    def next_page_info(self) -> Turn[T, B] | None:
        """Return the call that would fetch the next page, or None if this is the last one."""
        return self._turn.after(self.body, self.response)

    def has_next_page(self) -> bool:
        """Tell whether there is a next page, as far as the server said."""
        return self.next_page_info() is not None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(items={self.items!r})"


class Page(_PageBase[T, B]):
    """One page. Iterating it gives its items and then those of all pages after it, fetched as needed."""

    def __init__(
        self, turn: Turn[T, B], body: B, response: httpx.Response, fetch: Callable[[Turn[T, B]], Page[T, B]]
    ) -> None:
        super().__init__(turn, body, response)
        self._fetch = fetch

    def get_next_page(self) -> Page[T, B] | None:
        """Fetch the next page; None if this is the last one."""
        turn = self.next_page_info()
        return self._fetch(turn) if turn else None

    def iter_pages(self) -> Iterator[Page[T, B]]:
        """Iterate this page and all after it."""
        page: Page[T, B] | None = self
        while page is not None:
            yield page
            page = page.get_next_page()

    def __iter__(self) -> Iterator[T]:
        for page in self.iter_pages():
            yield from page.items


class AsyncPage(_PageBase[T, B]):
    """One page. `async for` over it gives its items and then those of all pages after it, fetched as needed."""

    def __init__(
        self,
        turn: Turn[T, B],
        body: B,
        response: httpx.Response,
        fetch: Callable[[Turn[T, B]], Awaitable[AsyncPage[T, B]]],
    ) -> None:
        super().__init__(turn, body, response)
        self._fetch = fetch

    async def get_next_page(self) -> AsyncPage[T, B] | None:
        """Fetch the next page; None if this is the last one."""
        turn = self.next_page_info()
        return await self._fetch(turn) if turn else None

    async def iter_pages(self) -> AsyncIterator[AsyncPage[T, B]]:
        """Iterate this page and all after it."""
        page: AsyncPage[T, B] | None = self
        while page is not None:
            yield page
            page = await page.get_next_page()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.iter_pages():
            for item in page.items:
                yield item


class AsyncPager(Generic[T, B]):
    """A list that is about to be fetched: await it for its first page, or `async for` over it for all items."""

    def __init__(self, start: Callable[[], Awaitable[AsyncPage[T, B]]]) -> None:
        self._start = start

    def __await__(self) -> Generator[Any, Any, AsyncPage[T, B]]:
        return self._start().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for item in await self._start():
            yield item

    async def iter_pages(self) -> AsyncIterator[AsyncPage[T, B]]:
        """Iterate all pages."""
        async for page in (await self._start()).iter_pages():
            yield page
