"""What a description says about the future of a part: deprecation, sunset date, stability level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model.api import Extensions
    from specloom.model.policy import Policy

LEVELS: Final = ("draft", "alpha", "beta", "stable")
SUNSET: Final = "x-sunset"
STABILITY: Final = "x-stability-level"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a part stands in its life."""

    deprecated: bool
    extensions: Extensions


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that was said anew: its rule, the keyword that says it, and the rule's values."""

    what: str
    keyword: str
    values: Mapping[str, str]


def sunset(extensions: Extensions) -> date | None:
    """Return the day of `x-sunset`, None where there is none or it is no date."""
    text = extensions.get(SUNSET)
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def until(extensions: Extensions) -> str:
    """Return the end of a sentence that names the last day, where one is given."""
    day = sunset(extensions)
    return f", and ends on {day}" if day is not None else ""


def stability(extensions: Extensions) -> str:
    """Return the stability level; what says nothing is stable."""
    level = extensions.get(STABILITY)
    return level if isinstance(level, str) else "stable"


def notices(old: Stage, new: Stage, policy: Policy) -> Iterator[Notice]:
    """Yield what was said anew about sunset and stability."""
    if old == new:
        return
    yield from _sunset(old, new, policy)
    before, after = stability(old.extensions), stability(new.extensions)
    if before == after:
        return
    what = "unknown"
    if after in LEVELS:
        raised = before not in LEVELS or LEVELS.index(after) > LEVELS.index(before)
        what = "raised" if raised else "lowered"
    yield Notice(f"stability-{what}", STABILITY, {"before": before, "after": after})


def _sunset(old: Stage, new: Stage, policy: Policy) -> Iterator[Notice]:
    before, after = sunset(old.extensions), sunset(new.extensions)
    days = policy.deprecation_days.get(stability(new.extensions), 0)
    values = {"before": str(before), "after": str(after), "days": str(days), "text": str(new.extensions.get(SUNSET))}
    what = ""
    if new.deprecated and after is None and SUNSET in new.extensions:
        what = "unreadable" if old.extensions.get(SUNSET) != new.extensions[SUNSET] else ""
    elif before is not None and after is None and new.deprecated:
        what = "removed"
    elif before is not None and after is not None and before != after:
        what = "postponed" if before < after else "too-soon" if _short(after, days, policy) else "brought-forward"
    elif new.deprecated and not old.deprecated and days and (after is None or _short(after, days, policy)):
        what = "missing" if after is None else "too-soon"
    if what:
        yield Notice(f"sunset-{what}", SUNSET, values)


def _short(day: date, days: int, policy: Policy) -> bool:
    return bool(days) and policy.today is not None and (day - policy.today).days < days
