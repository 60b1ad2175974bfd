"""Servers: a list of URLs with variables since OpenAPI 3.0; host, base path and schemes in Swagger 2.0."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import Server, ServerVariable
from specloom.model.source import Known

if TYPE_CHECKING:
    from specloom.model.source import Span
    from specloom.readers.openapi.part import Part

_WEB_SCHEMES: Final = ("https", "http", "wss", "ws")
_VARIABLES: Final = frozenset({"variables"})


def read_servers(part: Part) -> tuple[Server, ...]:
    """Return the servers at `part` (the root, a path item or an operation), in order."""
    return tuple(_server(server) for server in part.parts("servers"))


def _server(part: Part) -> Server:
    url = part.text("url")
    if url is None:
        part.context.problems.warning("missing-url", "a server needs a `url`; it is read as `/`", part.span)
        url = "/"
    variables = tuple(_variable(name, inner) for name, inner in part.members("variables"))
    return Server(url=url, span=part.span_with(_VARIABLES), description=part.text("description"), variables=variables)


def _variable(name: str, part: Part) -> ServerVariable:
    enum = tuple(part.texts("enum"))
    default = part.text("default")
    if default is None:
        message = f"the server variable `{name}` needs a `default`"
        part.context.problems.warning("missing-default", message, part.span)
        default = enum[0] if enum else ""
    return ServerVariable(name=name, default=default, enum=enum, description=part.text("description"))


def read_swagger_servers(root: Part, schemes: list[str] | None = None) -> tuple[Server, ...]:
    """Return a server for each scheme, https first; `schemes` are an operation's own (Swagger 2.0, "host")."""
    host, base = root.text("host"), root.text("basePath")
    path = "/" + (base or "").strip("/") if base and base != "/" else ""
    span = root.span
    if not host:
        return (Server(url=path or "/", span=_narrowed(span, "basePath")),) if base else ()
    names = schemes or root.texts("schemes") or ["https"]
    names.sort(key=lambda name: _WEB_SCHEMES.index(name) if name in _WEB_SCHEMES else len(_WEB_SCHEMES))
    host = host.partition("://")[2] or host
    span = _narrowed(span, "host")
    return tuple(Server(url=f"{name}://{host.rstrip('/')}{path}", span=span) for name in names)


def _narrowed(span: Span, word: str) -> Span:
    """Return the lines of a member, with those of the others that a URL is made of."""
    parts = tuple((name, line) for name, line in span.members if name in {"host", "basePath", "schemes"})
    return replace(span.member(word), contents=Known(parts))
