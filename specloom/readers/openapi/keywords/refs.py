"""References, also those of drafts that had other words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.readers.openapi.dialect import detect
from specloom.readers.openapi.part import describe
from specloom.readers.openapi.references import reference_in

if TYPE_CHECKING:
    from specloom.model.source import Json
    from specloom.readers.openapi.keywords.handler import Handler
    from specloom.readers.openapi.schema_builder import SchemaBuilder


def _ref(builder: SchemaBuilder, key: str, item: Json) -> None:
    if not isinstance(item, str):
        builder.wrong(key, "a text")
        return
    if item in ("#", "#/") and (key == "$recursiveRef" or detect(builder.document.root)):
        _self_ref(builder, key)
        return
    references = builder.context.references
    target = references.resolve(item, builder.document, builder.span)
    if target is None:
        _lost(builder, key, item)
        return
    if reference_in(target.value):
        final = references.follow(target.value, target.document, target.span)
        if final is None:
            _lost(builder, key, item)
            return
        if (
            isinstance(target.value, dict)
            and len(target.value) == 1
            and target.address not in builder.context.names.fixed
        ):
            target = final
    if not isinstance(target.value, (dict, bool)):
        message = f"`{item}` leads to {describe(target.value)}, not to a schema; point it at one"
        builder.context.problems.error("bad-ref", message, builder.span)
        _lost(builder, key, item)
        return
    builder.fields["ref"] = builder.context.names.name(target)


def _lost(builder: SchemaBuilder, key: str, reference: str) -> None:
    if key == "$ref":
        builder.rare["lost_ref"] = reference


def _self_ref(builder: SchemaBuilder, key: str) -> None:
    """Read a reference to the schema around it: JSON Schema's way to recurse, before it had names for that."""
    home = builder.schemas.home
    if home:
        builder.fields["ref"] = home
    else:
        builder.warn("unresolved-ref", key, f"`{key}: #` has no named schema around it; give the schema a name")


def _dynamic_ref(builder: SchemaBuilder, key: str, item: Json) -> None:
    if isinstance(item, str):
        builder.rare["dynamic_ref"] = item
    if "$ref" not in builder.value:
        _ref(builder, key, item)


HANDLERS: Final[dict[str, Handler]] = {
    "$ref": _ref,
    "$dynamicRef": _dynamic_ref,
    "$recursiveRef": _dynamic_ref,
}
