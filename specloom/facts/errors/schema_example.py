"""Schemas that stand in docs as the example of what they describe: JSON Schema and parts of descriptions, and types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml

from specloom.facts.passages.description_tree import Map, tree_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.facts.passages.description_tree import Node

YAML: Final = re.compile(r"^[ \t]*properties:[ \t]*$", re.MULTILINE)
TAGGED: Final = re.compile(r"`[^`\n]{0,40}\bjson:\"(?P<name>[A-Za-z_][\w-]{0,40})[,\"]")
"""The name that a member of a type of Go has in JSON."""
LONGEST: Final = 8_000
DEEPEST: Final = 3


def described(body: Mapping[str, object]) -> dict[str, object]:
    """Return the object that a JSON Schema describes, or nothing where it is none."""
    members = body.get("properties")
    if not isinstance(members, dict) or not ({"type", "$schema", "required"} & set(body)):
        return {}
    return {str(name): _value(child, DEEPEST) for name, child in members.items()}


def _value(schema: object, depth: int) -> object:
    if not isinstance(schema, dict) or not depth:
        return ""
    if isinstance(members := schema.get("properties"), dict):
        return {str(name): _value(child, depth - 1) for name, child in members.items()}
    return [_value(schema["items"], depth - 1)] if "items" in schema else ""


def described_in_yaml(text: str) -> dict[str, object]:
    """Return the same of a schema in YAML, the outermost that has members."""
    if len(text) > LONGEST or not YAML.search(text):
        return {}
    try:
        node = tree_of(text)
    except (yaml.YAMLError, ValueError):
        return {}
    for _ in range(DEEPEST):
        if isinstance(node, Map) and node.sub("properties").entries:
            return {name: _node(child, DEEPEST) for name, child in node.sub("properties").entries}
        node = node.entries[0][1] if isinstance(node, Map) and node.entries else None
    return {}


def _node(node: Node, depth: int) -> object:
    if not isinstance(node, Map) or not depth:
        return ""
    if entries := node.sub("properties").entries:
        return {name: _node(child, depth - 1) for name, child in entries}
    items = node.sub("items")
    return [_node(items, depth - 1)] if items.entries else ""


def tagged(text: str) -> list[str]:
    """Return the members of the only type of Go that a block declares, as they are called in JSON."""
    return [found["name"] for found in TAGGED.finditer(text)] if text.count("struct") == 1 else []
