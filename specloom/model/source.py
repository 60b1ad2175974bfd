"""Where things come from: trees of files, and spans of lines in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""A JSON value. Treat the containers as read-only: the model shares them freely."""


class Contents(Protocol):
    """Where things stand within a span; looked up only once a finding points at one of them."""

    @property
    def members(self) -> tuple[tuple[str, int], ...]:
        """The first line of each member of the mapping that stands there, in file order."""

    @property
    def inside(self) -> tuple[tuple[str, int, int], ...]:
        """Lines of items and members further in (`enum/3`, `security/0/key/1`), and the `number` of what holds them."""


@dataclass(frozen=True, slots=True)
class Known:
    """Contents of which the lines are at hand."""

    members: tuple[tuple[str, int], ...] = ()
    inside: tuple[tuple[str, int, int], ...] = ()


EMPTY: Final = Known()


@dataclass(frozen=True, slots=True)
class Span:
    """Lines `start` to `end` of `path`, 1-based and inclusive.

    `path` is relative to the root of the source tree and uses `/`. Through `contents` a finding about one keyword, or
    one item of it, can point there. `number` tells containers of one file apart that share their lines; 0 is unknown.
    """

    path: str
    start: int
    end: int
    contents: Contents = field(default=EMPTY, compare=False, repr=False)
    number: int = field(default=0, compare=False, repr=False)

    @property
    def members(self) -> tuple[tuple[str, int], ...]:
        """The first line of each member, in file order."""
        return self.contents.members

    @property
    def inside(self) -> tuple[tuple[str, int, int], ...]:
        """The lines of what stands further in, by pointer."""
        return self.contents.inside

    def member(self, key: str, *steps: str | int) -> Span:
        """Narrow to the member named `key`: from its line to the line before the next member; all of it if unknown.

        Further `steps` lead to an item or a member inside that one, as far as its line is known.
        """
        for count in range(len(steps), 0, -1):
            pointer = "/".join([key, *map(str, steps[:count])])
            found = next((entry for entry in self.inside if entry[0] == pointer), None)
            if found is not None:
                return Span(self.path, found[1], found[1], number=found[2])
        for index, (name, line) in enumerate(self.members):
            if name == key:
                after = self.members[index + 1][1] - 1 if index + 1 < len(self.members) else self.end
                return Span(self.path, line, max(line, after), number=self.number)
        return self

    def __str__(self) -> str:
        return f"{self.path}:{self.start}"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where one part of a description refers to another, and which (`path#/pointer`)."""

    span: Span
    target: str


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
