"""The asynchronous transport, for asyncio and trio; the twin of `transport`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import anyio
import httpx

from . import decode
from .guard import TRANSPORT_ERRORS, guarded
from .items import Items
from .modes import mode_of, without_mode
from .pages import AsyncPage, AsyncPager
from .paging import Paging, Turn
from .prepare import prepare
from .responses import AsyncDownload, AsyncStreamedResponse, RawResponse
from .security import AuthParts
from .shared import shared_for, user_and_secret
from .streams import AsyncStream
from .tries import Failure, Tries, same_origin

if TYPE_CHECKING:
    from .config import Config
    from .endpoint import Args, Endpoint
    from .options import RequestOptions
    from .tokens import TokenStore

T = TypeVar("T")
B = TypeVar("B")


class AsyncTransport:
    """Makes calls for the resources of one client; copies share the connection pool and the tokens."""

    def __init__(self, config: Config, http: httpx.AsyncClient) -> None:
        self.config = config
        self.http = http
        self._shared = shared_for(config)
        self._lock = anyio.Lock()

    def copy(self, config: Config) -> AsyncTransport:
        """Return a transport with other settings and the same pool."""
        clone = object.__new__(type(self))
        vars(clone).update(vars(self), config=config)
        return clone

    async def call(self, endpoint: Endpoint[T], args: Args, options: RequestOptions) -> T:
        """Make a call and return its result."""

        def build(response: httpx.Response) -> T:
            return decode.result(self.config, endpoint, response)

        return await self._answer(endpoint, args, options, build)

    def page(self, endpoint: Endpoint[B], paging: Paging[T], args: Args, options: RequestOptions) -> AsyncPager[T, B]:
        """Return a list that fetches its first page when it is awaited or iterated."""
        return AsyncPager(lambda: self._turn(Turn(endpoint, paging, args, options)))

    async def _turn(self, turn: Turn[T, B]) -> AsyncPage[T, B]:
        def build(response: httpx.Response) -> AsyncPage[T, B]:
            body = decode.result(self.config, turn.endpoint, response)
            return AsyncPage(replace(turn, options=without_mode(turn.options)), body, response, self._turn)

        return await self._answer(turn.endpoint, turn.args, turn.options, build)

    async def stream(self, endpoint: Endpoint[T], args: Args, options: RequestOptions) -> AsyncStream[T]:
        """Open a stream of items."""

        def build(response: httpx.Response) -> AsyncStream[T]:
            return AsyncStream(Items(self.config, endpoint, response), response)

        return await self._answer(endpoint, args, options, build, read=False)

    async def download(self, endpoint: Endpoint[bytes], args: Args, options: RequestOptions) -> AsyncDownload:
        """Open a download."""
        return await self._answer(endpoint, args, options, AsyncDownload, read=False)

    async def _answer(
        self,
        endpoint: Endpoint[Any],
        args: Args,
        options: RequestOptions,
        build: Callable[[httpx.Response], T],
        *,
        read: bool = True,
    ) -> T:
        """Make a call and build what the caller asked for: its result, or the answer around it."""
        mode = mode_of(options)
        tries = Tries(self.config, self._shared, endpoint, prepare(self.config, endpoint, args, options))
        response = await self._send(tries, read=read and mode != "streamed")
        if mode == "parsed":
            return build(response)

        async def parse() -> T:
            if read:
                with guarded(response.request):
                    await response.aread()
            return build(response)

        ident, retries = decode.id_of(self.config, response), tries.attempt
        if mode == "streamed":
            return cast("T", AsyncStreamedResponse(response, parse, request_id=ident, retries_taken=retries))
        return cast("T", RawResponse(response, lambda: build(response), request_id=ident, retries_taken=retries))

    async def _send(self, tries: Tries, *, read: bool) -> httpx.Response:
        """Try until there is an answer, or no point in trying."""
        while True:
            verdict = tries.settle(await self._try(tries, read=read))
            if isinstance(verdict, httpx.Response):
                return verdict
            await anyio.sleep(verdict)

    async def _try(self, tries: Tries, *, read: bool) -> httpx.Response | Failure:
        auth = await self._authenticate(tries)
        request = tries.open(self.http, auth)
        try:
            response = await self._exchange(tries, request, auth)
            if read or not response.is_success:
                await response.aread()
        except TRANSPORT_ERRORS as error:
            return Failure(error, request)
        finally:
            tries.close()
        return response

    async def _exchange(self, tries: Tries, request: httpx.Request, auth: AuthParts) -> httpx.Response:
        """Send one request and follow redirects."""
        how, count = self._shared.send_options(auth), 0
        while True:
            response = await self.http.send(request, stream=True, follow_redirects=False, **how)
            following = tries.redirect(response, count)
            if following is None:
                return response
            await response.aread()
            how = how if same_origin(request.url, following.url) else {}
            request, count = following, count + 1

    async def _authenticate(self, tries: Tries) -> AuthParts:
        """Collect the credentials of a try; functions are asked and tokens fetched where needed."""
        parts, schemes = AuthParts(), self.config.spec.schemes
        tries.tokens.clear()
        for name in tries.prepared.requirement:
            if (store := self._shared.stores.get(name)) is not None:
                tries.tokens[name] = await self._token(store)
                parts.add(schemes[name], tries.tokens[name])
            else:
                user, secret = user_and_secret(self.config.credentials[name])
                parts.add(schemes[name], await _ask(secret), await _ask(user))
        return parts

    async def _token(self, store: TokenStore) -> str:
        """Return an access token; while one task fetches it the others wait for it."""
        if (token := store.cached()) is not None:
            return token
        async with self._lock:
            acquisition = store.acquire()
            try:
                asked = next(acquisition)
                while True:
                    request = self.http.build_request("POST", asked.url, data=asked.form, headers=asked.headers)
                    with guarded(request):
                        response = await self.http.send(request, follow_redirects=False)
                    asked = acquisition.send((response.status_code, response.content))
            except StopIteration as done:
                return str(done.value)

    async def close(self) -> None:
        """Close the connection pool."""
        await self.http.aclose()


async def _ask(secret: Any) -> str:
    """Return a secret, asking the function that knows it."""
    answer = secret() if callable(secret) else secret
    return str((await answer if isawaitable(answer) else answer) or "")
