"""Gather what an SDL document defines, every `extend` folded into what it extends, one entry per name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from graphql.language import (
    DirectiveDefinitionNode,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    ScalarTypeDefinitionNode,
    ScalarTypeExtensionNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    TypeDefinitionNode,
    TypeExtensionNode,
    UnionTypeDefinitionNode,
    UnionTypeExtensionNode,
)

from specloom.readers.graphql.nodes import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphql.language import ConstDirectiveNode, DefinitionNode, DocumentNode, Node

    from specloom.readers.graphql.nodes import Notebook

Named = TypeVar("Named", bound="Node")

TypeNode: TypeAlias = TypeDefinitionNode | TypeExtensionNode

KINDS: Final[dict[type[Node], str]] = {
    ObjectTypeDefinitionNode: "object",
    ObjectTypeExtensionNode: "object",
    InterfaceTypeDefinitionNode: "interface",
    InterfaceTypeExtensionNode: "interface",
    UnionTypeDefinitionNode: "union",
    UnionTypeExtensionNode: "union",
    EnumTypeDefinitionNode: "enum",
    EnumTypeExtensionNode: "enum",
    InputObjectTypeDefinitionNode: "input",
    InputObjectTypeExtensionNode: "input",
    ScalarTypeDefinitionNode: "scalar",
    ScalarTypeExtensionNode: "scalar",
}
"""The kind of type that each node defines or extends."""

DEFAULT_ROOTS: Final = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}
"""The root types where no `schema` definition names any (GraphQL, section 3.3.1)."""


@dataclass(slots=True)
class TypeEntry:
    """A type's definition followed by its extensions; the first of them stands for the whole."""

    kind: str
    nodes: list[TypeNode]

    @property
    def node(self) -> TypeNode:
        """The definition, or the first extension where nothing defines the type (as in federated schemas)."""
        return self.nodes[0]

    def parts(self, attribute: str, kind: type[Named]) -> list[Named]:
        """Return what `attribute` lists in the definition and all its extensions, in order."""
        items = [item for node in self.nodes for item in getattr(node, attribute, None) or ()]
        return [item for item in items if isinstance(item, kind)]

    def applied(self) -> list[ConstDirectiveNode]:
        """Return the directives applied to the type, in order."""
        return [item for node in self.nodes for item in node.directives or ()]


@dataclass(slots=True)
class Definitions:
    """Everything defined in one document; `roots` maps `query`, `mutation` and `subscription` to type names."""

    types: dict[str, TypeEntry] = field(default_factory=dict)
    directives: dict[str, DirectiveDefinitionNode] = field(default_factory=dict)
    schema: list[SchemaDefinitionNode | SchemaExtensionNode] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)


def gather(document: DocumentNode, notebook: Notebook) -> Definitions:
    """Sort the definitions of `document`; what stands twice, or is no definition at all, is noted and left out."""
    found = Definitions()
    for node in sorted(document.definitions, key=lambda node: isinstance(node, TypeExtensionNode)):
        _place(node, found, notebook)
    _find_roots(found, notebook)
    return found


def _place(node: DefinitionNode, found: Definitions, notebook: Notebook) -> None:
    match node:
        case TypeDefinitionNode() | TypeExtensionNode():
            _place_type(node, found.types, notebook)
        case SchemaDefinitionNode() | SchemaExtensionNode():
            found.schema.append(node)
        case DirectiveDefinitionNode():
            if node.name.value in found.directives:
                notebook.warn("duplicate-directive", f"@{label(node)} is defined twice; the first one holds", node)
            found.directives.setdefault(node.name.value, node)
        case _:
            notebook.warn("not-a-definition", "only type definitions are read; move queries to their own file", node)


def _place_type(node: TypeNode, types: dict[str, TypeEntry], notebook: Notebook) -> None:
    kind = KINDS[type(node)]
    entry = types.setdefault(node.name.value, TypeEntry(kind, []))
    if entry.kind != kind:
        message = f"{label(node)} is a {entry.kind} elsewhere, so its {kind} definition is left out; rename one of them"
        notebook.warn("conflicting-kinds", message, node)
    elif entry.nodes and isinstance(node, TypeDefinitionNode):
        notebook.warn("duplicate-type", f"{label(node)} is defined twice; the first definition holds", node)
    else:
        entry.nodes.append(node)


def _find_roots(found: Definitions, notebook: Notebook) -> None:
    named = [item for node in found.schema for item in node.operation_types or ()]
    for item in named:
        kind, name = item.operation.value, item.type.name.value
        if kind in found.roots:
            notebook.warn("duplicate-root", f"the schema names two {kind} types; the first one holds", item)
        elif name not in found.types or found.types[name].kind != "object":
            notebook.warn("unknown-type", f"the {kind} type {name} is not defined, so no {kind} can be read", item)
        else:
            found.roots[kind] = name
    if not named:
        found.roots = {
            kind: name
            for kind, name in DEFAULT_ROOTS.items()
            if name in found.types and found.types[name].kind == "object"
        }


def unique(nodes: Iterable[Named], what: str, notebook: Notebook) -> list[Named]:
    """Return `nodes` by first appearance of each name, noting every later one as a duplicate `what`."""
    seen: dict[str, Named] = {}
    for node in nodes:
        if label(node) in seen:
            notebook.warn("duplicate-name", f"{what} {label(node)} stands twice; the first one holds", node)
        else:
            seen[label(node)] = node
    return list(seen.values())
