"""One schema while its keywords are being read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.model.schema import NO_LIMITS, NO_RARE, Limits, Rare, Schema
from specloom.readers.openapi.nullability import fold
from specloom.readers.openapi.part import describe

if TYPE_CHECKING:
    from specloom.model.source import Json, Span
    from specloom.readers.documents.document import Document
    from specloom.readers.openapi.context import Context
    from specloom.readers.openapi.schemas import Schemas


class SchemaBuilder:
    """Fields of the schema written as `value`, gathered by keyword; only those that were said are kept."""

    __slots__ = ("document", "fields", "limits", "nullable", "rare", "required", "schemas", "span", "value")

    def __init__(self, schemas: Schemas, value: dict[str, Json], document: Document, span: Span) -> None:
        self.schemas = schemas
        self.value = value
        self.document = document
        self.span = span
        self.fields: dict[str, Any] = {}
        self.limits: dict[str, Any] = {}
        self.rare: dict[str, Any] = {}
        self.required: list[str] = []
        self.nullable = False

    @property
    def context(self) -> Context:
        """What all parts share."""
        return self.schemas.context

    def read(self, key: str, value: Json) -> Schema:
        """Return the schema written as `value` at or in `key` of this one."""
        if isinstance(value, dict):
            return self.schemas.read(value, self.document, self.span)
        return self.schemas.read(value, self.document, self.span.member(key))

    def warn(self, code: str, key: str, message: str) -> None:
        """Report something about the keyword `key`."""
        self.context.problems.warning(code, message, self.span.member(key))

    def wrong(self, key: str, wanted: str) -> None:
        """Report that the keyword `key` holds something else than `wanted`."""
        self.warn("wrong-type", key, f"`{key}` should be {wanted}, not {describe(self.value.get(key))}")

    def schema(self) -> Schema:
        """Return the finished schema."""
        if self.required:
            self.fields["required"] = tuple(dict.fromkeys(self.required))
        _settle_exclusive(self.limits)
        limits = Limits(**self.limits) if self.limits else NO_LIMITS
        rare = Rare(**self.rare) if self.rare else NO_RARE
        if self.nullable or not self.fields.keys().isdisjoint(("const", "any_of", "one_of")):
            fold(self.fields, nullable=self.nullable)
        return Schema(span=self.span, limits=limits, rare=rare, **self.fields)


def _settle_exclusive(limits: dict[str, Any]) -> None:
    """Turn Swagger's and 3.0's booleans beside a bound into bounds."""
    for exclusive, bound in (("exclusive_minimum", "minimum"), ("exclusive_maximum", "maximum")):
        said = limits.get(exclusive)
        if isinstance(said, bool):
            del limits[exclusive]
            if said and bound in limits:
                limits[exclusive] = limits.pop(bound)
