"""Find commands in a comment: at the start of a line, and neither quoted nor in code."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = "/specloom"
LINE: Final = re.compile(r" {0,3}/specloom(?=\s|$)[ \t]*(?P<rest>.*)")
FENCE: Final = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
MOST: Final = 5
"""Commands taken from one comment; further ones are ignored."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was typed."""

    name: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([PREFIX, self.name, *self.arguments])


def typed_commands(text: str) -> tuple[Typed, ...]:
    """Return the commands in a comment, in order."""
    found = []
    for line in _plain_lines(COMMENT.sub("", text)):
        if match := LINE.fullmatch(line):
            name, *arguments = _words(match["rest"]) or ["help"]
            found.append(Typed(name.lower(), tuple(arguments)))
    return tuple(found[:MOST])


def mentions_command(text: str) -> bool:
    """Say whether a comment holds a command; what the webhook can afford to ask."""
    return PREFIX in text and bool(typed_commands(text))


def _plain_lines(text: str) -> Iterator[str]:
    """Yield the lines outside fenced code. Quotes and indented code do not match `LINE` anyway."""
    fence = ""
    for line in text.splitlines():
        mark = FENCE.match(line)
        if fence:
            if mark and mark["mark"].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark["mark"]
        else:
            yield line


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text, comments=False)
    except ValueError:
        return text.split()
