"""The law: a request breaks callers when it narrows, a response when it widens."""

from __future__ import annotations

from enum import Enum, Flag, auto
from typing import Final

from specloom.model.change import Severity


class Direction(Enum):
    """Which way a message travels, as the caller of the API sees it; callbacks and webhooks turn it round."""

    REQUEST = "request"
    RESPONSE = "response"

    @property
    def opposite(self) -> Direction:
        """What a request of ours is to the one who answers it."""
        return Direction.RESPONSE if self is Direction.REQUEST else Direction.REQUEST


class Effect(Flag):
    """What a difference does to the set of possible messages; both flags together mean incomparable sets."""

    NONE = 0
    NARROWS = auto()
    WIDENS = auto()
    UNKNOWN = auto()

    @property
    def mirrored(self) -> Effect:
        """The effect of the reverse edit, and of the same edit below a `not`."""
        turned = self & Effect.UNKNOWN
        turned |= Effect.WIDENS if Effect.NARROWS in self else Effect.NONE
        return turned | (Effect.NARROWS if Effect.WIDENS in self else Effect.NONE)


BOTH: Final = Effect.NARROWS | Effect.WIDENS
BREAKS: Final = {Direction.REQUEST: Effect.NARROWS, Direction.RESPONSE: Effect.WIDENS}
_ORDER: Final = (Severity.SAFE, Severity.RISKY, Severity.BREAKING)


def severity(effect: Effect, direction: Direction) -> Severity:
    """Return what the law says; what is not known is risky."""
    if BREAKS[direction] in effect:
        return Severity.BREAKING
    return Severity.RISKY if Effect.UNKNOWN in effect else Severity.SAFE


def worst(*severities: Severity) -> Severity:
    """Return the gravest of `severities`."""
    return max(severities, key=_ORDER.index)


def clamp(value: Severity, *, floor: Severity | None, cap: Severity | None) -> Severity:
    """Apply a convention: no milder than `floor`, no graver than `cap`."""
    if floor is not None:
        value = worst(value, floor)
    return cap if cap is not None and _ORDER.index(cap) < _ORDER.index(value) else value
