"""JSON with line numbers: orjson for the values, one vectorised scan of the punctuation for the lines.

Scanning token by token in Python takes longer than everything else that is done with a large description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import orjson

from specloom.readers.documents.document import Document, Marks, compact
from specloom.readers.documents.limits import MAX_DEPTH, too_deep

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from specloom.model.source import Json

_NEWLINE, _QUOTE, _BACKSLASH, _COLON, _COMMA, _SPACE, _LIST, _LIST_END = (ord(char) for char in '\n"\\:, []')
_OPEN: Final = np.array([ord("{"), ord("[")], dtype=np.uint8)
_CLOSE: Final = np.array([ord("}"), ord("]")], dtype=np.uint8)
_BRACKETS: Final = np.concatenate([_OPEN, _CLOSE])
_MARKS: Final = np.append(_BRACKETS, np.array([_COLON, _COMMA], dtype=np.uint8))


class DuplicateKeysError(ValueError):
    """A mapping names a key twice, so values and text do not line up."""


def load_json(path: str, content: bytes) -> Document:
    """Read strict JSON.

    Raises `orjson.JSONDecodeError` (a `ValueError`) where it is not, `DuplicateKeysError`, and `UserError` where it is
    nested too deep.
    """
    root: Json = orjson.loads(content)
    marks, last_line = scan(path, content)
    index_containers(root, marks)
    return Document(path, root, marks, last_line)


def scan(path: str, content: bytes) -> tuple[Marks, int]:
    """Return where containers and keys of valid JSON stand, without the index, and the number of lines."""
    data = np.frombuffer(content, dtype=np.uint8)
    positions = _with_items(data, _punctuation(data, _MARKS))
    opens, closes, depth = _nesting(path, data, positions)
    newlines = np.flatnonzero(data == _NEWLINE)
    lines = np.searchsorted(newlines, positions) + 1
    # Sorted by level, a container is its opening bracket, its colons or items, its closing bracket, in a row.
    order = np.argsort((depth + closes).astype(np.int16), kind="stable")
    begin, end = np.flatnonzero(opens[order]), np.flatnonzero(closes[order])
    document_order = np.argsort(order[begin])
    begin, end = begin[document_order], end[document_order]
    in_row = lines[order]
    return Marks(
        starts=compact(in_row[begin]),
        ends=compact(in_row[end]),
        first=compact(begin + 1),
        last=compact(end),
        lines=compact(in_row),
    ), len(newlines) + (not content.endswith(b"\n"))


def check_depth(path: str, content: bytes) -> None:
    """Raise `UserError` where anything like JSON is nested too deep, before a parser recurses into it."""
    data = np.frombuffer(content, dtype=np.uint8)
    _nesting(path, data, _punctuation(data, _BRACKETS))


def depths_at(content: bytes, positions: list[int]) -> list[int]:
    """Return how many containers are open at each of `positions` in something like JSON."""
    data = np.frombuffer(content, dtype=np.uint8)
    punctuation = _punctuation(data, _BRACKETS)
    kinds = data[punctuation]
    depth = np.cumsum(np.isin(kinds, _OPEN).astype(np.int64) - np.isin(kinds, _CLOSE))
    before = np.searchsorted(punctuation, positions)
    return [int(depth[place - 1]) if place else 0 for place in before.tolist()]


def _nesting(
    path: str, data: NDArray[np.uint8], positions: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    """Return which of `positions` open a container, which close one, and how many are open after each."""
    kinds = data[positions]
    opens, closes = np.isin(kinds, _OPEN), np.isin(kinds, _CLOSE)
    depth = np.cumsum(opens.astype(np.int64) - closes)
    if depth.size and int(depth.max()) > MAX_DEPTH:
        position = int(positions[int(np.argmax(depth > MAX_DEPTH))])
        raise too_deep(path, int(np.count_nonzero(data[:position] == _NEWLINE)) + 1)
    return opens, closes, depth


def _with_items(data: NDArray[np.uint8], positions: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return `positions` without commas, and with the last character of each item of a list of scalars.

    A comma stands for the item before it; one that follows a bracket that closes, or a colon, is in no such list.
    """
    kinds = data[positions]
    commas = kinds == _COMMA
    others = np.flatnonzero(~commas)
    after = others[np.searchsorted(others, np.flatnonzero(commas)) - 1]
    kept = ~commas
    kept[np.flatnonzero(commas)[kinds[after] == _LIST]] = True
    positions = positions[kept]
    kinds = data[positions]
    ends = np.flatnonzero(kinds[1:] == _LIST_END) + 1
    ends = ends[np.isin(kinds[ends - 1], (_LIST, _COMMA))]
    last = _before_blanks(data, positions[ends] - 1)
    full = last > positions[ends - 1]
    inserted: NDArray[np.intp] = np.insert(positions, ends[full], last[full])
    return inserted


def _before_blanks(data: NDArray[np.uint8], positions: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the nearest positions, from each of `positions` backwards, that are no white space."""
    positions = positions.copy()
    while (blank := np.flatnonzero(data[positions] <= _SPACE)).size:
        positions[blank] -= 1
    return positions


def _punctuation(data: NDArray[np.uint8], marks: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return the positions of `marks` outside strings."""
    wanted = np.zeros(256, dtype=np.bool_)
    wanted[marks] = True
    positions = np.flatnonzero(wanted[data])
    quotes = np.flatnonzero(data == _QUOTE)
    backslashes = np.flatnonzero(data == _BACKSLASH)
    if backslashes.size:
        # In a run of backslashes every second one is itself escaped; only the others escape what follows them.
        starts_run = np.diff(backslashes, prepend=-2) != 1
        place = np.arange(backslashes.size)
        offset = place - np.maximum.accumulate(np.where(starts_run, place, 0))
        quotes = np.setdiff1d(quotes, backslashes[offset % 2 == 0] + 1, assume_unique=True)
    outside: NDArray[np.intp] = positions[np.searchsorted(quotes, positions) % 2 == 0]
    return outside


def index_containers(root: Json, marks: Marks) -> None:
    """Fill `marks.index` by walking the values in document order. Raises `DuplicateKeysError`."""
    pending: list[Json] = [root]
    place = 0
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if len(value) != marks.last[place] - marks.first[place]:
                raise DuplicateKeysError
            inner = [child for child in value.values() if isinstance(child, (dict, list))]
        elif isinstance(value, list):
            inner = [child for child in value if isinstance(child, (dict, list))]
        else:
            continue
        marks.index[id(value)] = place
        place += 1
        inner.reverse()
        pending.extend(inner)
