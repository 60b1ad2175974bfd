"""Markdown (CommonMark, tables, front matter, definition lists), MDX, and API Blueprint, which is Markdown too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from specloom.facts.passages.components import without_components
from specloom.facts.passages.dialects import as_commonmark
from specloom.facts.passages.html import cut_html
from specloom.facts.passages.inline import plain
from specloom.facts.passages.raw_html import kept_whole
from specloom.facts.passages.tables import table
from specloom.model.passage import Passage, PassageKind, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

BOLD_LABEL: Final = re.compile(
    r"(?:\*\*|__)(?!(?:note|tip|info|hint|warning|caution|danger|important|attention|example|deprecated|legacy)\b)"
    r"(?![^*_\n]*\d[\w,.]*\s+(?:\w+\s+)?(?:requests?|calls?|queries)\b)"
    r"(?P<text>[^*_`\n.!?]{2,40}?):?(?:\*\*|__):?",
    re.IGNORECASE,
)
"""A paragraph that is nothing but a few words in bold heads what follows, as a heading would; a rate does not."""
ANCHOR: Final = re.compile(r"\s+\{:?\s*[#.][^{}]*\}\s*\Z")
"""What several dialects write behind a heading to name it for links."""
BELOW_ALL: Final = 7
TITLE = re.compile(r"^title\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
CODE_TITLE = re.compile(r"\b(?:title|caption|filename)\s*=\s*[\"']([^\"']{1,80})[\"']")
LONGEST_INLINE = 20_000
"""Characters of one paragraph or cell that are looked at; what is longer was not written by a person."""
MOST_ROWS = 5000
"""Rows of one table that are read; what is longer is data, not documentation."""
TYPED_NAME = re.compile(
    r"[`*]{0,3}[\w.\[\]-]+[`*]{0,3}\s*(?::\s*`[^`]*`\s*)?\((?:string"
    r"|number|integer|int|boolean|bool|object|array|enum|list|optional|required)\b"
)
MOST_INLINE = 700_000
"""Characters of one file whose inline markup is parsed; the parser takes its time over each."""
WHOLE_ITEM_LINES = 12


@cache
def _parser(*, indented_code: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
    parser = parser.use(front_matter_plugin).use(deflist_plugin)
    parser.core.ruler.disable("inline")  # inline markup is parsed token by token, so that its length can be bounded
    return parser if indented_code else parser.disable("code")


@dataclass(slots=True)
class _Cut:
    """One walk over the block tokens of a text that begins at line `first` of `path`."""

    path: str
    first: int
    parser: MarkdownIt
    found: list[Passage] = field(default_factory=list)
    stack: list[tuple[int, str]] = field(default_factory=list)
    spent: int = 0

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.stack)

    def inline(self, content: str) -> tuple[str, tuple[str, ...]]:
        """Return the visible text of `content` and its links; far into a huge file, the content as it stands."""
        self.spent += len(content)
        if self.spent > MOST_INLINE:
            return content[:LONGEST_INLINE], ()
        tokens: list[Token] = []
        self.parser.inline.parse(content[:LONGEST_INLINE], self.parser, {}, tokens)
        return plain(tokens)

    def lines(self, token: Token) -> tuple[int, int]:
        start, end = token.map or (0, 1)
        return self.first + start, self.first + max(start, end - 1)

    def add(self, kind: PassageKind, lines: tuple[int, int], text: str, links: tuple[str, ...] = ()) -> None:
        if text.strip():
            self.found.append(
                Passage(
                    path=self.path,
                    start=lines[0],
                    end=lines[1],
                    kind=kind,
                    text=text,
                    links=links,
                    headings=self.headings,
                )
            )


def cut_markdown(
    text: str, path: str, *, first: int = 1, headings: tuple[str, ...] = (), mdx: bool = False
) -> list[Passage]:
    """Cut Markdown whose first line is line `first` of `path` into passages below `headings`."""
    parser = _parser(indented_code=not mdx)
    cut = _Cut(path, first, parser, stack=[(level - len(headings), name) for level, name in enumerate(headings)])
    tokens = parser.parse(without_components(as_commonmark(kept_whole(text), whole=first == 1)))
    _blocks(cut, tokens)
    return [passage for passage in cut.found if passage.end <= first + text.count("\n")]


def _blocks(cut: _Cut, tokens: Sequence[Token]) -> None:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at = _block(cut, tokens, at, token)


def _block(cut: _Cut, tokens: Sequence[Token], at: int, token: Token) -> int:
    """Handle the block at `at`; return where the next one begins."""
    if token.type == "heading_open":
        _heading(cut, token, tokens[at + 1].content)
        return at + 3
    if token.type == "table_open":
        return _table(cut, tokens, at)
    if token.type == "list_item_open":
        return _item(cut, tokens, at)
    if token.type == "dt_open":
        return _definition(cut, tokens, at)
    if token.type == "paragraph_open" and token.level == 0 and (label := BOLD_LABEL.fullmatch(tokens[at + 1].content)):
        _headed(cut, BELOW_ALL, label["text"])
        return at + 3
    if token.type == "paragraph_open":
        cut.add(PassageKind.PARAGRAPH, cut.lines(token), *cut.inline(tokens[at + 1].content))
    elif token.type in {"fence", "code_block"}:
        _code(cut, token)
    elif token.type == "html_block":
        start, _ = cut.lines(token)
        cut.found.extend(cut_html(token.content, cut.path, first=start, stack=cut.stack))
    elif token.type == "front_matter" and (title := TITLE.search(token.content)):
        cut.stack[:] = [*cut.stack, (0, title[1])]
    return at + 1


def _heading(cut: _Cut, token: Token, content: str) -> None:
    text, _ = cut.inline(content)
    _headed(cut, int(token.tag[1:]), ANCHOR.sub("", text))


def _headed(cut: _Cut, level: int, text: str) -> None:
    while cut.stack and cut.stack[-1][0] >= level:
        cut.stack.pop()
    cut.stack.append((level, text))


def _code(cut: _Cut, token: Token) -> None:
    start, end = cut.lines(token)
    if token.type == "fence":
        start += 1
        end = min(end, start + token.content.count("\n") - 1) if token.content else start
    language = token.info.split()[0].strip("{}.").lower() if token.info.split() else ""
    if token.content.strip():
        cut.found.append(
            Passage(
                path=cut.path,
                start=start,
                end=max(start, end),
                kind=PassageKind.CODE,
                text=token.content.rstrip(),
                headings=cut.headings,
                language=language,
                term=title[1] if (title := CODE_TITLE.search(token.info)) else "",
            )
        )


def _close(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the token that closes the one at `at`."""
    level, closing = tokens[at].level, tokens[at].type.replace("_open", "_close")
    for index in range(at + 1, len(tokens)):
        if tokens[index].type == closing and tokens[index].level == level:
            return index
    return len(tokens) - 1


def _item(cut: _Cut, tokens: Sequence[Token], at: int) -> int:
    """Keep a short item with nested lists whole, since its parts are read together; cut a long one further."""
    end = _close(tokens, at)
    inside = tokens[at + 1 : end]
    lines = cut.lines(tokens[at])
    simple = all(token.type not in {"fence", "code_block", "table_open", "html_block"} for token in inside)
    last = max((token.map[1] for token in inside if token.type == "inline" and token.map), default=0)
    if _lists_parameters(inside):
        simple = False
    if simple and last and cut.first + last - lines[0] <= WHOLE_ITEM_LINES:
        parts = [cut.inline(token.content) for token in inside if token.type == "inline"]
        links = tuple(link for _, found in parts for link in found)
        cut.add(PassageKind.LIST_ITEM, (lines[0], cut.first + last - 1), "\n".join(text for text, _ in parts), links)
        return end + 1
    if inside and inside[0].type == "paragraph_open":
        cut.add(PassageKind.LIST_ITEM, cut.lines(inside[0]), *cut.inline(inside[1].content))
        inside = inside[3:]
    _blocks(cut, inside)
    return end + 1


def _lists_parameters(inside: Sequence[Token]) -> bool:
    """Tell whether the item is only the head of a list of parameters, each of which stands for itself."""
    return sum(1 for token in inside if token.type == "inline" and TYPED_NAME.match(token.content)) > 1


def _definition(cut: _Cut, tokens: Sequence[Token], at: int) -> int:
    end = _close(tokens, at)
    term, _ = cut.inline(tokens[at + 1].content)
    start, _ = cut.lines(tokens[at])
    at = end + 1
    while at < len(tokens) and tokens[at].type == "dd_open":
        end = _close(tokens, at)
        inlines = [token for token in tokens[at:end] if token.type == "inline" and token.map]
        if inlines:
            text = "\n".join(cut.inline(token.content)[0] for token in inlines)
            last = cut.first + max(token.map[1] for token in inlines if token.map) - 1
            cut.found.append(
                Passage(
                    path=cut.path,
                    start=start,
                    end=last,
                    kind=PassageKind.DEFINITION,
                    text=f"{term}: {text}",
                    term=term,
                    headings=cut.headings,
                )
            )
        at = end + 1
    return at


def _table(cut: _Cut, tokens: Sequence[Token], at: int) -> int:
    end = _close(tokens, at)
    rows: list[Row] = []
    links: list[str] = []
    cells: list[str] = []
    line = (0, 0)
    for token in tokens[at:end]:
        if len(rows) > MOST_ROWS:
            break
        if token.type == "tr_open":
            cells, line = [], cut.lines(token)
        elif token.type == "inline":
            text, targets = cut.inline(token.content)
            cells.append(text)
            links.extend(targets)
        elif token.type == "tr_close":
            rows.append(Row(cells=tuple(cells), start=line[0], end=line[1]))
    if rows:
        cut.found.extend(table(cut.path, rows[0], rows[1:], headings=cut.headings, links=tuple(links)))
    return end + 1
