"""The base of asynchronous clients."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from typing_extensions import ParamSpec, Self, Unpack

from .async_transport import AsyncTransport
from .config import resolve
from .modes import call_in_mode
from .pools import AsyncPool, pool_options
from .undocumented import undocumented
from .unset import UNSET

if TYPE_CHECKING:
    from types import TracebackType

    from .options import AsyncSettings, CopySettings, RequestOptions
    from .responses import AsyncStreamedResponse, RawResponse
    from .security import Credential
    from .spec import ClientSpec

P = ParamSpec("P")
T = TypeVar("T")


class AsyncClient:
    """A client of the API for asyncio and trio. Use it in an `async with` block, or call `close` when you are done."""

    def __init__(self, spec: ClientSpec, credentials: Mapping[str, Credential], settings: AsyncSettings) -> None:
        given = settings.get("http_client")
        config = resolve(spec, credentials, settings, given)
        self._transport = AsyncTransport(config, given or AsyncPool(**pool_options(settings.get("client_cert"))))
        self._owns_pool = given is None

    def with_options(self, **settings: Unpack[CopySettings]) -> Self:
        """Return a client with other settings that shares the connections and tokens of this one."""
        clone = object.__new__(type(self))
        clone._transport = self._transport.copy(self._transport.config.changed(settings))
        clone._owns_pool = self._owns_pool
        return clone

    copy = with_options

    async def with_raw_response(
        self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> RawResponse[T]:
        """Call a method of this client and return the whole answer: `with_raw_response(client.pets.get, "7")`."""
        raw: RawResponse[T] = await call_in_mode("raw", method, args, kwargs)
        return raw

    @asynccontextmanager
    async def with_streaming_response(
        self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> AsyncGenerator[AsyncStreamedResponse[T], None]:
        """Call a method of this client in an `async with` block and return the answer before its body is read."""
        streamed: AsyncStreamedResponse[T] = await call_in_mode("streamed", method, args, kwargs)
        async with streamed:
            yield streamed

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: object = UNSET,
        content_type: str = "application/json",
        result: type[T],
        **options: Unpack[RequestOptions],
    ) -> T:
        """Call something that the description does not know, and return it as a `result`."""
        answer: T = await self._free_call(method, path, body, options, content_type=content_type, result=result)
        return answer

    async def _free_call(
        self,
        method: str,
        path: str,
        body: object,
        options: RequestOptions,
        *,
        content_type: str = "application/json",
        result: Any = Any,
    ) -> Any:
        spec = self._transport.config.spec
        endpoint = undocumented(spec, method, path, body=body, content_type=content_type, result=result)
        return await self._transport.call(endpoint, {"body": body}, options)

    async def get(self, path: str, **options: Unpack[RequestOptions]) -> Any:
        """GET a path that the description does not know; return the JSON value, or the text."""
        return await self._free_call("GET", path, UNSET, options)

    async def post(self, path: str, *, body: object = UNSET, **options: Unpack[RequestOptions]) -> Any:
        """POST to a path that the description does not know; return the JSON value, or the text."""
        return await self._free_call("POST", path, body, options)

    async def put(self, path: str, *, body: object = UNSET, **options: Unpack[RequestOptions]) -> Any:
        """PUT to a path that the description does not know; return the JSON value, or the text."""
        return await self._free_call("PUT", path, body, options)

    async def patch(self, path: str, *, body: object = UNSET, **options: Unpack[RequestOptions]) -> Any:
        """PATCH a path that the description does not know; return the JSON value, or the text."""
        return await self._free_call("PATCH", path, body, options)

    async def delete(self, path: str, *, body: object = UNSET, **options: Unpack[RequestOptions]) -> Any:
        """DELETE a path that the description does not know; return the JSON value, or the text."""
        return await self._free_call("DELETE", path, body, options)

    async def close(self) -> None:
        """Close the connections, those of copies included; an `http_client` of your own stays open."""
        if self._owns_pool:
            await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._transport.config.base_url}>"
