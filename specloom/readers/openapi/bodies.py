"""Request bodies since OpenAPI 3.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model.api import RequestBody

if TYPE_CHECKING:
    from specloom.readers.openapi.media_types import MediaTypes
    from specloom.readers.openapi.part import Part


def read_request_body(operation: Part, media_types: MediaTypes) -> RequestBody | None:
    """Return what the operation takes as its body, or None."""
    part = operation.part("requestBody")
    if part is None:
        return None
    return RequestBody(
        content=media_types.read(part),
        span=part.span,
        required=part.flag("required") is True,
        description=part.text("description"),
        extensions=part.extensions,
    )
