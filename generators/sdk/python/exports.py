"""What the package hands to its users from the runtime, under names that its own must not take."""

from __future__ import annotations

from typing import Final

from specloom.render import Code

ROOT_ERROR: Final = "SdkError"
"""Known to users by the name of the client instead."""

EXPORTS: Final = (
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APIStreamError",
    "APITimeoutError",
    "AsyncDownload",
    "AsyncPage",
    "AsyncPager",
    "AsyncStream",
    "AsyncStreamedResponse",
    "AuthenticationError",
    "AuthorizationCode",
    "BadRequestError",
    "ClientCredentials",
    "ConflictError",
    "Download",
    "GraphQLError",
    "InternalServerError",
    "InvalidArgumentError",
    "MissingCredentialsError",
    "NotFoundError",
    "OAuthError",
    "Page",
    "PaginationError",
    "PasswordGrant",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "RefreshToken",
    "RequestOptions",
    "ServerSentEvent",
    "Stream",
    "StreamedResponse",
    "Unknown",
    "UnprocessableEntityError",
    "Unset",
    "WebhookSignature",
    "WebhookSignatureError",
    "request_id",
)
"""What users catch, pass or annotate with."""


def free_client_name(wish: str) -> str:
    """Return `wish`, or something close to it where the client, its twin or its error would hide an export."""
    taken = {*EXPORTS, ROOT_ERROR}
    return f"{wish}Client" if taken & {wish, f"Async{wish}", f"{wish}Error"} else wish


def imported() -> tuple[Code, ...]:
    """Return what the package's root imports from the runtime, as isort orders it."""
    return tuple(Code(name) for name in sorted({*EXPORTS, ROOT_ERROR}, key=_isort))


def offered(client: str, error: str) -> tuple[Code, ...]:
    """Return the members of `__all__`."""
    names = {*EXPORTS, client, f"Async{client}", error, "__version__", "models"}
    return tuple(Code(name) for name in sorted(names, key=_isort))


def _isort(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
