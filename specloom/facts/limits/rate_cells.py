"""The cells of a row that may hold limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from specloom.facts.evidence import Statement

NO_LIMIT_COLUMN: Final = re.compile(r"\b(?:leak|refill|restor|concurren|parallel|price|cost)", re.IGNORECASE)
"""How fast an allowance comes back, how many requests at once: rates of another kind."""


def limits_of(statement: Statement) -> str:
    """Blank the cells of a row that hold no limit, so that everything else stays where it stands."""
    row, header = statement.row, statement.passage.header
    if not row or not any(NO_LIMIT_COLUMN.search(name) for name in header):
        return statement.text
    cells = [" ".join(cell.split()) for cell in row.cells]
    hidden = [at < len(header) and bool(NO_LIMIT_COLUMN.search(header[at])) for at in range(len(cells))]
    return " | ".join(" " * len(cell) if hide else cell for cell, hide in zip(cells, hidden, strict=True))
