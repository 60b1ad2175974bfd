"""Where an API is, told by hosts without `https://`: behind environments, in tables, in sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from specloom.facts.evidence import place
from specloom.facts.urls.addresses import is_endpoint, is_plain
from specloom.facts.urls.base_made import candidate
from specloom.facts.urls.base_url_words import (
    ADDRESS_COLUMN,
    BARE_HOST,
    EXAMPLE_COLUMN,
    HOST_BEHIND,
    HOST_COLUMN,
    HOST_OF,
    IS_HOST,
    LET_THROUGH,
    LONE_HOST,
    PLACE_COLUMN,
    URL,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Candidate, Statement


def of_environments(statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    """Read hosts behind their environments: `a staging environment (api.…)`."""
    behind = HOST_BEHIND.finditer(statement.text) if headed else ()
    for found in (*HOST_OF.finditer(statement.text), *behind):
        url = f"https://{found['host']}"
        if is_plain(url):
            yield candidate(url, statement.passage, place(statement)[0], 0.85, said=found["env"] + " " + url)


def in_columns(statement: Statement) -> Iterator[Candidate]:
    """Read a table of environments, each with its address in a column of its own."""
    if not statement.row:
        return
    cells = list(zip(statement.passage.header, statement.row.cells, strict=False))
    where = next((cell for name, cell in cells if PLACE_COLUMN.fullmatch(name)), None)
    for name, cell in cells:
        found = URL.search(cell) if ADDRESS_COLUMN.fullmatch(name) else None
        if where is not None and found and is_plain(found["url"]) and not is_endpoint(found["url"]):
            url = found["url"]
            yield candidate(url, statement.passage, place(statement)[0], 0.88, said=f"{where[:60]} {url}")


def bare_hosts(statement: Statement, *, says: bool) -> Iterator[Candidate]:
    """Read hosts without a scheme: in a row below a heading about addresses, or where a sentence says what they are."""
    text, passage = statement.text, statement.passage
    if not says:
        yield from _column_of_hosts(statement)
        for one in BARE_HOST.finditer(text) if statement.row else ():
            if one["named"] and not EXAMPLE_COLUMN.match(_named(statement, one)):
                yield candidate(
                    f"https://{one['named']}", passage, place(statement)[0], 0.8, said=_column(statement, one)
                )
        return
    bare, told = BARE_HOST.search(text), IS_HOST.search(text)
    host = (bare["host"] or bare["named"]) if bare else told["host"] if told else ""
    if host and is_plain(f"https://{host}"):
        yield candidate(f"https://{host}", passage, place(statement)[0], 0.85, said=text)
    for link in passage.links:
        if re.fullmatch(r"https://[\w.-]+/?", link) and urlsplit(link).netloc in text and is_plain(link):
            yield candidate(link, passage, place(statement)[0], 0.8, said=text)


def _column_of_hosts(statement: Statement) -> Iterator[Candidate]:
    """Read the cells of a column that is called `Host`, unless the table says what a firewall lets through."""
    cells = (
        statement.row.cells if statement.row and not LET_THROUGH.search(" ".join(statement.passage.headings)) else ()
    )
    for name, cell in zip(statement.passage.header, cells, strict=False):
        lone = LONE_HOST.fullmatch(cell) if HOST_COLUMN.fullmatch(name) else None
        if lone and is_plain(f"https://{lone['host']}"):
            url = f"https://{lone['host']}"
            beside = " ".join(other for other in cells if not LONE_HOST.fullmatch(other))
            yield candidate(url, statement.passage, place(statement)[0], 0.8, said=f"{beside[:60]} {url}")


def _column(statement: Statement, found: re.Match[str]) -> str:
    """Return the address behind the name of its column."""
    return f"{_named(statement, found)} https://{found['named']}"


def _named(statement: Statement, found: re.Match[str]) -> str:
    at = statement.text[: found.start()].count(" | ")
    header = statement.passage.header
    return header[at] if at < len(header) else ""
