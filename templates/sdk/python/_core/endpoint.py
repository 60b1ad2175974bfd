"""What the description says about one operation, as data: the resources hold these, the transport reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from .graphql import Document

T = TypeVar("T")

Lazy: TypeAlias = Callable[[], Any]
"""A function that names a type when it is first needed, so that importing a resource imports no models."""

Requirement: TypeAlias = Mapping[str, tuple[str, ...]]
"""Security schemes that are needed together, each with its scopes; the empty mapping stands for "none"."""

Args: TypeAlias = Mapping[str, object]
"""The arguments of a call by their Python names; `UNSET` ones are left out."""


@dataclass(frozen=True)
class Param:
    """A parameter outside the body: its Python name, its name on the wire, and how it is written.

    `style`, `explode` and `reserved` (allowReserved) are those of the OpenAPI standard, "Parameter Object"; where
    `content` names a media type the value is one JSON text instead. `empty` allows `name=` for an empty value.
    """

    arg: str
    name: str = ""
    place: Literal["path", "query", "querystring", "header", "cookie"] = "query"
    style: str = "form"
    explode: bool = True
    reserved: bool = False
    content: str | None = None
    empty: bool = False

    @property
    def wire(self) -> str:
        """The name on the wire; the Python name unless another one is given."""
        return self.name or self.arg


def path(
    arg: str,
    name: str = "",
    *,
    style: str = "simple",
    explode: bool = False,
    reserved: bool = False,
    content: str | None = None,
) -> Param:
    """Declare a path parameter."""
    return Param(arg, name, "path", style, explode, reserved, content)


def query(
    arg: str,
    name: str = "",
    *,
    style: str = "form",
    explode: bool = True,
    reserved: bool = False,
    content: str | None = None,
    empty: bool = False,
) -> Param:
    """Declare a query parameter."""
    return Param(arg, name, "query", style, explode, reserved, content, empty)


def querystring(arg: str, *, content: str) -> Param:
    """Declare a parameter that is the whole query string (OpenAPI 3.2); `content` is its media type."""
    return Param(arg, "", "querystring", content=content)


def header(arg: str, name: str = "", *, explode: bool = False, content: str | None = None) -> Param:
    """Declare a header parameter."""
    return Param(arg, name, "header", "simple", explode, content=content)


def cookie(arg: str, name: str = "", *, style: str = "form", explode: bool = True, content: str | None = None) -> Param:
    """Declare a cookie parameter."""
    return Param(arg, name, "cookie", style, explode, content=content)


@dataclass(frozen=True)
class Part:
    """How one field of a form or multipart body is written; None means the standard's default."""

    content_type: str | None = None
    style: str | None = None
    explode: bool | None = None
    reserved: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Body:
    """How the request body is written.

    The body is the argument named `whole` where that is set. Otherwise it is an object whose members are all arguments
    that are not parameters; `names` maps Python names to names on the wire where they differ. `parts` says, by name
    on the wire, how fields of forms and multipart bodies are written.
    """

    media_type: str = "application/json"
    whole: str | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    parts: Mapping[str, Part] = field(default_factory=dict[str, Part])
    required: bool = True


@dataclass(frozen=True)
class Endpoint(Generic[T]):
    """An operation; `T` is what a call returns, the type of an item for streams, that of a whole page for lists.

    `result` names the type of a successful answer: a model, any other type pydantic knows, `str` for texts, `bytes`
    for binary content, None for nothing at all. `results` overrides it by status (`"202"`, `"2XX"`). `errors` names the
    types of the bodies of errors by status, range or `"default"`. `accept` is the Accept header.

    `stream` is set where the answer is a stream of items. `sse_envelope` means that an item describes the whole
    server-sent event (`event`, `data`, `id`, `retry`) and not only its data.

    `security` overrides the client's; `()` switches authentication off. `idempotency` is the header that carries
    the idempotency key; `base_url` an address of its own.

    `document` is set where the call carries a GraphQL document; the arguments are its variables then.
    """

    method: str
    path: str
    params: tuple[Param, ...] = ()
    body: Body | None = None
    result: Lazy | None = None
    results: Mapping[str, Lazy | None] = field(default_factory=dict[str, "Lazy | None"])
    errors: Mapping[str, Lazy] = field(default_factory=dict[str, Lazy])
    accept: str = "application/json"
    stream: Literal["sse", "jsonl"] | None = None
    sse_envelope: bool = False
    security: tuple[Requirement, ...] | None = None
    idempotency: str | None = None
    base_url: str | None = None
    document: Document | None = None
