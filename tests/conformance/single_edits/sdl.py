"""What can be edited in a GraphQL schema: types, fields, arguments, values, members and directives."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from graphql import parse
from graphql.language import (
    DirectiveDefinitionNode,
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    UnionTypeDefinitionNode,
)

from single_edits.texts import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from single_edits.openapi import Choice
    from single_edits.texts import Act

Node = Any
OTHER: Final = {"Int": "Boolean", "String": "Int", "Boolean": "String", "Float": "String", "ID": "Int"}
DEFAULTS: Final = {"Int": "41", "String": '"zz"', "Boolean": "true", "Float": "4.5"}


class Sdl:
    """The edits of one schema, by kind."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.kinds: defaultdict[str, list[Choice]] = defaultdict(list)
        document = parse(text)
        self._implemented = {
            name.name.value for node in document.definitions for name in getattr(node, "interfaces", None) or ()
        }
        for node in document.definitions:
            self._definition(node)

    def _put(  # noqa: PLR0913  # what an edit is made of
        self, kind: str, act: Act, start: int, end: int, new: str = "", *, most: int | None = 1
    ) -> None:
        edit = Edit(kind=kind, path=self.path, start=start, end=end, new=new, act=act, most=most)
        self.kinds[kind].append(lambda: edit)

    def _definition(self, node: Node) -> None:
        match node:
            case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
                self._fields(node)
                self._interfaces(node)
            case InputObjectTypeDefinitionNode():
                self._inputs(node.fields or (), "input field")
            case EnumTypeDefinitionNode():
                self._values(node)
            case UnionTypeDefinitionNode():
                self._listed(node.types or (), "-union member")
            case DirectiveDefinitionNode():
                self._inputs(node.arguments or (), "directive argument", most=None)
                self._listed(node.locations, "-directive location")

    def _fields(self, node: Node) -> None:
        shared = isinstance(node, InterfaceTypeDefinitionNode) or bool(node.interfaces)
        for field in node.fields or ():
            if len(node.fields) > 1:
                self._put("-field", "drop", field.loc.start, field.loc.end)
            self._put("+field", "add", field.loc.start, field.loc.start, "zzNew: Int\n")
            self._type(field, "field", shared=shared)
            name = field.name.loc
            self._put("~field name", "change", name.start, name.end, f"{field.name.value}Moved", most=2)
            self._inputs(field.arguments or (), "argument")
            if field.arguments:
                start = field.arguments[0].loc.start
                self._put("+argument", "add", start, start, "zzNew: Int, ")
                self._put("+required argument", "add", start, start, "zzNew: Int!, ")
            if not field.directives:
                self._put("+deprecated", "add", field.loc.end, field.loc.end, ' @deprecated(reason: "old")')
            for applied in field.directives or ():
                self._put("-directive", "drop", applied.loc.start, applied.loc.end)

    def _type(self, field: Node, what: str, *, shared: bool = False) -> None:
        node = field.type
        inner = node.type if isinstance(node, NonNullTypeNode) else node
        if isinstance(node, NonNullTypeNode):
            self._put(f"~{what} nullability", "change", node.loc.end - 1, node.loc.end)
        else:
            self._put(f"~{what} nullability", "change", node.loc.start, node.loc.end, f"{self._of(node)}!")
        if isinstance(inner, ListTypeNode) or shared:
            return
        if (other := OTHER.get(inner.name.value)) is not None and getattr(field, "default_value", None) is None:
            self._put(f"~{what} type", "change", inner.loc.start, inner.loc.end, other)
            self._put(f"~{what} list", "change", node.loc.start, node.loc.end, f"[{self._of(node)}]")

    def _of(self, node: Node) -> str:
        return self.text[node.loc.start : node.loc.end]

    def _inputs(self, fields: Sequence[Node], what: str, *, most: int | None = 1) -> None:
        for field in fields:
            if len(fields) > 1:
                self._put(f"-{what}", "drop", field.loc.start, field.loc.end)
            self._type(field, what)
            if field.default_value is not None:
                start, end = field.default_value.loc.start, field.default_value.loc.end
                name = getattr(getattr(field.type, "name", None), "value", "")
                if name in DEFAULTS and self.text[start:end] != DEFAULTS[name]:
                    self._put(f"~{what} default", "change", start, end, DEFAULTS[name])
                self._put(f"-{what} default", "change", field.type.loc.end, end)
        if fields and what == "input field":
            start = fields[0].loc.start
            self._put("+input field", "add", start, start, "zzNew: Int\n", most=most)
            self._put("+required input field", "add", start, start, "zzNew: Int!\n", most=most)

    def _values(self, node: Node) -> None:
        for value in node.values or ():
            if len(node.values) > 1:
                self._put("-value", "drop", value.loc.start, value.loc.end)
            self._put("+value", "add", value.loc.start, value.loc.start, "ZZ_NEW\n")
            if not value.directives:
                self._put("+value deprecated", "add", value.loc.end, value.loc.end, " @deprecated")

    def _interfaces(self, node: Node) -> None:
        if len(node.interfaces or ()) > 1:
            self._listed(node.interfaces, "-interface")

    def _listed(self, nodes: Sequence[Node], kind: str) -> None:
        """Take out one of several names with the mark between it and its neighbour."""
        for index, node in enumerate(nodes):
            if len(nodes) < 2:
                continue
            if index:
                self._put(kind, "drop", nodes[index - 1].loc.end, node.loc.end)
            else:
                self._put(kind, "drop", node.loc.start, nodes[1].loc.start)
