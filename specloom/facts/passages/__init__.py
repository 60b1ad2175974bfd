"""Documentation of every format becomes passages with exact lines; real parsers read it, ours is the line mapping."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.facts.markup import is_template, markup, markup_of_text, without_code
from specloom.facts.passages.described import cut_described
from specloom.facts.passages.html import cut_html
from specloom.facts.passages.markdown import cut_markdown
from specloom.facts.passages.rst import cut_rst
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.passage import Document, PassageKind
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from specloom.model.passage import Passage
    from specloom.model.source import SourceTree

LARGEST_FILE: Final = 2_000_000
"""Bytes. Documentation that people write stays far below."""
MOST_LINES: Final = 40_000
"""A parser takes seconds for as many; books are split into chapters."""
LONGEST_LINE: Final = 20_000
LONGEST_TEXT: Final = 6_000
"""Characters of a paragraph or a cell, four times the longest that was seen in real docs; the rest is left unread."""
CUTTERS: Final[dict[str, Callable[[str, str], list[Passage]]]] = {
    "markdown": cut_markdown,
    "mdx": lambda text, path: cut_markdown(text, path, mdx=True),
    "html": cut_html,
    "rst": cut_rst,
    "description": cut_described,
    "": lambda _text, _path: [],
}
"""How each kind of markup is cut."""
LINE_END = re.compile(r"\r\n|\r|\n")
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that change what a reader sees without being seen: zero width, text direction, controls."""


def read_documents(tree: SourceTree, paths: Iterable[str]) -> tuple[list[Document], list[Diagnostic]]:
    """Cut every file of `paths` that is documentation; a file that cannot be read costs that file."""
    documents: list[Document] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(set(paths)):
        if not is_documentation(path):
            continue
        content = tree.read(path)
        made = document(path, content) if content is not None else None
        if isinstance(made, Diagnostic):
            diagnostics.append(made)
        elif made:
            documents.append(made)
    return documents, diagnostics


def is_documentation(path: str) -> bool:
    """Tell by its name whether a file may hold documentation."""
    return bool(markup(path))


def document(path: str, content: bytes) -> Document | Diagnostic:
    """Cut one file, or say why it cannot be."""
    if len(content) > LARGEST_FILE:
        return _refused(
            path, "docs-too-large", f"the file has more than {LARGEST_FILE // 1_000_000} MB; split it to have it read"
        )
    if b"\0" in content[:8000]:
        return _refused(path, "docs-binary", "the file is binary; leave it out of the docs")
    lines = LINE_END.split(content.decode("utf-8", "replace"))
    if len(lines) > MOST_LINES:
        return _refused(
            path, "docs-too-large", f"the file has more than {MOST_LINES:,} lines; split it to have it read"
        )
    readable = "\n".join(UNSEEN.sub("", line) if len(line) <= LONGEST_LINE else "" for line in lines)
    if is_template(path):
        readable = without_code(readable)
    kind = markup(path)
    cut = CUTTERS[markup_of_text(readable) if kind == "text" else kind]
    passages = tuple(_bounded(passage) for passage in cut(readable, path))
    title = next((passage.headings[0] for passage in passages if passage.headings), "")
    return Document(path=path, lines=tuple(lines), passages=passages, title=title)


def _bounded(passage: Passage) -> Passage:
    """Cut off what no person wrote as one paragraph or one cell: patterns take their time over it."""
    if passage.kind is PassageKind.TABLE:
        if any(len(cell) > LONGEST_TEXT for row in passage.rows for cell in row.cells):
            rows = tuple(replace(row, cells=tuple(cell[:LONGEST_TEXT] for cell in row.cells)) for row in passage.rows)
            text = "\n".join(" | ".join(row.cells) for row in rows)
            return replace(passage, rows=rows, text=text)
    elif passage.kind is not PassageKind.CODE and len(passage.text) > LONGEST_TEXT:
        return replace(passage, text=passage.text[:LONGEST_TEXT])
    return passage


def _refused(path: str, code: str, why: str) -> Diagnostic:
    return Diagnostic(Level.WARNING, code, f"{path} was not read for facts: {why}", Span(path, 1, 1))
