"""One function for each context of a Python file that text from a description can reach."""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.source import Json

WIDTH: Final = 108
_LINE_ENDS: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_QUOTES: Final = re.compile(r'"{3,}|"+$')
"""Runs of quotes that would end a docstring."""

_KEEP_AS_IS: Final = re.compile(r"\s*(\||```|~~~|#|>|https?://)")


def string(text: str) -> Code:
    """Quote `text` as a string literal; whatever does not print is escaped, lone surrogates included."""
    return Code(repr(str(text)))


def tuple_of(items: Iterable[str]) -> Code:
    """Write expressions as a tuple, without the comma that would spread it over lines."""
    given = list(items)
    return Code(f"({given[0]},)" if len(given) == 1 else f"({', '.join(given)})")


def literal(value: Json) -> Code:
    """Write a JSON value as a Python expression."""
    return Code(repr(value))


def comment(text: str) -> Code:
    """Put `text` on one line that stays a comment, without the `#`."""
    return Code(" ".join(_visible(text).split()))


@lru_cache(maxsize=4096)
def docstring(text: str, indent: int = 4) -> Code:
    """Quote `text` as a docstring whose lines after the first are indented by `indent` spaces.

    Cached, since the synchronous and the asynchronous method say the same.
    """
    body = wrapped(text).replace("\\", "\\\\")
    body = _QUOTES.sub(lambda run: '\\"' * len(run[0]), body)
    first, *others = body.split("\n")
    if not others:
        return Code(f'"""{first}"""')
    margin = " " * indent
    lines = (f"{margin}{line}" if line else "" for line in others)
    return Code("\n".join((f'"""{first}', *lines, f'{margin}"""')))


def docstring_below(text: str, indent: int = 4) -> Code:
    """Quote `text` as a docstring on lines of its own below what it describes, or write nothing where there is none."""
    return Code(f"\n{' ' * indent}{docstring(text, indent)}") if text.strip() else Code()


def wrapped(text: str, width: int = WIDTH) -> str:
    """Return `text` with invisible and control characters gone and long lines of prose broken at `width` columns."""
    lines = [line.rstrip() for line in _visible(text).strip().split("\n")]
    return "\n".join(_fold(line, width) for line in lines).strip()


def _fold(line: str, width: int) -> str:
    if len(line) <= width or _KEEP_AS_IS.match(line):
        return line
    margin = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(line, width, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False)


def _visible(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text).expandtabs(4)
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(char for char in text if char == "\n" or unicodedata.category(char)[0] != "C")


def toml_string(text: str) -> Code:
    """Quote `text` as a TOML basic string (TOML 1.0.0, "String"); control characters and surrogates are dropped."""
    return Code(json.dumps(" ".join(_visible(text).split()), ensure_ascii=False))
