"""Media types, and how one takes another in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from specloom.model.api import MediaType


WRITTEN: Final = frozenset({"charset", "boundary"})
"""Parameters of how a body is written, which say nothing of what it holds."""
_TEXTUAL: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})


def bare(media_type: str) -> str:
    """Return a media type without its parameters."""
    return media_type.split(";", 1)[0].strip().lower()


def covers(wide: str, narrow: str) -> bool:
    """Tell whether a range such as `text/*`, or the type behind a `+json` suffix, takes `narrow` in."""
    if wide in {"*/*", "*"}:
        return True
    if wide.endswith("/*"):
        return narrow.startswith(wide[:-1])
    major, _, minor = wide.partition("/")
    return "+" in narrow and narrow.startswith(f"{major}/") and narrow.rsplit("+", 1)[-1] == minor


def textual(media_type: str | None) -> bool:
    """Tell whether every value travels as text in this media type, or, without one, in a parameter or header."""
    return media_type is None or bare(media_type) in _TEXTUAL


def matched(
    base: tuple[MediaType, ...], head: tuple[MediaType, ...]
) -> list[tuple[str, MediaType | None, MediaType | None]]:
    """Return the pairs with what became of them: kept, widened, narrowed, removed, added."""
    rest = list(head)
    found: list[tuple[str, MediaType | None, MediaType | None]] = []
    for old in base:
        # Exact first: some APIs put their version into a parameter, the others are one with and without a charset.
        name = old.media_type.strip().lower()
        new = next((item for item in rest if item.media_type.strip().lower() == name), None)
        if new is None and not any(other.media_type.strip().lower() in _exact(rest) for other in base if other != old):
            new = next((item for item in rest if alike(item.media_type, name)), None)
        if new is not None:
            rest.remove(new)
        found.append(("kept" if new else "removed", old, new))
    for index, (what, gone, _) in enumerate(found):
        if what == "removed" and gone is not None:
            word, range_ = _ranged(gone, rest)
            if range_ is not None:
                rest.remove(range_)
                found[index] = (word, gone, range_)
    return [*found, *(("added", None, item) for item in rest)]


def alike(one: str | None, other: str | None) -> bool:
    """Tell whether two media types are one: another `version` or `profile` makes another, a charset does not."""
    if one is None or other is None:
        return one == other
    mine, yours = _parameters(one), _parameters(other)
    return bare(one) == bare(other) and all(yours.get(name, value) == value for name, value in mine.items())


def _parameters(media_type: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in media_type.lower().split(";")[1:]]
    return {name.strip(): value.strip(' "') for name, _, value in pairs if name.strip() not in WRITTEN}


def _exact(items: list[MediaType]) -> set[str]:
    return {item.media_type.strip().lower() for item in items}


def _ranged(old: MediaType, rest: list[MediaType]) -> tuple[str, MediaType | None]:
    name = bare(old.media_type)
    wide = next((item for item in rest if covers(bare(item.media_type), name)), None)
    if wide is not None:
        return "widened", wide
    return "narrowed", next((item for item in rest if covers(name, bare(item.media_type))), None)
