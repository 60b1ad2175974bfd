"""Members put into a description of YAML or JSON by rewriting one line, whatever its indentation; all else stays."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STEP: Final = 2
"""Columns of indentation where the file shows none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """`members` for the mapping at `where`, or `item` for the list there; what is missing on the way is made.

    `where` holds keys, and functions that choose an item of a list by what it says.
    """

    where: tuple[str | Callable[[Mapping[str, str]], bool], ...]
    members: Mapping[str, Any] = field(default_factory=dict)
    item: Any = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Line `line` (1-based) and what shall stand in its place, without the newline at the end."""

    line: int
    text: str


def edits(text: str, addition: Addition) -> Iterator[Edit]:
    """Yield the ways to make an addition, each by one line; none where a member is there already."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, RecursionError, ValueError):
        return
    found = _walk(root, addition)
    if found is None:
        return
    node, addition = found
    page = _Page(text.split("\n"), json=text.lstrip()[:1] == "{")
    if isinstance(node, yaml.MappingNode):
        if not {key.value for key, _ in node.value} & addition.members.keys():
            yield from page.into_mapping(node, addition.members)
    elif isinstance(node, yaml.SequenceNode) and addition.item is not None:
        yield from page.into_list(node, addition.item)


def _walk(root: yaml.Node | None, addition: Addition) -> tuple[yaml.Node, Addition] | None:
    """Go as far as there is a way; what is missing of it becomes part of the members."""
    node = root
    for at, step in enumerate(addition.where):
        if isinstance(node, yaml.SequenceNode):
            node = next((one for one in node.value if callable(step) and step(_scalars(one))), None)
        elif isinstance(node, yaml.MappingNode) and isinstance(step, str):
            inner = next((value for key, value in node.value if key.value == step), None)
            if inner is None:
                made: Any = dict(addition.members) if addition.item is None else [addition.item]
                for name in reversed(addition.where[at + 1 :]):
                    made = {name: made}
                return node, Addition(where=(), members={step: made})
            node = inner
        else:
            return None
    return None if node is None else (node, addition)


def _scalars(node: yaml.Node) -> dict[str, str]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {key.value: value.value for key, value in pairs if isinstance(value, yaml.ScalarNode)}


@dataclass(frozen=True, slots=True)
class _Page:
    lines: list[str]
    json: bool

    def into_mapping(self, node: yaml.MappingNode, members: Mapping[str, Any]) -> Iterator[Edit]:
        """Put members after those that there are, or before them where commas part them."""
        keys = [key for key, _ in node.value]
        if node.flow_style:
            yield from self._into_flow(node, keys, self._short(dict(members))[1:-1], _lines(members, self._unit()))
        elif keys:
            column = keys[0].start_mark.column
            made = _shifted(_dumped(dict(members)), " " * column)
            yield from self._after([value for _, value in node.value], made)

    def into_list(self, node: yaml.SequenceNode, item: Any) -> Iterator[Edit]:  # noqa: ANN401  any value of JSON
        """Put one more item into a list."""
        if node.flow_style:
            made = json.dumps(item, indent=self._unit())
            yield from self._into_flow(node, node.value, self._short(item), made)
        elif node.value:
            line = self.lines[node.value[0].start_mark.line]
            dash = line.rfind("-", 0, node.value[0].start_mark.column)
            if dash >= 0 and not line[:dash].strip(" -"):
                yield from self._after(node.value, _shifted(_dumped([item]), " " * dash))

    def _after(self, values: Sequence[yaml.Node], made: str) -> Iterator[Edit]:
        for value in reversed(values):
            last = self._last(value)
            yield Edit(last + 1, f"{self.lines[last]}\n{made}")

    def _last(self, node: yaml.Node) -> int:
        """Return the index of the last line that a node of block style has something on."""
        end = node.end_mark
        last = end.line if end.line < len(self.lines) and self.lines[end.line][: end.column].strip() else end.line - 1
        while last > node.start_mark.line and self.lines[last].strip()[:1] in {"", "#"}:
            last -= 1
        return last

    def _into_flow(self, node: yaml.Node, inside: Sequence[yaml.Node], short: str, long: str) -> Iterator[Edit]:
        """Put something before a part that begins its line or, all on one line, before the closing bracket."""
        for one in inside:
            number, column = one.start_mark.line, one.start_mark.column
            line = self.lines[number]
            if not line[:column].strip():
                yield Edit(number + 1, f"{_shifted(long, line[:column])},\n{line}")
        start, end = node.start_mark, node.end_mark
        if start.line == end.line:
            line, at = self.lines[start.line], end.column - 1
            before = line[:at].rstrip()
            comma = ", " if inside and not before.endswith(",") else " " if inside else ""
            yield Edit(start.line + 1, f"{before}{comma}{short}{line[len(before) :]}")

    def _short(self, value: Any) -> str:  # noqa: ANN401  any value of JSON
        """Return a value on one line, as the file writes such."""
        if self.json:
            return json.dumps(value, ensure_ascii=False)
        return yaml.safe_dump(
            value, sort_keys=False, allow_unicode=True, width=1_000_000, default_flow_style=True
        ).rstrip("\n")

    def _unit(self) -> int | str:
        """Return the indentation of one level, as the first indented line shows it."""
        for line in self.lines[1:]:
            if line.strip() and line[:1] in {" ", "\t"}:
                indent = line[: len(line) - len(line.lstrip())]
                return indent if "\t" in indent else len(indent)
        return STEP


def _dumped(value: Any) -> str:  # noqa: ANN401  any value of JSON
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=1_000_000).rstrip("\n")


def _shifted(text: str, indent: str) -> str:
    return "\n".join(indent + line for line in text.split("\n"))


def _lines(members: Mapping[str, Any], unit: int | str) -> str:
    """Return the members of a mapping as JSON on lines of their own, without the brackets."""
    return ",\n".join(f"{json.dumps(key)}: {json.dumps(value, indent=unit)}" for key, value in members.items())
