"""Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2."""

from __future__ import annotations

from specloom.readers.openapi.reader import READER

__all__ = ["READER"]
