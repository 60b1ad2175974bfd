"""Defaults and deprecation."""

from specloom.drift.effect import Effect
from specloom.drift.rule import both
from specloom.model.change import Severity

OMITTED = "The accepted values are the same; what a left-out value means is not, and no file tells who relies on it."

RULES = (
    *both(
        "default-added",
        "a left-out value means {after} now",
        Effect.NONE,
        request="Check that leaving the value out means what you want.",
        response="Nothing to do: a left-out value has a meaning now.",
    ),
    *both(
        "default-removed",
        "a left-out value no longer means {before}",
        Effect.NONE,
        request="Send the value explicitly if you relied on the default.",
        response="Do not assume {before} where the value is missing.",
        floors=(Severity.RISKY, None),
        convention=OMITTED,
    ),
    *both(
        "default-changed",
        "a left-out value means {after} instead of {before}",
        Effect.NONE,
        request="Send {before} explicitly if you relied on the old default.",
        response="Assume {after} where the value is missing.",
        floors=(Severity.RISKY, None),
        convention=OMITTED,
    ),
    *both(
        "schema-deprecated",
        "this is deprecated now{until}",
        Effect.NONE,
        request="Plan to stop sending it.",
        response="Plan to stop reading it.",
    ),
    *both(
        "schema-reactivated",
        "this is no longer deprecated",
        Effect.NONE,
        request="Nothing to do: it may go on being sent.",
        response="Nothing to do: it goes on coming.",
    ),
)
