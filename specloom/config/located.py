"""YAML with the line of every key and value, for messages about small files that people write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import yaml

from specloom.errors import UserError
from specloom.model.source import Span

if TYPE_CHECKING:
    from specloom.model.source import Json

Loc: TypeAlias = "tuple[str | int, ...]"
"""Keys and indices from the root inwards."""

MOST_BYTES: Final = 256 * 1024
MOST_NODES: Final = 20_000
MOST_DEPTH: Final = 32


@dataclass(frozen=True, slots=True)
class Located:
    """A parsed file; `lines` maps every place to its first line, keys and list entries to where they are written."""

    path: str
    value: Json
    lines: dict[Loc, int]

    def span(self, loc: Loc) -> Span:
        """Return the line of `loc`, or of the nearest place around it that is written down."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        line = self.lines.get(loc, 1)
        return Span(self.path, line, line)


def load_yaml(content: bytes, *, path: str) -> Located:
    """Parse YAML 1.1 as PyYAML's safe loader does.

    Raises `UserError` at the line of a syntax error, of a key that is there twice, or of where the file gets larger or
    deeper than any config.
    """
    if len(content) > MOST_BYTES:
        raise UserError(f"has {len(content)} bytes and a config has at most {MOST_BYTES}", Span(path, 1, 1))
    try:
        loader = yaml.SafeLoader(content)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = (error.problem or "cannot be read").replace("\t", "\\t")
        raise UserError(
            f"this is not YAML: {problem}; check the indentation and quotes here", Span(path, line, line)
        ) from error
    except RecursionError as error:
        raise UserError("this is nested deeper than any config needs", Span(path, 1, 1)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise UserError(f"this is not YAML: {str(error).splitlines()[0]}", Span(path, 1, 1)) from error
    lines: dict[Loc, int] = {(): 1}
    value = _Builder(path, loader, lines).build(node, (), 0) if node is not None else None
    return Located(path, value, lines)


@dataclass(slots=True)
class _Builder:
    path: str
    loader: yaml.SafeLoader
    lines: dict[Loc, int]
    nodes: int = 0

    def build(self, node: yaml.Node, loc: Loc, depth: int) -> Json:
        self.nodes += 1
        if self.nodes > MOST_NODES or depth > MOST_DEPTH:
            raise self._wrong(node, "the file unfolds to more than any config needs; take the `&` and `*` aliases out")
        self.lines.setdefault(loc, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*loc, index), depth + 1) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc, depth)
        try:
            value: Json = self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            raise self._wrong(
                node, f"`{node.value}` cannot be read as {node.tag.rpartition(':')[2]}; quote it"
            ) from error
        return value

    def _mapping(self, node: yaml.MappingNode, loc: Loc, depth: int) -> Json:
        found: dict[str, Json] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._wrong(key, "a key must be plain text")
            if key.value in found:
                raise self._wrong(key, f"`{key.value}` is there twice; keep one of them")
            self.lines[*loc, key.value] = key.start_mark.line + 1
            found[key.value] = self.build(value, (*loc, key.value), depth + 1)
        return found

    def _wrong(self, node: yaml.Node, message: str) -> UserError:
        line = node.start_mark.line + 1
        return UserError(message, Span(self.path, line, line))
