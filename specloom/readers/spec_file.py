"""A file that may be a description, parsed at most once however many readers look at it."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from specloom.errors import UserError
from specloom.model.source import Source
from specloom.readers.documents.load import decode, load

if TYPE_CHECKING:
    from specloom.model.source import Json
    from specloom.readers.documents.document import Document


class SpecFile:
    """The bytes of `path`, with views of them that are computed on demand and kept."""

    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        self.content = content

    @cached_property
    def text(self) -> str:
        """The content as text; bytes that are no text are replaced."""
        return decode(self.path, self.content).text

    @cached_property
    def document(self) -> Document:
        """The content as JSON or YAML with line numbers.

        Raises `UserError`, pointing at the line, where it is neither.
        """
        return load(self.path, self.content)

    @cached_property
    def root(self) -> Json:
        """The parsed content, or None where it is neither JSON nor YAML (`document` says why)."""
        try:
            return self.document.root
        except UserError:
            return None

    def source(self, kind: str) -> Source:
        """Return where an `Api` of this one file comes from; `kind` is its `Source.format`."""
        path = self.path.encode(errors="replace")
        digest = hashlib.sha256(b"%s\0%d\0" % (path, len(self.content)) + self.content)
        return Source(path=self.path, format=kind, files=(self.path,), digest=digest.hexdigest())
