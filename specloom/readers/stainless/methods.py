"""The tree of resources → the method of each endpoint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.model.api import Naming
from specloom.readers.stainless.config import as_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.source import Json, Span
    from specloom.readers.stainless.config import Config

ENDPOINT: Final = re.compile(r"\s*([A-Za-z]+)\s+(/\S*)\s*")
PARAMETER: Final = re.compile(r"\{[^{}]*\}")

CLIENT: Final = "$client"
SHARED: Final = "$shared"
"""The resource whose methods are the client's own, and the one that has only models."""


@dataclass(frozen=True, slots=True)
class Method:
    """A named endpoint: `shape` is its `GET /path` with nameless parameters, `paginated` None where nothing is said."""

    naming: Naming
    shape: str
    paginated: Json = None


def shape_of(method: str, path: str) -> str:
    """Return what two ways of writing one endpoint have in common."""
    return f"{method.upper()} {PARAMETER.sub('{}', path).rstrip('/') or '/'}"


def methods(config: Config) -> Iterator[Method]:
    """Yield the methods of all resources, outer ones first; what is no endpoint is noted."""
    pending: list[tuple[tuple[str, ...], Json]] = [
        (() if name == CLIENT else (name,), resource)
        for name, resource in as_object(config.root.get("resources")).items()
        if name != SHARED
    ]
    for path, resource in pending:
        members = as_object(resource)
        listed = members.get("methods")
        for name, written in as_object(listed).items():
            method = _method(config, (*path, name), written, config.span(listed).member(name))
            if method is not None:
                yield method
        pending.extend(((*path, name), inner) for name, inner in as_object(members.get("subresources")).items())


def _method(config: Config, path: tuple[str, ...], written: Json, span: Span) -> Method | None:
    members = as_object(written)
    if str(members.get("type")) in {"alias", "webhook_unwrap", "webhook_verify"} or members.get("skip") is True:
        return None
    endpoint = members.get("endpoint") if members else written
    match = ENDPOINT.fullmatch(endpoint) if isinstance(endpoint, str) else None
    if match is None:
        config.warn(f"the method {'.'.join(path)} has no endpoint such as `get /path`, so it is left out", span)
        return None
    *resource, name = path
    naming = Naming(resource=tuple(resource), method=name, origin=span)
    return Method(naming, shape_of(match[1], match[2]), members.get("paginated"))
