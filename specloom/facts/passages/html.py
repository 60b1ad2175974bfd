"""HTML, as a page or as a block inside Markdown, read by lexbor; line numbers ride along as comments of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from specloom.facts.passages.tables import table
from specloom.model.passage import Passage, PassageKind, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

HIDDEN_TAGS = frozenset(
    {"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "math", "select", "nav"}
)
BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "figure",
        "figcaption",
        "blockquote",
        "details",
        "summary",
        "ul",
        "ol",
        "dl",
        "form",
        "body",
        "html",
        "center",
        "address",
        "fieldset",
        "hgroup",
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
INSIDE_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<[/A-Za-z!?][^<>]*>|<(script|style|textarea|title)\b.*?</\1", re.DOTALL | re.IGNORECASE
)
MARK = re.compile(r"specloom-line:(\d+)")
INVISIBLE_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class _Buffer:
    """Text that gathers until its block ends, with the lines on which it was seen."""

    kind: PassageKind = PassageKind.PARAGRAPH
    parts: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def say(self, text: str, line: int) -> None:
        self.parts.append(text)
        if text.strip():
            self.start = self.start or line
            self.end = line

    @property
    def text(self) -> str:
        if self.kind is PassageKind.CODE:
            return "".join(self.parts).strip("\n").rstrip()
        return re.sub(r"[ \t\r\n]+", " ", "".join(self.parts)).strip()


@dataclass(slots=True)
class _Walk:
    path: str
    line: int
    stack: list[tuple[int, str]]
    found: list[Passage] = field(default_factory=list)
    buffer: _Buffer = field(default_factory=_Buffer)
    rows: list[Row] | None = None
    cells: list[_Buffer] = field(default_factory=list)
    plain_cells: int = 0
    header: Row | None = None
    links: list[str] = field(default_factory=list)
    term: str = ""
    tables: int = 0

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.stack)

    def flush(self, kind: PassageKind = PassageKind.PARAGRAPH) -> None:
        """End the current block and begin one of `kind`."""
        done, self.buffer = self.buffer, _Buffer(kind)
        if not done.text:
            return
        text = f"{self.term}: {done.text}" if done.kind is PassageKind.DEFINITION else done.text
        self.found.append(
            Passage(
                path=self.path,
                start=done.start,
                end=done.end,
                kind=done.kind,
                text=text,
                headings=self.headings,
                term=self.term if done.kind is PassageKind.DEFINITION else "",
                links=tuple(self.links),
            )
        )
        self.links = []


def cut_html(text: str, path: str, *, first: int = 1, stack: list[tuple[int, str]] | None = None) -> list[Passage]:
    """Cut HTML that begins at line `first` of `path` into passages; what is hidden is left out.

    `stack` holds the headings above with their levels, and the last ones of the text when it is done.
    """
    tree = LexborHTMLParser(_marked(text, first))
    walk = _Walk(path, first, [] if stack is None else stack)
    if tree.body is None:
        return []
    for node, entering in _events(tree.body):
        if entering:
            _enter(walk, node)
        else:
            _leave(walk, node)
    walk.flush()
    return walk.found


def _marked(text: str, first: int) -> str:
    """Put a comment with its number before every line that does not begin inside a tag, a comment or a script."""
    inside = [found.span() for found in INSIDE_TAG.finditer(text)]
    out: list[str] = []
    at = span = 0
    for number, line in enumerate(text.split("\n"), first):
        while span < len(inside) and inside[span][1] <= at:
            span += 1
        free = span >= len(inside) or not inside[span][0] < at < inside[span][1]
        out.append(f"<!--specloom-line:{number}-->{line}" if free else line)
        at += len(line) + 1
    return "\n".join(out)


def _events(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every visible node on the way in and on the way out, without recursion."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        if not entering:
            continue
        stack.append((node, False))
        if _hidden(node):
            continue
        stack.extend((child, True) for child in reversed(_children(node)))


def _children(node: LexborNode) -> list[LexborNode]:
    """Return all children: `iter` leaves comments out, the sibling chain has them."""
    out: list[LexborNode] = []
    child = node.child
    while child is not None:
        out.append(child)
        child = child.next
    return out


def _hidden(node: LexborNode) -> bool:
    if node.tag in HIDDEN_TAGS:
        return True
    if not node.is_element_node:
        return False
    given = node.attributes
    return (
        "hidden" in given
        or given.get("aria-hidden") == "true"
        or bool(INVISIBLE_STYLE.search(given.get("style") or ""))
    )


def _enter(walk: _Walk, node: LexborNode) -> None:
    tag = node.tag or ""
    if node.is_comment_node:
        if mark := MARK.fullmatch(node.comment_content or ""):
            walk.line = int(mark[1])
    elif node.is_text_node:
        _say(walk, node.text_content or "")
    elif walk.rows is not None:
        _enter_table(walk, tag)
    elif tag == "table":
        walk.flush()
        walk.rows, walk.cells, walk.header, walk.tables = [], [], None, 1
    elif tag in {"code", "tt", "kbd", "samp"}:
        _tick(walk)
    elif tag == "br":
        walk.buffer.parts.append("\n")
    elif tag == "a":
        walk.links.append(node.attributes.get("href") or "")
    else:
        _begin(walk, tag)


def _begin(walk: _Walk, tag: str) -> None:
    if tag == "pre":
        walk.flush(PassageKind.CODE)
    elif tag == "li":
        walk.flush(PassageKind.LIST_ITEM)
    elif tag == "dd":
        walk.flush(PassageKind.DEFINITION)
    elif (tag in BLOCKS or tag in HEADINGS or tag == "dt") and not (
        tag == "p" and walk.buffer.kind is not PassageKind.PARAGRAPH and not walk.buffer.text
    ):
        walk.flush()


def _enter_table(walk: _Walk, tag: str) -> None:
    if tag == "table":
        walk.tables += 1
    elif tag == "tr" and walk.tables == 1:
        walk.cells, walk.plain_cells = [], 0
    elif tag == "caption" and walk.tables == 1:
        walk.cells = [_Buffer()]
    elif tag in {"td", "th"} and walk.tables == 1:
        walk.cells.append(_Buffer())
        walk.plain_cells += tag == "td"
    elif tag in {"code", "tt", "kbd", "samp"}:
        _tick(walk)
    elif (tag in BLOCKS or tag in {"br", "li", "p"}) and walk.cells:
        walk.cells[-1].parts.append(" ")


def _say(walk: _Walk, text: str) -> None:
    if walk.rows is not None:
        if walk.cells:
            walk.cells[-1].say(text, walk.line)
    else:
        walk.buffer.say(text, walk.line)


def _tick(walk: _Walk) -> None:
    if walk.rows is not None and walk.cells:
        walk.cells[-1].parts.append("`")
    elif walk.rows is None and walk.buffer.kind is not PassageKind.CODE:
        walk.buffer.parts.append("`")


def _leave(walk: _Walk, node: LexborNode) -> None:
    tag = node.tag or ""
    if tag in {"code", "tt", "kbd", "samp"}:
        _tick(walk)
    elif walk.rows is not None:
        _leave_table(walk, tag)
    elif tag in HEADINGS:
        _heading(walk, HEADINGS[tag])
    elif tag == "dt":
        walk.term, walk.buffer = walk.buffer.text, _Buffer()
    elif tag in {"p", "li", "dd", "pre"} or tag in BLOCKS:
        walk.flush()


def _heading(walk: _Walk, level: int) -> None:
    text, walk.buffer = walk.buffer.text, _Buffer()
    while walk.stack and walk.stack[-1][0] >= level:
        walk.stack.pop()
    walk.stack.append((level, text))


def _leave_table(walk: _Walk, tag: str) -> None:
    if tag == "tr" and walk.tables == 1 and walk.rows is not None:
        seen = [cell for cell in walk.cells if cell.start]
        if seen:
            row = Row(
                cells=tuple(c.text for c in walk.cells), start=min(c.start for c in seen), end=max(c.end for c in seen)
            )
            if not walk.plain_cells and not walk.rows and walk.header is None:
                walk.header = row
            else:
                walk.rows.append(row)
        walk.cells = []
    elif tag == "caption" and walk.tables == 1:
        walk.buffer, walk.cells = next(iter(walk.cells), _Buffer()), []
        walk.flush()
    elif tag == "table":
        walk.tables -= 1
        if not walk.tables:
            rows, walk.rows = walk.rows or [], None
            walk.found.extend(table(walk.path, walk.header, rows, headings=walk.headings))
