"""Everything that this package raises on purpose, under `SdkError`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

_SHOWN = 500


class SdkError(Exception):
    """The root of all errors of this package."""


class InvalidArgumentError(SdkError, ValueError):
    """An argument cannot be sent; nothing was."""


class MissingCredentialsError(SdkError):
    """The operation needs credentials and the client was given none that fit."""


class OAuthError(SdkError):
    """The token endpoint did not hand out a token; `body` is its answer, shortened."""

    def __init__(self, message: str, *, status_code: int, body: str) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.body = body


class PaginationError(SdkError):
    """The server keeps pointing at the same page."""


class WebhookSignatureError(SdkError):
    """A webhook's signature is missing, wrong or too old."""


class APIError(SdkError):
    """A call failed. `request` is what was sent."""

    def __init__(self, message: str, request: httpx.Request) -> None:
        super().__init__(message)
        self.message = message
        self.request = request


class APIConnectionError(APIError):
    """No answer arrived; `__cause__` is the error of the HTTP library."""


class APITimeoutError(APIConnectionError):
    """No answer arrived in time."""


class APIResponseValidationError(APIError):
    """The answer does not fit its description, and the client was told to be strict about it."""

    def __init__(self, message: str, response: httpx.Response, body: object) -> None:
        super().__init__(message, response.request)
        self.response = response
        self.status_code = response.status_code
        self.body = body


class APIStreamError(APIError):
    """The server reported an error inside a stream; `body` is what it said."""

    def __init__(self, message: str, response: httpx.Response, body: object) -> None:
        super().__init__(message, response.request)
        self.response = response
        self.body = body


class GraphQLError(APIError):
    """The server tells of errors; `errors` are as it sent them, `data` is what it found nevertheless."""

    def __init__(self, response: httpx.Response, *, errors: list[dict[str, object]], data: object) -> None:
        super().__init__("; ".join(str(error.get("message", error)) for error in errors[:3]), response.request)
        self.response = response
        self.errors = errors
        self.data = data


class APIStatusError(APIError):
    """The server answered with an error.

    `body` is the JSON value of the answer, or its text where it is not JSON. `problem` is the body as the operation
    declares it for this status, or None where nothing is declared. `request_id` is the server's id for the call.
    """

    def __init__(
        self, message: str, response: httpx.Response, *, body: object, problem: object, request_id: str | None
    ) -> None:
        super().__init__(message, response.request)
        self.response = response
        self.status_code = response.status_code
        self.body = body
        self.problem = problem
        self.request_id = request_id

    def problem_as(self, model: type[T]) -> T | None:
        """Return `problem` if it is a `model`, for type checkers."""
        return self.problem if isinstance(self.problem, model) else None


class BadRequestError(APIStatusError):
    """Status 400."""


class AuthenticationError(APIStatusError):
    """Status 401."""


class PermissionDeniedError(APIStatusError):
    """Status 403."""


class NotFoundError(APIStatusError):
    """Status 404."""


class ConflictError(APIStatusError):
    """Status 409."""


class UnprocessableEntityError(APIStatusError):
    """Status 422."""


class RateLimitError(APIStatusError):
    """Status 429."""


class InternalServerError(APIStatusError):
    """Status 500 and above."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def status_error(response: httpx.Response, *, body: object, problem: object, request_id: str | None) -> APIStatusError:
    """Return the error for an answer that was read already."""
    kind = _BY_STATUS.get(response.status_code)
    if kind is None:
        kind = InternalServerError if response.status_code >= 500 else APIStatusError
    message = f"{response.request.method} {response.request.url.path}: error {response.status_code}"
    if shown := _shown(body):
        message = f"{message}: {shown}"
    if request_id:
        message = f"{message} (request {request_id})"
    return kind(message, response, body=body, problem=problem, request_id=request_id)


def _shown(body: object) -> str:
    written = body if isinstance(body, str) else "" if body is None else json.dumps(body, ensure_ascii=False)
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"
