"""Identifiers of one scope, each given once: no two things of a description ever share a name by accident."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


def shortened(name: str, *, limit: int) -> str:
    """Return `name`, or where it is longer than `limit`, its beginning and eight digits that stand for the whole."""
    if len(name) <= limit:
        return name
    return f"{name[: limit - 9]}_{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def free(candidates: Iterable[str], taken: Collection[str], *, glue: str = "_") -> str:
    """Return the first candidate that is not in `taken`, else the last one with the lowest free number from 2 on.

    `glue` stands between name and number.
    """
    last = ""
    for candidate in candidates:
        if candidate not in taken:
            return candidate
        last = candidate
    number = 2
    while f"{last}{glue}{number}" in taken:
        number += 1
    return f"{last}{glue}{number}"


def allocate(
    wishes: Mapping[str, str], *, reserved: Iterable[str] = (), suffix: str = "_", glue: str = "_"
) -> dict[str, str]:
    """Give every key of `wishes` a name of its own, as near to the wished one as can be.

    A reserved name gets `suffix`, a name that is taken a number behind `glue`. Keys whose name is exactly what they
    wish come first, then the order of the keys, so that the outcome depends on the set alone.
    """
    forbidden = frozenset(reserved)
    taken = set(forbidden)
    given: dict[str, str] = {}
    for key in sorted(wishes, key=lambda key: (wishes[key] != key or wishes[key] in forbidden, key)):
        wish = wishes[key]
        given[key] = free([f"{wish}{suffix}" if wish in forbidden else wish], taken, glue=glue)
        taken.add(given[key])
    return {key: given[key] for key in wishes}
