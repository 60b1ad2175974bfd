"""Decoding of streams, without I/O: bytes in, events out, however the network cuts them."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class ServerSentEvent:
    """One event as the server sent it (WHATWG HTML, "Server-sent events"); `retry` is in milliseconds."""

    data: str = ""
    event: str = ""
    id: str = ""
    retry: int | None = None

    def json(self) -> Any:
        """Return the data as a JSON value."""
        return json.loads(self.data)


class LineDecoder:
    """Cuts UTF-8 into lines. Ends of lines are LF, CR and CR LF, also where a chunk ends between CR and LF."""

    def __init__(self) -> None:
        self._text = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._rest: list[str] = []
        self._after_cr = False

    def feed(self, chunk: bytes, *, final: bool = False) -> Iterator[str]:
        """Yield the lines that `chunk` completes; with `final`, also an unfinished last one."""
        text = self._text.decode(chunk, final)
        if self._after_cr and text:
            text = text.removeprefix("\n")
            self._after_cr = False
        lines = _LINE_END.split(text)
        for line in lines[:-1]:
            self._rest.append(line)
            yield self._take()
        if text.endswith("\r"):
            self._after_cr = True
        if lines[-1]:
            self._rest.append(lines[-1])
        if final and self._rest:
            yield self._take()

    def _take(self) -> str:
        line = "".join(self._rest)
        self._rest.clear()
        return line


class EventDecoder:
    """Puts lines together to server-sent events."""

    def __init__(self) -> None:
        self._lines = LineDecoder()
        self._first = True
        self._reset()
        self._id = ""

    def _reset(self) -> None:
        self._data: list[str] = []
        self._event = ""
        self._retry: int | None = None
        self._any = False

    def feed(self, chunk: bytes, *, final: bool = False) -> Iterator[ServerSentEvent]:
        """Yield the events that `chunk` completes; with `final`, also one that no empty line ends."""
        for text in self._lines.feed(chunk, final=final):
            line = text.removeprefix("\ufeff") if self._first else text
            self._first = False
            if line:
                self._field(line)
            elif self._any:
                yield self._take()
        if final and self._any:
            yield self._take()

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._any = True
        elif name == "event":
            self._event = value
            self._any = True
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._retry = int(value)

    def _take(self) -> ServerSentEvent:
        event = ServerSentEvent("\n".join(self._data), self._event, self._id, self._retry)
        self._reset()
        return event


class RecordDecoder:
    """Cuts a stream into JSON texts, one for each line (JSON Lines, NDJSON); also `application/json-seq` (RFC 7464)."""

    def __init__(self) -> None:
        self._lines = LineDecoder()

    def feed(self, chunk: bytes, *, final: bool = False) -> Iterator[ServerSentEvent]:
        """Yield the records that `chunk` completes."""
        for line in self._lines.feed(chunk, final=final):
            if record := line.strip(" \t\x1e\ufeff"):
                yield ServerSentEvent(record)
