"""Lenient access to a collection's members: 2.0 and 2.1 write the same things as text, lists or objects."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.model.diagnostic import Diagnostic, Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.source import Json, Span
    from specloom.readers.documents.document import Document

NOTHING: Final[dict[str, Json]] = {}
"""Shared and never written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A key with its value, as queries, headers, forms and variables have them; `raw` is the object it stood in."""

    key: str
    value: str
    span: Span
    disabled: bool = False
    description: str | None = None
    raw: Mapping[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Notebook:
    """The document being read, and what could not be read of it."""

    document: Document
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def warn(self, code: str, message: str, span: Span) -> None:
        """Note that a part is left out or guessed."""
        self.diagnostics.append(Diagnostic(Level.WARNING, code, message, span))

    def note(self, code: str, message: str, span: Span) -> None:
        """Note something worth knowing that costs nothing."""
        self.diagnostics.append(Diagnostic(Level.NOTE, code, message, span))

    def pairs(self, value: Json, around: Span) -> list[Pair]:
        """Return the pairs that a list of objects, an object, or header lines give; `around` is where they stand."""
        match value:
            case list():
                found = [self._pair(item, around) for item in value]
                return [pair for pair in found if pair is not None]
            case dict():
                return [Pair(key=key, value=as_text(inner), span=around.member(key)) for key, inner in value.items()]
            case str():
                lines = (line.partition(":") for line in value.splitlines() if ":" in line)
                return [Pair(key=key.strip(), value=text.strip(), span=around) for key, _, text in lines]
        return []

    def _pair(self, item: Json, around: Span) -> Pair | None:
        if isinstance(item, str):
            key, _, text = item.partition(":")
            return Pair(key=key.strip(), value=text.strip(), span=around) if key.strip() else None
        members = as_object(item)
        key = as_text(members.get("key", members.get("id")))
        if not key:
            return None
        return Pair(
            key=key,
            value=as_text(members.get("value")),
            span=self.document.span(item),
            disabled=members.get("disabled") is True or members.get("enabled") is False,
            description=description(members.get("description")),
            raw=members,
        )


def as_object(value: Json) -> dict[str, Json]:
    """Return `value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else NOTHING


def as_list(value: Json) -> list[Json]:
    """Return `value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Json) -> str:
    """Return text as it is, null as empty, and anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def description(value: Json) -> str | None:
    """Return a description, which is text or an object with `content`; None for an empty one."""
    content = value.get("content") if isinstance(value, dict) else value
    return content.strip() or None if isinstance(content, str) else None
