"""Lines of text as a merge sees them: line endings, lines that belong to the generator, and hunks of difference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from specloom.model.files import OWNED

CRLF, LF = b"\r\n", b"\n"

LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""A line as git counts them: `str.splitlines` also ends one at a form feed or U+2028."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines `start` to `end` (1-based, inclusive) of a text, and what another text has in their place."""

    start: int
    end: int
    other: str


def plain(content: bytes) -> bytes:
    """Return `content` with LF line endings; anything with a NUL byte is not text and comes back as it is."""
    return content if b"\0" in content else content.replace(CRLF, LF)


def like(content: bytes, model: bytes) -> bytes:
    """Return `content` with the line endings that most lines of `model` have."""
    mostly_crlf = b"\0" not in model and 2 * model.count(CRLF) > model.count(LF)
    return plain(content).replace(LF, CRLF) if mostly_crlf and b"\0" not in content else plain(content)


def owned_file(content: bytes) -> bool:
    """Tell whether the generator says, on the first line, that the whole file is its own."""
    return OWNED.encode() in content.partition(LF)[0]


def adopt_owned_lines(content: bytes, *, base: bytes, theirs: bytes) -> bytes:
    """Return `content` with the generator's owned lines as `theirs` has them, whatever was made of them by hand.

    A line is recognised by what stands before its first `=` or `:`, so that it is found even where a hand edit took
    the marker away; where people have added or removed lines of that name, nothing is replaced.
    """
    if OWNED.encode() not in base and OWNED.encode() not in theirs:
        return content
    owned = {_name(line) for side in (base, theirs) for line in side.splitlines() if OWNED.encode() in line}
    lines, wanted = content.splitlines(keepends=True), theirs.splitlines(keepends=True)
    for name in owned:
        places = [index for index, line in enumerate(lines) if _name(line) == name]
        values = [line for line in wanted if _name(line) == name]
        if len(places) == len(values):
            for place, value in zip(places, values, strict=True):
                lines[place] = like(value, lines[place]) if OWNED.encode() in value else lines[place]
    return b"".join(lines)


def hunks(ours: str, theirs: str) -> tuple[Hunk, ...]:
    """List where `ours` differs from `theirs`; a hunk for which `ours` has no line takes in the line before it."""
    mine, other = (LINE.findall(text) for text in (ours, theirs))
    found = []
    matcher = SequenceMatcher(a=mine, b=other, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        before = 1 if start == end and start > 0 else 0
        after = 1 if start == end == 0 and mine else 0
        replacement = [*mine[start - before : start], *other[other_start:other_end], *mine[end : end + after]]
        found.append(Hunk(start - before + 1, max(end + after, 1), "".join(replacement)))
    return tuple(found)


def _name(line: bytes) -> bytes:
    return line.replace(b":", b"=").partition(b"=")[0].strip()
