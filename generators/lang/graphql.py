"""GraphQL operations as the HTTP calls that carry them (graphql-over-http): a document, variables, a part of `data`.

A document has to say which fields it wants. Unless a caller chooses, those are the leaves of the type, and, of what is
only a wrapper, such as a connection or a payload, also what is inside; what takes arguments or leads back is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import MediaType, Naming, OperationKind, RequestBody
from specloom.model.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specloom.model.api import Api, Operation

GROUPS: Final = {OperationKind.QUERY: "queries", OperationKind.MUTATION: "mutations"}
"""Where the methods of each kind of operation are found; subscriptions need a connection that stays open."""

DOCUMENT: Final = "x-specloom-document"
"""Extension of an operation that was made an HTTP call: `head` and `selection` of its document, and the `field`."""

FEW: Final = 3
"""Leaves, and objects, in an object up to which it is taken for a wrapper."""

PAGE_INFO: Final = "pageInfo"
"""The field that makes a type a connection (relay.dev/graphql/connections.htm)."""

MOST_NESTED: Final = 4
"""Wrappers inside wrappers: a connection, its edges, their nodes."""

_TYPE: Final = "x-graphql-type"
_BUILT_IN: Final = frozenset({"Boolean", "Float", "ID", "Int", "String"})
_OUTSIDE: Final = re.compile(r"[\[\]!]")


def over_http(api: Api) -> Api:
    """Return `api` with queries and mutations as POST calls with a document; other operations stay as they are.

    A member that holds an object is no longer required: it is there only where the document asks for it.
    """
    if not any(operation.kind in GROUPS for operation in api.operations):
        return api
    selections = Selections(api.schemas)
    return replace(
        api,
        operations=tuple(
            _call(operation, selections) if operation.kind in GROUPS else operation for operation in api.operations
        ),
        schemas={name: selections.loosened(schema) for name, schema in api.schemas.items()},
    )


def _call(operation: Operation, selections: Selections) -> Operation:
    named = _name_of(operation.extensions)
    arguments = operation.parameters
    declared = ", ".join(f"${one.name}: {one.schema.extensions.get(_TYPE)}" for one in arguments)
    passed = ", ".join(f"{one.name}: ${one.name}" for one in arguments)
    kind, field = operation.kind.value, operation.path
    head = f"{kind} {field}({declared}) {{ {field}({passed})" if arguments else f"{kind} {field} {{ {field}"
    schema = Schema(
        span=operation.span,
        types=("object",),
        properties={one.name: replace(one.schema, description=one.description) for one in arguments},
        required=tuple(one.name for one in arguments if one.required),
    )
    content = (MediaType(media_type="application/json", span=operation.span, schema=schema),)
    pagination = operation.pagination
    listed = pagination.items_path[0] if pagination and pagination.items_path else None
    return replace(
        operation,
        kind=OperationKind.HTTP,
        method="POST",
        path="",
        parameters=(),
        request_body=RequestBody(content=content, span=operation.span, required=True) if arguments else None,
        naming=operation.naming or Naming(resource=(GROUPS[operation.kind],), method=field, origin=operation.span),
        pagination=replace(pagination, request_in="body") if pagination else None,
        extensions={
            **operation.extensions,
            DOCUMENT: {"head": head, "field": field, "selection": " ".join(selections.of(named, listed=listed))},
        },
    )


@dataclass(frozen=True, slots=True)
class Selections:
    """Chooses what documents ask for of the types in `schemas`."""

    schemas: Mapping[str, Schema]

    def of(self, name: str, around: tuple[str, ...] = (), *, listed: str | None = None) -> Iterator[str]:
        """Yield the parts of a selection of the type `name`, which stands inside the types `around`; none of a leaf.

        `listed` is the field that pages are read from, where the type is a connection: the other one says the same.
        """
        if not self._is_composite(name):
            return
        schema = self.schemas[name]
        members = [one.ref for one in (*schema.one_of, *schema.any_of) if one.ref in self.schemas]
        own = dict(self._leaves(schema))
        if members:
            yield "__typename"
        yield from own
        if members:
            yield from self._fragments(members, own)
            return
        inner = list(self._wrapped(name, schema, around, listed)) if len(own) <= FEW else []
        yield from inner
        if not own and not inner:
            yield "__typename"

    def loosened(self, schema: Schema) -> Schema:
        """Return the schema of a type without the requirement of what a document may leave out."""
        if schema.extensions.get("x-graphql-kind") not in {"object", "interface"}:
            return schema
        leaves = dict(self._leaves(schema))
        return replace(schema, required=tuple(name for name in schema.required if name in leaves))

    def _leaves(self, schema: Schema) -> Iterator[tuple[str, str]]:
        """Yield fields that hold scalars and enums, with their types as written."""
        for name, value in schema.properties.items():
            wanted = not (value.deprecated and value.nullable) and not _needs_arguments(value)
            if wanted and self._is_leaf(_name_of(value.extensions)):
                yield name, str(value.extensions[_TYPE])

    def _wrapped(self, name: str, schema: Schema, around: tuple[str, ...], listed: str | None) -> Iterator[str]:
        inside = (*around, name)
        fields = {
            field: _name_of(value.extensions)
            for field, value in schema.properties.items()
            if not value.rare.arguments and self._is_composite(_name_of(value.extensions))
        }
        if listed in fields and PAGE_INFO in fields:
            fields = {field: inner for field, inner in fields.items() if field in {listed, PAGE_INFO}}
        if len(fields) > FEW or len(inside) > MOST_NESTED:
            return
        for field, inner in fields.items():
            if inner not in inside:
                yield f"{field} {{ {' '.join(self.of(inner, inside))} }}"

    def _fragments(self, members: Iterable[str | None], own: Mapping[str, str]) -> Iterator[str]:
        """Yield what single members of a union have; one name must mean one type in all of them (section 5.3.2)."""
        meant = dict(own)
        for member in members:
            leaves = dict(self._leaves(self.schemas[str(member)]))
            wanted = [name for name, tp in leaves.items() if name not in own and meant.setdefault(name, tp) == tp]
            if wanted:
                yield f"... on {member} {{ {' '.join(wanted)} }}"

    def _is_leaf(self, name: str) -> bool:
        if name in self.schemas:
            return self.schemas[name].extensions.get("x-graphql-kind") in {"scalar", "enum"}
        return name in _BUILT_IN

    def _is_composite(self, name: str) -> bool:
        return name in self.schemas and not self._is_leaf(name)


def _name_of(extensions: Mapping[str, object]) -> str:
    """Return the name of the innermost type: `Pet` of `[Pet!]!`."""
    return _OUTSIDE.sub("", str(extensions.get(_TYPE, "")))


def _needs_arguments(value: Schema) -> bool:
    return any(argument.required for argument in value.rare.arguments)
