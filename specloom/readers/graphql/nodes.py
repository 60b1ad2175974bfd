"""Small readings of single nodes of a parsed SDL document: where it stands, what it says, which value it writes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql.language import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    StringValueNode,
)

from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.source import Known, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphql.language import ConstDirectiveNode, Node

    from specloom.model.source import Json

LONGEST_NUMBER = 400
"""Digits; longer literals are kept as text, because reading them takes time that grows with their square."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """Where the readings of one file note what could not be done."""

    path: str
    diagnostics: list[Diagnostic]

    def warn(self, code: str, message: str, node: Node) -> None:
        """Note that the part at `node` is left out or guessed."""
        self.diagnostics.append(Diagnostic(Level.WARNING, code, message, self.span(node)))

    def span(self, node: Node, inside: Iterable[tuple[str, Node]] = ()) -> Span:
        """Return the lines of `node` from its name on, its description left out.

        Its members are its type, its default and its directives by name; `inside` are further parts by their pointers.
        """
        name = getattr(node, "name", None)
        first = name if name is not None and name.loc else node
        if first.loc is None or node.loc is None:
            return Span(self.path, 1, 1)
        further = tuple((pointer, _line(item), _number(item)) for pointer, item in inside)
        known = Known(tuple(_marks(node)), further)
        return Span(self.path, first.loc.start_token.line, node.loc.end_token.line, known, _number(node))


def _marks(node: Node) -> Iterator[tuple[str, int]]:
    kind, default = getattr(node, "type", None), getattr(node, "default_value", None)
    for item in getattr(node, "directives", None) or ():
        yield label(item), _line(item)
    if kind is not None:
        yield from ((word, _line(kind)) for word in ("type", "required"))
    if default is not None:
        yield "default", _line(default)


def _line(node: Node) -> int:
    """Return the line of the name of a node, or of its beginning."""
    name = getattr(node, "name", None)
    first = name if name is not None and name.loc else node
    return first.loc.start_token.line if first.loc else 1


def _number(node: Node) -> int:
    return node.loc.start + 1 if node.loc else 0


def label(node: Node) -> str:
    """Return the name that `node` carries; empty for a schema definition, which has none."""
    name = getattr(node, "name", None)
    return name.value if name is not None else ""


def text(node: Node) -> str | None:
    """Return the description above `node`, without the blanks around it; None where there is none."""
    description = getattr(node, "description", None)
    return description.value.strip() or None if description is not None else None


def literal(node: Node) -> Json:
    """Return the JSON value that a constant literal writes; enum values are their names (GraphQL, section 2.9)."""
    match node:
        case IntValueNode() | FloatValueNode():
            return _count(node.value)
        case BooleanValueNode() | StringValueNode() | EnumValueNode():
            return node.value
        case ListValueNode():
            return [literal(item) for item in node.values]
        case ObjectValueNode():
            return {field.name.value: literal(field.value) for field in node.fields}
    return None


def _count(written: str) -> Json:
    if len(written) > LONGEST_NUMBER:
        return written
    number = int(written) if written.lstrip("-").isdigit() else float(written)
    return number if math.isfinite(number) else written


def directives(nodes: Iterable[ConstDirectiveNode]) -> list[Json]:
    """Return applied directives as `{"name", "arguments"}`, in the order written."""
    return [
        {"name": node.name.value, "arguments": {item.name.value: literal(item.value) for item in node.arguments or ()}}
        for node in nodes
    ]


def argument(nodes: Iterable[ConstDirectiveNode], directive: str, name: str, default: str) -> str | None:
    """Return what `directive` says as `name`, `default` if it does not, None where it is not applied at all."""
    for node in nodes:
        if node.name.value == directive:
            values = {item.name.value: literal(item.value) for item in node.arguments or ()}
            return str(values.get(name, default))
    return None
