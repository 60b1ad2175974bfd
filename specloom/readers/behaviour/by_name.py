"""Finding by name without looking at everything: thousands of operations may share a body of thousands of members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


class ByName(Generic[T]):
    """Some things in order, each under one name or more."""

    def __init__(self, items: Iterable[T] = (), names: Callable[[T], Iterable[str]] = lambda _: ()) -> None:
        self._items = tuple(items)
        self._places: dict[str, list[int]] = {}
        for place, item in enumerate(self._items):
            for name in names(item):
                self._places.setdefault(name, []).append(place)

    def of(self, names: Iterable[str]) -> list[T]:
        """Return what has one of these names, in order and each thing once."""
        places = {place for name in names for place in self._places.get(name, ())}
        return [self._items[place] for place in sorted(places)]
