"""Python identifiers from names of a description."""

from __future__ import annotations

import keyword
import re
from typing import Final

from generators.lang.allocation import shortened
from generators.lang.words import words

LIMIT: Final = 80
"""Longest identifier that we write; file names must stay well below what file systems allow."""

KEYWORDS: Final = frozenset({*keyword.kwlist, *keyword.softkwlist, "self", "cls"}) - {"_", "type", "match", "case"}
"""Names that stand for something else; the soft keywords `type`, `match` and `case` are fine as names."""

_FIRST_LETTER: Final = re.compile(r"^\d*\D")

# Windows refuses these as file names, whatever the extension.
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{digit}" for kind in ("com", "lpt") for digit in "123456789")}
)


def snake(name: str, *, prefix: str = "field") -> str:
    """Return `name` as `lower_case_words`: a valid identifier, no keyword, never with a leading underscore.

    `prefix` stands in front where the name begins with a digit or has no letter at all.
    """
    return _valid("_".join(words(name)), prefix=prefix, glue="_")


def pascal(name: str, *, prefix: str = "Model") -> str:
    """Return `name` as `CapitalisedWords`, valid as the name of a class; capitals inside a word are kept."""
    wish = "".join(_FIRST_LETTER.sub(lambda letter: letter[0].upper(), word) for word in words(name))
    return _valid(wish if wish[:1].isupper() else f"{prefix}{wish}", prefix=prefix, glue="")


def module(name: str) -> str:
    """Return `name` as the name of a module: ASCII, since file names travel through systems that fold others."""
    wish = snake(name, prefix="m")
    if not wish.isascii():
        wish = shortened(wish.encode("ascii", "ignore").decode().strip("_") + "_" * LIMIT + wish, limit=24)
        wish = snake(wish, prefix="m")
    return f"{wish}_" if wish in _DEVICES else wish


def _valid(name: str, *, prefix: str, glue: str) -> str:
    if not name or not (name[0].isalpha() and name.isidentifier()):
        name = "".join(char for char in name if f"a{char}".isidentifier())
        name = f"{prefix}{glue}{name}".rstrip("_") if not name[:1].isalpha() else name
    name = shortened(name, limit=LIMIT)
    return f"{name}_" if name in KEYWORDS else name
