"""`Api`, the model: everything a description says, so completely that no generator looks at the original.

Where a part has a `site`, it is referred to there, and `span` are the lines of what is referred to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.facts import IdempotencyKey, Pagination
    from specloom.model.inference import Inference
    from specloom.model.schema import Schema
    from specloom.model.source import Json, Reference, Source, Span

Extensions: TypeAlias = "Mapping[str, Json]"
"""The `x-` members as they stand, keys included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sample value with its name in the description; `external` is set where only a URL was given."""

    name: str
    value: Json
    summary: str | None = None
    external: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A placeholder in a server's URL."""

    name: str
    default: str
    enum: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A base URL, absolute or relative to where the description is served, with `{variables}`."""

    url: str
    span: Span
    description: str | None = None
    variables: tuple[ServerVariable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthFlow:
    """One OAuth 2.0 flow; `kind` uses OpenAPI 3's names (`clientCredentials`, `authorizationCode` …)."""

    kind: str
    authorization_url: str | None = None
    token_url: str | None = None
    refresh_url: str | None = None
    scopes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """A way to authenticate. Swagger 2.0's `basic` is `http` with scheme `basic` here.

    `name` is the key in the description; `parameter` the header, query or cookie name of an `apiKey`; `scheme` is
    lower-case (`basic`, `bearer`, `digest` …).
    """

    name: str
    type: Literal["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS", "unknown"]
    span: Span
    location: Literal["header", "query", "cookie"] | None = None
    parameter: str | None = None
    scheme: str | None = None
    bearer_format: str | None = None
    flows: tuple[OAuthFlow, ...] = ()
    open_id_connect_url: str | None = None
    description: str | None = None
    extensions: Extensions = field(default_factory=dict)


SecurityRequirement: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Scheme names with their scopes, all needed together; the empty tuple means that no authentication is fine too."""


class Location(StrEnum):
    """Where a parameter travels. `ARGUMENT` is GraphQL's; `QUERYSTRING` (3.2) is the whole query as one value."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    HEADER = "header"
    COOKIE = "cookie"
    ARGUMENT = "argument"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that travels outside the body.

    `style` and `explode` are always filled in, with the standard's defaults (OpenAPI 3.0, "Parameter Object"); Swagger
    2.0's collection formats are translated: csv → form/no explode, multi → form/explode, ssv → spaceDelimited, pipes →
    pipeDelimited, tsv → `tabDelimited` (ours). `media_type` is set for parameters with `content`.
    """

    name: str
    location: Location
    schema: Schema
    span: Span
    required: bool = False
    style: str = "form"
    explode: bool = True
    allow_reserved: bool = False
    allow_empty_value: bool = False
    media_type: str | None = None
    deprecated: bool = False
    description: str | None = None
    examples: tuple[Example, ...] = ()
    extensions: Extensions = field(default_factory=dict)
    site: Reference | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one part of a form or multipart body is written; the fields are the standard's."""

    content_type: str | None = None
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A response (or part) header; `media_type` is set for those with `content`, as for parameters."""

    name: str
    schema: Schema
    span: Span
    required: bool = False
    media_type: str | None = None
    deprecated: bool = False
    description: str | None = None
    style: str = "simple"
    explode: bool = False
    extensions: Extensions = field(default_factory=dict)
    site: Reference | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """One representation of a body.

    `schema` is None where the description gives none. `item_schema` is the schema of each item of a stream (3.2's
    `itemSchema`, or the schema given beside `text/event-stream` and JSON Lines types in older versions).
    """

    media_type: str
    span: Span
    schema: Schema | None = None
    item_schema: Schema | None = None
    encodings: Mapping[str, Encoding] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    extensions: Extensions = field(default_factory=dict)
    site: Reference | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """What may be sent; `content` keeps the description's order."""

    content: tuple[MediaType, ...]
    span: Span
    required: bool = False
    description: str | None = None
    extensions: Extensions = field(default_factory=dict)
    site: Reference | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A hint that a value of the answer feeds another operation; `target` is an operation key, operationId or ref."""

    name: str
    target: str | None
    span: Span
    parameters: Mapping[str, Json] = field(default_factory=dict)
    request_body: Json = None
    description: str | None = None
    site: Reference | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What may come back for `status`: three digits, a range such as `4XX` (upper case), or `default`."""

    status: str
    span: Span
    description: str = ""
    content: tuple[MediaType, ...] = ()
    headers: tuple[Header, ...] = ()
    links: tuple[Link, ...] = ()
    extensions: Extensions = field(default_factory=dict)
    site: Reference | None = field(default=None, compare=False)


class OperationKind(StrEnum):
    """Who calls whom, and how: callbacks and webhooks are calls that the API's server makes."""

    HTTP = "http"
    QUERY = "query"
    MUTATION = "mutation"
    SUBSCRIPTION = "subscription"
    WEBHOOK = "webhook"
    CALLBACK = "callback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What the API's owner calls an operation in client libraries; casing it is the generator's business.

    `resource` is the path of groups from the client inwards (`("chat", "completions")`, empty for the client itself),
    `method` the name in the innermost one, both as the owner wrote them; `origin` is where.
    """

    resource: tuple[str, ...]
    method: str
    origin: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be called, identified by its `key` and never by its operationId.

    The key is `GET /pets/{id}`, `query pets`, `POST webhook newPet` or
    `POST /subscribe → POST callback onData {$request.body#/url}`. `parameters` already include those of the path item,
    overridden where the standard says so. `security` is what holds for this operation, inherited or not: None where
    nothing is said anywhere, `()` where it is switched off. `servers` is empty unless the operation or its path has
    its own. `naming` is what the owner wants it called in client libraries, where they say so. `entry` are the lines of
    its path, with everything that the path's operations share. `strays` are path parameters that the path has no place
    for: nobody can send them, and people describe and change them all the same.
    """

    key: str
    kind: OperationKind
    method: str
    path: str
    span: Span
    operation_id: str | None = None
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    strays: tuple[Parameter, ...] = ()
    request_body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    callbacks: tuple[Operation, ...] = ()
    security: tuple[SecurityRequirement, ...] | None = None
    servers: tuple[Server, ...] = ()
    pagination: Pagination | None = None
    idempotency: IdempotencyKey | None = None
    naming: Naming | None = None
    external_docs: str | None = None
    extensions: Extensions = field(default_factory=dict)
    site: Reference | None = field(default=None, compare=False)
    entry: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A group of operations, in the description's order."""

    name: str
    span: Span
    description: str | None = None
    parent: str | None = None
    extensions: Extensions = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The name under which the API's owner publishes the client library of one language.

    `language` is lower-case (`python`, `typescript`, `go` …); `name` is what that language's registry knows (PyPI, npm)
    or, where it has none, the module path.
    """

    language: str
    name: str
    origin: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A whole API, read from one description.

    `operations` holds what a client calls, in the description's order; `webhooks` what the server calls. `schemas`
    are the named ones: components, plus a derived unique name for every schema in another file or deep inside the
    description that a `$ref` points at. `security` is the default requirement (`operation.security` already has it).
    `span` is the description itself, with the lines of its top-level members, where the format has such.
    `inferred` are facts of the docs that stand in for what the description leaves out.
    `packages` are the owner's names for client libraries, where a file beside the description gives them.
    """

    title: str
    version: str
    source: Source
    description: str | None = None
    servers: tuple[Server, ...] = ()
    security: tuple[SecurityRequirement, ...] | None = None
    security_schemes: tuple[SecurityScheme, ...] = ()
    operations: tuple[Operation, ...] = ()
    webhooks: tuple[Operation, ...] = ()
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    packages: tuple[Package, ...] = ()
    license: str | None = None
    contact: str | None = None
    terms_of_service: str | None = None
    external_docs: str | None = None
    extensions: Extensions = field(default_factory=dict)
    span: Span | None = None
    inferred: tuple[Inference, ...] = ()
