"""Answers as they came: raw responses, responses that are still on their way, and downloads."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio

from .guard import guarded

if TYPE_CHECKING:
    from types import TracebackType

    import httpx
    from typing_extensions import Self

T = TypeVar("T")


class RawResponse(Generic[T]):
    """An answer with its status and headers; `parse` returns what the method would have returned."""

    def __init__(
        self, response: httpx.Response, parse: Callable[[], T], *, request_id: str | None, retries_taken: int
    ) -> None:
        self.http_response = response
        self.status_code = response.status_code
        self.headers = response.headers
        self.request_id = request_id
        self.retries_taken = retries_taken
        self._parse = parse

    def parse(self) -> T:
        """Return what the method would have returned."""
        return self._parse()

    @property
    def content(self) -> bytes:
        """The body."""
        return self.http_response.content

    @property
    def text(self) -> str:
        """The body as text."""
        return self.http_response.text

    def json(self) -> Any:
        """Return the body as a JSON value."""
        return self.http_response.json()


class Download:
    """Binary content that is read as you ask for it; closed at its end, by `close`, or by a `with` block."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.headers = response.headers

    @property
    def content_type(self) -> str:
        """The media type, as the server gave it."""
        return str(self.headers.get("content-type", ""))

    def read(self) -> bytes:
        """Return all of the content."""
        with guarded(self.response.request):
            return self.response.read()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Iterate the content, in pieces of `chunk_size` bytes or as they arrive."""
        try:
            with guarded(self.response.request):
                yield from self.response.iter_bytes(chunk_size)
        finally:
            self.close()

    def write_to_file(self, path: str | os.PathLike[str]) -> Path:
        """Write the content to a file and return its path."""
        target = Path(path)
        with target.open("wb") as handle:
            handle.writelines(self.iter_bytes())
        return target

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


class AsyncDownload:
    """The asynchronous twin of `Download`."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.headers = response.headers

    @property
    def content_type(self) -> str:
        """The media type, as the server gave it."""
        return str(self.headers.get("content-type", ""))

    async def read(self) -> bytes:
        """Return all of the content."""
        with guarded(self.response.request):
            return await self.response.aread()

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Iterate the content, in pieces of `chunk_size` bytes or as they arrive."""
        try:
            with guarded(self.response.request):
                async for chunk in self.response.aiter_bytes(chunk_size):
                    yield chunk
        finally:
            await self.close()

    async def write_to_file(self, path: str | os.PathLike[str]) -> Path:
        """Write the content to a file and return its path."""
        target = Path(path)
        async with await anyio.open_file(target, "wb") as handle:
            async for chunk in self.iter_bytes():
                await handle.write(chunk)
        return target

    async def close(self) -> None:
        """Close the connection; what has not arrived yet is lost."""
        await self.response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class StreamedResponse(Download, Generic[T]):
    """An answer whose body has not been read yet; `parse` reads it and returns what the method would have returned."""

    def __init__(
        self, response: httpx.Response, parse: Callable[[], T], *, request_id: str | None, retries_taken: int
    ) -> None:
        super().__init__(response)
        self.status_code = response.status_code
        self.request_id = request_id
        self.retries_taken = retries_taken
        self._parse = parse

    def iter_lines(self) -> Iterator[str]:
        """Iterate the body by lines."""
        with guarded(self.response.request):
            yield from self.response.iter_lines()

    def parse(self) -> T:
        """Read the body and return what the method would have returned."""
        return self._parse()


class AsyncStreamedResponse(AsyncDownload, Generic[T]):
    """The asynchronous twin of `StreamedResponse`."""

    def __init__(
        self,
        response: httpx.Response,
        parse: Callable[[], Awaitable[T]],
        *,
        request_id: str | None,
        retries_taken: int,
    ) -> None:
        super().__init__(response)
        self.status_code = response.status_code
        self.request_id = request_id
        self.retries_taken = retries_taken
        self._parse = parse

    async def iter_lines(self) -> AsyncIterator[str]:
        """Iterate the body by lines."""
        with guarded(self.response.request):
            async for line in self.response.aiter_lines():
                yield line

    async def parse(self) -> T:
        """Read the body and return what the method would have returned."""
        return await self._parse()
