"""Every address in a passage: with a scheme or bare, in an HTTP message, behind a link; each with where it stands."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import LONGEST_CITATION, Place
from specloom.facts.urls.addresses import template
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.passage import Passage

MOST_IN_PASSAGE: Final = 60
MOST_TEXT: Final = 60_000
"""Characters of a passage that are read; longer ones are dumps."""
MOST_ROWS: Final = 200
OPEN: Final = r"\{{1,2}[^{}\s/]{1,40}\}{1,2}|<[^<>\s/]{1,40}>|\[[A-Za-z][\w-]{0,40}\]|%[A-Za-z_]+%|\$\w+"
"""What an address leaves to its reader, however it is marked."""
USER: Final = r"(?:[^\s/@\"'<>{}]|<[^<>\s/]{1,40}>|\{[^{}\s/]{1,40}\}){1,60}"
"""A name and a password before a host."""
FULL: Final = re.compile(
    rf"(?P<scheme>https?|http\(s\)|wss?)://(?:{USER}@)?(?P<host>(?:[\w-]|\.(?=[\w{{<\[%$])|{OPEN})+)"
    rf"(?P<port>:(?:\d{{1,5}}|{OPEN}))?(?P<path>(?:/(?:[\w.~%@:!$&+=-]|{OPEN})*)*)(?P<query>[?#]?)",
    re.IGNORECASE,
)
BARE: Final = re.compile(
    r"(?<![\w./@:%-])(?P<host>(?:[a-z0-9][a-z0-9-]{0,40}\.){1,5}"
    r"(?:com|org|net|io|dev|gov|edu|tv|ai|cloud|eu|us|uk|de|fr|nl|cn|ca|au|br|jp|ch|no|se|it|es|pl|fm|nz|hu|pt|cz|dk"
    r"|fi|kr|sg|hk|mx|za|co|im|me|app|gg|info|live|ru|ar|at|be)(?![\w-]|\.\w)"
    r"|(?:[a-z0-9][a-z0-9-]{0,40}\.){0,4}[a-z0-9-]{0,30}api[a-z0-9-]{0,30}\.(?:[a-z0-9][a-z0-9-]{0,40}\.){1,3}[a-z]{2,10})"
    r"(?P<port>:\d{2,5})?(?P<path>(?:/[\w.~%{}<>:-]+)*/?)(?![\w@(]|\.\w)(?P<query>[?#]?)"
)
"""A host without a scheme, in prose: under a common ending, or under any where it is called after an API."""
MESSAGE: Final = re.compile(
    r"^(?:GET|POST|PUT|PATCH|DELETE)\s+(?P<path>/[^\s?]*)(?P<query>\??)\S*(?:\s+HTTP/[\d.]+)?\n(?:[\w-]+:.*\n){0,6}?"
    r"Host:[ \t]*(?P<host>[\w-]+(?:\.[\w-]+)+)(?P<port>:\d+)?",
    re.IGNORECASE | re.MULTILINE,
)
"""An HTTP message, whose host has a line of its own."""
ALONE: Final = re.compile(r":\d+$|^localhost|[{<]")
"""A host without a dot that still is one."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in `text`, from `start` to `end`; a link has no text and stands at -1. `whole` has no query."""

    scheme: str
    host: str
    path: tuple[str, ...]
    slash: bool
    whole: bool
    text: str
    start: int
    end: int
    place: Place

    @property
    def linked(self) -> bool:
        """Tell an address that is only behind a link, where no reader sees it."""
        return self.start < 0


def addresses(passage: Passage) -> Iterator[Address]:
    """Yield the addresses of a passage; those of a table row by row."""
    code = passage.kind is PassageKind.CODE
    if "." in passage.text or "://" in passage.text:
        for text, lines in pieces(passage):
            found = (_address(text, one, lines) for one in matches(text, code=code))
            yield from islice(filter(None, found), MOST_IN_PASSAGE)
    whole = Lines(passage, passage.start, passage.end)
    for link in passage.links[:MOST_IN_PASSAGE]:
        one = FULL.match(link)
        if one and link not in passage.text and (behind := _address("", one, whole)):
            yield behind


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines `start` to `end` of a passage; `breaks` are the line ends in its text where each is a line of the page."""

    passage: Passage
    start: int
    end: int
    breaks: tuple[int, ...] = ()

    def at(self, position: int) -> Place:
        """Return the line of a position, or as many lines as may be cited."""
        if self.breaks:
            line = self.start + bisect(self.breaks, position)
            return Place(self.passage.path, line, line)
        return Place(self.passage.path, self.start, min(self.end, self.start + LONGEST_CITATION - 1))


def pieces(passage: Passage) -> Iterator[tuple[str, Lines]]:
    """Yield what is read on its own, a row of a table or all of another passage, with its lines."""
    if passage.kind is PassageKind.TABLE:
        for row in passage.rows[:MOST_ROWS]:
            yield " | ".join(row.cells)[:MOST_TEXT], Lines(passage, row.start, row.end)
        return
    text = passage.text[:MOST_TEXT]
    breaks = [found.start() for found in re.finditer("\n", text)] if passage.kind is PassageKind.CODE else []
    fits = len(breaks) <= passage.end - passage.start
    yield text, Lines(passage, passage.start, passage.end, tuple(breaks) if fits else ())


def matches(text: str, *, code: bool) -> Iterator[re.Match[str]]:
    """Yield what is an address in a text, with its host, port, path and query."""
    yield from FULL.finditer(text)
    yield from MESSAGE.finditer(text) if code else BARE.finditer(text)


def _address(text: str, one: re.Match[str], lines: Lines) -> Address | None:
    host = template(one["host"] + (one["port"] or "")).rstrip(".")
    if "." not in host and (one["host"].isupper() or (not ALONE.search(host) and not one["path"])):
        return None  # `http://PATH_TO_THE_ENDPOINT/` stands for all of an address
    path = one["path"].rstrip(".:,")
    at = one.start() if text else -1
    return Address(
        scheme=one.groupdict().get("scheme", "").lower().replace("(s)", "s"),
        host=host,
        path=tuple(template(part) for part in path.split("/") if part),
        slash=path.endswith("/"),
        whole=not one["query"],
        text=text,
        start=at,
        end=one.end() if text else -1,
        place=lines.at(one.start("host") if text else 0),
    )
