"""Edits of a description that say what the docs say, where the edit is mechanical and has been tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom import readers
from specloom.errors import UserError
from specloom.lines import LINE
from specloom.model.schema import ABSENT
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.api import Api, Parameter
    from specloom.model.inference import Inference
    from specloom.model.schema import Schema
    from specloom.model.source import SourceTree
    from specloom.pipeline.sources import Source

LARGEST: Final = 500_000
"""Bytes of a description in which an edit is tried: it takes reading all of it once more."""

MOST: Final = 3
"""Edits tried in one plan."""

INLINE: Final = re.compile(r"(?P<before>[^#]*\{[^{}#]*\btype: integer\b[^{}#]*?)\s*(?P<after>\}\s*)")
BLOCK: Final = re.compile(r"(?P<indent> *(?:- )?)type: integer\s*")


def suggestions(
    tree: SourceTree, sources: tuple[Source, ...], inferences: Iterable[Inference]
) -> dict[str, tuple[Span, str]]:
    """Return by ID the lines to replace and their new text, for page sizes that a parameter of YAML does not declare.

    Each was tried: with it, the description reads as before, but for the bounds of that one parameter.
    """
    if len(sources) != 1:
        return {}
    api = sources[0].reading.api
    wanted = [item for item in inferences if item.fact_kind == "page_size" and not item.accepted][:MOST]
    found = {item.id: _suggestion(tree, api, item) for item in wanted}
    return {identity: edit for identity, edit in found.items() if edit is not None}


def _suggestion(tree: SourceTree, api: Api, item: Inference) -> tuple[Span, str] | None:
    from specloom.facts.home import named  # noqa: PLC0415  only where facts were found are those modules loaded

    parameter = next(named(item, api), None)
    missing = _missing(item, parameter.schema) if parameter else {}
    if parameter is None or not missing or not parameter.span.path.endswith((".yaml", ".yml")):
        return None
    content = tree.read(parameter.span.path) or b""
    if len(content) > LARGEST or b"\r" in content:
        return None
    lines = LINE.findall(content.decode("utf-8", "replace"))
    edit = _edit(lines, parameter, missing)
    return edit if edit and _reads_well(tree, api, parameter, (lines, edit, missing)) else None


def _missing(item: Inference, schema: Schema) -> dict[str, int]:
    """Return what the docs give and the schema does not; nothing where they disagree, or the schema is elsewhere."""
    if schema.ref is not None or schema.types != ("integer",):
        return {}
    said = {"default": item.value.get("default"), "maximum": item.value.get("max")}
    declared = {"default": None if schema.default is ABSENT else schema.default, "maximum": schema.limits.maximum}
    wanted = {key: value for key, value in said.items() if type(value) is int}
    if any(declared[key] not in (None, value) for key, value in wanted.items()):
        return {}
    return {key: value for key, value in wanted.items() if declared[key] is None}


def _edit(lines: list[str], parameter: Parameter, missing: dict[str, int]) -> tuple[Span, str] | None:
    """Put the keywords behind `type: integer`, which has to be there once, as a line or between braces."""
    span = parameter.span
    places = [number for number in range(span.start, span.end + 1) if "type: integer" in lines[number - 1]]
    if len(places) != 1:
        return None
    line = lines[places[0] - 1].rstrip("\n")
    if match := INLINE.fullmatch(line):
        more = "".join(f", {key}: {value}" for key, value in missing.items())
        text = f"{match['before']}{more}{match['after']}"
    elif match := BLOCK.fullmatch(line):
        indent = " " * len(match["indent"])
        text = "\n".join([line, *(f"{indent}{key}: {value}" for key, value in missing.items())])
    else:
        return None
    return Span(span.path, places[0], places[0]), text


class _Edited:
    """A tree with one file replaced."""

    def __init__(self, tree: SourceTree, path: str, content: bytes) -> None:
        self._tree, self._path, self._content = tree, path, content

    def read(self, path: str, /) -> bytes | None:
        return self._content if path == self._path else self._tree.read(path)

    def paths(self) -> Iterable[str]:
        return self._tree.paths()


def _reads_well(
    tree: SourceTree, api: Api, parameter: Parameter, tried: tuple[list[str], tuple[Span, str], dict[str, int]]
) -> bool:
    """Tell whether the edited description has the same operations, and the bounds where they were wanted."""
    lines, (span, text), missing = tried
    content = "".join([*lines[: span.start - 1], f"{text}\n", *lines[span.start :]]).encode()
    try:
        after = readers.read(_Edited(tree, span.path, content), api.source.path).api
    except UserError:
        return False
    if [operation.key for operation in after.operations] != [operation.key for operation in api.operations]:
        return False
    found = [
        one.schema
        for operation in after.operations
        for one in operation.parameters
        if one.name == parameter.name and one.span.start == parameter.span.start
    ]
    return bool(found) and all(_holds(schema, missing) for schema in found)


def _holds(schema: Schema, wanted: dict[str, int]) -> bool:
    said = {"default": schema.default, "maximum": schema.limits.maximum}
    return all(said[key] == value for key, value in wanted.items())
