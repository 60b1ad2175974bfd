"""Where things come from: trees of files, and spans of lines in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""A JSON value. Treat the containers as read-only: the model shares them freely."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lines `start` to `end` of `path`, 1-based and inclusive.

    `path` is relative to the root of the source tree and uses `/`. `members` holds the first line of each member of the
    mapping that stands there, in file order, so that a finding about one keyword can point at that keyword.
    """

    path: str
    start: int
    end: int
    members: tuple[tuple[str, int], ...] = field(default=(), compare=False, repr=False)

    def member(self, key: str) -> Span:
        """Narrow to the member named `key`: from its line to the line before the next member; all of it if unknown."""
        for index, (name, line) in enumerate(self.members):
            if name == key:
                after = self.members[index + 1][1] - 1 if index + 1 < len(self.members) else self.end
                return Span(self.path, line, max(line, after))
        return self

    def __str__(self) -> str:
        return f"{self.path}:{self.start}"


class SourceTree(Protocol):
    """Read-only files by path: a folder, a git tree, or files in memory.

    Paths are relative, use `/`, and never leave the tree: an implementation answers None for `..`, for absolute paths
    and for symbolic links that lead outside.
    """

    def read(self, path: str, /) -> bytes | None:
        """Return the content of `path`, or None where there is no such regular file."""

    def paths(self) -> Iterable[str]:
        """Yield every file's path, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The description that an `Api` was read from.

    `format` is `swagger-2.0`, `openapi-3.0`, `openapi-3.1`, `openapi-3.2`, `postman-2.0`, `postman-2.1`, `graphql` or
    `docs`. `files` lists every file that was read, the root first, then sorted; `digest` is a SHA-256 over their
    paths and contents.
    """

    path: str
    format: str
    files: tuple[str, ...]
    digest: str
