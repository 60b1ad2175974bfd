"""Multipart bodies: which part each member of an object becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from .files import Upload, is_file, upload
from .media import is_json
from .plain import plain, text, to_json
from .shapes import is_array, is_iterable, is_mapping, is_object
from .styles import pairs, verbatim

if TYPE_CHECKING:
    from .endpoint import Part


@dataclass(frozen=True)
class Piece:
    """A part: the name of its field, its content, its media type and further headers."""

    name: str
    content: Upload | bytes
    media_type: str | None
    headers: Mapping[str, str]

    def open(self) -> tuple[str, tuple[str | None, Any, str | None, dict[str, str]]]:
        """Return the part as httpx takes it."""
        if isinstance(self.content, Upload):
            return self.name, (self.content.name, self.content.open(), self.media_type, dict(self.headers))
        return self.name, (None, self.content, self.media_type, dict(self.headers))


def pieces(members: Mapping[str, object], parts: Mapping[str, Part]) -> Iterator[Piece]:
    """Yield the parts of an object.

    As the standard has it: files and texts as they are, objects as JSON, and one part for each member of an array,
    unless the array is declared to be JSON as a whole or to have a style.
    """
    for name, member in members.items():
        part = parts.get(name)
        if part and part.style and not is_file(member):
            yield from _styled(name, member, part, part.style)
        else:
            for item in _several(member, part):
                yield _piece(name, item, part)


def _styled(name: str, member: object, part: Part, style: str) -> Iterator[Piece]:
    explode = part.explode if part.explode is not None else style == "form"
    for key, value in pairs(name, plain(member), style=style, explode=explode, encode=verbatim):
        yield Piece(unquote(key), value.encode(), None, part.headers)


def _several(member: object, part: Part | None) -> list[Any]:
    if is_file(member) or isinstance(member, str) or is_mapping(member) or not is_iterable(member):
        return [member]
    items = list(member)
    as_json = part is not None and is_json(part.content_type or "") and not any(is_file(item) for item in items)
    return [items] if as_json else items


def _piece(name: str, value: object, part: Part | None) -> Piece:
    declared = _concrete(part.content_type) if part and part.content_type else None
    headers: Mapping[str, str] = part.headers if part else {}
    if is_file(value):
        file = upload(value, name=name)
        return Piece(name, file, file.media_type or declared or "application/octet-stream", {**headers, **file.headers})
    written = plain(value)
    if isinstance(written, str):
        return Piece(name, written.encode(), declared, headers)
    if is_object(written) or is_array(written) or is_json(declared or ""):
        return Piece(name, to_json(written), declared or "application/json", headers)
    return Piece(name, text(written).encode(), declared, headers)


def _concrete(content_type: str) -> str | None:
    """Return the first media type of a list that is not a wildcard."""
    options = [one.strip() for one in content_type.split(",")]
    return next((one for one in options if one and "*" not in one), None)
