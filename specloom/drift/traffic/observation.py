"""What was seen at one place of one exchange, before the same cause seen elsewhere is counted with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from specloom.drift.effect import Effect
from specloom.drift.traffic.showing import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A departure from the description. `rule` is an id of the table, `value` what came, without its secrets.

    `pointer` leads to it in the body (RFC 6901); `effect` is what describing it would do to the set of messages.
    """

    rule: str
    subject: str
    span: Span | None
    effect: Effect = Effect.WIDENS
    detail: str = ""
    pointer: str = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def pointer(steps: Iterable[str | int]) -> str:
    """Return a JSON Pointer, with names that look like data left out."""
    return "".join(f"/{_escaped(name(step) if isinstance(step, str) else str(step))}" for step in steps)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
