"""Which version of which specification a description follows, and what follows from that."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from specloom.model.source import Json

_VERSION: Final = re.compile(r"\s*v?(\d+)(?:\.(\d+))?")


class Dialect(StrEnum):
    """The formats of `Source.format` that this reader produces."""

    SWAGGER_2_0 = "swagger-2.0"
    OPENAPI_3_0 = "openapi-3.0"
    OPENAPI_3_1 = "openapi-3.1"
    OPENAPI_3_2 = "openapi-3.2"

    @property
    def is_swagger(self) -> bool:
        """Tell whether it is Swagger 2.0, whose parameters, bodies and servers are written differently."""
        return self is Dialect.SWAGGER_2_0


def detect(root: Json) -> Dialect | None:
    """Return the dialect of a root document, or None where it is no OpenAPI description.

    A missing or odd version number is forgiven where the rest looks like a description: `swagger: 2`,
    `openapi: 3`, or no version at all above `paths` with operations.
    """
    if not isinstance(root, dict):
        return None
    if "openapi" in root:
        return _three(root["openapi"])
    if "swagger" in root:
        return _three(root["swagger"]) if _major(root["swagger"]) == "3" else Dialect.SWAGGER_2_0
    if isinstance(root.get("paths"), dict) and isinstance(root.get("info"), dict):
        return Dialect.SWAGGER_2_0 if "definitions" in root else Dialect.OPENAPI_3_0
    return None


def _major(version: Json) -> str:
    match = _VERSION.match(str(version))
    return match[1] if match else ""


def _three(version: Json) -> Dialect:
    match = _VERSION.match(str(version))
    if match and match[1] == "2":
        return Dialect.SWAGGER_2_0
    minor = match[2] if match and match[1] == "3" else None
    newest = match is not None and int(match[1]) > 3  # noqa: PLR2004  # the major version that this reader is for
    if newest or (minor and int(minor) > 1):
        return Dialect.OPENAPI_3_2
    return Dialect.OPENAPI_3_1 if minor == "1" else Dialect.OPENAPI_3_0
