"""What a team has decided about drift: other severities, accepted changes, notice periods. Data only, and no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from specloom.model.change import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Changes that somebody accepted: by `fingerprint`, or by `rule` and `where`; both patterns when both are given.

    `rule` and `where` are shell patterns (`request-*`, `GET /pets*`, `schema Pet *`); `where` is matched against the
    change's subject and each of its operations. After the day `expires` the entry counts no longer. `hide` takes the
    change out of the report; otherwise it stays, marked as approved for `reason`.
    """

    reason: str
    fingerprint: str | None = None
    rule: str = "*"
    where: str = "*"
    expires: date | None = None
    hide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Departures from the table of rules.

    `severities` maps a rule's id, or a shell pattern over ids, to another severity, or to None for "not reported".
    `deprecation_days` maps a stability level (`stable`, `beta` …) to the shortest notice before a sunset, in days.
    `unstable` lists the `x-stability-level`s whose operations may change at will. `today` is the day that sunset
    and expiry dates are measured against; without one, nothing has expired and no sunset is over.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    accepted: tuple[Acceptance, ...] = ()
    deprecation_days: Mapping[str, int] = field(default_factory=dict)
    unstable: frozenset[str] = frozenset({"draft", "alpha"})
    today: date | None = None


DEFAULT: Final = Policy()
