"""One handler for each keyword of a schema; keywords that are in no table have no effect on the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.readers.openapi.keywords import nested, refs, types, values
from specloom.readers.openapi.part import extensions_of

if TYPE_CHECKING:
    from specloom.model.schema import Schema
    from specloom.readers.openapi.keywords.handler import Handler
    from specloom.readers.openapi.schema_builder import SchemaBuilder

HANDLERS: Final[dict[str, Handler]] = {**refs.HANDLERS, **types.HANDLERS, **nested.HANDLERS, **values.HANDLERS}


def read(builder: SchemaBuilder) -> Schema:
    """Return the schema that the keywords of `builder` add up to."""
    said_extensions = False
    for key, item in builder.value.items():
        handler = HANDLERS.get(key)
        if handler:
            handler(builder, key, item)
        elif key.startswith("x-"):
            said_extensions = True
    if said_extensions:
        builder.fields["extensions"] = extensions_of(builder.value)
        builder.nullable = builder.nullable or builder.value.get("x-nullable") is True
    return builder.schema()
