"""Errors as programs and people see them: an exit code, a JSON document, a message with the lines in question."""

from __future__ import annotations

import json
import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from specloom.errors import UpstreamError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.source import SourceTree, Span

WRONG_INPUT: Final = 1
OUR_BUG: Final = 70
TRY_AGAIN: Final = 75

WIDEST: Final = 160
"""Characters of a source line that are shown; descriptions hold whole books on one line."""


class GateFailed(Exception):  # noqa: N818  not an error: the command did its work, and the answer is no
    """A gate such as `--fail-on` said no; everything has been printed."""


def exit_code(error: BaseException) -> int:
    """Return the exit code for what went wrong."""
    if isinstance(error, UserError | GateFailed):
        return WRONG_INPUT
    return TRY_AGAIN if isinstance(error, UpstreamError) else OUR_BUG


def report(error: Exception, *, as_json: bool) -> None:
    """Print an error: for people on stderr, and where JSON was asked for, as the one document on stdout too."""
    if isinstance(error, GateFailed):
        return
    if as_json:
        print(json.dumps({"error": _document(error)}, indent=2))  # noqa: T201  the answer
    if isinstance(error, UserError | UpstreamError):
        where = f"{error.span}: " if isinstance(error, UserError) and error.span else ""
        notes = "".join(f"\n{note}" for note in getattr(error, "__notes__", ()))
        print(visible(f"specloom: {where}{error.message}{notes}"), file=sys.stderr)  # noqa: T201  the message
        return
    traceback.print_exception(error)
    message = "specloom: this is a bug in Specloom; please report it with the lines above and, if you can, your input"
    print(message, file=sys.stderr)  # noqa: T201  the message


@contextmanager
def showing(*trees: SourceTree) -> Iterator[None]:
    """Add the lines in question, taken from the first of `trees` that has them, to a `UserError` that passes."""
    try:
        yield
    except UserError as error:
        content = next((found for tree in trees if error.span and (found := tree.read(error.span.path))), None)
        if error.span and content is not None:
            error.add_note(excerpt(content, error.span))
        raise


def excerpt(content: bytes, span: Span) -> str:
    """Return the line at which `span` starts, underlined, with the line before it."""
    lines = content.decode(errors="replace").splitlines()
    if not 1 <= span.start <= len(lines):
        return ""
    width = len(str(span.start))
    shown = [f"  {number:>{width}} | {_clean(lines[number - 1])}" for number in (span.start - 1, span.start) if number]
    text = _clean(lines[span.start - 1])
    indent = len(text) - len(text.lstrip())
    return "\n".join([*shown, f"  {' ' * width} | {' ' * indent}{'^' * max(1, len(text.strip()))}"])


def visible(text: str) -> str:
    """Return `text` without what would move a terminal's cursor or colour its screen."""
    return "".join(char if char.isprintable() or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in text)


def _document(error: Exception) -> dict[str, object]:
    span = error.span if isinstance(error, UserError) else None
    kinds = {WRONG_INPUT: "user", TRY_AGAIN: "upstream", OUR_BUG: "bug"}
    return {
        "kind": kinds[exit_code(error)],
        "message": getattr(error, "message", str(error)),
        "path": span.path if span else None,
        "line": span.start if span else None,
    }


def _clean(line: str) -> str:
    """Keep a source line in its place on the screen, and cut what is too long for it."""
    text = "".join(char if char.isprintable() else " " for char in line)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
