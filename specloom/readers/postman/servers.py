"""Bases of requests → servers; the base that most requests share is the API's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from specloom.model.api import Server, ServerVariable
from specloom.readers.postman.urls import SCHEME
from specloom.readers.postman.variables import VARIABLE, expand, name_of, names, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model.source import Span


@dataclass(frozen=True, slots=True)
class Servers:
    """The places that requests go to, most used first; `values` are the collection's variables."""

    values: Mapping[str, str]
    places: Mapping[str, Server]

    def place(self, base: str) -> str:
        """Return the identity of a base: written out, http and https alike; empty for a relative URL."""
        return _place(base, self.values)

    def shared(self) -> tuple[Server, ...]:
        """Return the API's server: the place that most requests go to."""
        return tuple(islice(self.places.values(), 1))

    def own(self, base: str) -> tuple[Server, ...]:
        """Return the server of an operation, where it is not the API's."""
        server = self.places.get(self.place(base))
        return (server,) if server and (server,) != self.shared() else ()


def find_servers(bases: Iterable[tuple[str, Span]], values: Mapping[str, str]) -> Servers:
    """Return the servers of all requests' bases; of http and https, the latter is kept."""
    counts: Counter[str] = Counter()
    found: dict[str, Server] = {}
    for base, span in bases:
        if place := _place(base, values):
            server = _server(base, values, span)
            counts[place] += 1
            if place not in found or (server.url.startswith("https:") and found[place].url.startswith("http:")):
                found[place] = server
    return Servers(values, {place: found[place] for place, _ in counts.most_common()})


def _place(base: str, values: Mapping[str, str]) -> str:
    return SCHEME.sub("", expand(base, values).strip().rstrip("/").lower(), count=1)


def _server(base: str, values: Mapping[str, str], span: Span) -> Server:
    """Return the server at `base`. A variable at its start is written out; what follows stays a server variable."""
    written = base.strip().rstrip("/")
    while (match := VARIABLE.match(written)) and (value := values.get(name_of(match))) and not VARIABLE.match(value):
        written = value.rstrip("/") + written[match.end() :]
    if not SCHEME.match(written) and not VARIABLE.match(written):
        written = f"http://{written}"  # what Postman does
    variables = tuple(
        ServerVariable(name=name, default=expand(values.get(name, ""), values)) for name in names(written)
    )
    return Server(url=placeholders(written), span=span, variables=variables)
