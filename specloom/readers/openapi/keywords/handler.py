"""What a handler of a keyword is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json
    from specloom.readers.openapi.schema_builder import SchemaBuilder

Handler: TypeAlias = "Callable[[SchemaBuilder, str, Json], None]"
"""Takes the schema so far, the keyword and what is written there, and adds to the schema what that means."""
