"""Where in a pull request a fact of the docs is talked about: on lines that the pull request brought."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.errors import UserError
from specloom.model.source import Span
from specloom.pipeline.suggesting import suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.inference import Inference
    from specloom.model.source import SourceTree
    from specloom.pipeline.inputs import Inputs
    from specloom.pipeline.sources import Source

LINE_END = re.compile(r"\r\n|\r|\n")


def fact_places(inputs: Inputs, sources: tuple[Source, ...]) -> tuple[dict[str, Span], dict[str, str]]:
    """Return by ID the lines to comment on, and what to suggest in their place.

    The lines are those of the description that a suggestion replaces, or cited ones, or those of the description where
    the fact belongs: the first that are new or edited. What was accepted needs no words, and where nothing is new, the
    body of the report has it.
    """
    open_facts = [item for item in inputs.inferences if not item.accepted]
    if inputs.base is None or not open_facts:
        return {}, {}
    changes = Changes(inputs.head, inputs.base)
    places: dict[str, Span] = {}
    texts: dict[str, str] = {}
    edits = suggestions(inputs.head, sources, open_facts, changes.touch) if _edited(sources) else {}
    for item in open_facts:
        if item.id in edits:
            places[item.id], texts[item.id] = edits[item.id]
        elif (span := next(filter(changes.touch, _spans(item, sources)), None)) is not None:
            places[item.id] = span
    return places, texts


def _edited(sources: tuple[Source, ...]) -> bool:
    return any(
        source.base is None or source.base.source.digest != source.reading.api.source.digest for source in sources
    )


def _spans(item: Inference, sources: tuple[Source, ...]) -> Iterator[Span]:
    from specloom.facts.home import home  # noqa: PLC0415  only where facts were found are those modules loaded

    yield from (Span(cited.file, cited.line_start, cited.line_end) for cited in item.citations)
    for source in sources:
        if (span := home(item, source.reading.api)) is not None:
            yield span


class Changes:
    """Tells what a head has and its base has not, by the words of lines: moved lines are not new."""

    def __init__(self, head: SourceTree, base: SourceTree) -> None:
        self._trees = head, base
        self._files: dict[str, tuple[list[str], str] | None] = {}

    def touch(self, span: Span) -> bool:
        """Tell whether the lines of `span` stand nowhere in the base's version of its file."""
        if span.path not in self._files:
            self._files[span.path] = self._both(span.path)
        both = self._files[span.path]
        if both is None:
            return False
        head, base = both
        return "\n".join(["", *head[span.start - 1 : span.end], ""]) not in base

    def _both(self, path: str) -> tuple[list[str], str] | None:
        """Return the lines of the head and the text of the base, or None for a file that is the same in both."""
        now, before = (_content(tree, path) for tree in self._trees)
        if now == before:
            return None
        lines, old = (LINE_END.split(content.decode("utf-8", "replace")) for content in (now, before))
        return lines, "\n".join(["", *old, ""]) if before else ""


def _content(tree: SourceTree, path: str) -> bytes:
    try:
        return tree.read(path) or b""
    except UserError:
        return b""
