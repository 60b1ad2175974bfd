"""What other dialects of Markdown write, as CommonMark would; every line keeps its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

METADATA: Final = re.compile(r"[A-Za-z][\w-]*: .*")
ADMONITION: Final = re.compile(r"(?:!!!|\?\?\?\+?|===)\s+\S.*")
CONTAINER: Final = re.compile(r":{3,}.*")
FENCE: Final = re.compile(r" {0,12}(`{3,}|~{3,})")
DELIMITERS: Final = re.compile(r"\s{0,9}\|(?:\s{0,9}:?-+:?\s{0,9}\|)+\s*")
CELL_EDGE: Final = re.compile(r"(?<!\\)\|")
TIGHT_HEADING: Final = re.compile(r"(?P<hashes>#{2,6})(?P<text>[^\s#!].*)|#(?P<top>[A-Z][^#\n.]{1,60})#*")
"""`##Paging##`: older parsers needed no space. A single hash may begin a tag or a comment, so it needs a name."""


def as_commonmark(text: str, *, whole: bool) -> str:
    """Rewrite headings, delimiters of tables, admonitions and, where `text` is a `whole` file, metadata."""
    return _admonitions("\n".join(_headings(_without_metadata(text) if whole else text)))


def _headings(text: str) -> Iterator[str]:
    """Put a space behind the hashes of a heading, and a delimiter below each cell of a header, outside code."""
    fence, above = "", ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if mark and (not fence or (mark[1].startswith(fence) and not line.strip().strip(fence[0]))):
            fence = "" if fence else mark[1]
        found = TIGHT_HEADING.fullmatch(line.rstrip()) if not fence and line.startswith("#") else None
        alone = not above.strip() or above.startswith("#")
        if not fence and above.strip().startswith("|") and DELIMITERS.fullmatch(line):
            # Other parsers take a row of delimiters that is longer or shorter than the header.
            yield "|" + "---|" * (len(CELL_EDGE.findall(above.strip().strip("|"))) + 1)
        elif found and (found["hashes"] or alone):
            yield f"{found['hashes'] or '#'} {(found['text'] or found['top']).rstrip('# ')}"
        else:
            yield line
        above = line


def _without_metadata(text: str) -> str:
    """Blank API Blueprint's metadata (`FORMAT: 1A` and what follows, the host aside) and TOML front matter."""
    lines = text.split("\n")
    if lines and lines[0].startswith("FORMAT:"):
        for at, line in enumerate(lines):
            if not METADATA.fullmatch(line.rstrip()):
                break
            lines[at] = line if line.startswith("HOST:") else ""
    elif lines and lines[0].strip() == "+++" and "+++" in (rest := [line.strip() for line in lines[1:200]]):
        lines[: rest.index("+++") + 2] = [""] * (rest.index("+++") + 2)
    return "\n".join(lines)


def _admonitions(text: str) -> str:
    """Read `!!! note` with its indented body, and `:::note` fences, as the plain blocks that they show."""
    out: list[str] = []
    inside = False
    for line in text.split("\n"):
        if ADMONITION.fullmatch(line.strip()) and not line.startswith("    "):
            inside = not line.startswith("===") or line.strip("= \t") != ""
            out.append("")
        elif CONTAINER.fullmatch(line.strip()):
            out.append("")
        elif inside and (line.startswith("    ") or not line.strip()):
            out.append(line[4:])
        else:
            inside = False
            out.append(line)
    return "\n".join(out)
