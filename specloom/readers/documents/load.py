"""Any bytes to a `Document`: which encoding, which syntax, which parser."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.errors import UserError
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.source import Span
from specloom.readers.documents.json_loose import load_loose_json
from specloom.readers.documents.json_text import load_json
from specloom.readers.documents.limits import check_size
from specloom.readers.documents.yaml_text import load_yaml

if TYPE_CHECKING:
    from specloom.readers.documents.document import Document

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text and as UTF-8, and what had to be replaced in it."""

    text: str
    utf8: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(path: str, content: bytes) -> Decoded:
    """Return `content` as text: UTF-8 unless it begins with another byte-order mark; wrong bytes become U+FFFD."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"line {line} is not {encoding.upper()}; save the file as UTF-8"
        diagnostic = Diagnostic(Level.WARNING, "bad-encoding", message, Span(path, line, line))
        text = content.decode(encoding, errors="replace")
        return Decoded(text, text.encode(errors="replace"), (diagnostic,))
    return Decoded(text, content if encoding == "utf-8" else text.encode(errors="replace"))


def load(path: str, content: bytes) -> Document:
    """Parse JSON or YAML, whichever it is, whatever the file is called.

    Raises `UserError`, pointing at the line, where it is neither, too large, too deep, or a bomb.
    """
    check_size(path, content)
    decoded = decode(path, content)
    document = _parse(path, decoded)
    document.diagnostics = decoded.diagnostics + document.diagnostics
    return document


def _parse(path: str, source: Decoded) -> Document:
    if source.text.lstrip()[:1] not in ("{", "["):
        return load_yaml(path, source.text)
    try:
        return _json(path, source)
    except UserError as json_error:
        # Flow-style YAML looks like JSON with comments and trailing commas; where it is neither, JSON was meant.
        try:
            return load_yaml(path, source.text)
        except UserError:
            raise json_error from None


def _json(path: str, source: Decoded) -> Document:
    try:
        return load_json(path, source.utf8)
    except ValueError:
        return load_loose_json(path, source.text)
