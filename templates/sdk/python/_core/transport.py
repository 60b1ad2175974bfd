"""The synchronous transport: sends what the pure modules prepare, waits, and hands back what they decode."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpx

from . import decode
from .errors import InvalidArgumentError
from .guard import TRANSPORT_ERRORS, guarded
from .items import Items
from .modes import mode_of, without_mode
from .pages import Page
from .paging import Paging, Turn
from .prepare import prepare
from .responses import Download, RawResponse, StreamedResponse
from .security import AuthParts
from .shared import shared_for, user_and_secret
from .streams import Stream
from .tries import Failure, Tries, same_origin

if TYPE_CHECKING:
    from .config import Config
    from .endpoint import Args, Endpoint
    from .options import RequestOptions
    from .tokens import TokenStore

T = TypeVar("T")
B = TypeVar("B")


class Transport:
    """Makes calls for the resources of one client; copies share the connection pool and the tokens."""

    def __init__(self, config: Config, http: httpx.Client) -> None:
        self.config = config
        self.http = http
        self._shared = shared_for(config)
        self._lock = threading.Lock()

    def copy(self, config: Config) -> Transport:
        """Return a transport with other settings and the same pool."""
        clone = object.__new__(type(self))
        vars(clone).update(vars(self), config=config)
        return clone

    def call(self, endpoint: Endpoint[T], args: Args, options: RequestOptions) -> T:
        """Make a call and return its result."""

        def build(response: httpx.Response) -> T:
            return decode.result(self.config, endpoint, response)

        return self._answer(endpoint, args, options, build)

    def page(self, endpoint: Endpoint[B], paging: Paging[T], args: Args, options: RequestOptions) -> Page[T, B]:
        """Fetch the first page of a list."""
        return self._turn(Turn(endpoint, paging, args, options))

    def _turn(self, turn: Turn[T, B]) -> Page[T, B]:
        def build(response: httpx.Response) -> Page[T, B]:
            body = decode.result(self.config, turn.endpoint, response)
            return Page(replace(turn, options=without_mode(turn.options)), body, response, self._turn)

        return self._answer(turn.endpoint, turn.args, turn.options, build)

    def stream(self, endpoint: Endpoint[T], args: Args, options: RequestOptions) -> Stream[T]:
        """Open a stream of items."""

        def build(response: httpx.Response) -> Stream[T]:
            return Stream(Items(self.config, endpoint, response), response)

        return self._answer(endpoint, args, options, build, read=False)

    def download(self, endpoint: Endpoint[bytes], args: Args, options: RequestOptions) -> Download:
        """Open a download."""
        return self._answer(endpoint, args, options, Download, read=False)

    def _answer(
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
        response = self._send(tries, read=read and mode != "streamed")
        if mode == "parsed":
            return build(response)

        def parse() -> T:
            if read:
                with guarded(response.request):
                    response.read()
            return build(response)

        kind: Any = RawResponse if mode == "raw" else StreamedResponse
        ident = decode.id_of(self.config, response)
        return cast("T", kind(response, parse, request_id=ident, retries_taken=tries.attempt))

    def _send(self, tries: Tries, *, read: bool) -> httpx.Response:
        """Try until there is an answer, or no point in trying."""
        while True:
            verdict = tries.settle(self._try(tries, read=read))
            if isinstance(verdict, httpx.Response):
                return verdict
            time.sleep(verdict)

    def _try(self, tries: Tries, *, read: bool) -> httpx.Response | Failure:
        auth = self._authenticate(tries)
        request = tries.open(self.http, auth)
        try:
            response = self._exchange(tries, request, auth)
            if read or not response.is_success:
                response.read()
        except TRANSPORT_ERRORS as error:
            return Failure(error, request)
        finally:
            tries.close()
        return response

    def _exchange(self, tries: Tries, request: httpx.Request, auth: AuthParts) -> httpx.Response:
        """Send one request and follow redirects."""
        how, count = self._shared.send_options(auth), 0
        while True:
            response = self.http.send(request, stream=True, follow_redirects=False, **how)
            following = tries.redirect(response, count)
            if following is None:
                return response
            response.read()
            how = how if same_origin(request.url, following.url) else {}
            request, count = following, count + 1

    def _authenticate(self, tries: Tries) -> AuthParts:
        """Collect the credentials of a try; functions are asked and tokens fetched where needed."""
        parts, schemes = AuthParts(), self.config.spec.schemes
        tries.tokens.clear()
        for name in tries.prepared.requirement:
            if (store := self._shared.stores.get(name)) is not None:
                tries.tokens[name] = self._token(store)
                parts.add(schemes[name], tries.tokens[name])
            else:
                user, secret = user_and_secret(self.config.credentials[name])
                parts.add(schemes[name], _ask(secret), _ask(user))
        return parts

    def _token(self, store: TokenStore) -> str:
        """Return an access token; while one thread fetches it the others wait for it."""
        if (token := store.cached()) is not None:
            return token
        with self._lock:
            acquisition = store.acquire()
            try:
                asked = next(acquisition)
                while True:
                    request = self.http.build_request("POST", asked.url, data=asked.form, headers=asked.headers)
                    with guarded(request):
                        response = self.http.send(request, follow_redirects=False)
                    asked = acquisition.send((response.status_code, response.content))
            except StopIteration as done:
                return str(done.value)

    def close(self) -> None:
        """Close the connection pool."""
        self.http.close()


def _ask(secret: Any) -> str:
    """Return a secret, asking the function that knows it."""
    answer = secret() if callable(secret) else secret
    if isawaitable(answer):
        raise InvalidArgumentError("a synchronous client cannot wait for a credential; give it a plain function")
    return str(answer or "")
