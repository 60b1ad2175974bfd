"""The files of one description: each read and parsed once, within bounds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from specloom.errors import UserError
from specloom.readers.documents.document import Document
from specloom.readers.documents.limits import MAX_BYTES
from specloom.readers.documents.load import decode, load

if TYPE_CHECKING:
    from specloom.model.source import SourceTree
    from specloom.readers.spec_file import SpecFile

MAX_FILES: Final = 20_000
"""Files of one description; the largest public one has 2,849."""

MAX_TOTAL_BYTES: Final = 4 * MAX_BYTES


class Files:
    """Documents of a tree by path, beginning with the root."""

    def __init__(self, tree: SourceTree, spec: SpecFile) -> None:
        self.root = spec.document
        self._tree = tree
        self._documents: dict[str, Document | UserError | None] = {spec.path: spec.document}
        self._contents: dict[str, bytes] = {spec.path: spec.content}
        self._total = len(spec.content)

    def document(self, path: str) -> Document | None:
        """Return the document at `path`, or None where the tree has no such file.

        Raises `UserError`, each time, where the file is there and cannot be read.
        """
        if path not in self._documents:
            self._documents[path] = self._load(path)
        document = self._documents[path]
        if isinstance(document, UserError):
            raise document
        return document

    def text(self, path: str) -> str | None:
        """Return the file at `path` as it stands, or None where there is none."""
        content = self._content(path)
        return None if content is None else decode(path, content).text

    def documents(self) -> list[Document]:
        """Return every document that was read, the root first, then by path."""
        found = [document for _, document in sorted(self._documents.items()) if isinstance(document, Document)]
        return [self.root, *(document for document in found if document is not self.root)]

    def paths(self) -> tuple[str, ...]:
        """Return the path of every file that was read, the root first, then sorted."""
        root = self.root.path
        return (root, *sorted(path for path in self._contents if path != root))

    def digest(self) -> str:
        """Return a SHA-256 over paths and contents."""
        digest = hashlib.sha256()
        for path in self.paths():
            content = self._contents[path]
            digest.update(b"%s\0%d\0" % (path.encode(errors="replace"), len(content)))
            digest.update(content)
        return digest.hexdigest()

    def _load(self, path: str) -> Document | UserError | None:
        try:
            content = self._content(path)
            return None if content is None else load(path, content)
        except UserError as error:
            return error

    def _content(self, path: str) -> bytes | None:
        if path in self._contents:
            return self._contents[path]
        if len(self._contents) >= MAX_FILES or self._total > MAX_TOTAL_BYTES:
            raise UserError(f"the description refers to too many files to read {path} as well; split it")
        content = self._tree.read(path)
        if content is not None:
            self._contents[path] = content
            self._total += len(content)
        return content
