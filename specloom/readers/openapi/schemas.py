"""Schemas of every dialect to the model's one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.schema import Schema
from specloom.readers.openapi import keywords
from specloom.readers.openapi.part import Part, describe
from specloom.readers.openapi.schema_builder import SchemaBuilder

if TYPE_CHECKING:
    from specloom.model.source import Json, Span
    from specloom.readers.documents.document import Document
    from specloom.readers.openapi.context import Context
    from specloom.readers.openapi.references import Target

_MAX_DEPTH: Final = 40
"""Schemas inside schemas, written in one place; the deepest in real descriptions is 11.

Each costs up to nine frames of Python's stack here, and some more wherever the model is walked.
"""

_NOT_OF_INLINE_SCHEMAS: Final = frozenset(
    {"name", "in", "description", "required", "example", "examples", "deprecated", "readOnly", "title", "content"}
)
_LISTS: Final = frozenset({"enum", "required", "type", "discriminator", "dependentRequired", "x-extensible-enum"})
"""Keywords in which a change may be about one item."""


class Schemas:
    """Reads schemas of one description; `home` is the name of the one that is being read, where it has one."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.home: str | None = None
        self._depth = 0
        self._shared: dict[int, Schema] = {}

    def named(self, components: dict[str, Target]) -> dict[str, Schema]:
        """Return the components, then, by name, everything else that references were found to point at."""
        result = {name: self._named(name, target) for name, target in components.items()}
        derived: dict[str, Schema] = {}
        names = self.context.names
        while names.waiting:
            target = names.waiting.pop()
            name = names.name(target)
            derived[name] = self._named(name, target)
        return result | dict(sorted(derived.items()))

    def _named(self, name: str, target: Target) -> Schema:
        self.home = name
        try:
            return self.read(target.value, target.document, target.span)
        finally:
            self.home = None

    def read(self, value: Json, document: Document, span: Span) -> Schema:
        """Return the schema written as `value`; the schema of anything where it is none at all.

        `span` is where a value that is no mapping stands.
        """
        if isinstance(value, dict):
            return self._mapping(value, document)
        if isinstance(value, bool):
            return Schema(span=span, boolean=value)
        if value is not None:
            self.context.problems.error("bad-schema", f"a schema should be a mapping, not {describe(value)}", span)
        return Schema(span=span)

    def of(self, part: Part, key: str) -> Schema | None:
        """Return the schema at `key` of `part`, or None where there is none."""
        value = part.value.get(key)
        if not isinstance(value, (dict, bool)):
            if value is not None:
                part.wrong(key, "a schema")
            return None
        return self.read(value, part.document, part.at(key))

    def outside(self, part: Part) -> tuple[str | None, Schema]:
        """Return the schema of a parameter or header, and its media type where it is one with `content`."""
        schema = self.of(part, "schema")
        if schema is not None:
            return None, schema
        for name, media in part.members("content"):
            return name, self.of(media, "schema") or Schema(span=media.span)
        return None, self.inline(part)

    def inline(self, part: Part, *, keep_text: bool = False) -> Schema:
        """Return the schema that Swagger 2.0 writes into a parameter or header itself, beside its other members.

        With `keep_text` the description goes into the schema, for form fields, which have no other place for it.
        """
        left_out = _NOT_OF_INLINE_SCHEMAS - {"description", "title", "example"} if keep_text else _NOT_OF_INLINE_SCHEMAS
        own = {key: item for key, item in part.value.items() if key not in left_out}
        return keywords.read(SchemaBuilder(self, own, part.document, part.span_with(_LISTS)))

    def _mapping(self, value: dict[str, Json], document: Document) -> Schema:
        # The same mapping, by alias or through a reference, is the same schema; without this, few lines could ask for
        # billions of schemas.
        known = self._shared.get(id(value))
        if known is None:
            known = self._shared[id(value)] = self._fresh(value, document)
        return known

    def _fresh(self, value: dict[str, Json], document: Document) -> Schema:
        span = document.span(value, inside=_LISTS)
        if self._depth >= _MAX_DEPTH:
            message = f"schemas are nested more than {_MAX_DEPTH} deep here; give the inner ones names"
            self.context.problems.error("too-deep", message, span)
            return Schema(span=span)
        self._depth += 1
        try:
            return keywords.read(SchemaBuilder(self, value, document, span))
        finally:
            self._depth -= 1
