"""The runtime of this package, the same for every API: what the generated modules around it are written with."""

from pydantic import Field
from typing_extensions import TypeAliasType

from .async_client import AsyncClient
from .client import SyncClient
from .endpoint import Body, Endpoint, Param, Part, cookie, header, path, query, querystring
from .errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APIStreamError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    GraphQLError,
    InternalServerError,
    InvalidArgumentError,
    MissingCredentialsError,
    NotFoundError,
    OAuthError,
    PaginationError,
    PermissionDeniedError,
    RateLimitError,
    SdkError,
    UnprocessableEntityError,
    WebhookSignatureError,
)
from .files import FileContent, FileInput
from .graphql import Document
from .lazy import lazy_module
from .model import Model, request_id
from .oauth import AuthorizationCode, ClientCredentials, OAuthCredential, PasswordGrant, RefreshToken
from .options import AsyncSecret, AsyncSettings, ClientCert, RequestOptions, Secret, SyncSettings, Timeout
from .pages import AsyncPage, AsyncPager, Page
from .paging import Paging
from .resource import AsyncResource, Resource
from .responses import AsyncDownload, AsyncStreamedResponse, Download, RawResponse, StreamedResponse
from .security import ApiKey, Basic, Bearer, Digest, MutualTls, OAuth2, OpenIdConnect
from .spec import ClientSpec
from .sse import ServerSentEvent
from .streams import AsyncStream, Stream
from .unions import Discriminated, Unknown
from .unset import UNSET, Unset
from .webhooks import WebhookSignature

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APIStreamError",
    "APITimeoutError",
    "ApiKey",
    "AsyncClient",
    "AsyncDownload",
    "AsyncPage",
    "AsyncPager",
    "AsyncResource",
    "AsyncSecret",
    "AsyncSettings",
    "AsyncStream",
    "AsyncStreamedResponse",
    "AuthenticationError",
    "AuthorizationCode",
    "BadRequestError",
    "Basic",
    "Bearer",
    "Body",
    "ClientCert",
    "ClientCredentials",
    "ClientSpec",
    "ConflictError",
    "Digest",
    "Discriminated",
    "Document",
    "Download",
    "Endpoint",
    "Field",
    "FileContent",
    "FileInput",
    "GraphQLError",
    "InternalServerError",
    "InvalidArgumentError",
    "MissingCredentialsError",
    "Model",
    "MutualTls",
    "NotFoundError",
    "OAuth2",
    "OAuthCredential",
    "OAuthError",
    "OpenIdConnect",
    "Page",
    "PaginationError",
    "Paging",
    "Param",
    "Part",
    "PasswordGrant",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "RefreshToken",
    "RequestOptions",
    "Resource",
    "SdkError",
    "Secret",
    "ServerSentEvent",
    "Stream",
    "StreamedResponse",
    "SyncClient",
    "SyncSettings",
    "Timeout",
    "TypeAliasType",
    "Unknown",
    "UnprocessableEntityError",
    "Unset",
    "WebhookSignature",
    "WebhookSignatureError",
    "cookie",
    "header",
    "lazy_module",
    "path",
    "query",
    "querystring",
    "request_id",
]
