"""Plain text out of the inline tokens of markdown-it: code keeps its backticks, everything else loses its markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

CODE_TAG = re.compile(r"</?(?:code|tt|kbd|samp)\b[^>]*>", re.IGNORECASE)
BREAK_TAG = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)
TEMPLATE = re.compile(r"\{%[^%{}]*%\}|\{\{[<%][^{}]*[>%]\}\}")
"""Tags of Liquid, Jinja and Hugo, which a reader never sees."""
BADGE = re.compile(r"<\s*(required|optional|deprecated)\s*/?>", re.IGNORECASE)
"""`{{<required>}}` and `<Required/>` show the word that they are called."""
SHORTCODE = re.compile(r"\{\{[<%]?\s*(required|optional|deprecated)\s*[>%]?\}\}", re.IGNORECASE)

ATTRIBUTE = re.compile(r"([A-Za-z][\w-]*)=[\"\u201c]([^\"\u201c\u201d]*)[\"\u201d]")
METHOD_TAG = re.compile(r"\{%\s*(?:api-method|swagger)(?P<given>(?:\s+[A-Za-z][\w-]*=\"[^\"]*\")+)\s*%\}")
"""How GitBook writes a call."""


def plain(tokens: Iterable[Token]) -> tuple[str, tuple[str, ...]]:
    """Return the text that a reader sees, and the link targets in their order."""
    parts: list[str] = []
    links: list[str] = []
    for token in tokens:
        if token.type == "code_inline":
            parts.append(f"`{token.content}`")
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif token.type == "html_inline":
            parts.append(_tag(token.content))
        elif token.type == "link_open":
            links.append(str(token.attrGet("href") or ""))
        elif token.type == "text":
            parts.append(token.content)
        elif token.type == "text_special" and (token.content.isprintable() or token.content.isspace()):
            parts.append(token.content)  # an escape or an entity; one that shows nothing stays out
    shown = METHOD_TAG.sub(_method, SHORTCODE.sub(r"\1", "".join(parts)))
    return TEMPLATE.sub(" ", shown).strip(), tuple(links)


def _method(tag: re.Match[str]) -> str:
    """Return what a reader sees of a tag that describes a call: its method and its address."""
    given = dict(ATTRIBUTE.findall(tag["given"]))
    address = f"{given.get('host') or given.get('baseUrl') or ''}{given.get('path', '')}"
    called = f"{given.get('method', '').upper()} {address}".strip()
    return f"`{called}`" if address else " "


def _tag(markup: str) -> str:
    if CODE_TAG.fullmatch(markup):
        return "`"
    if badge := BADGE.fullmatch(markup):
        return badge[1].lower()
    return "\n\n" if BREAK_TAG.fullmatch(markup) else ""
