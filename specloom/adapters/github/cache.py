"""The conditional-request cache of one set of credentials. Answers are per caller, so it is never shared."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, MutableMapping
from typing import Any, TypeAlias

Entry: TypeAlias = tuple[str | None, str | None, Any, str | None]
"""ETag, Last-Modified, decoded body, URL of the next page: what gidgethub keeps."""


class BoundedCache(MutableMapping[str, Entry]):
    """Keeps the `size` entries that were used last."""

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._entries: OrderedDict[str, Entry] = OrderedDict()

    def __getitem__(self, url: str) -> Entry:
        self._entries.move_to_end(url)
        return self._entries[url]

    def __setitem__(self, url: str, entry: Entry) -> None:
        self._entries[url] = entry
        self._entries.move_to_end(url)
        while len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def __delitem__(self, url: str) -> None:
        del self._entries[url]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
