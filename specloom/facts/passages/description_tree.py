"""A machine-readable description as a tree of maps, lists and scalars, each with its lines.

The file is read as a stream of events, so that aliases are never expanded and depth costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Scalar:
    """A value, and whether it is a block of lines."""

    value: str
    start: int
    end: int
    block: bool


@dataclass(slots=True)
class Map:
    """Members in their order; a name may stand twice."""

    start: int
    entries: list[tuple[str, Node]] = field(default_factory=list)

    def get(self, key: str) -> str:
        """Return the value of a member, or nothing."""
        return next((node.value for name, node in self.entries if name == key and isinstance(node, Scalar)), "")

    def sub(self, key: str) -> Map:
        """Return the map that a member is, or an empty one."""
        return next((node for name, node in self.entries if name == key and isinstance(node, Map)), Map(self.start))


@dataclass(slots=True)
class List:
    """Items in their order."""

    start: int
    items: list[Node] = field(default_factory=list)


Node: TypeAlias = "Scalar | Map | List"


def tree_of(text: str) -> Node | None:
    """Build maps, lists and scalars with their lines; an alias becomes an empty scalar."""
    root: Node | None = None
    stack: list[tuple[Map | List, str | None]] = []
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
            continue
        node = _node(event)
        if node is None:
            continue
        if stack:
            owner, key = stack[-1]
            if isinstance(owner, List):
                owner.items.append(node)
            elif key is None:
                stack[-1] = (owner, node.value if isinstance(node, Scalar) else "")
            else:
                owner.entries.append((key, node))
                stack[-1] = (owner, None)
        root = root or node
        if isinstance(node, Map | List):
            stack.append((node, None))
    return root


def _node(event: yaml.Event) -> Node | None:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return None
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, start.line, end.line, event.style in {"|", ">"})
    if isinstance(event, yaml.AliasEvent):
        return Scalar("", start.line, end.line, block=False)
    if isinstance(event, yaml.MappingStartEvent):
        return Map(start.line)
    if isinstance(event, yaml.SequenceStartEvent):
        return List(start.line)
    return None


def last_line(node: Node, most: int = 400) -> int:
    """Return the last line of a node and of the first `most` nodes within it, counted from 0."""
    stack: list[Node] = [node]
    last = node.start
    while stack and most:
        most -= 1
        one = stack.pop()
        last = max(last, one.start)
        if isinstance(one, Scalar):
            last = max(last, one.end - 1 if one.block else one.end)
        else:
            inner = [child for _, child in one.entries] if isinstance(one, Map) else one.items
            stack.extend(inner[:most])
    return last
