"""One call over all of its tries: builds each request and decides what follows from its outcome, without I/O."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx

from . import decode
from .errors import InvalidArgumentError
from .guard import NEVER_SENT, PERMANENT, translated
from .retry import backoff, delay_for_answer
from .security import ApiKey

if TYPE_CHECKING:
    from .config import Config
    from .endpoint import Endpoint
    from .prepare import Prepared
    from .security import AuthParts
    from .shared import Shared

MOST_REDIRECTS: Final = 20

_SECRET_HEADERS: Final = ("authorization", "cookie", "proxy-authorization")


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Tell whether two addresses belong to the same server, as far as credentials are concerned."""
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


@dataclass(frozen=True)
class Failure:
    """A try that brought no answer, with the error of the transport."""

    error: Exception
    request: httpx.Request


@dataclass
class Tries:
    """The state of one call."""

    config: Config
    shared: Shared
    endpoint: Endpoint[Any]
    prepared: Prepared
    attempt: int = 0
    tokens: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    """Access tokens that the last try carried, by scheme."""
    renewed: bool = False

    def open(self, client: httpx.Client | httpx.AsyncClient, auth: AuthParts) -> httpx.Request:
        """Return the next request; files are opened anew or rewound.

        Raises:
            InvalidArgumentError: the URL or a header cannot be sent.
        """
        prepared = self.prepared
        content: dict[str, Any] = {}
        headers: dict[str, str] = {}
        if prepared.payload:
            content, headers = prepared.payload.open(asynchronous=isinstance(client, httpx.AsyncClient))
        try:
            request = client.build_request(
                prepared.method,
                prepared.address(auth),
                headers=prepared.all_headers(auth, headers, attempt=self.attempt),
                timeout=httpx.Timeout(prepared.timeout),
                **content,
            )
        except (httpx.InvalidURL, UnicodeError) as error:
            raise InvalidArgumentError(f"the call cannot be sent: {error}") from error
        self._log_request(request)
        return request

    def close(self) -> None:
        """Close the files that the last request opened."""
        if self.prepared.payload:
            self.prepared.payload.close()

    def redirect(self, response: httpx.Response, count: int) -> httpx.Request | None:
        """Return the request that a redirect asks for, or None where there is none.

        Credentials do not follow to another origin; of those, httpx itself drops only the Authorization header.
        """
        following = response.next_request
        if following is None or count >= MOST_REDIRECTS:
            return None
        if not same_origin(response.request.url, following.url):
            keys = [one.name.lower() for one in self.config.spec.schemes.values() if isinstance(one, ApiKey)]
            for name in (*_SECRET_HEADERS, *keys):
                following.headers.pop(name, None)
        return following

    def settle(self, outcome: httpx.Response | Failure) -> httpx.Response | float:
        """Return a successful answer, or the seconds to wait before the next try.

        Raises:
            APIConnectionError: no answer came, and trying again is no use.
            APIStatusError: the answer is an error, and trying again is no use.
        """
        if isinstance(outcome, Failure):
            delay = self._after_error(outcome.error)
            self._log(type(outcome.error).__name__, delay)
            if delay is None:
                raise translated(outcome.error, outcome.request) from outcome.error
        elif outcome.is_success:
            self._log(str(outcome.status_code), None)
            return outcome
        elif self._renews_tokens(outcome):
            return 0.0
        else:
            delay = self._after_answer(outcome)
            self._log(str(outcome.status_code), delay)
            if delay is None:
                raise decode.error(self.config, self.endpoint, outcome)
        self.attempt += 1
        return delay

    def _after_error(self, error: Exception) -> float | None:
        safe = self.prepared.repeatable or isinstance(error, NEVER_SENT)
        if not safe or isinstance(error, PERMANENT) or not self._may_repeat():
            return None
        return backoff(self.attempt)

    def _after_answer(self, response: httpx.Response) -> float | None:
        if not self._may_repeat():
            return None
        repeatable = self.prepared.repeatable
        return delay_for_answer(response.status_code, response.headers, attempt=self.attempt, repeatable=repeatable)

    def _renews_tokens(self, response: httpx.Response) -> bool:
        """Drop refused access tokens, once for each call, so that the next try gets new ones."""
        if response.status_code != 401 or self.renewed or not self.tokens or not self._replayable():
            return False
        for name, token in self.tokens.items():
            self.shared.stores[name].forget(token)
        self.renewed = True
        return True

    def _may_repeat(self) -> bool:
        return self.attempt < self.prepared.max_retries and self._replayable()

    def _replayable(self) -> bool:
        return self.prepared.payload is None or self.prepared.payload.replayable

    def _log_request(self, request: httpx.Request) -> None:
        if self.shared.logger.isEnabledFor(logging.DEBUG):
            redactor = self.shared.redactor
            headers = dict(redactor.headers(request.headers.items()))
            self.shared.logger.debug("%s %s, headers %s", request.method, redactor.url(request.url), headers)

    def _log(self, what: str, delay: float | None) -> None:
        url = self.shared.redactor.url(self.prepared.url)
        after = "" if delay is None else f", trying again in {delay:.2f} s"
        self.shared.logger.info("%s %s: %s%s", self.prepared.method, url, what, after)
