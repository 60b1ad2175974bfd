"""What a document may cost. Real descriptions stay far below; hostile ones end here, with a message."""

from __future__ import annotations

from typing import Final

import numpy as np

from specloom.errors import UserError
from specloom.model.source import Span

MAX_BYTES: Final = 64 * 1024 * 1024
"""Bytes of one file; the largest public descriptions are near 35 MB."""

MAX_DEPTH: Final = 100
"""Containers inside containers; the deepest in real descriptions is near 30."""

MAX_NODES: Final = 8_000_000
"""Values in one file, estimated from its punctuation before anything is built."""

MAX_ALIASED: Final = 1_000_000
"""Values that the aliases of one document stand for; bombs have billions."""

_IS_PUNCTUATION: Final = np.zeros(256, dtype=np.bool_)
_IS_PUNCTUATION[list(b"[{,:-?")] = True


def check_size(path: str, content: bytes) -> None:
    """Raise `UserError` where `content` is larger, or holds more values, than we are willing to read."""
    if len(content) > MAX_BYTES:
        raise UserError(
            f"{path} is {len(content) // 1_000_000} MB; files above {MAX_BYTES // 1_000_000} MB are not read,"
            " so split the description or exclude the file",
            Span(path, 1, 1),
        )
    if len(content) > MAX_NODES and _punctuation(content) > MAX_NODES:
        raise UserError(f"{path} holds more than {MAX_NODES:,} values; split or exclude it", Span(path, 1, 1))


def _punctuation(content: bytes) -> int:
    """Return how many bytes could begin another value."""
    return int(np.count_nonzero(_IS_PUNCTUATION[np.frombuffer(content, dtype=np.uint8)]))


def too_deep(path: str, line: int) -> UserError:
    """Return the error for nesting beyond `MAX_DEPTH` at `line`."""
    return UserError(f"{path} is nested more than {MAX_DEPTH} levels deep here; flatten it", Span(path, line, line))
