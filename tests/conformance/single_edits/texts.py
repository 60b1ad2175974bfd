"""Edits of JSON and YAML as text: what is cut out, what comes in its place, and on which lines that is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Act = Literal["drop", "add", "change"]
Lines = tuple[int, int]
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """`new` takes the place of the characters from `start` to `end` of the file `path`.

    `most` is the number of findings that one such edit may have; None where that depends on what it reaches.
    """

    kind: str
    path: str
    start: int
    end: int
    new: str
    act: Act
    most: int | None = 1

    def apply(self, text: str) -> str:
        """Return the text of the file after the edit."""
        return text[: self.start] + self.new + text[self.end :]

    def lines(self, text: str) -> tuple[Lines, Lines]:
        """Return the lines that were edited, before and after; of what was cut out, the line where it was missed."""
        old = text[self.start : self.end].rstrip()
        first = text.count("\n", 0, self.start) + 1
        skipped = len(old) - len(old.lstrip())
        begin = first + old.count("\n", 0, skipped)
        return (begin, first + old.count("\n")), (first, first + self.new.rstrip().count("\n"))


@dataclass(eq=False)
class Node:
    """A value and the characters that it takes; of an alias, its own, with the members of what it stands for."""

    kind: Literal["map", "list", "text"]
    start: int
    end: int = 0
    flow: bool = False
    value: str = ""
    plain: bool = True
    members: list[tuple[Node, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)

    def get(self, name: str) -> Node | None:
        """Return the member `name` of a mapping."""
        return next((item for key, item in self.members if key.value == name), None)

    def text(self, name: str) -> str | None:
        """Return the member `name` where it is a text."""
        found = self.get(name)
        return found.value if found is not None and found.kind == "text" else None

    def named(self) -> dict[str, Node]:
        """Return the members by name."""
        return {key.value: item for key, item in self.members}


@dataclass(frozen=True)
class File:
    """A file with its nodes."""

    path: str
    text: str
    root: Node

    @classmethod
    def of(cls, path: str, text: str) -> File:
        """Parse `text`."""
        events = yaml.parse(text, Loader=_Loader)
        next(events), next(events)
        return cls(path, text, _built(next(events), events, {}))

    def change(self, kind: str, node: Node, value: object, *, most: int | None = 1) -> Edit | None:
        """Write another scalar in place of `node`; None for a text over several lines, an anchor or an alias."""
        old = self.text[node.start : node.end]
        if node.kind != "text" or not node.plain or "\n" in old or old.startswith(("|", ">")):
            return None
        return Edit(
            kind=kind,
            path=self.path,
            start=node.start,
            end=node.end,
            new=json.dumps(value, ensure_ascii=False),
            act="change",
            most=most,
        )

    def drop(self, kind: str, around: Node, index: int, *, most: int | None = 1) -> Edit | None:
        """Take a member or item out; None where the text around it gives no clean cut."""
        starts = self._starts(around)
        if around.flow:
            if index + 1 < len(starts):
                cut = starts[index], starts[index + 1]
            else:
                cut = (_last(around, index - 1).end if index else starts[index]), _last(around, index).end
            return Edit(kind=kind, path=self.path, start=cut[0], end=cut[1], new="", act="drop", most=most)
        if len(starts) < 2 or not self._begins(starts[index]):
            return None
        begin = self._line_start(starts[index])
        end = self._line_start(starts[index + 1]) if index + 1 < len(starts) else self._block_end(starts[index])
        return Edit(kind=kind, path=self.path, start=begin, end=end, new="", act="drop", most=most)

    def add(self, kind: str, around: Node, new: str, *, key: str = "", most: int | None = 1) -> Edit | None:
        """Put a member (with `key`) or an item before the last one; `new` is JSON."""
        starts = self._starts(around)
        if not starts:
            return None
        at = starts[-1]
        text = f"{json.dumps(key, ensure_ascii=False)}: {new}" if key else new
        if around.flow:
            text += f",\n{self._indent(at)}" if self._begins(at) else ", "
            return Edit(kind=kind, path=self.path, start=at, end=at, new=text, act="add", most=most)
        if not self._begins(at):
            return None
        begin = self._line_start(at)
        text = f"{self._indent(at)}{'' if key else '- '}{text}\n"
        return Edit(kind=kind, path=self.path, start=begin, end=begin, new=text, act="add", most=most)

    def _starts(self, node: Node) -> list[int]:
        """Return where each member or item begins; of an item in a block, at its dash."""
        if node.kind == "map":
            return [key.start for key, _ in node.members]
        if node.flow:
            return [item.start for item in node.items]
        return [self.text.rfind("-", 0, item.start) for item in node.items]

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _indent(self, at: int) -> str:
        found = re.match(r"[ \t]*", self.text[self._line_start(at) : at])
        return found[0] if found else ""

    def _begins(self, at: int) -> bool:
        """Tell whether something is the first thing on its line."""
        return not self.text[self._line_start(at) : at].strip()

    def _block_end(self, start: int) -> int:
        """Return where the last member of a block ends: before the next line that is not indented deeper."""
        indent, dashed = len(self._indent(start)), self.text[start] == "-"
        at = (self.text.find("\n", start) + 1) or len(self.text)
        while at < len(self.text):
            line = self.text[at : (self.text.find("\n", at) + 1) or len(self.text)]
            depth = len(line) - len(line.lstrip(" "))
            listed = depth == indent and not dashed and line.lstrip(" ").startswith("- ")
            if line.strip() and depth <= indent and not listed:
                break
            at += len(line)
        return at


def _built(event: yaml.Event, rest: Iterator[yaml.Event], anchors: dict[str, Node]) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    anchor = getattr(event, "anchor", None)
    if isinstance(event, yaml.AliasEvent):
        whole = anchors[anchor]
        return Node(whole.kind, start, end, value=whole.value, plain=False, members=whole.members, items=whole.items)
    if isinstance(event, yaml.ScalarEvent):
        node = Node("text", start, end, value=event.value, plain=anchor is None)
    elif isinstance(event, yaml.SequenceStartEvent):
        node = Node("list", start, flow=event.flow_style)
        while not isinstance(inner := next(rest), yaml.SequenceEndEvent):
            node.items.append(_built(inner, rest, anchors))
        node.end = inner.end_mark.index
    else:
        node = Node("map", start, flow=event.flow_style)
        while not isinstance(inner := next(rest), yaml.MappingEndEvent):
            node.members.append((_built(inner, rest, anchors), _built(next(rest), rest, anchors)))
        node.end = inner.end_mark.index
    if anchor:
        anchors[anchor] = node
    return node


def _last(node: Node, index: int) -> Node:
    """Return the value of a member, or an item."""
    return node.members[index][1] if node.kind == "map" else node.items[index]
