"""Tables of every format end up here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.model.passage import Passage, PassageKind, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS_PER_PASSAGE = 40
"""A citation of more lines proves nothing, and an embedding of more says nothing."""
COLUMN: Final = re.compile(
    r"(?:(?:query |request |response |http |status |error )?(?:param(?:eter)?|name|field|argument|header|key|attribute"
    r"|property|option|code|status|error)|(?:data ?)?type|description|meaning|required|optional|mandatory"
    r"|default(?: value)?|sample|example|values?|note|location|detail|max(?:imum)?|min(?:imum)?|limit|present)s?\W*",
    re.IGNORECASE,
)
"""What columns of references are called."""


def table(
    path: str, header: Row | None, body: Sequence[Row], *, headings: tuple[str, ...], links: tuple[str, ...] = ()
) -> list[Passage]:
    """Make passages of at most `ROWS_PER_PASSAGE` rows each; all of them carry the header."""
    if header is None and body and _titles(body[0]):
        header, body = body[0], body[1:]
    chunks = [body[at : at + ROWS_PER_PASSAGE] for at in range(0, len(body), ROWS_PER_PASSAGE)]
    if not chunks and header:
        chunks = [()]
    return [
        _chunk(path, header, chunk, first=not index, headings=headings, links=links)
        for index, chunk in enumerate(chunks)
    ]


def _titles(row: Row) -> bool:
    """Tell a first row that heads columns, though nothing marks it as one."""
    return len(row.cells) > 1 and all(COLUMN.fullmatch(cell.strip("*_` ")) for cell in row.cells)


def _chunk(  # noqa: PLR0913 - a passage has that many parts
    path: str,
    header: Row | None,
    rows: Sequence[Row],
    *,
    first: bool,
    headings: tuple[str, ...],
    links: tuple[str, ...],
) -> Passage:
    shown = [header, *rows] if header else list(rows)
    cited = shown if first else list(rows)
    return Passage(
        path=path,
        start=min(row.start for row in cited),
        end=max(row.end for row in cited),
        kind=PassageKind.TABLE,
        text="\n".join(" | ".join(row.cells) for row in shown),
        headings=headings,
        header=header.cells if header else (),
        rows=tuple(rows),
        links=links,
    )
