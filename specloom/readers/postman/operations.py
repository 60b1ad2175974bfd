"""Requests → operations: those with one method and path at one place are one operation, nothing is dropped."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.model.api import Operation, OperationKind
from specloom.model.source import Reference
from specloom.readers.postman.answers import responses
from specloom.readers.postman.bodies import request_body
from specloom.readers.postman.fields import as_object, as_text
from specloom.readers.postman.parameters import parameters
from specloom.readers.postman.requests import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specloom.model.api import SecurityRequirement
    from specloom.model.source import Json
    from specloom.readers.postman.fields import Notebook
    from specloom.readers.postman.requests import Request
    from specloom.readers.postman.servers import Servers

PARAMETER: Final = re.compile(r"\{[^{}]*\}")

MOST_NAMED: Final = 5
"""Requests that a message names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Group:
    """What makes requests one operation. GraphQL requests share an address but not a purpose: `query` is their text."""

    method: str
    shape: str
    place: str
    query: str


@dataclass(frozen=True, slots=True)
class Operations:
    """Makes operations of the requests of one collection."""

    servers: Servers
    notebook: Notebook

    def read(self, requests: Sequence[Request]) -> tuple[Operation, ...]:
        """Return the operations, in order of their first request."""
        groups: dict[Group, list[Request]] = {}
        for request in requests:
            groups.setdefault(self._group(request), []).append(request)
        names = Counter(request.name for request in requests)
        keys = self._keys(groups)
        return tuple(self._operation(keys[group], same, names) for group, same in groups.items())

    def _group(self, request: Request) -> Group:
        written = as_object(request.body.get("graphql")) if request.body.get("mode") == "graphql" else {}
        query = as_text(written.get("query")) or (request.name if written else "")
        shape = PARAMETER.sub("{}", request.url.path)
        return Group(request.method, shape, self.servers.place(request.url.base), query)

    def _keys(self, groups: Mapping[Group, Sequence[Request]]) -> dict[Group, str]:
        """Return a key for each group: method and path, and a request's name where several groups share them."""
        alike = Counter((group.method, group.shape) for group in groups)
        counts: Counter[str] = Counter()
        keys: dict[Group, str] = {}
        for group, same in groups.items():
            plain = key = f"{group.method} {same[0].url.path}"
            if counts[plain] or (group.query and alike[group.method, group.shape] > 1):
                key = f"{plain} ({same[0].name})"
            counts[key] += 1
            keys[group] = key if counts[key] == 1 else f"{key} #{counts[key]}"
            if key != plain:
                message = f"{plain} is several operations; the request {same[0].name!r} is {keys[group]!r}"
                self.notebook.note("postman-told-apart", message, same[0].span)
        return keys

    def _operation(self, key: str, same: Sequence[Request], names: Mapping[str, int]) -> Operation:
        first = same[0]
        if len(same) > 1:
            named = ", ".join(repr(request.name) for request in same[:MOST_NAMED])
            more = f" and {len(same) - MOST_NAMED} more" if len(same) > MOST_NAMED else ""
            message = f"{len(same)} requests are the one operation {key}: {named}{more}"
            self.notebook.note("postman-merged-requests", message, first.span)
        every: list[Json] = [SEPARATOR.join((*request.folders, request.name)) for request in same]
        said = dict.fromkeys(request.description for request in same if request.description)
        return Operation(
            key=key,
            kind=OperationKind.HTTP,
            method=first.method,
            path=first.url.path,
            span=first.span,
            operation_id=first.name if names[first.name] == 1 else None,
            summary=first.name,
            description="\n\n".join(said) or None,
            tags=tuple(dict.fromkeys(SEPARATOR.join(request.folders) for request in same if request.folders)),
            parameters=parameters(same, self.servers.values),
            request_body=request_body(same, self.notebook),
            responses=responses(same, self.notebook),
            security=_security(request.security for request in same),
            servers=self.servers.own(first.url.base),
            extensions={"x-postman-requests": every},
            site=Reference(first.verb, key),
            entry=first.address,
        )


def _security(said: Iterable[tuple[SecurityRequirement, ...] | None]) -> tuple[SecurityRequirement, ...] | None:
    """Return what merged requests ask for, as alternatives; "no auth" is one of them where only some ask."""
    known = [requirements for requirements in said if requirements is not None]
    if not known:
        return None
    alternatives = dict.fromkeys(requirement for requirements in known for requirement in requirements)
    if alternatives and () in known:
        alternatives[()] = None
    return tuple(alternatives)
