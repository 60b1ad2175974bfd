"""Raw HTML between Markdown: tables and lists whose blank lines would end them for a Markdown parser."""

from __future__ import annotations

import re
from typing import Final

OPENS: Final = re.compile(r"\s{0,3}<(?P<name>table|dl|ul|ol)\b", re.IGNORECASE)
FENCE: Final = re.compile(r"\s{0,3}(?P<mark>```+|~~~+)")
MOST_LINES: Final = 2_000
"""Lines of one table that are looked at for its end."""
FILLING: Final = "<!-- -->"
"""Keeps a block of HTML going where a blank line stood, and shows nothing."""


def kept_whole(text: str) -> str:
    """Fill the blank lines of tables and lists that are HTML throughout; the number of lines stays the same."""
    if "<" not in text:
        return text
    lines = text.split("\n")
    fence = ""
    at = 0
    while at < len(lines):
        mark = FENCE.match(lines[at])
        if mark and (not fence or mark["mark"].startswith(fence)):
            fence = "" if fence else mark["mark"]
        elif not fence and (opened := OPENS.match(lines[at])) and (end := _end(lines, at, opened["name"])):
            lines[at:end] = [line if line.strip() else FILLING for line in lines[at:end]]
            at = end
        at += 1
    return "\n".join(lines)


def _end(lines: list[str], start: int, name: str) -> int:
    """Return the line that closes the element, or 0 where it is left open or Markdown stands in it."""
    tag = re.compile(rf"<(?P<close>/?){name}\b", re.IGNORECASE)
    depth = 0
    for at in range(start, min(len(lines), start + MOST_LINES)):
        if at > start and not lines[at - 1].strip() and lines[at].strip() and not lines[at].lstrip().startswith("<"):
            return 0
        depth += sum(-1 if found["close"] else 1 for found in tag.finditer(lines[at]))
        if depth <= 0:
            return at
    return 0
