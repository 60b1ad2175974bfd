"""How a job may end without a result."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Ending: TypeAlias = Literal["superseded", "given-up", "not-allowed"]
SUPERSEDED: Final = "superseded"
GIVEN_UP: Final = "given-up"
NOT_ALLOWED: Final = "not-allowed"
