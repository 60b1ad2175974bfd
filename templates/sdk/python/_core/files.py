"""Files as callers give them: bytes, open files, paths, or tuples that add a name, a type and headers."""

from __future__ import annotations

import io
import mimetypes
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeAlias

from .shapes import is_mapping, is_path, is_tuple

FileContent: TypeAlias = IO[bytes] | bytes | os.PathLike[str]

FileInput: TypeAlias = (
    FileContent
    | tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
"""A file to upload: its content, or (name, content[, media type[, headers]])."""


def is_file(value: object) -> bool:
    """Tell whether a form field is a file rather than a text or a JSON value."""
    if is_tuple(value):
        return len(value) > 1 and _is_content(value[1])
    return _is_content(value)


def _is_content(value: object) -> bool:
    return isinstance(value, bytes | bytearray | os.PathLike | io.IOBase) or hasattr(value, "read")


@dataclass
class Upload:
    """One file, ready to be sent as often as it can be.

    A path is opened anew for each try and an open file is sent from its beginning. A file that cannot go back there is
    sent once.
    """

    content: FileContent
    name: str | None = None
    media_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    rewinds: bool = False
    opened: list[IO[bytes]] = field(default_factory=list[IO[bytes]])

    @property
    def replayable(self) -> bool:
        """Whether the content can be sent again."""
        return isinstance(self.content, bytes | bytearray | os.PathLike) or self.rewinds

    def open(self) -> IO[bytes] | bytes:
        """Return the content from its beginning."""
        content: Any = self.content
        if isinstance(content, bytes | bytearray):
            return bytes(content)
        if is_path(content):
            content = Path(content).open("rb")  # noqa: SIM115, closed after the try by `close`
            self.opened.append(content)
        elif self.rewinds:
            content.seek(0)
        handle: IO[bytes] = content
        return handle

    def close(self) -> None:
        """Close what was opened here; files that the caller opened stay open."""
        while self.opened:
            self.opened.pop().close()


def upload(value: object, *, name: str | None = None) -> Upload:
    """Read a `FileInput`; `name` is used for content that has no name of its own."""
    media_type: str | None = None
    headers: Mapping[str, str] = {}
    content: Any = value
    if is_tuple(value):
        fields = (*value, None, None)
        content = fields[1]
        name = fields[0] if isinstance(fields[0], str) else None
        media_type = fields[2] if isinstance(fields[2], str) else None
        headers = {str(key): str(item) for key, item in fields[3].items()} if is_mapping(fields[3]) else {}
    else:
        name = _name_of(value) or name
    if not _is_content(content):
        raise TypeError(f"a file is bytes, a path or a file opened in binary mode, not {type(content).__name__}")
    if isinstance(content, io.TextIOBase):
        raise TypeError("open the file in binary mode ('rb') to upload it")
    guessed = media_type or (mimetypes.guess_type(name)[0] if name else None)
    return Upload(content, name, guessed, headers, _rewinds(content))


def _name_of(value: object) -> str | None:
    if is_path(value):
        return Path(value).name
    given = getattr(value, "name", None)
    return Path(given).name if isinstance(given, str) and given else None


def _rewinds(content: object) -> bool:
    """Tell whether an open file can go back to its beginning."""
    seekable = getattr(content, "seekable", None)
    return bool(seekable()) if callable(seekable) else hasattr(content, "seek")
