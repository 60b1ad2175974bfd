"""Request bodies: JSON, forms, multipart, and everything that is sent as it stands."""

from __future__ import annotations

import io
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast
from urllib.parse import quote_plus
from uuid import uuid4

from pydantic import BaseModel

from .files import Upload, is_file, upload
from .media import essence, is_form, is_json, is_json_lines, is_multipart
from .multipart import Piece, pieces
from .plain import plain, text, to_json
from .shapes import is_array, is_iterable, is_mapping, is_object
from .styles import Pairs, lax, pairs
from .unset import UNSET

if TYPE_CHECKING:
    from .endpoint import Args, Body, Part

_CHUNK: Final = 65_536

Content: TypeAlias = bytes | Upload | Iterable[bytes] | AsyncIterable[bytes]


@dataclass
class Payload:
    """A body that can be handed to httpx once for each try."""

    media_type: str
    content: Content | None = None
    pieces: list[Piece] = field(default_factory=list[Piece])

    @property
    def replayable(self) -> bool:
        """Whether the body can be sent again."""
        return all(one.replayable for one in self._uploads()) and isinstance(self.content, bytes | Upload | None)

    def open(self, *, asynchronous: bool) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the arguments for `httpx.Client.build_request` and the headers that go with them."""
        if is_multipart(self.media_type):
            form_data = essence(self.media_type) == "multipart/form-data"
            boundary = f"{essence(self.media_type)}; boundary={uuid4().hex}"
            return {"files": [piece.open() for piece in self.pieces]}, {} if form_data else {"Content-Type": boundary}
        headers = {"Content-Type": self.media_type}
        content: Any = self.content
        if isinstance(content, Upload):
            content = content.open()
            if not isinstance(content, bytes) and asynchronous:
                if (size := _size(content)) is not None:
                    headers["Content-Length"] = str(size)
                content = _chunks(content)
        return {"content": content}, headers

    def close(self) -> None:
        """Close the files that were opened for a try."""
        for one in self._uploads():
            one.close()

    def _uploads(self) -> list[Upload]:
        contents = [self.content, *(piece.content for piece in self.pieces)]
        return [one for one in contents if isinstance(one, Upload)]


def encode(body: Body, args: Args, extra: Mapping[str, object], *, media_type: str | None = None) -> Payload | None:
    """Write the body of a call, or return None where there is nothing to send.

    `args` are the arguments that are not parameters; `extra` are members to add to an object; `media_type` is what the
    caller wants instead of the declared one.
    """
    chosen = media_type or body.media_type
    value: Any = args.get(body.whole, UNSET) if body.whole else _object(body, args)
    if extra:
        value = {**_members({} if value is UNSET else value), **extra}
    if value is UNSET or (not value and not body.whole and not body.required):
        return None
    if is_multipart(chosen):
        return Payload(chosen, pieces=list(pieces(_members(value), body.parts)))
    if is_form(chosen) and not isinstance(value, bytes | str):
        return Payload(chosen, form(_members(value), body.parts))
    return Payload(chosen, _raw(value, chosen))


def _object(body: Body, args: Args) -> dict[str, object]:
    return {body.names.get(arg, arg): value for arg, value in args.items() if value is not UNSET}


def _members(value: object) -> dict[str, Any]:
    """Return the members of an object, files in it untouched."""
    members = value if is_mapping(value) else plain(value)
    if not is_mapping(members):
        raise TypeError(f"the body is an object, not {type(value).__name__}")
    return {str(name): item for name, item in members.items() if item is not UNSET}


def _raw(value: Any, media_type: str) -> Content:
    if is_json_lines(media_type) and is_iterable(value) and not isinstance(value, str | bytes):
        return b"".join(to_json(item) + b"\n" for item in value)
    if is_json(media_type):
        return to_json(value)
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    if isinstance(value, str):
        return value.encode()
    if is_file(value):
        return upload(value)
    return cast("Content", value) if _is_stream(value) else to_json(value)


def _is_stream(value: object) -> bool:
    """Tell pieces of content that come one after the other, such as those of a generator."""
    if isinstance(value, Mapping | list | BaseModel):
        return False
    return isinstance(value, AsyncIterable | Iterable)


def form(members: Mapping[str, object], parts: Mapping[str, Part]) -> bytes:
    """Write an HTML form: arrays as repeated fields, objects as JSON, unless a part says otherwise."""
    written: Pairs = []
    for name, member in members.items():
        written.extend(_fields(name, plain(member), parts.get(name)))
    return "&".join(f"{name}={value}" for name, value in written).encode()


def _fields(name: str, value: Any, part: Part | None) -> Pairs:
    key = quote_plus(name)
    if part and is_json(part.content_type or ""):
        return [(key, quote_plus(to_json(value)))]
    if part and (part.style or part.explode is not None or part.reserved):
        style = part.style or "form"
        explode = part.explode if part.explode is not None else style == "form"
        return pairs(name, value, style=style, explode=explode, encode=lax if part.reserved else _plus)
    return [(key, _plus(item)) for item in value] if is_array(value) else [(key, _plus(value))]


def _plus(value: object) -> str:
    return quote_plus(to_json(value) if is_object(value) else text(value))


def _size(handle: Any) -> int | None:
    """Return how many bytes are left in an open file, where it can tell."""
    try:
        here = handle.tell()
        end = handle.seek(0, io.SEEK_END)
        handle.seek(here)
    except (OSError, AttributeError, ValueError):
        return None
    return int(end) - int(here)


async def _chunks(handle: Any) -> AsyncIterator[bytes]:
    while chunk := handle.read(_CHUNK):
        yield chunk
