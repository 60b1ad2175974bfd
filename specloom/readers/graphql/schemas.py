"""Types of an SDL document → named schemas; the extension keys are listed in the package's docstring."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from graphql.language import (
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputValueDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
)

from specloom.model.api import Location, Parameter
from specloom.model.schema import ABSENT, NO_LIMITS, NO_RARE, Discriminator, Limits, Rare, Schema
from specloom.readers.graphql.definitions import unique
from specloom.readers.graphql.nodes import argument, directives, label, literal, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sized

    from graphql.language import ConstDirectiveNode, Node, TypeNode

    from specloom.model.source import Json, Span
    from specloom.readers.graphql.definitions import Definitions, TypeEntry
    from specloom.readers.graphql.nodes import Notebook

BUILT_IN: Final[Mapping[str, tuple[str, str | None]]] = {
    "Int": ("integer", "int32"),
    "Float": ("number", "double"),
    "String": ("string", None),
    "Boolean": ("boolean", None),
    "ID": ("string", "id"),
}
"""The five scalars of the language (GraphQL, section 3.5) as JSON type and format."""

FORMATS: Final[Mapping[str, str]] = {
    "datetime": "date-time",
    "date": "date",
    "time": "time",
    "uuid": "uuid",
    "uri": "uri",
    "url": "uri",
}
"""Formats that custom scalars of these names, in any case, have; a format says nothing of values that are no text."""

NO_REASON: Final = "No longer supported"
"""What `@deprecated` means without a reason (GraphQL, section 3.13.3)."""

TYPE_NAME: Final = "__typename"
"""The meta-field that tells the members of a union or interface apart (GraphQL, section 2.4)."""


@dataclass(slots=True)
class SchemaReader:
    """Turns the types of one document into schemas.

    `referred` collects the type names that something mentions; `implementers` lists the object types of an interface.
    """

    found: Definitions
    notebook: Notebook
    referred: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    implementers: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, entry in self.found.types.items():
            for interface in entry.parts("interfaces", NamedTypeNode) if entry.kind == "object" else ():
                members = self.implementers.setdefault(label(interface), [])
                members.extend([name] if name not in members[-1:] else [])

    def named(self, name: str, entry: TypeEntry) -> Schema:
        """Return the schema of the type `name`."""
        match entry.kind:
            case "object" | "interface":
                schema = self._composite(name, entry)
            case "input":
                schema = self._input(name, entry)
            case "union":
                schema = self._union(name, entry)
            case "enum":
                schema = self._enum(name, entry)
            case _:
                schema = Schema(span=self.notebook.span(entry.node), format=FORMATS.get(name.lower()))
        kind: dict[str, Json] = {"x-graphql-kind": entry.kind}
        extensions = kind | dict(schema.extensions) | marks(entry.applied())
        return replace(schema, description=text(entry.node), extensions=extensions)

    def value(self, node: FieldDefinitionNode | InputValueDefinitionNode) -> Schema:
        """Return the schema of the values of a field, an input field or an argument."""
        default = getattr(node, "default_value", None)
        arguments = self.arguments(node) if isinstance(node, FieldDefinitionNode) else ()
        return replace(
            self._shape(node.type, self.notebook.span(node)),
            description=text(node),
            deprecated=is_deprecated(node.directives),
            default=ABSENT if default is None else literal(default),
            rare=Rare(arguments=arguments) if arguments else NO_RARE,
            extensions={"x-graphql-type": written(node.type), **marks(node.directives)},
        )

    def answer(self, node: FieldDefinitionNode) -> Schema:
        """Return the schema of what a field of a root type yields."""
        return replace(
            self._shape(node.type, self.notebook.span(node)), extensions={"x-graphql-type": written(node.type)}
        )

    def arguments(self, node: FieldDefinitionNode) -> tuple[Parameter, ...]:
        """Return what a field takes."""
        taken = unique(node.arguments or (), f"{label(node)}'s argument", self.notebook)
        return tuple(self._argument(item) for item in taken)

    def _argument(self, node: InputValueDefinitionNode) -> Parameter:
        return Parameter(
            name=label(node),
            location=Location.ARGUMENT,
            schema=replace(self.value(node), description=None, deprecated=False),
            span=self.notebook.span(node),
            required=_is_required(node),
            deprecated=is_deprecated(node.directives),
            description=text(node),
            extensions=marks(node.directives),
        )

    def _composite(self, name: str, entry: TypeEntry) -> Schema:
        fields = unique(entry.parts("fields", FieldDefinitionNode), f"{name}'s field", self.notebook)
        self._expect(fields, name, "field", entry)
        interfaces: list[Json] = [*self._names(entry.parts("interfaces", NamedTypeNode))]
        members = self.implementers.get(name, []) if entry.kind == "interface" else []
        span = self.notebook.span(entry.node, _named(fields, "fields"))
        return Schema(
            span=span,
            types=("object",),
            properties={label(node): self.value(node) for node in fields},
            required=tuple(label(node) for node in fields if isinstance(node.type, NonNullTypeNode)),
            any_of=tuple(Schema(span=span, ref=member) for member in members),
            discriminator=Discriminator(property_name=TYPE_NAME) if members else None,
            extensions={"x-graphql-interfaces": interfaces} if interfaces else {},
        )

    def _input(self, name: str, entry: TypeEntry) -> Schema:
        fields = unique(entry.parts("fields", InputValueDefinitionNode), f"{name}'s field", self.notebook)
        self._expect(fields, name, "field", entry)
        one_of = any(label(item) == "oneOf" for item in entry.applied())
        return Schema(
            span=self.notebook.span(entry.node, _named(fields, "fields")),
            types=("object",),
            properties={label(node): self.value(node) for node in fields},
            required=tuple(label(node) for node in fields if _is_required(node)),
            additional=Schema(span=self.notebook.span(entry.node), boolean=False),
            limits=Limits(min_properties=1, max_properties=1) if one_of else NO_LIMITS,
        )

    def _union(self, name: str, entry: TypeEntry) -> Schema:
        nodes = entry.parts("types", NamedTypeNode)
        self._expect(nodes, name, "member", entry)
        members = self._names(nodes)
        span, places = self.notebook.span(entry.node), {label(node): self.notebook.span(node) for node in nodes}
        return Schema(
            span=span,
            one_of=tuple(Schema(span=places[member], ref=member) for member in members),
            discriminator=Discriminator(property_name=TYPE_NAME) if members else None,
        )

    def _enum(self, name: str, entry: TypeEntry) -> Schema:
        values = unique(entry.parts("values", EnumValueDefinitionNode), f"{name}'s value", self.notebook)
        self._expect(values, name, "value", entry)
        notes: dict[str, Json] = {label(node): note for node in values if (note := _value_note(node))}
        return Schema(
            span=self.notebook.span(entry.node, ((f"enum/{index}", node) for index, node in enumerate(values))),
            types=("string",),
            enum=tuple(label(node) for node in values) or None,
            extensions={"x-graphql-values": notes} if notes else {},
        )

    def _expect(self, items: Sized, name: str, what: str, entry: TypeEntry) -> None:
        if not items:
            self.notebook.warn("empty-type", f"{name} has no {what}; give it one, or remove it", entry.node)

    def _names(self, nodes: Iterable[NamedTypeNode]) -> list[str]:
        """Return the names of `nodes` that are defined, each once."""
        return list(dict.fromkeys(label(node) for node in nodes if self._is_known(node)))

    def _is_known(self, node: NamedTypeNode) -> bool:
        name = label(node)
        if name in self.found.types:
            self.referred.add(name)
            return True
        if name not in self.unknown:
            self.unknown.add(name)
            self.notebook.warn("unknown-type", f"the type {name} is not defined; define it, or correct the name", node)
        return False

    def _shape(self, node: TypeNode, span: Span) -> Schema:
        """Return the bare schema of a type reference: null is accepted unless `!` says otherwise."""
        inner = node.type if isinstance(node, NonNullTypeNode) else node
        nullable = inner is node
        if isinstance(inner, ListTypeNode):
            items = replace(self._shape(inner.type, span), extensions={"x-graphql-type": written(inner.type)})
            return Schema(span=span, types=("array",), items=items, nullable=nullable)
        name = label(inner)
        if name in BUILT_IN and name not in self.found.types:
            json_type, form = BUILT_IN[name]
            return Schema(span=span, types=(json_type,), format=form, nullable=nullable)
        if isinstance(inner, NamedTypeNode) and self._is_known(inner):
            return Schema(span=span, ref=name, nullable=nullable)
        return Schema(span=span)


def _named(nodes: Iterable[Node], word: str) -> Iterator[tuple[str, Node]]:
    """Yield nodes with pointers to them, by their names."""
    return ((f"{word}/{label(node)}", node) for node in nodes)


def written(node: TypeNode) -> str:
    """Return a type reference as SDL writes it: `[String!]!`."""
    match node:
        case NonNullTypeNode():
            return f"{written(node.type)}!"
        case ListTypeNode():
            return f"[{written(node.type)}]"
    return label(node)


def is_deprecated(applied: Iterable[ConstDirectiveNode] | None) -> bool:
    """Tell whether `@deprecated` is among the applied directives."""
    return any(label(node) == "deprecated" for node in applied or ())


def marks(applied: Iterable[ConstDirectiveNode] | None) -> dict[str, Json]:
    """Return the extension members for applied directives; those of the language itself get keys of their own."""
    nodes = tuple(applied or ())
    if not nodes:
        return {}
    custom: list[Json] = [*directives(node for node in nodes if label(node) not in {"deprecated", "specifiedBy"})]
    members: dict[str, Json] = {
        "x-graphql-deprecation-reason": argument(nodes, "deprecated", "reason", NO_REASON),
        "x-graphql-specified-by": argument(nodes, "specifiedBy", "url", ""),
        "x-graphql-directives": custom or None,
    }
    return {key: value for key, value in members.items() if value is not None}


def _is_required(node: InputValueDefinitionNode) -> bool:
    return isinstance(node.type, NonNullTypeNode) and node.default_value is None


def _value_note(node: EnumValueDefinitionNode) -> dict[str, Json]:
    said = text(node)
    return {**({"description": said} if said else {}), **marks(node.directives)}
