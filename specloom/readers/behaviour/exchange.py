"""One operation as paging sees it: what is asked with, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from specloom.model.api import Location, OperationKind
from specloom.readers.behaviour.by_name import ByName
from specloom.readers.behaviour.roles import plain
from specloom.readers.behaviour.shapes import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.model.api import Extensions, Header, MediaType, Operation
    from specloom.model.schema import Schema
    from specloom.model.source import Span
    from specloom.readers.behaviour.shapes import Shapes

Place: TypeAlias = Literal["query", "body", "header", "argument"]

PLACES: Final[dict[Location, Place]] = {
    Location.QUERY: "query",
    Location.HEADER: "header",
    Location.ARGUMENT: "argument",
}

METHODS: Final = frozenset({"GET", "POST", "QUERY", "query"})
"""Methods that may list something; the last is GraphQL's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A value that the caller may give, in a parameter or at the top of a JSON body."""

    name: str
    place: Place
    schema: Schema
    span: Span
    description: str
    deprecated: bool = False
    extensions: Extensions = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """The name in lower case with `_` between words."""
        return plain(self.name)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one operation takes and gives; `answer` is the schema of its successful JSON answer."""

    operation: Operation
    shapes: Shapes
    parameters: ByName[Asked]
    body: ByName[Asked]
    answer: Schema | None
    headers: tuple[Header, ...]
    fields: ByName[Field]

    def asked(self, names: Iterable[str]) -> list[Asked]:
        """Return what is asked with under these names, written plainly, or with extensions of these names."""
        wanted = tuple(names)
        return [*self.parameters.of(wanted), *self.body.of(wanted)]

    def called(self, name: str) -> list[Asked]:
        """Return what is asked with under exactly this name."""
        return [item for item in self.asked([plain(name)]) if item.name == name]

    def header(self, name: str) -> Header | None:
        """Return the successful answer's header of that name, in any case."""
        return next((item for item in self.headers if item.name.lower() == name.lower()), None)

    def items(self) -> Field | None:
        """Return the one list that the answer is about; None where there is none, or more than one may be meant."""
        if self.answer is None:
            return None
        if self.shapes.items(self.answer) is not None:
            return Field((), self.answer)
        last = [part for part in self.operation.path.split("/") if part and "{" not in part][-1:]
        named = [
            item
            for item in self.fields.of(plain(part) for part in last)
            if item.plain == plain(last[0]) and self.shapes.items(item.schema) is not None
        ]
        return named[0] if len(named) == 1 else self.shapes.only_list(self.answer)


def look(operation: Operation, shapes: Shapes) -> Exchange:
    """Return what `operation` takes and gives."""
    response = next((item for item in operation.responses if item.status.startswith("2")), None)
    answer = _json(response.content) if response else None
    return Exchange(
        operation=operation,
        shapes=shapes,
        parameters=ByName(_parameters(operation), _names),
        body=_body(operation, shapes),
        answer=answer,
        headers=response.headers if response else (),
        fields=shapes.fields(answer) if answer is not None and operation.method in METHODS else ByName(),
    )


def _json(content: Sequence[MediaType]) -> Schema | None:
    return next((item.schema for item in content if "json" in item.media_type and item.schema is not None), None)


def _parameters(operation: Operation) -> list[Asked]:
    return [
        Asked(
            item.name,
            PLACES[item.location],
            item.schema,
            item.span,
            item.description or item.schema.description or "",
            item.deprecated,
            item.extensions,
        )
        for item in operation.parameters
        if item.location in PLACES
    ]


def _body(operation: Operation, shapes: Shapes) -> ByName[Asked]:
    content = operation.request_body.content if operation.request_body is not None else ()
    schema = _json(content)
    if operation.kind is not OperationKind.HTTP or operation.method != "POST" or schema is None:
        return ByName()
    schema = shapes.meant(schema)
    if id(schema) not in shapes.bodies:
        members = (
            Asked(name, "body", member, member.span, member.description or "", member.deprecated)
            for name, member in shapes.members(schema).items()
        )
        shapes.bodies[id(schema)] = ByName(members, _names)
    return shapes.bodies[id(schema)]


def _names(asked: Asked) -> set[str]:
    return {asked.plain, *asked.extensions, *asked.schema.extensions}
