"""URLs, written as text or in parts, cut into base, path template and query."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from specloom.readers.postman.fields import Pair, as_list, as_object, as_text
from specloom.readers.postman.variables import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.source import Json, Span
    from specloom.readers.postman.fields import Notebook

SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://")

PARAMETER: Final = re.compile(r"\{\{([^{}]{1,200})\}\}|(?<![^/]):([A-Za-z_][\w-]*)|\{([^{}/]{1,200})\}|[{}]")
"""`{{id}}`, `:id` at the start of a segment, `{id}` as converters from other formats leave it, or a stray brace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """A request's address. `base` still has its `{{variables}}`; `path` is a template whose parameters are `names`.

    `variables` describe path parameters; `base` is empty for a relative URL.
    """

    base: str
    path: str
    names: tuple[str, ...]
    span: Span
    query: tuple[Pair, ...] = ()
    variables: Mapping[str, Pair] = field(default_factory=dict)


def read_url(value: Json, around: Span, notebook: Notebook) -> Url:
    """Read a URL; `around` is where it stands if it is text."""
    parts = as_object(value)
    base, path, query = _split(value if isinstance(value, str) else as_text(parts.get("raw")))
    if parts.get("host"):
        base, path = _base(parts), "/" + "/".join(_segments(parts.get("path")))
    template, names = _template(path)
    span = notebook.document.span(value) if parts else around
    pairs = notebook.pairs(parts["query"], span.member("query")) if parts.get("query") else _query(query, span)
    variables = notebook.pairs(parts.get("variable"), span.member("variable"))
    return Url(
        base=base,
        path=template,
        names=names,
        span=span,
        query=tuple(replace(pair, key=unquote(pair.key)) for pair in pairs),
        variables={pair.key: pair for pair in variables},
    )


def _split(written: str) -> tuple[str, str, str]:
    """Cut a URL written as text into base, path and query; a fragment never reaches a server."""
    rest, _, query = written.strip().partition("#")[0].partition("?")
    scheme = match[0] if (match := SCHEME.match(rest)) else ""
    host, slash, path = rest[len(scheme) :].partition("/")
    return scheme + host, slash + path, query


def _base(parts: Mapping[str, Json]) -> str:
    host = parts["host"]
    name = ".".join(as_text(label) for label in host) if isinstance(host, list) else as_text(host)
    protocol, port = as_text(parts.get("protocol")), as_text(parts.get("port"))
    scheme = f"{protocol.removesuffix('://').removesuffix(':')}://" if protocol and not SCHEME.match(name) else ""
    return scheme + name + (f":{port}" if port else "")


def _segments(path: Json) -> list[str]:
    """Return the segments of a path given as text, or as a list of texts and `{"value"}` objects."""
    if isinstance(path, str):
        return path.lstrip("/").split("/")
    return [as_text(item.get("value") if isinstance(item, dict) else item) for item in as_list(path)]


def _template(path: str) -> tuple[str, tuple[str, ...]]:
    """Return `path` with its parameters as `{name}`, and the names; a name that comes again gets a number."""
    names: dict[str, int] = {}

    def place(match: re.Match[str]) -> str:
        name = name_of(match) if match[1] else match[2] or match[3]
        if not name:
            return "%7B" if match[0] == "{" else "%7D"
        unique = name
        while unique in names:
            names[name] += 1
            unique = f"{name}{names[name]}"
        names[unique] = 1
        return "{" + unique + "}"

    return PARAMETER.sub(place, "/" + path.lstrip("/")), tuple(names)


def _query(text: str, span: Span) -> list[Pair]:
    """Return the pairs of a query string; a key without `=` has an empty value."""
    cut = (piece.partition("=") for piece in text.split("&"))
    return [Pair(key=key, value=value, span=span) for key, _, value in cut if key]
