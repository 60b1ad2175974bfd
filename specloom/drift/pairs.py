"""Which operation of the new description is which of the old: by method and shape of the path, else by its traces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from specloom.model.api import Operation

_HOLE: Final = re.compile(r"\{[^}]*\}")
ALIKE: Final = 0.75
"""Share of equal path segments from which an operation that vanished and one that appeared count as one that moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What became of the operations; `moved` pairs are among `kept`'s siblings, never in `gone` or `new`.

    They are `rerooted` where the addresses stayed and only what the servers say of them went into the paths, or back.
    """

    kept: tuple[tuple[Operation, Operation], ...]
    moved: tuple[tuple[Operation, Operation], ...]
    gone: tuple[Operation, ...]
    new: tuple[Operation, ...]
    rerooted: bool = False


def shape(path: str) -> str:
    """Return the path with its parameters' names left out: `/a/{id}` and `/a/{key}` are one, `/a` and `/a/` two."""
    return _HOLE.sub("{}", path.split("?", 1)[0] or "/")


def paired(base: Iterable[Operation], head: Iterable[Operation], *, roots: tuple[str, str] = ("", "")) -> Paired:
    """Pair the operations once: equal key, equal shape, then the traces of a move.

    `roots` are the paths of both sides' servers: where they took over the first segments, the address stays the same.
    """
    gone, new = {item.key: item for item in base}, {item.key: item for item in head}
    kept = []
    if roots[0] != roots[1]:
        kept += _take(gone, new, lambda item: _full(item, roots[0]), lambda item: _full(item, roots[1]))
    stayed = len(kept)
    kept += _take(gone, new, lambda item: item.key)
    kept += _take(gone, new, lambda item: f"{item.kind} {item.method} {_shape_of(item)}")
    rerooted = stayed > 0 and not any(old.path and not old.servers for old, _ in kept[stayed:])
    moved = _take(gone, new, _signature)
    moved += _alike(gone, new)
    order = {id(item): index for index, item in enumerate(base if isinstance(base, tuple) else ())}
    kept.sort(key=lambda pair: order.get(id(pair[0]), 0))
    return Paired(
        kept=tuple(kept), moved=tuple(moved), gone=tuple(gone.values()), new=tuple(new.values()), rerooted=rerooted
    )


def _shape_of(item: Operation) -> str:
    # A GraphQL field, a webhook or a Postman request without a path is named by its key.
    return shape(item.path) if item.path else item.key


def _full(item: Operation, root: str) -> str | None:
    return f"{item.kind} {item.method} {shape(root + item.path)}" if item.path and not item.servers else None


def _take(
    gone: dict[str, Operation],
    new: dict[str, Operation],
    trace: Callable[[Operation], str | None],
    other_trace: Callable[[Operation], str | None] | None = None,
) -> list[tuple[Operation, Operation]]:
    """Take out the pairs whose trace is equal and unique on both sides."""
    found = []
    before, after = _unique(gone.values(), trace), _unique(new.values(), other_trace or trace)
    for mark, old in before.items():
        other = after.get(mark)
        if other is not None:
            found.append((gone.pop(old.key), new.pop(other.key)))
    return found


def _unique(items: Iterable[Operation], trace: Callable[[Operation], str | None]) -> dict[str, Operation]:
    found: dict[str, Operation] = {}
    twice: set[str] = set()
    for item in items:
        mark = trace(item)
        if mark is None:
            continue
        if mark in found:
            twice.add(mark)
        found[mark] = item
    return {mark: item for mark, item in found.items() if mark not in twice}


def _signature(item: Operation) -> str | None:
    """Return the operationId: one that lives on under the same method marks a move."""
    return f"{item.kind} {item.method} {item.operation_id}" if item.operation_id and item.path else None


def _alike(gone: dict[str, Operation], new: dict[str, Operation]) -> list[tuple[Operation, Operation]]:
    """Pair what is left by method and likeness of path and answer, the best match first; only a clear one counts."""
    if not gone or not new or len(gone) * len(new) > 10_000:  # noqa: PLR2004  # a rewrite, no set of moves
        return []
    scored = sorted(
        ((_likeness(old, other), old.key, other.key) for old in gone.values() for other in new.values()), reverse=True
    )
    found = []
    for score, before, after in scored:
        if score >= ALIKE and before in gone and after in new:
            found.append((gone.pop(before), new.pop(after)))
    return found


def _likeness(old: Operation, new: Operation) -> float:
    if old.kind != new.kind or old.method != new.method or not old.path or not new.path:
        return 0
    if old.operation_id and new.operation_id and old.operation_id != new.operation_id:
        return 0
    one, other = shape(old.path).strip("/").split("/"), shape(new.path).strip("/").split("/")
    if one[-1] != other[-1] and "{}" in (one[-1], other[-1]):
        return 0
    same_texts = bool(old.summary) and old.summary == new.summary
    return SequenceMatcher(None, one, other, autojunk=False).ratio() + (0.2 if same_texts else -0.05)
