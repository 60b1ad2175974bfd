"""A row of the table: what a rule is called, what it says, why it matters, what a caller should do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Direction, Effect, severity

if TYPE_CHECKING:
    from specloom.model.change import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of change.

    `says` is the message, with `{before}`, `{after}`, `{name}` … filled in; `why` and `advice` stand in the report and
    on the rule's page. `severity` is set where a convention decides alone; otherwise the law does, no milder than
    `floor` and no graver than `cap`. `convention` gives the reason for any of the three. `typical` is the effect that
    the law is usually asked about, for the page.
    """

    id: str
    says: str
    why: str
    advice: str
    typical: Effect = Effect.NONE
    severity: Severity | None = None
    floor: Severity | None = None
    cap: Severity | None = None
    convention: str = ""


REFUSED: Final = "A caller who sends what the old description allowed is refused, or no longer understood."
ACCEPTED: Final = "Everything that was accepted before still is."
SURPRISE: Final = "A caller may receive what the old description ruled out, and was not written to handle it."
PROMISED: Final = "Callers receive nothing that they were not told to expect."
OPEN: Final = "What is allowed may be another set now: a caller who was right before may not be any more."
_WHY: Final = {
    (Direction.REQUEST, True): REFUSED,
    (Direction.REQUEST, False): ACCEPTED,
    (Direction.RESPONSE, True): SURPRISE,
    (Direction.RESPONSE, False): PROMISED,
}


def both(  # noqa: PLR0913  # a row of the table: every column has its name
    what: str,
    says: str,
    typical: Effect,
    *,
    request: str,
    response: str,
    floors: tuple[Severity | None, Severity | None] = (None, None),
    caps: tuple[Severity | None, Severity | None] = (None, None),
    convention: str = "",
    unmoved: Direction | None = None,
) -> tuple[Rule, Rule]:
    """Return the rule for requests and its twin for responses: the same edit, judged from either side.

    `request` and `response` are the advice; `floors` and `caps` are conventions in the same order. `unmoved` are the
    messages that the edit leaves as they are.
    """
    twins = []
    for index, (direction, advice) in enumerate(((Direction.REQUEST, request), (Direction.RESPONSE, response))):
        effect = Effect.NONE if direction is unmoved else typical
        breaks = severity(effect, direction).value == "breaking"
        why = OPEN if Effect.UNKNOWN in effect else _WHY[direction, breaks]
        if floors[index] and not breaks:  # the law sees no harm; what the convention sees is the reason
            why = convention
        twins.append(
            Rule(
                id=f"{direction.value}-{what}",
                says=says,
                why=why,
                advice=advice,
                typical=effect,
                floor=floors[index],
                cap=caps[index],
                convention=convention if floors[index] or caps[index] else "",
            )
        )
    return twins[0], twins[1]


def call(rule: Rule, *, callback: str, callback_severity: Severity | None = None) -> tuple[Rule, Rule]:
    """Return a rule about calls, and its twin for callbacks and webhooks, where our server is the caller.

    `callback` is the twin's advice to the one who receives the call; `callback_severity` is the twin's convention.
    """
    twin = Rule(
        id=f"callback-{rule.id}",
        says=rule.says,
        why="In a callback or webhook the server calls: whoever receives it feels the opposite of what a caller feels.",
        advice=callback,
        typical=rule.typical,
        severity=callback_severity or rule.severity,
        floor=rule.floor,
        convention=rule.convention,
    )
    return rule, twin
