"""reStructuredText, read by docutils; directives and roles of Sphinx and its extensions are read for their content."""

from __future__ import annotations

import contextlib

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import SystemMessage, new_document

from specloom.facts.passages.rst_directives import all_known
from specloom.facts.passages.tables import table
from specloom.model.passage import Passage, PassageKind, Row

SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 5,
    "input_encoding": "unicode",
    "doctitle_xform": False,
    "smart_quotes": False,
    "line_length_limit": 20_000,
}
GIVEN_UP = (SystemMessage, RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError)
"""What docutils raises on input that it cannot follow; what it understood up to there still counts."""


def cut_rst(text: str, path: str) -> list[Passage]:
    """Cut reStructuredText into passages. Nothing is included from files, and raw blocks are left out."""
    settings = get_default_settings(Parser)
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    tree = new_document(path, settings)
    with all_known(text), contextlib.suppress(*GIVEN_UP):
        Parser().parse(text, tree)
    walk = _Walk(path, text.split("\n"))
    walk.children(tree)
    return walk.found


class _Walk:
    """Goes through the tree once. docutils' line numbers are hints; looking for the text gives exact ones."""

    def __init__(self, path: str, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.headings: tuple[str, ...] = ()
        self.found: list[Passage] = []
        self.last = 0

    def children(self, parent: nodes.Element) -> None:
        for child in parent.children:
            if isinstance(child, nodes.Element):
                self.visit(child)

    def visit(self, node: nodes.Element) -> None:
        if isinstance(node, nodes.section):
            before = self.headings
            title = next((child.astext() for child in node.children if isinstance(child, nodes.title)), "")
            self.headings = (*before, title)
            self.children(node)
            self.headings = before
        elif isinstance(node, nodes.paragraph):
            self.add(PassageKind.PARAGRAPH, node)
        elif isinstance(node, nodes.literal_block | nodes.doctest_block):
            self.code(node)
        elif isinstance(node, nodes.list_item) and _short(node):
            self.item(node)
        elif isinstance(node, nodes.table):
            self.table(node)
        elif isinstance(node, nodes.field | nodes.definition_list_item):
            self.definition(node)
        elif not isinstance(node, nodes.title | nodes.system_message | nodes.comment | nodes.substitution_definition):
            self.children(node)

    def span(self, raw: str, hint: int | None) -> tuple[int, int]:
        """Find the lines of `raw`, nearest to `hint` and preferably after what came before."""
        wanted = [line.strip() for line in raw.strip("\n").split("\n")]
        while wanted and not wanted[0]:
            wanted.pop(0)
        if not wanted:
            return self.last, self.last
        around = hint or self.last + 1
        order = sorted(
            range(max(0, around - 60), min(len(self.lines), around + 60)), key=lambda at: (abs(at + 1 - around), at)
        )
        for at in order:
            if self.lines[at].strip().endswith(wanted[0]) or wanted[0] in self.lines[at]:
                return at + 1, min(len(self.lines), at + len(wanted))
        return around, min(len(self.lines), around + len(wanted) - 1)

    def add(self, kind: PassageKind, node: nodes.Element, *, text: str = "", term: str = "") -> None:
        shown = text or shown_text(node)
        start, end = self.span(node.rawsource or node.astext(), node.line)
        self.last = end
        if shown.strip():
            links = tuple(str(ref["refuri"]) for ref in node.findall(nodes.reference) if "refuri" in ref)
            self.found.append(
                Passage(
                    path=self.path,
                    start=start,
                    end=end,
                    kind=kind,
                    text=shown,
                    headings=self.headings,
                    term=term,
                    links=links,
                )
            )

    def code(self, node: nodes.Element) -> None:
        start, end = self.span(node.rawsource or node.astext(), node.line)
        self.last = end
        classes: list[str] = list(node.get("classes", []))
        language = str(node.get("language", "")) or next((name for name in classes if name != "code"), "")
        self.found.append(
            Passage(
                path=self.path,
                start=start,
                end=end,
                kind=PassageKind.CODE,
                text=node.astext(),
                headings=self.headings,
                language=language.lower(),
            )
        )

    def item(self, node: nodes.Element) -> None:
        paragraphs = _paragraphs(node)
        if not paragraphs:
            return
        self._joined(PassageKind.LIST_ITEM, paragraphs, "")

    def definition(self, node: nodes.Element) -> None:
        term = node.children[0].astext() if node.children else ""
        paragraphs = _paragraphs(node)
        if not paragraphs or len(paragraphs) > 6:
            self.children(node)
            return
        self._joined(PassageKind.DEFINITION, paragraphs, term)

    def _joined(self, kind: PassageKind, paragraphs: list[nodes.paragraph], term: str) -> None:
        spans = [self.span(paragraph.rawsource or paragraph.astext(), paragraph.line) for paragraph in paragraphs]
        text = "\n".join(shown_text(paragraph) for paragraph in paragraphs)
        start, end = min(start for start, _ in spans), max(end for _, end in spans)
        self.last = end
        self.found.append(
            Passage(
                path=self.path,
                start=start,
                end=end,
                kind=kind,
                text=f"{term}: {text}" if term else text,
                headings=self.headings,
                term=term,
            )
        )

    def table(self, node: nodes.Element) -> None:
        header: Row | None = None
        body: list[Row] = []
        for row in node.findall(nodes.row):
            made = self.row(row)
            if made and isinstance(row.parent, nodes.thead) and header is None:
                header = made
            elif made:
                body.append(made)
        self.found.extend(table(self.path, header, body, headings=self.headings))

    def row(self, row: nodes.Element) -> Row | None:
        cells = [" ".join(shown_text(p) for p in _paragraphs(entry)) for entry in row.findall(nodes.entry)]
        spans = [self.span(p.rawsource or p.astext(), p.line) for p in _paragraphs(row)]
        if not spans:
            return None
        self.last = max(end for _, end in spans)
        return Row(cells=tuple(cells), start=min(start for start, _ in spans), end=self.last)


def _paragraphs(node: nodes.Element) -> list[nodes.paragraph]:
    """Return the paragraphs below `node`, without docutils' own complaints."""
    return [one for one in node.findall(nodes.paragraph) if not isinstance(one.parent, nodes.system_message)]


def _short(item: nodes.Element) -> bool:
    return (
        not any(isinstance(node, nodes.literal_block | nodes.doctest_block | nodes.table) for node in item.findall())
        and len(item.rawsource or item.astext()) < 1500
    )


def shown_text(node: nodes.Element) -> str:
    """Return the text of `node`, with literals in backticks."""
    parts = []
    for child in node.findall(nodes.Text):
        parent = child.parent
        parts.append(f"`{child.astext()}`" if isinstance(parent, nodes.literal) else child.astext())
    return "".join(parts)
