"""Which files are documentation, by their names, and what they are written in."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

ENDINGS: Final = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mkdn": "markdown",
    ".mdwn": "markdown",
    ".apib": "markdown",
    ".mdx": "mdx",
    ".html": "html",
    ".htm": "html",
    ".rst": "rst",
    ".rest": "rst",
    ".txt": "text",
    ".yaml": "description",
    ".yml": "description",
    ".json": "description",
}
READ: Final = ".md, .mdx, .html, .rst, .txt, .apib, or OpenAPI"
"""What people are told that can be read."""
TEMPLATES: Final = frozenset({".erb", ".ejs", ".j2", ".jinja", ".jinja2", ".liquid", ".njk", ".tmpl"})
"""Endings behind that of what a site's generator makes of a file: `index.html.md.erb` is Markdown."""
PAGES_OF_TEMPLATES: Final = frozenset({"markdown", "mdx", "rst"})
"""Other templates are an application's own pages."""
FOLDERS: Final = frozenset({"doc", "docs", "documentation"})
TEXTS: Final = re.compile(r"(?:readme|llms(?:-full)?)\.txt", re.IGNORECASE)
"""Plain text files that hold documentation wherever they stand."""
UNDERLINED: Final = re.compile(r"^(?=.*\w).{3,100}\n([=\-~^*+#\"'`.:_])\1{2,}[ \t]*$", re.MULTILINE)
DIRECTIVE: Final = re.compile(r"^[ \t]*\.\. (?:[\w-]+::|_[^:\n]+:)|^[^\n]*\w::[ \t]*\n[ \t]*\n[ \t]+\S", re.MULTILINE)
HEADED: Final = re.compile(r"^#{1,6} \S", re.MULTILINE)


def markup(path: str) -> str:
    """Return what a file is written in: `markdown`, `mdx`, `html`, `rst`, `text`, `description`, or an empty string."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(path).suffixes]
    if suffixes and suffixes[-1] in TEMPLATES:
        within = ENDINGS.get(suffixes[-2], "") if len(suffixes) > 1 else ""
        return within if within in PAGES_OF_TEMPLATES else ""
    return ENDINGS.get(suffixes[-1], "") if suffixes else ""


def is_template(path: str) -> bool:
    """Tell a file that a site's generator fills in."""
    return PurePosixPath(path).suffix.lower() in TEMPLATES


def is_prose(path: str) -> bool:
    """Tell what is taken for documentation where nobody names any: descriptions are not, and few texts are."""
    name = PurePosixPath(path)
    if (kind := markup(path)) == "text":
        return bool(TEXTS.fullmatch(name.name)) or not FOLDERS.isdisjoint(part.lower() for part in name.parts[:-1])
    return kind not in {"", "description"}


def markup_of_text(text: str) -> str:
    """Tell by its headings what a `.txt` is written in, `rst` or `markdown`; without any, it is a list or a log."""
    underlined, headed = len(UNDERLINED.findall(text)), len(HEADED.findall(text))
    if underlined > headed or (DIRECTIVE.search(text) and not headed):
        return "rst"
    return "markdown" if headed else ""


def without_code(text: str) -> str:
    """Take out of a template what a generator of pages runs, and nobody reads; its lines stay."""
    for begin, end in (("<%", "%>"), ("{%", "%}")):
        first, *parts = text.split(begin)
        cut = [part.partition(end) for part in parts]
        rest = ["\n" * code.count("\n") + shown if ends else begin + code for code, ends, shown in cut]
        text = first + "".join(rest)
    return text
