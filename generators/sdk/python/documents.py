"""The GraphQL document of a call, as code, and the argument with which a caller asks for something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from generators.lang.graphql import DOCUMENT
from generators.lang.python import types as t
from generators.lang.python.quoting import string
from generators.sdk.python.arguments import Argument, argument_name
from specloom.render import Code

if TYPE_CHECKING:
    from specloom.model.api import Operation

LONGEST: Final = 88
"""Characters of a piece of a document, on a line of its own."""

_DOC: Final = "What to ask for instead, as GraphQL writes it between the braces."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What an endpoint is told, and the arguments that steer it: one where there is something to choose from.

    `sample` is a selection that is shorter than the default one.
    """

    code: Code
    arguments: tuple[Argument, ...]
    sample: str


def document_of(operation: Operation, taken: set[str]) -> Asking | None:
    """Return the document of an operation that is called with one; the argument's name goes into `taken`."""
    written = cast("dict[str, Any] | None", operation.extensions.get(DOCUMENT))
    if written is None:
        return None
    parts, arguments = [_pieces(written["head"]), string(written["field"])], []
    if selection := written["selection"]:
        name = argument_name("selection", "fields", taken)
        arguments = [Argument(name=name, wire=name, type=t.STR, required=False, doc=_DOC)]
        parts += [_pieces(selection), string(name)]
    return Asking(
        code=Code(f"document=Document({', '.join(parts)})"), arguments=tuple(arguments), sample=_sample(selection)
    )


def shown(operation: Operation) -> str:
    """Return what people call the request of an operation: method and path, or the operation of its document."""
    return operation.key if DOCUMENT in operation.extensions else f"{operation.method} {operation.path}"


def _sample(selection: str) -> str:
    before, opened, _ = selection.partition(" {")
    leaves = before.split(" ")[:-1] if opened else before.split(" ")
    return " ".join([name for name in leaves if name.isidentifier() and not name.startswith("__")][:2]) or "__typename"


def _pieces(text: str) -> str:
    """Write a long text as literals that follow each other, none of them too long for a line."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + len(word) < LONGEST:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}" if lines else word)
    joined = " ".join(string(line) for line in lines)
    return joined if len(lines) == 1 else f"({joined})"
