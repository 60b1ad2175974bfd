"""Streams of items; leaving the loop or the `with` block closes the connection."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from .guard import guarded

if TYPE_CHECKING:
    from types import TracebackType

    import httpx
    from typing_extensions import Self

    from .items import Items
    from .sse import ServerSentEvent

T_co = TypeVar("T_co", covariant=True)


class Stream(Generic[T_co]):
    """Items as they arrive.

    Iterate it once. It is closed at its end, when an error arises, when the loop over it is left, and by `close`.
    """

    def __init__(self, items: Items[T_co], response: httpx.Response) -> None:
        self._items = items
        self.response = response
        self._iterator = self._read()

    def __iter__(self) -> Iterator[T_co]:
        yield from self._iterator  # a generator, so that leaving the loop closes it, and all below it

    def __next__(self) -> T_co:
        return next(self._iterator)

    def events(self) -> Iterator[ServerSentEvent]:
        """Iterate the events as the server sent them, instead of typed items."""
        decoder = self._items.decoder
        try:
            with guarded(self.response.request):
                for chunk in self.response.iter_bytes():
                    yield from decoder.feed(chunk)
                yield from decoder.feed(b"", final=True)
        finally:
            self.close()

    def _read(self) -> Iterator[T_co]:
        for event in self.events():
            if self._items.ends(event):
                break
            yield self._items.read(event)
        self.close()

    def close(self) -> None:
        """Close the connection; what has not arrived yet is lost."""
        self.response.close()

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncStream(Generic[T_co]):
    """Items as they arrive; the asynchronous twin of `Stream`."""

    def __init__(self, items: Items[T_co], response: httpx.Response) -> None:
        self._items = items
        self.response = response
        self._iterator = self._read()

    async def __aiter__(self) -> AsyncIterator[T_co]:
        try:
            async for item in self._iterator:
                yield item
        finally:
            await self.close()

    async def __anext__(self) -> T_co:
        return await self._iterator.__anext__()

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """Iterate the events as the server sent them, instead of typed items."""
        decoder = self._items.decoder
        try:
            with guarded(self.response.request):
                async for chunk in self.response.aiter_bytes():
                    for event in decoder.feed(chunk):
                        yield event
                for event in decoder.feed(b"", final=True):
                    yield event
        finally:
            await self.close()

    async def _read(self) -> AsyncIterator[T_co]:
        async for event in self.events():
            if self._items.ends(event):
                break
            yield self._items.read(event)
        await self.close()

    async def close(self) -> None:
        """Close the connection; what has not arrived yet is lost."""
        await self.response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
