"""One Jinja environment for everything that is written, in which nothing unquoted can be printed.

A template prints values of type `Code` and integers, and nothing else: a plain string, which may come from a
description, raises unless one of the quoting filters of the target language has turned it into `Code`. So a forgotten
filter is an error in the first test, not an injection in somebody's SDK.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
"""The folder beside the packages, in a checkout and in an installed wheel alike."""


class Code(str):
    """Text that is already in the language of the file it goes to: an identifier, a literal, a whole block."""

    __slots__ = ()


class UnquotedError(TypeError):
    """A template printed text that no quoting filter has seen: our bug, and a dangerous one."""


def environment(filters: Mapping[str, Callable[..., Code]]) -> Environment:
    """Return an environment over `templates/` with `filters`, each of which quotes for one context of one language."""
    made = Environment(
        loader=_loader(),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 -- the output is no HTML; `finalize` refuses what is not quoted
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_only_code,
    )
    made.filters.update(filters)
    return made


def verbatim(folder: str) -> dict[str, bytes]:
    """Return the Python files and markers below `templates/<folder>`, by path relative to it, sorted.

    What tools leave beside them (caches, hidden files) is not ours to ship.
    """
    root = TEMPLATES / folder
    files = (path for path in root.rglob("*") if path.suffix in {".py", ".typed"} and path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(files)}


@lru_cache(maxsize=1)
def _loader() -> FileSystemLoader:
    return FileSystemLoader(TEMPLATES)


def _only_code(value: object) -> object:
    if isinstance(value, Code) or type(value) is int:
        return value
    if isinstance(value, Undefined):
        return str(value)  # which raises, and says what is missing
    raise UnquotedError(f"{value!r} is printed without a quoting filter")
