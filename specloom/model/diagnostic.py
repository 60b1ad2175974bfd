"""Partial failures as values: one bad part costs that part, not the run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.model.source import Span


class Level(StrEnum):
    """How much a diagnostic costs: something is missing, something was guessed, or it is only worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One part could not be done, and why.

    `code` is kebab-case and stable (`unresolved-ref`); `message` names the part and what to do about it.
    """

    level: Level
    code: str
    message: str
    span: Span | None = None

    def __str__(self) -> str:
        where = f"{self.span}: " if self.span else ""
        return f"{where}{self.level}: {self.message} [{self.code}]"
