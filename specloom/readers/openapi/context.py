"""What every part of this reader shares while one description is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from specloom.readers.openapi.part import Part

if TYPE_CHECKING:
    from specloom.model.source import Json
    from specloom.readers.documents.document import Document
    from specloom.readers.openapi.dialect import Dialect
    from specloom.readers.openapi.files import Files
    from specloom.readers.openapi.names import Names
    from specloom.readers.openapi.problems import Problems
    from specloom.readers.openapi.references import References


@dataclass(slots=True)
class Context:
    """The description's files and dialect, and what has been found in them so far.

    `made` keeps mappings alive that stand in for missing ones: what is read is remembered by identity, and an identity
    must not be used twice.
    """

    dialect: Dialect
    files: Files
    problems: Problems
    references: References
    names: Names
    made: list[dict[str, Json]] = field(default_factory=list)

    def part(self, value: Json, document: Document) -> Part:
        """Return `value` as a part of `document`; an empty one where it is no mapping."""
        return Part(value if isinstance(value, dict) else {}, document, self)
