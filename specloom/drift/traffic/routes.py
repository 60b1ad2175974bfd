"""From the address of a call to the operation that it called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from specloom.model.api import OperationKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.api import Api, Operation, Server

LONGEST: Final = 8000
"""Characters of a path that anybody calls."""
HOLES: Final = 3
"""Holes of one step of a path that are told apart."""
_HOLE: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Base:
    """Where an API is served: a host (None for any) and the path before every operation's, as patterns."""

    host: re.Pattern[str] | None
    path: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Route:
    """One path of a description: the plainer of two that match wins."""

    path: str
    pattern: re.Pattern[str]
    operations: dict[str, Operation]
    weight: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """What a call leads to. `operation` is None where the path is known under other methods, or not at all."""

    path: str
    operation: Operation | None
    parameters: dict[str, str]


class Routes:
    """The paths of an API below its servers, or below the addresses given instead of them."""

    def __init__(self, api: Api, servers: Iterable[str] = ()) -> None:
        given = [_base(url, {}) for url in servers]
        declared = [_served(server) for server in api.servers]
        self.bases = given or declared or [_base("/", {})]
        self.by_key = {item.key: item for item in api.operations if item.kind is OperationKind.HTTP}
        paths: dict[str, dict[str, Operation]] = {}
        for item in self.by_key.values():
            paths.setdefault(item.path, {})[item.method.upper()] = item
        self.routes = sorted((_route(path, found) for path, found in paths.items()), key=lambda route: route.weight)

    def find(self, method: str, url: str) -> Called | None:
        """Return what a call leads to, or None where it went to somebody else."""
        below = self._below(url)
        if below is None:
            return None
        for route in self.routes:
            if found := route.pattern.fullmatch(below):
                operation = route.operations.get(method.upper())
                if operation is not None:
                    return Called(route.path, operation, _values(route.path, found))
        known = next((route for route in self.routes if route.pattern.fullmatch(below)), None)
        return Called(known.path if known else below, None, {})

    def _below(self, url: str) -> str | None:
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        netloc = parts.netloc.rpartition("@")[2].lower()
        if len(parts.path) > LONGEST:
            return None
        for base in self.bases:
            if base.host is not None and not base.host.fullmatch(netloc):
                continue
            found = base.path.match(parts.path or "/")
            if found:
                rest = parts.path[found.end() :]
                if not rest or rest.startswith("/"):
                    return rest or "/"
        return None


def _served(server: Server) -> Base:
    url = server.url
    for item in server.variables:
        if "/" in item.default:  # a hole takes one segment; this variable brings the whole address, or several steps
            url = url.replace(f"{{{item.name}}}", item.default.rstrip("/"))
    return _base(url, {item.name: item.enum for item in server.variables})


def _base(url: str, choices: dict[str, tuple[str, ...]]) -> Base:
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/") if mark else ("", "/", scheme.lstrip("/"))
    made = re.compile(_pattern(host.lower(), "[^/]+", choices)) if mark else None
    return Base(made, re.compile(_pattern(f"{slash}{path}".rstrip("/"), "[^/]+", choices)))


def _pattern(template: str, hole: str, choices: dict[str, tuple[str, ...]] | None = None) -> str:
    """Return a template as a pattern of bounded work: each hole takes one segment, or one of its choices."""
    done, at = "", 0
    for found in _HOLE.finditer(template):
        listed = (choices or {}).get(found[1], ())
        done += re.escape(template[at : found.start()]) + (
            f"(?:{'|'.join(map(re.escape, listed))})" if listed else hole
        )
        at = found.end()
    return done + re.escape(template[at:])


def _route(path: str, operations: dict[str, Operation]) -> Route:
    template = path.split("?", 1)[0].rstrip("/") or "/"
    pattern = re.compile("/".join(map(_segment, template.split("/"))) + "/?")
    # Fixed segments first, then longer fixed texts: `/pets/mine` before `/pets/{id}`, `/{id}.json` before `/{id}`.
    weight = tuple(-len(_HOLE.sub("", step)) if "{" in step else -1000 for step in template.split("/"))
    return Route(path, pattern, operations, weight)


def _segment(template: str) -> str:
    """Return one step of a path as a pattern; one of many holes is matched as a whole, or it would take for ever."""
    many = len(_HOLE.findall(template)) > HOLES
    return "[^/]+" if many else _pattern(template, "([^/]+?)")


def _values(path: str, found: re.Match[str]) -> dict[str, str]:
    steps = [_HOLE.findall(step) for step in path.split("?", 1)[0].split("/")]
    names = [name for step in steps if len(step) <= HOLES for name in step]
    return {name: unquote(text) for name, text in zip(names, found.groups(), strict=False)}
