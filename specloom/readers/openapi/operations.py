"""Operations: path items, webhooks and callbacks are the same thing with different callers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import Operation, OperationKind, RequestBody, SecurityRequirement, Server
from specloom.readers.openapi.bodies import Bodies
from specloom.readers.openapi.media_types import MediaTypes
from specloom.readers.openapi.parameters import Parameters, gather, is_in_body
from specloom.readers.openapi.part import Part
from specloom.readers.openapi.responses import Responses
from specloom.readers.openapi.security import read_security
from specloom.readers.openapi.servers import read_servers, read_swagger_servers
from specloom.readers.openapi.swagger_bodies import read_swagger_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.source import Span
    from specloom.readers.openapi.schemas import Schemas

MAX_OPERATIONS: Final = 50_000
"""Operations of one description, callbacks included; references can turn few lines into very many."""

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_LISTS: Final = frozenset({"tags", "security", "consumes", "produces"})
"""Members of an operation in which a change may be about one item."""
_ITEM_MEMBERS: Final = frozenset({"$ref", "summary", "description", "servers", "parameters", "additionaloperations"})


@dataclass(frozen=True, slots=True)
class _Name:
    method: str
    path: str
    key: str


class Operations:
    """Reads the operations of one description."""

    def __init__(self, schemas: Schemas, root: Part) -> None:
        media_types = MediaTypes(schemas)
        self._schemas = schemas
        self._root = root
        self._bodies = Bodies(media_types)
        self._parameters = Parameters(schemas)
        self._responses = Responses(schemas, media_types, root)
        self._security = read_security(root)
        self._open_callbacks: list[int] = []
        self._count = 0

    def paths(self) -> tuple[Operation, ...]:
        """Return what clients call, in the description's order; where two share a key, the first."""
        found: list[Operation] = []
        for written, item, entry in _path_items(self._root.part("paths")):
            path = _rooted(written, item)
            found.extend(self._item(item, entry, OperationKind.HTTP, path, ("", f" {path}")))
        return self._distinct(found)

    def webhooks(self) -> tuple[Operation, ...]:
        """Return what the server calls; before 3.1 under `x-webhooks`."""
        found: list[Operation] = []
        for key in ("webhooks", "x-webhooks"):
            for name, item, entry in _path_items(self._root.part(key)):
                found.extend(self._item(item, entry, OperationKind.WEBHOOK, name, ("", f" webhook {name}")))
        return self._distinct(found)

    def _distinct(self, found: list[Operation]) -> tuple[Operation, ...]:
        by_key: dict[str, Operation] = {}
        problems = self._root.context.problems
        for operation in found:
            if by_key.setdefault(operation.key, operation) is not operation:
                message = f"{operation.key} is there twice; the second is left out"
                problems.error("duplicate-operation", message, operation.span)
        by_id: dict[str, str] = {}
        for key, operation in by_key.items():
            name = operation.operation_id
            if name and by_id.setdefault(name, key) != key:
                message = f"{key} has the operationId `{name}` of {by_id[name]}; give it one of its own"
                problems.warning("duplicate-operation-id", message, operation.span.member("operationId"))
        return tuple(by_key.values())

    def _item(
        self, item: Part, entry: Span, kind: OperationKind, path: str, around: tuple[str, str]
    ) -> Iterator[Operation]:
        """Yield the operations of a path item, listed at `entry`; a key is the method with something `around` it."""
        before, after = around
        for method, part in _operations_of(item):
            self._count += 1
            if self._count > MAX_OPERATIONS:
                message = f"there are more than {MAX_OPERATIONS:,} operations; the rest is left out, so split it"
                self._root.context.problems.error("too-many-operations", message, self._root.span)
                return
            name = _Name(method, path, f"{before}{method}{after}")
            yield replace(self._operation(part, item, kind, name), entry=entry)

    def _operation(self, part: Part, item: Part, kind: OperationKind, name: _Name) -> Operation:
        span = part.span_with(_LISTS)
        parts = gather([item, part], name.key)
        outside = [parameter for parameter in parts if not is_in_body(parameter)]
        inside = [parameter for parameter in parts if is_in_body(parameter)]
        template = name.path if kind is OperationKind.HTTP else ""
        parameters, strays = self._parameters.read(outside, template, span)
        return Operation(
            key=name.key,
            kind=kind,
            method=name.method,
            path=name.path,
            span=span,
            operation_id=part.text("operationId"),
            summary=part.text("summary") or item.text("summary"),
            description=part.text("description") or item.text("description"),
            tags=tuple(part.texts("tags")),
            deprecated=part.flag("deprecated") is True,
            parameters=parameters,
            strays=strays,
            request_body=self._body(part, inside),
            responses=self._responses.read(part),
            callbacks=tuple(self._callbacks(part, name.key)),
            security=self._required(part),
            servers=self._servers(part, item),
            external_docs=external_docs(part),
            extensions=item.extensions | part.extensions,
            site=part.site,
        )

    def _body(self, part: Part, inside: list[Part]) -> RequestBody | None:
        if "requestBody" in part.value:
            return self._bodies.read(part)
        return read_swagger_body(part, self._root, inside, self._schemas)

    def _required(self, part: Part) -> tuple[SecurityRequirement, ...] | None:
        own = read_security(part)
        return self._security if own is None else own

    def _servers(self, part: Part, item: Part) -> tuple[Server, ...]:
        if part.context.dialect.is_swagger:
            schemes = part.texts("schemes")
            return read_swagger_servers(self._root, schemes) if schemes else ()
        return read_servers(part) or read_servers(item)

    def _callbacks(self, part: Part, key: str) -> Iterator[Operation]:
        for name, callback in part.members("callbacks"):
            if id(callback.value) in self._open_callbacks:
                message = f"the callback `{name}` contains itself; the inner one is left out"
                part.context.problems.warning("circular-callback", message, callback.span)
                continue
            self._open_callbacks.append(id(callback.value))
            for expression, item, entry in _path_items(callback):
                prefix, suffix = f"{key} → ", f" callback {name} {expression}"
                yield from self._item(item, entry, OperationKind.CALLBACK, expression, (prefix, suffix))
            self._open_callbacks.pop()


def _path_items(whole: Part | None) -> Iterator[tuple[str, Part, Span]]:
    """Yield path items by name, with the lines of their entry; one with members beside its `$ref` twice."""
    if whole is None:
        return
    for name, item in whole.entries(extensible=True):
        yield name, item, whole.at(name)
        written = whole.value[name]
        if isinstance(written, dict) and written is not item.value and len(written) > 1:
            yield name, Part(written, whole.document, whole.context), whole.at(name)


def _rooted(path: str, item: Part) -> str:
    """Return a path with the slash that it has to begin with."""
    if path.startswith("/"):
        return path
    item.context.problems.warning(
        "bad-path", f"the path `{path}` should begin with a slash; it is read as if it did", item.span
    )
    return f"/{path}"


def external_docs(part: Part) -> str | None:
    """Return the URL of further documentation, or None."""
    docs = part.part("externalDocs")
    return docs.text("url") if docs else None


def _operations_of(item: Part) -> Iterator[tuple[str, Part]]:
    """Yield method and operation of a path item: its own members, and 3.2's `additionalOperations`."""
    for name in item.value:
        method = name.strip().lower()
        if method in METHODS:
            yield method.upper(), _operation_part(item, name)
        elif method not in _ITEM_MEMBERS and not name.startswith("x-"):
            message = f"`{name}` is no HTTP method; it is left out"
            item.context.problems.warning("unknown-method", message, item.at(name))
    for name, part in item.members("additionalOperations"):
        yield name.upper(), part


def _operation_part(item: Part, name: str) -> Part:
    """Return the operation at `name`; an empty one where it is no mapping, so that it is not lost."""
    return item.part(name) or item.empty(name)
