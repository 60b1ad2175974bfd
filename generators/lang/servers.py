"""Where an API is: the addresses that a client calls when its user gives none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model.api import Api, Operation, Server

_BARE_HOST: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?(?:/.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where calls go: `base`, unless an operation is elsewhere, and every variable of an address with its default."""

    base: Server | None
    variables: Mapping[str, str]


def addresses_of(api: Api) -> Addresses:
    """Return the addresses of an API; the variables of its own come before those of operations."""
    base = _base(api)
    servers = [*([base] if base else []), *(server for one in api.operations for server in one.servers[:1])]
    variables: dict[str, str] = {}
    for variable in (variable for server in servers for variable in server.variables):
        variables.setdefault(variable.name, variable.default)
    return Addresses(base, variables)


def own_address(operation: Operation, api: Api, addresses: Addresses) -> str | None:
    """Return the address of an operation that is elsewhere than the others; one without a host is on theirs."""
    absolute = _absolute(operation.servers)
    server = absolute[0] if absolute else next(iter(operation.servers), None)
    if server is None or operation.servers == api.servers or server.url in {"", *(one.url for one in api.servers)}:
        return None
    if not absolute and not server.url.startswith("/"):
        return None
    url = server.url
    for variable in server.variables:
        if addresses.variables[variable.name] != variable.default:
            url = url.replace(f"{{{variable.name}}}", variable.default)
    return None if addresses.base is not None and _place(url) == _place(addresses.base.url) else url


def _base(api: Api) -> Server | None:
    """Return the first server with an address, over TLS where it is also offered like that.

    Where the API as a whole names none, it is the one that most of its operations have of their own.
    """
    offered = _absolute(api.servers)
    if not offered:
        own = [server for one in api.operations for server in _absolute(one.servers)[:1]]
        common = Counter(server.url for server in own).most_common(1)
        return next((server for server in own if common and server.url == common[0][0]), None)
    secure = f"https{offered[0].url.removeprefix('http')}"
    return next((server for server in offered if server.url == secure), offered[0])


def _absolute(servers: Iterable[Server]) -> list[Server]:
    """Return the servers with a host, which a variable may bring; https where no scheme is given."""
    spelled = (replace(server, url=_scheme(server) + server.url.strip()) for server in servers)
    return [server for server in spelled if "://" in _filled(server)]


def _scheme(server: Server) -> str:
    """Return what the address lacks to say how it is called."""
    url = _filled(server)
    if url.startswith("//"):
        return "https:"
    return "https://" if _BARE_HOST.fullmatch(url) else ""


def _filled(server: Server) -> str:
    """Return the address with the defaults of its variables."""
    url = server.url.strip()
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return url


def _place(url: str) -> str:
    """Return `url` without what makes no difference to where it leads; http and https of one host are one place."""
    return url.rstrip("/").removeprefix("https").removeprefix("http")
