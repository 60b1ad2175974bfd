"""What differs between two versions of an API, and whom it breaks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.model.source import Span


class Severity(StrEnum):
    """Breaking: some caller that was right before is wrong now. Risky: the description cannot tell. Safe: neither."""

    BREAKING = "breaking"
    RISKY = "risky"
    SAFE = "safe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What traffic showed: the first exchange, the JSON Pointer into its body, and the value without its secrets.

    `count` is the number of exchanges that show the same.
    """

    exchange: str
    pointer: str
    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One root cause, with the operations that it reaches as gravely as it says, and those that it reaches more mildly.

    `rule` is the id in the table; `subject` says what changed, without line numbers (`GET /pets · query limit`,
    `schema Pet · property name`); `detail` is the part of the identity that tells two changes of one rule at one
    subject apart, such as the enum value. `message` and `advice` are for people. `base` is None for what
    was added; for what was removed, `head` is the nearest surviving parent. `suggestion` replaces
    the head's lines, where the fix is mechanical. `evidence` is there where traffic was held against a description.
    """

    rule: str
    severity: Severity
    subject: str
    message: str
    detail: str = ""
    advice: str = ""
    operations: tuple[str, ...] = ()
    milder: tuple[str, ...] = ()
    base: Span | None = None
    head: Span | None = None
    approved: str | None = None
    suggestion: str | None = None
    evidence: Evidence | None = None

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits over rule, subject and detail: stable under rewording and moved lines."""
        identity = f"{self.rule}\0{self.subject}\0{self.detail}"
        return hashlib.sha256(identity.encode()).hexdigest()[:12]


class Bump(StrEnum):
    """The semantic-version step that the changes ask for (semver.org 2.0.0)."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEvaluated:
    """A difference whose effect could not be decided, and why; never passed over in silence."""

    subject: str
    reason: str
    base: Span | None = None
    head: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The whole comparison, sorted by severity, then subject, then rule."""

    changes: tuple[Change, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    bump: Bump
