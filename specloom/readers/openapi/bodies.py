"""Request bodies since OpenAPI 3.0."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model.api import RequestBody

if TYPE_CHECKING:
    from specloom.readers.openapi.media_types import MediaTypes
    from specloom.readers.openapi.part import Part


class Bodies:
    """Reads the request bodies of one description, those that operations share once."""

    def __init__(self, media_types: MediaTypes) -> None:
        self._media_types = media_types
        self._shared: dict[int, RequestBody] = {}

    def read(self, operation: Part) -> RequestBody | None:
        """Return what the operation takes as its body, or None."""
        part = operation.part("requestBody")
        if part is None:
            return None
        known = self._shared.get(id(part.value))
        if known is None:
            known = self._shared[id(part.value)] = self._body(part)
        return replace(known, site=part.site) if part.site else known

    def _body(self, part: Part) -> RequestBody:
        return RequestBody(
            content=self._media_types.read(part),
            span=part.span,
            required=part.flag("required") is True,
            description=part.text("description"),
            extensions=part.extensions,
        )
